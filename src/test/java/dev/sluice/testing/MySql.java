package dev.sluice.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One real MySQL for the whole test JVM: 8.0.31, or the {@link Image} that is asked for. Its binary
 * needs the library {@code libaio.so.1} (Debian's package {@code libaio1}): where that is missing,
 * {@link #missing} says so and tests are skipped.
 */
public final class MySql {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private MySql() {}

  /** Why it cannot run here, in words for a skipped test; empty string where it can. */
  public static String missing() {
    if (Image.named("mysql").isPresent()) {
      return "";
    }
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      return "the MySQL test server runs on Linux on amd64 only";
    }
    try (Stream<Path> libraries =
        Stream.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64")
            .map(Path::of)
            .map(folder -> folder.resolve("libaio.so.1"))) {
      return libraries.anyMatch(Files::exists)
          ? ""
          : "the MySQL test server needs libaio.so.1; fix: apt-get install libaio1";
    }
  }

  /** Makes a new, empty database; the first call starts the server. */
  public static ServerDatabase freshDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try {
      new ServerDatabase("mysql", url("mysql")).execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    return new ServerDatabase(name, url(name));
  }

  private static String url(String database) {
    return "jdbc:mysql://"
        + Server.address()
        + "/"
        + database
        + "?user=root&useSSL=false&allowPublicKeyRetrieval=true";
  }

  private static final class Server {

    /** Empty until the first test asks: a skipped start is asked for again. */
    private static Optional<String> address = Optional.empty();

    /** Host and port. */
    static synchronized String address() {
      if (address.isEmpty()) {
        address =
            Optional.of(
                Image.named("mysql")
                    .map(Server::container)
                    .orElseGet(() -> "127.0.0.1:" + start().port()));
      }
      return address.get();
    }

    private static String container(String image) {
      return Image.start(image, 3306, Map.of("MYSQL_ALLOW_EMPTY_PASSWORD", "yes"), "");
    }

    private static LocalServer start() {
      assumeTrue(missing().isEmpty(), missing());
      Path base =
          ServerFiles.folder(
              "mysql-8.0.31", folder -> ServerFiles.untar("mysql-Linux-amd64.tar.gz", folder));
      try {
        Path data = Files.createTempDirectory("sluice-mysql-");
        List<String> initialise = new ArrayList<>(options(base, data));
        initialise.add("--initialize-insecure");
        if ("root".equals(System.getProperty("user.name"))) {
          initialise.add("--user=root");
        }
        LocalServer.run(initialise, "");
        return LocalServer.start(options(base, data), data);
      } catch (IOException e) {
        throw new UncheckedIOException("the MySQL test server does not start", e);
      }
    }

    private static List<String> options(Path base, Path data) {
      return List.of(
          base.resolve("bin/mysqld").toString(),
          "--no-defaults",
          "--basedir=" + base,
          "--lc-messages-dir=" + base.resolve("share"),
          "--datadir=" + data,
          "--innodb-redo-log-capacity=8388608",
          "--innodb-flush-method=nosync",
          "--innodb-doublewrite=OFF",
          "--innodb-buffer-pool-size=64M",
          "--innodb-flush-log-at-trx-commit=0",
          "--skip-log-bin",
          "--mysqlx=OFF");
    }
  }
}
