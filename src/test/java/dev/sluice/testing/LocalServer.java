package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A MySQL or MariaDB server of this test JVM, from the files that a jar on the class path brings:
 * on loopback, with its data in a temporary folder, without durability, stopped by a shutdown hook.
 * Works as root and as an ordinary user.
 */
final class LocalServer {

  private final Path data;
  private final int port;
  private final Process process;

  private LocalServer(Path data, int port, Process process) {
    this.data = data;
    this.port = port;
    this.process = process;
  }

  int port() {
    return port;
  }

  /**
   * Starts it.
   *
   * @param command the server with its options for the folder {@code data}, besides those for the
   *     network
   * @throws IllegalStateException with the server's own log, where it does not come up within a
   *     minute
   */
  static LocalServer start(List<String> command, Path data) throws IOException {
    int port = freePort();
    List<String> whole = new ArrayList<>(command);
    whole.addAll(
        List.of(
            "--port=" + port, "--bind-address=127.0.0.1", "--socket=" + data.resolve("s.sock")));
    if ("root".equals(System.getProperty("user.name"))) {
      whole.add("--user=root");
    }
    Path log = data.resolveSibling(data.getFileName() + ".log");
    Process process =
        new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    LocalServer server = new LocalServer(data, port, process);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-server"));
    server.awaitPort(log);
    return server;
  }

  /** Runs a command to its end, giving it {@code input}. */
  static void run(List<String> command, String input) throws IOException {
    Path log = Files.createTempFile("sluice-server-", ".log");
    Path script = Files.createTempFile("sluice-server-", ".sql");
    try {
      Files.writeString(script, input);
      Process process =
          new ProcessBuilder(command)
              .redirectInput(script.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.get(0) + " failed:\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
    } finally {
      Files.deleteIfExists(log);
      Files.deleteIfExists(script);
    }
  }

  /** A resource of the class path, named in full. */
  static InputStream resource(String name) {
    InputStream stream = LocalServer.class.getResourceAsStream("/" + name);
    if (stream == null) {
      throw new IllegalStateException("no " + name + " on the class path");
    }
    return stream;
  }

  private void awaitPort(Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException(
              "the server does not start:\n" + Files.readString(log), e);
        }
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the server started", e);
      }
    }
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete(data);
      Files.deleteIfExists(data.resolveSibling(data.getFileName() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
