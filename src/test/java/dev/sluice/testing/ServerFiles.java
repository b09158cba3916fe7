package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The unpacked files of servers, kept under {@code target/servers} so that the next run need not
 * unpack again.
 */
final class ServerFiles {

  private static final Path HOME = Path.of("target", "servers").toAbsolutePath();

  private ServerFiles() {}

  /** Fills a folder. */
  @FunctionalInterface
  interface Filling {
    void into(Path folder) throws IOException;
  }

  /** The folder {@code name}, filled once, whatever number of test JVMs ask for it at a time. */
  static Path folder(String name, Filling filling) {
    try {
      Files.createDirectories(HOME);
      try (FileChannel lock =
          FileChannel.open(
              HOME.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        Path folder = HOME.resolve(name);
        Path marker = HOME.resolve(name + ".complete");
        if (!Files.exists(marker)) {
          Files.createDirectories(folder);
          filling.into(folder);
          Files.createFile(marker);
        }
        return folder;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + name, e);
    }
  }

  /** Unpacks a tar.gz of the class path with the system's tar, which keeps links and modes. */
  static void untar(String resource, Path folder) throws IOException {
    Path archive = Files.createTempFile("sluice-", ".tar.gz");
    try (InputStream in = LocalServer.resource(resource)) {
      Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
      LocalServer.run(List.of("tar", "xzf", archive.toString(), "-C", folder.toString()), "");
    } finally {
      Files.deleteIfExists(archive);
    }
  }

  /**
   * Copies a folder out of a jar; what lies in its {@code bin} and {@code scripts} becomes
   * executable.
   */
  static void copyFromJar(String resourceFolder, Path folder) throws IOException {
    URL url = ServerFiles.class.getResource("/" + resourceFolder);
    if (url == null) {
      throw new IllegalStateException("no " + resourceFolder + " on the class path");
    }
    try (FileSystem jar = FileSystems.newFileSystem(jarOf(url), Map.of());
        Stream<Path> tree = Files.walk(jar.getPath("/" + resourceFolder))) {
      Path root = jar.getPath("/" + resourceFolder);
      for (Path path : tree.toList()) {
        Path target = folder.resolve(root.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
          String inside = root.relativize(path).toString();
          if (inside.startsWith("bin/") || inside.startsWith("scripts/")) {
            target.toFile().setExecutable(true);
          }
        }
      }
    }
  }

  private static URI jarOf(URL url) {
    try {
      String text = url.toURI().toString();
      return URI.create(text.substring(0, text.indexOf("!/")));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
