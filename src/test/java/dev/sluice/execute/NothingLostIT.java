package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.Sluice;
import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.mysql.MysqlDialect;
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
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.MysqlCatalog;
import dev.sluice.testing.Postgres;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Law 3: what either version writes at any moment of a release is in the table at its end, and is
 * read meanwhile by whichever version asks. Law 4: the plan applied again changes nothing. On
 * PostgreSQL; by hand with {@code -Dengine=mysql} or {@code mariadb}.
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

  private static final List<String> RELEASE =
      List.of(
          "ALTER TABLE people RENAME COLUMN name TO full_name;",
          "ALTER TABLE people %s bigint;",
          "ALTER TABLE people ADD COLUMN loud varchar(50);"
              + "\nUPDATE people SET loud = upper(full_name);"
              + "\nALTER TABLE people DROP COLUMN note;");

  /** One engine's database, with the words that differ. */
  private record Server(
      Engine engine,
      Address address,
      Callable<Connection> connection,
      Callable<SortedSet<String>> catalog) {

    static Server of(Engine engine) {
      return switch (engine) {
        case POSTGRESQL -> {
          Postgres.Database database = Postgres.freshDatabase();
          yield new Server(
              engine,
              Address.of(database.url()),
              database::connect,
              () -> Catalog.of(database.dataSource()));
        }
        case MYSQL, MARIADB -> {
          ServerDatabase database =
              engine == Engine.MARIADB ? MariaDb.freshDatabase() : MySql.freshDatabase();
          yield new Server(
              engine,
              Address.of(database.url()),
              database::connect,
              () -> MysqlCatalog.of(database));
        }
      };
    }

    List<String> texts() {
      boolean postgresql = engine == Engine.POSTGRESQL;
      String rows =
          postgresql
              ? "FROM generate_series(1, 5000) n"
              : "FROM (WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < 1000)"
                  + " SELECT n FROM s) s";
      List<String> texts = new ArrayList<>();
      texts.add(
          "CREATE TABLE people (id bigint PRIMARY KEY, name varchar(50), amount int, note"
              + " varchar(9) NOT NULL);\nCREATE INDEX people_name ON people (name);\n"
              + "INSERT INTO people (id, name, amount, note) SELECT -n, concat('n', n), n % 100, ''"
              + " "
              + rows
              + ";");
      RELEASE.forEach(
          text -> texts.add(text.formatted(postgresql ? "ALTER amount TYPE" : "MODIFY amount")));
      texts.add("ALTER TABLE people RENAME TO persons;");
      return texts;
    }

    void execute(String... statements) throws Exception {
      try (Connection made = connection.call();
          Statement statement = made.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    Map<Integer, Row> table() throws Exception {
      Map<Integer, Row> rows = new HashMap<>();
      try (Connection made = connection.call();
          Statement statement = made.createStatement();
          ResultSet found = statement.executeQuery("SELECT full_name, amount, id FROM persons")) {
        while (found.next()) {
          rows.put(found.getInt(3), Writers.row(found));
        }
      }
      return rows;
    }

    /** Rows that no version wrote, and the fill missed. */
    String missed() throws Exception {
      try (Connection made = connection.call();
          Statement statement = made.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT count(*) FROM persons WHERE id < 0 AND (loud IS NULL OR loud <>"
                      + " upper(full_name))")) {
        found.next();
        return found.getString(1);
      }
    }
  }

  @Test
  void whatEitherVersionWritesAtAnyMomentIsThereAtTheEnd() throws Exception {
    Engine engine =
        Engine.valueOf(System.getProperty("engine", "postgresql").toUpperCase(Locale.ROOT));
    assumeTrue(engine != Engine.MYSQL || MySql.missing().isEmpty(), MySql.missing());
    Server server = Server.of(engine);
    server.execute(server.texts().getFirst().split("\n", -1));
    int there = engine == Engine.POSTGRESQL ? 5000 : 1000;
    try (Database database = Database.open(server.address());
        Writers writers = new Writers(server.connection(), OLD, NEW)) {
      Plan plan = plan(server, database);
      assertThat(plan.conflicts()).isEmpty();
      assertThat(plan.directivesNeeded()).isEmpty();
      writers.start(WRITERS, 7);
      Rollout rollout =
          (p, step) -> {
            half(writers);
            return new Rollout.Answer.Deployed("every writer says so");
          };
      Progress progress =
          event ->
              writers.meanwhile(
                  event.getClass().getSimpleName()
                      + " "
                      + event.step().id()
                      + " "
                      + event.step().title());
      Report report = run(database, plan, rollout, progress);
      assertThat(writers.broken()).isEmpty();
      assertThat(report.problem()).isEmpty();
      Map<Integer, Row> model = writers.end();
      assertThat(writers.broken()).isEmpty();
      assertThat(writers.statements()).isGreaterThan(1000);
      assertThat(model).hasSizeGreaterThan(200);
      assertThat(server.table()).containsAllEntriesOf(model).hasSize(model.size() + there);
      assertThat(server.missed()).isEqualTo("0");

      SortedSet<String> after = server.catalog().call();
      Map<Integer, Row> rows = server.table();
      assertThat(run(database, plan, rollout, progress).ending())
          .isEqualTo(Report.Ending.NOTHING_TO_DO);
      assertThat(server.catalog().call()).isEqualTo(after);
      assertThat(server.table()).isEqualTo(rows);
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

  private static Plan plan(Server server, Database database) {
    Dialect dialect =
        switch (server.engine()) {
          case POSTGRESQL -> new PostgresqlDialect(database.version());
          case MYSQL, MARIADB -> new MysqlDialect(server.engine(), database.version());
        };
    Sluice sluice =
        new Sluice(
            Reader.of(dialect),
            Releases.migrations(server.texts()),
            dialect.emptySchema(),
            new ReleaseSettings(DataChanges.PRE_DEPLOY),
            Directives::of);
    return sluice.plan(
        sluice.classify(new Pending.From(new dev.sluice.migration.Version("2"), Optional.empty())),
        PlanSettings.DEFAULTS,
        Statistics.NONE,
        LocalDate.of(2026, 11, 21));
  }

  private static Report run(Database database, Plan plan, Rollout rollout, Progress progress) {
    MemoryHistory history = new MemoryHistory();
    plan.migrations().forEach(m -> history.pending.add(m.script()));
    Environment environment =
        new Environment(
            database,
            new Journal(database.server(), Journal.SCHEMA),
            new Ports(history, Optional.empty(), rollout, Confirmation.PROCEED, progress),
            new ExecuteSettings(
                LockSettings.DEFAULTS,
                new BackfillSettings(Duration.ofMillis(50), 200, 50, 400, 1L << 30, 10, 3),
                ThrottleSettings.DEFAULTS),
            Map.of(),
            "the test",
            new Stop());
    return new Executor(environment).run(plan, EnumSet.allOf(Phase.class));
  }
}
