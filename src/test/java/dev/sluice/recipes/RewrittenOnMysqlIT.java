package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Version;
import dev.sluice.sql.Statement;
import dev.sluice.testing.MysqlCatalog;
import dev.sluice.testing.MysqlRows;
import dev.sluice.testing.RealServer;
import dev.sluice.testing.ServerDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewritten migrations, run by plain Flyway on a real MySQL and a real MariaDB. */
class RewrittenOnMysqlIT {

  @TempDir private Path folder = Path.of("");

  record On(PlanCase one, RealServer server) {
    Rewritten rewritten() {
      return Rewritten.of(one, server.dialect());
    }

    @Override
    public String toString() {
      return one + " on " + server;
    }
  }

  static Stream<On> split() {
    PlanCase many =
        Rewritten.ofManyRows(
            """
            CREATE TABLE items (shop int, code varchar(20), name varchar(60) NOT NULL, PRIMARY KEY (shop, code));
            INSERT INTO items WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 900)
              SELECT n % 7, concat('c', n), concat('Name ', n) FROM n;
            INSERT INTO items SELECT shop + 7, code, name FROM items;
            INSERT INTO items SELECT shop + 14, code, name FROM items;
            """);
    return Stream.concat(Stream.of(many), PlanCase.ofMysql())
        .flatMap(c -> Stream.of(RealServer.values()).map(s -> new On(c, s)))
        .filter(on -> !on.rewritten().splits().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("split")
  void theFilesEndWhereTheMigrationEnds(On on) throws SQLException, IOException {
    Rewritten rewritten = on.rewritten();
    ServerDatabase plain = applied(on);
    run(rewritten.pending(), plain);
    ServerDatabase split = applied(on);
    int files = rewritten.write(folder);
    int run = 0;
    Optional<Version> before = rewritten.lastBefore();
    if (before.isPresent()) {
      run += flyway(split, before.get().text()).migrate().migrationsExecuted;
      MysqlWalk walk = new MysqlWalk(split);
      walk.works(on.one.old(), "the old version before the roll-out");
      walk.works(on.one.fresh(), "the new version before the old one is gone");
    }
    run += flyway(split, "latest").migrate().migrationsExecuted;
    flyway(split, "latest").validate();
    assertThat(run).as("files that ran").isEqualTo(files);
    assertThat(catalog(split)).isEqualTo(catalog(plain));
    assertThat(MysqlRows.of(split)).isEqualTo(MysqlRows.of(plain));
  }

  private Flyway flyway(ServerDatabase database, String target) {
    return Flyway.configure()
        .dataSource(database.url(), "root", "")
        .locations("filesystem:" + folder)
        .baselineOnMigrate(true)
        .baselineVersion("1")
        .target(target)
        .load();
  }

  private static String catalog(ServerDatabase database) throws SQLException {
    return String.join("\n", MysqlCatalog.of(database));
  }

  private static ServerDatabase applied(On on) throws SQLException {
    ServerDatabase database = on.server.freshDatabase();
    database.execute(
        "ALTER DATABASE `" + database.name() + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    run(Plans.migrations(on.one.applied()), database);
    return database;
  }

  private static void run(List<Migration> migrations, ServerDatabase database) throws SQLException {
    for (Migration migration : migrations) {
      database.execute(migration.statements().stream().map(Statement::sql).toArray(String[]::new));
    }
  }
}
