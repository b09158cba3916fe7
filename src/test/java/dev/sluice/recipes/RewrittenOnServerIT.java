package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.plan.Plan;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import dev.sluice.rewrite.PartNames;
import dev.sluice.rewrite.Rewriter;
import dev.sluice.rewrite.Rewriting;
import dev.sluice.rewrite.Rewriting.PlainFile;
import dev.sluice.rewrite.Rewriting.Split;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewritten migrations, run by plain Flyway on a real PostgreSQL. */
class RewrittenOnServerIT {

  @TempDir private Path folder = Path.of("");

  static Stream<PlanCase> split() {
    return PlanCase.all()
        .filter(c -> c.repeatables().isEmpty())
        .filter(
            c -> Stream.of(rewritten(c)).flatMap(m -> m.values().stream()).findAny().isPresent());
  }

  @ParameterizedTest
  @MethodSource("split")
  void theFilesEndWhereTheMigrationEnds(PlanCase one) throws SQLException, IOException {
    List<Migration> migrations = migrations(one);
    Postgres.Database plain = applied(one);
    Plainly.run(migrations.subList(1, migrations.size()), plain);
    Postgres.Database split = applied(one);
    Map<String, Split> rewritten = rewritten(one);
    for (Migration migration : migrations.subList(1, migrations.size())) {
      Optional<Split> its = Optional.ofNullable(rewritten.get(migration.script()));
      if (its.isPresent()) {
        write(its.get().files());
      } else {
        Files.writeString(
            folder.resolve(migration.script()), migration.statements().getFirst().source().text());
      }
    }
    int run = 0;
    Optional<Version> before =
        rewritten.size() == 1 && one.pending().size() == 1
            ? rewritten.values().iterator().next().lastBefore()
            : Optional.empty();
    if (before.isPresent()) {
      run += flyway(split, before.get().text()).migrate().migrationsExecuted;
      try (Walk walk = new Walk(split, false)) {
        walk.works(one.old(), "the old version before the roll-out");
        walk.works(one.fresh(), "the new version before the old one is gone");
      }
    }
    run += flyway(split, "latest").migrate().migrationsExecuted;
    assertThat(run)
        .as("files that ran")
        .isEqualTo(
            migrations.size()
                - 1
                + rewritten.values().stream().mapToInt(s -> s.files().size() - 1).sum());
    flyway(split, "latest").validate();
    split.execute("DROP TABLE flyway_schema_history");
    assertThat(catalog(split)).isEqualTo(catalog(plain));
    assertThat(TableRows.of(split, one.volatileColumns()))
        .isEqualTo(TableRows.of(plain, one.volatileColumns()));
  }

  /** Those that are split, by script: each as a release of its own. */
  private static Map<String, Split> rewritten(PlanCase one) {
    List<Migration> all = migrations(one);
    Map<String, Split> splits = new HashMap<>();
    for (Migration migration : all.subList(1, all.size())) {
      Release release =
          Releases.reader(new ReleaseSettings(one.dataChanges()))
              .read(Releases.of(all), Pending.Scripts.of(List.of(migration)));
      Map<QualifiedName, Statistics.Size> sizes = new HashMap<>();
      release
          .before()
          .tables()
          .forEach(t -> sizes.put(t.name(), new Statistics.Size(one.rows(), one.rows() * 200)));
      Plan plan = Plans.plan(Releases.DIALECT, new Statistics(sizes), release);
      if (plan.runnable()) {
        Rewriting rewriting =
            new Rewriter(Releases.DIALECT, release, plan)
                .rewrite(
                    new PartNames(migration.script(), "__", List.of(".sql")),
                    all.stream().flatMap(m -> m.version().stream()).toList());
        if (rewriting instanceof Split split) {
          splits.put(migration.script(), split);
        }
      }
    }
    return splits;
  }

  private void write(List<PlainFile> files) throws IOException {
    for (PlainFile file : files) {
      Files.writeString(folder.resolve(file.name()), file.text());
      if (!file.transactional()) {
        Files.writeString(folder.resolve(file.name() + ".conf"), "executeInTransaction=false\n");
      }
    }
  }

  private static List<Migration> migrations(PlanCase one) {
    List<String> texts = new ArrayList<>(List.of(one.applied()));
    texts.addAll(one.pending());
    return Releases.migrations(texts).all();
  }

  private Flyway flyway(Postgres.Database database, String target) {
    var configuration =
        Flyway.configure()
            .dataSource(database.dataSource())
            .locations("filesystem:" + folder)
            .baselineOnMigrate(true)
            .baselineVersion("1")
            .target(target);
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
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
