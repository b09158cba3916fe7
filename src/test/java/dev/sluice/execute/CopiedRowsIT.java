package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Sluice;
import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.journal.Journal;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.release.Phase;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import dev.sluice.schema.Statistics;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Rows are copied to a new table while the old version writes those that they are made of, all the
 * time: at the end each has its own, with its values, and no statement has failed.
 */
class CopiedRowsIT {

  private static final String SHOP =
      """
      CREATE TABLE people (id bigint PRIMARY KEY, mail text NOT NULL, street text, active boolean NOT NULL);
      INSERT INTO people SELECT n, 'm' || n, 's' || n, n % 4 > 0 FROM generate_series(1, 20000) n;
      """;

  private static final String RELEASE =
      """
      CREATE TABLE addresses (person_id bigint PRIMARY KEY REFERENCES people (id), street text, label text);
      INSERT INTO addresses SELECT p.id, p.street, upper(p.mail) FROM people p WHERE p.active;
      """;

  private final Postgres.Database server = Postgres.freshDatabase();
  private final Database database = Database.open(Address.of(server.url()));
  private final MemoryHistory history = new MemoryHistory();
  private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
  private volatile boolean stop;

  @AfterEach
  void close() {
    stop = true;
    database.close();
  }

  @Test
  void eachRowIsCarriedOverUntilTheOldVersionIsGone() throws Exception {
    server.execute(SHOP);
    Plan plan = plan();
    assertThat(plan.runnable()).isTrue();
    List<Thread> writers = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      writers.add(Thread.ofPlatform().start(() -> write(random)));
    }
    run(plan, Phase.PRE_DEPLOY);
    Thread.sleep(500);
    stop = true;
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(failed).isEmpty();
    assertThat(one("SELECT count(*) FROM addresses")).isNotEqualTo("0");
    assertThat(
            one(
                "SELECT count(*) FROM (SELECT id, street, upper(mail) AS label FROM people WHERE"
                    + " active) p FULL JOIN addresses a ON a.person_id = p.id WHERE (p.id, p.street,"
                    + " p.label) IS DISTINCT FROM (a.person_id, a.street, a.label)"))
        .isEqualTo("0");
    server.execute("INSERT INTO people VALUES (99999, 'm', 'old', true)");
    server.execute("UPDATE addresses SET street = 'new' WHERE person_id = 99999");
    server.execute("UPDATE people SET street = 'old again', mail = 'n' WHERE id = 99999");
    assertThat(one("SELECT street || label FROM addresses WHERE person_id = 99999"))
        .as("what the new version wrote stays, what only the old one knows follows")
        .isEqualTo("newN");
    run(plan, Phase.ROLLING, Phase.POST_DEPLOY);
    assertThat(one("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%sluice%'")).isEqualTo("0");
    assertThat(one("SELECT count(*) FROM pg_proc WHERE proname LIKE '%sluice%'")).isEqualTo("0");
  }

  @Test
  void anAbortTakesTheTableAndItsTriggersAway() throws Exception {
    server.execute(SHOP);
    run(plan(), Phase.PRE_DEPLOY);
    assertThat(new Abort(environment()).run(false).stays()).isEmpty();
    assertThat(one("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%sluice%'")).isEqualTo("0");
    assertThat(one("SELECT count(*) FROM pg_class WHERE relname = 'addresses'")).isEqualTo("0");
  }

  private Plan plan() {
    Dialect dialect = new PostgresqlDialect(database.version());
    Sluice sluice =
        new Sluice(
            Reader.of(dialect),
            Releases.migrations(List.of(SHOP, RELEASE)),
            dialect.emptySchema(),
            ReleaseSettings.DEFAULTS,
            Directives::of);
    Plan plan =
        sluice.plan(
            sluice.classify(new Pending.From(new Version("2"), Optional.empty())),
            PlanSettings.DEFAULTS,
            Statistics.NONE,
            LocalDate.of(2026, 11, 22));
    plan.migrations().forEach(m -> history.pending.add(m.script()));
    return plan;
  }

  private void run(Plan plan, Phase first, Phase... more) {
    assertThat(new Executor(environment()).run(plan, EnumSet.of(first, more)).problem()).isEmpty();
  }

  private Environment environment() {
    return new Environment(
        database,
        new Journal(database.server(), Journal.SCHEMA),
        new Ports(
            history,
            Optional.empty(),
            Rollout.declared(Optional.of("the test")),
            Confirmation.PROCEED,
            Progress.SILENT),
        ExecuteSettings.DEFAULTS,
        Map.of(),
        "ann",
        new Stop());
  }

  private String one(String sql) {
    try (var session = database.session()) {
      return session.ask(sql).orElseThrow();
    }
  }

  private void write(Random random) {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (!stop) {
        String sql = sql(random);
        try {
          statement.executeUpdate(sql);
        } catch (SQLException e) {
          failed.add(sql + ": " + e.getMessage());
        }
      }
    } catch (SQLException e) {
      failed.add(e.toString());
    }
  }

  private static String sql(Random random) {
    int id = 1 + random.nextInt(24_000);
    return switch (random.nextInt(5)) {
      case 0 ->
          "INSERT INTO people VALUES (%d, 'new', 'n%d', %b) ON CONFLICT DO NOTHING"
              .formatted(id, random.nextInt(100), random.nextBoolean());
      case 1 -> "DELETE FROM people WHERE id = " + id;
      case 2 -> "UPDATE people SET active = NOT active WHERE id = " + id;
      case 3 -> "UPDATE people SET mail = mail || 'x', street = NULL WHERE id = " + id;
      default -> "UPDATE people SET street = 's%d' WHERE id = %d".formatted(random.nextInt(), id);
    };
  }
}
