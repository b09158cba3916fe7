package dev.sluice.rehearse;

import dev.sluice.database.Address;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL of its own. Binaries and data lie in one temporary folder, which goes away with
 * it: when it is closed, and when the process ends for any reason but {@code kill -9}.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final String USER = "postgres";
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final String password = randomPassword();
  private final Thread hook = new Thread(this::stop, "stop-embedded-server");
  private volatile boolean stopping;
  private boolean stopped;

  private EmbeddedServer(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /**
   * A new, empty database.
   *
   * @param address for Sluice, as the superuser; its password does not outlive the server
   */
  public record Fresh(String name, Address address) {}

  /**
   * Starts it. Takes a few seconds, most of them to unpack its binaries.
   *
   * @throws Problem where this platform has no binaries, or they do not run here
   */
  public static EmbeddedServer start() {
    Path folder = temporaryFolder();
    try {
      EmbeddedServer server = new EmbeddedServer(folder, postgres(folder));
      try {
        Runtime.getRuntime().addShutdownHook(server.hook);
        server.lock();
        return server;
      } catch (SQLException | IOException | RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (SQLException | IOException | RuntimeException e) {
      delete(folder);
      throw new Problem(
          Reason.DATABASE,
          "the embedded PostgreSQL does not start: "
              + e.getMessage()
              + "\n  fix: its binaries are for Linux on x86-64; they need about 300 MB in "
              + folder.getParent()
              + " and the right to run programs there (TMPDIR names another folder)",
          e);
    }
  }

  private static Path temporaryFolder() {
    try {
      String parent = System.getenv("TMPDIR");
      return parent == null || parent.isEmpty()
          ? Files.createTempDirectory("sluice-")
          : Files.createTempDirectory(Path.of(parent), "sluice-");
    } catch (IOException e) {
      throw new Problem(
          Reason.USE,
          "no temporary folder can be made: "
              + e.getMessage()
              + "\n  fix: set TMPDIR to a folder that can be written",
          e);
    }
  }

  private static EmbeddedPostgres postgres(Path folder) throws IOException {
    return EmbeddedPostgres.builder()
        // A resolver of its own: unpacked binaries are remembered by resolver, and these go away.
        .setPgBinaryResolver(
            (system, machine) ->
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine))
        .setOverrideWorkingDirectory(Files.createDirectory(folder.resolve("binaries")).toFile())
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setLocaleConfig("locale", "C")
        .setServerConfig("unix_socket_directories", "")
        .start();
  }

  /** Until now it lets in, without a question, whoever may run programs on this machine. */
  private void lock() throws SQLException, IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE " + USER + " PASSWORD '" + password + "'");
      Files.writeString(
          folder.resolve("data/pg_hba.conf"),
          "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  /** Makes a database; its name needs no quotes. */
  public Fresh create(String name) throws SQLException {
    try (Connection connection = dataSource("postgres", "sluice").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
    return new Fresh(
        name, new Address(url, Optional.of(USER), Optional.of(password), Map.of(), List.of()));
  }

  /**
   * Opens a new connection each time.
   *
   * @param application as the server shows its sessions
   */
  public PGSimpleDataSource dataSource(String database, String application) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {postgres.getPort()});
    source.setDatabaseName(database);
    source.setUser(USER);
    source.setPassword(password);
    source.setApplicationName(application);
    return source;
  }

  /** A folder for what belongs to this run: it goes away with the server. */
  public Path scratch() {
    try {
      return Files.createDirectories(folder.resolve("scratch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the process is ending: what fails from now on, fails because of that. */
  public boolean isStopping() {
    return stopping;
  }

  /** Stops it, cutting off who is connected, and deletes all that it wrote. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, and waits for this one or finds nothing to do.
      return;
    }
  }

  private synchronized void stop() {
    stopping = true;
    if (stopped) {
      return;
    }
    Optional<ProcessHandle> process = process();
    try {
      postgres.close();
    } catch (IOException | RuntimeException e) {
      process.ifPresent(ProcessHandle::destroy);
    }
    process.ifPresent(EmbeddedServer::awaitEnd);
    delete(folder);
    stopped = true;
  }

  /** The one all others are children of. Its number is the first line of this file. */
  private Optional<ProcessHandle> process() {
    try (Stream<String> lines = Files.lines(folder.resolve("data/postmaster.pid"))) {
      return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
    } catch (IOException e) {
      // It never started, or is gone already.
      return Optional.empty();
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Nothing is lost by what is left behind in the system's folder of temporary files.
      return;
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
