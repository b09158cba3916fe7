package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migration.Version;
import dev.sluice.release.Releases;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewritten migrations, run by plain Flyway on a real PostgreSQL. */
class RewrittenOnServerIT {

  @TempDir private Path folder = Path.of("");

  static Stream<PlanCase> split() {
    PlanCase many =
        Rewritten.ofManyRows(
            """
            CREATE TABLE items (shop int, code text, name text NOT NULL, PRIMARY KEY (shop, code));
            INSERT INTO items SELECT n % 7, 'c' || n, 'Name ' || n FROM generate_series(1, 2500) n;
            """);
    return Stream.concat(
        Stream.of(many),
        PlanCase.all()
            .filter(c -> c.repeatables().isEmpty())
            .filter(c -> !Rewritten.of(c, Releases.DIALECT).splits().isEmpty()));
  }

  @ParameterizedTest
  @MethodSource("split")
  void theFilesEndWhereTheMigrationEnds(PlanCase one) throws SQLException, IOException {
    Rewritten rewritten = Rewritten.of(one, Releases.DIALECT);
    Postgres.Database plain = applied(one);
    Plainly.run(rewritten.pending(), plain);
    Postgres.Database split = applied(one);
    int files = rewritten.write(folder);
    boolean defaultLock = !rewritten.needs("transactional.lock=false");
    int run = 0;
    Optional<Version> before = rewritten.lastBefore();
    if (before.isPresent()) {
      run += flyway(split, before.get().text(), defaultLock).migrate().migrationsExecuted;
      try (Walk walk = new Walk(split, false)) {
        walk.works(one.old(), "the old version before the roll-out");
        walk.works(one.fresh(), "the new version before the old one is gone");
      }
    }
    run += flyway(split, "latest", defaultLock).migrate().migrationsExecuted;
    flyway(split, "latest", defaultLock).validate();
    assertThat(run).as("files that ran").isEqualTo(files);
    split.execute("DROP TABLE flyway_schema_history");
    assertThat(catalog(split)).isEqualTo(catalog(plain));
    assertThat(TableRows.of(split, one.volatileColumns()))
        .isEqualTo(TableRows.of(plain, one.volatileColumns()));
  }

  private Flyway flyway(Postgres.Database database, String target, boolean defaultLock) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(database.dataSource())
            .locations("filesystem:" + folder)
            .baselineOnMigrate(true)
            .baselineVersion("1")
            .target(target);
    if (!defaultLock) {
      configuration
          .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(false);
    }
    return configuration.load();
  }

  private static String catalog(Postgres.Database database) throws SQLException {
    return String.join("\n", Catalog.of(database.dataSource()));
  }

  private static Postgres.Database applied(PlanCase one) throws SQLException {
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(one.applied());
    return database;
  }
}
