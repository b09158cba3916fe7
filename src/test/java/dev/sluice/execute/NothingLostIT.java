package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Sluice;
import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.execute.Writers.Row;
import dev.sluice.execute.Writers.Version;
import dev.sluice.execute.Writers.Working;
import dev.sluice.journal.Journal;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Pending;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.release.DataChanges;
import dev.sluice.release.Phase;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import dev.sluice.schema.Statistics;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/**
 * Law 3: what either version writes at any moment of a release is in the table at its end, and is
 * read meanwhile by whichever version asks. Law 4: the plan applied again changes nothing.
 */
class NothingLostIT {

  private static final int WRITERS = 4;

  private static final Version OLD =
      new Version(
          "old version",
          "INSERT INTO people (name, amount, id, note) VALUES (?, ?, ?, 'n')",
          "UPDATE people SET name = ? WHERE id = ?",
          "UPDATE people SET amount = ? WHERE id = ?",
          "UPDATE people SET name = ?, amount = ? WHERE id = ?",
          "DELETE FROM people WHERE id = ?",
          "SELECT name, amount FROM people WHERE id = ?");

  private static final Version NEW =
      new Version(
          "new version",
          "INSERT INTO persons (full_name, amount, id) VALUES (?, ?, ?)",
          "UPDATE persons SET full_name = ? WHERE id = ?",
          "UPDATE persons SET amount = ? WHERE id = ?",
          "UPDATE persons SET full_name = ?, amount = ? WHERE id = ?",
          "DELETE FROM persons WHERE id = ?",
          "SELECT full_name, amount FROM persons WHERE id = ?");

  private static final String BEFORE =
      "CREATE TABLE people (id bigint PRIMARY KEY, name text, amount int, note text NOT NULL);"
          + " CREATE INDEX people_name ON people (name);"
          + " INSERT INTO people SELECT -n, 'n' || n, n % 100, '' FROM generate_series(1, 5000) n;";

  private static final List<String> RELEASE =
      List.of(
          "ALTER TABLE people RENAME COLUMN name TO full_name;",
          "ALTER TABLE people ALTER COLUMN amount TYPE bigint;",
          "ALTER TABLE people ADD COLUMN loud text;"
              + " UPDATE people SET loud = upper(full_name);"
              + " ALTER TABLE people DROP COLUMN note;",
          "ALTER TABLE people RENAME TO persons;");

  @Test
  void whatEitherVersionWritesAtAnyMomentIsThereAtTheEnd() throws Exception {
    Postgres.Database server = Postgres.freshDatabase();
    server.execute(BEFORE);
    try (Database database = Database.open(Address.of(server.url()));
        Writers writers = new Writers(server::connect, OLD, NEW)) {
      Plan plan = plan(database);
      assertThat(plan.conflicts()).isEmpty();
      assertThat(plan.directivesNeeded()).isEmpty();
      writers.start(WRITERS, 7);
      Rollout rollout =
          (p, step) -> {
            half(writers);
            return new Rollout.Answer.Deployed("every writer says so");
          };
      run(database, plan, rollout);
      assertThat(writers.broken()).isEmpty();
      Map<Integer, Row> model = writers.end();
      assertThat(writers.broken()).isEmpty();
      assertThat(writers.statements()).isGreaterThan(1000);
      assertThat(model).hasSizeGreaterThan(200);
      assertThat(table(server)).containsAllEntriesOf(model).hasSize(model.size() + 5000);
      assertThat(
              server.ask(
                  "SELECT count(*) FROM persons WHERE id < 0 AND loud IS DISTINCT FROM"
                      + " upper(full_name)"))
          .isEqualTo("0");

      SortedSet<String> after = Catalog.of(server.dataSource());
      Map<Integer, Row> rows = table(server);
      assertThat(run(database, plan, rollout).ending()).isEqualTo(Report.Ending.NOTHING_TO_DO);
      assertThat(Catalog.of(server.dataSource())).isEqualTo(after);
      assertThat(table(server)).isEqualTo(rows);
    } finally {
      server.drop();
    }
  }

  /** Half of the nodes are of each version for a while. */
  private static void half(Writers writers) {
    try {
      writers.work(Working.BOTH);
      Thread.sleep(Duration.ofMillis(1500));
      writers.work(Working.NEW);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Plan plan(Database database) {
    Dialect dialect = new PostgresqlDialect(database.version());
    List<String> texts = new java.util.ArrayList<>(List.of(BEFORE));
    texts.addAll(RELEASE);
    Sluice sluice =
        new Sluice(
            Reader.of(dialect),
            Releases.migrations(texts),
            dialect.emptySchema(),
            new ReleaseSettings(DataChanges.PRE_DEPLOY),
            Directives::of);
    return sluice.plan(
        sluice.classify(new Pending.From(new dev.sluice.migration.Version("2"), Optional.empty())),
        PlanSettings.DEFAULTS,
        Statistics.NONE,
        LocalDate.of(2026, 11, 21));
  }

  private static Report run(Database database, Plan plan, Rollout rollout) {
    MemoryHistory history = new MemoryHistory();
    plan.migrations().forEach(m -> history.pending.add(m.script()));
    Environment environment =
        new Environment(
            database,
            new Journal(database.server(), Journal.SCHEMA),
            new Ports(history, Optional.empty(), rollout, Confirmation.PROCEED, Progress.SILENT),
            new ExecuteSettings(
                LockSettings.DEFAULTS,
                new BackfillSettings(Duration.ofMillis(50), 200, 50, 400, 1L << 30, 10, 3),
                ThrottleSettings.DEFAULTS),
            Map.of(),
            "the test",
            new Stop());
    Report report = new Executor(environment).run(plan, EnumSet.allOf(Phase.class));
    assertThat(report.problem()).isEmpty();
    return report;
  }

  private static Map<Integer, Row> table(Postgres.Database server) throws SQLException {
    Map<Integer, Row> rows = new HashMap<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT full_name, amount, id FROM persons")) {
      while (found.next()) {
        rows.put(found.getInt(3), Writers.row(found));
      }
    }
    return rows;
  }
}
