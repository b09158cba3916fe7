package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Sluice;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.execute.Progress.Retrying;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Pending;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.release.Phase;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Statistics;
import dev.sluice.schema.Work;
import dev.sluice.testing.Steps;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements without a pause beside a definition: none of them fails by it. */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class TrafficOnMysqlIT {

  private static final int CLIENTS = 4;

  private final Bench bench;
  private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();

  TrafficOnMysqlIT(Engine engine) {
    this.bench = new Bench(engine);
  }

  @AfterEach
  void close() {
    end();
    bench.close();
  }

  /** Half of the clients have their statements prepared by the server. */
  private void begin(List<String> statements, boolean mayFail) {
    for (int i = 0; i < CLIENTS; i++) {
      String options = i % 2 == 0 ? "&useServerPrepStmts=true" : "";
      clients.add(
          CompletableFuture.runAsync(() -> send(options, statements, mayFail), Bench.ASIDE));
    }
  }

  private void send(String options, List<String> statements, boolean mayFail) {
    try (Connection connection = DriverManager.getConnection(bench.server.url() + options)) {
      List<PreparedStatement> prepared = new ArrayList<>();
      for (String sql : statements) {
        prepared.add(connection.prepareStatement(sql));
      }
      try (Statement plain = connection.createStatement()) {
        for (int i = 0; !over.get(); i++) {
          int which = i % statements.size();
          try {
            if (i / statements.size() % 2 == 0) {
              plain.execute(statements.get(which));
            } else {
              prepared.get(which).execute();
            }
          } catch (SQLException e) {
            if (mayFail) {
              Bench.sleep(10);
            } else {
              failed.add(e.getErrorCode() + " " + e.getMessage() + ": " + statements.get(which));
            }
          }
          sent.incrementAndGet();
        }
      }
    } catch (SQLException e) {
      failed.add(String.valueOf(e.getMessage()));
    }
  }

  private void end() {
    over.set(true);
    clients.forEach(CompletableFuture::join);
  }

  private Plan plan(String applied, String pending) {
    Dialect dialect = new MysqlDialect(bench.database.server().engine(), bench.database.version());
    Sluice sluice =
        new Sluice(
            Reader.of(dialect),
            Releases.migrations(List.of(applied, pending)),
            dialect.emptySchema(),
            ReleaseSettings.DEFAULTS,
            Directives::of);
    return sluice.plan(
        sluice.classify(new Pending.From(new dev.sluice.migration.Version("2"), Optional.empty())),
        PlanSettings.DEFAULTS,
        Statistics.NONE,
        LocalDate.of(2026, 11, 21));
  }

  /** Locks are taken in the order of the names. */
  @ParameterizedTest
  @CsvSource({"orders, purchases", "purchases, orders"})
  void whoeverNamesARenamedTableFindsTheViewOrTheTable(String old, String fresh) throws Exception {
    String table = "CREATE TABLE " + old + " (id bigint AUTO_INCREMENT PRIMARY KEY, note int);";
    bench.execute(table.replace(";", ""), "INSERT INTO " + old + " (note) VALUES (1), (2), (3)");
    Plan plan = plan(table, "RENAME TABLE " + old + " TO " + fresh + ";");
    plan.migrations().forEach(m -> bench.history.pending.add(m.script()));
    assertThat(bench.run(plan, Phase.PRE_DEPLOY).ok()).isTrue();
    begin(
        List.of(
            "SELECT note FROM " + fresh + " WHERE id = 1",
            "INSERT INTO " + fresh + " (note) VALUES (7)",
            "UPDATE " + fresh + " SET note = note + 1 WHERE id = 2",
            "DELETE FROM " + fresh + " WHERE id > 10 LIMIT 1"),
        false);
    Bench.await(() -> sent.get() > 200);
    bench.finished(plan);
    long then = sent.get();
    Bench.await(() -> sent.get() > then + 200);
    end();
    assertThat(failed).isEmpty();
  }

  @Test
  void aRebuildThatWritersOvertakeIsBegunAnew() throws Exception {
    bench.execute(
        "CREATE TABLE orders (id bigint AUTO_INCREMENT PRIMARY KEY, number int UNIQUE, note"
            + " varchar(20) NOT NULL)",
        "INSERT INTO orders (number, note) WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1"
            + " FROM s WHERE n < 1000) SELECT n, 'x' FROM s");
    // A row that is refused for its number is in the log of the rebuild, and is not in the table.
    begin(List.of("INSERT INTO orders (number, note) VALUES (7, 'y')"), true);
    Bench.await(() -> sent.get() > 50);
    CompletableFuture<Report> run =
        bench.runAside(
            bench.plan(
                Steps.alone(
                        "42.1",
                        "ALTER TABLE orders MODIFY note varchar(20) NULL, ALGORITHM = INPLACE,"
                            + " LOCK = NONE")
                    .locking("orders", LockMode.MYSQL_NONE, Work.REWRITE)));
    Bench.await(() -> run.isDone() || bench.events(Retrying.class).size() > 1);
    end();
    assertThat(run.get().problem()).isEmpty();
    assertThat(bench.events(Retrying.class))
        .allSatisfy(
            e -> assertThat(e.why()).contains("Duplicate entry '7'", "writers have overtaken it"));
    // MariaDB was not seen to give up.
    if (bench.database.server().engine() == Engine.MYSQL) {
      assertThat(bench.events(Retrying.class)).isNotEmpty();
    }
  }
}
