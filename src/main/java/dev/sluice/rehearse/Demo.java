package dev.sluice.rehearse;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.plan.Plan;
import dev.sluice.rehearse.Rehearsal.Circumstances;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The sample's whole release on a server that is there for nothing else. */
public final class Demo {

  /** What bears on how long statements take. */
  private static final List<String> TELLING =
      List.of(
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "wal_level",
          "shared_buffers",
          "autovacuum",
          "max_connections");

  private final EmbeddedServer server;
  private final Planning planning;
  private final Audience audience;
  private final Clock clock;

  /**
   * @param server stays the caller's
   * @param planning makes the plan, as the command of that name does
   */
  public Demo(EmbeddedServer server, Planning planning, Audience audience, Clock clock) {
    this.server = server;
    this.planning = planning;
    this.audience = audience;
    this.clock = clock;
  }

  /** Makes the plan of the sample's pending release. */
  public interface Planning {
    /**
     * @param database holds the old version's schema, with rows
     */
    Plan plan(Sample sample, Address database);
  }

  /**
   * How much.
   *
   * @param load its rows are those of the tables, too
   * @param compare whether plain Flyway runs the same release afterwards, on the same rows
   */
  public record Settings(Load.Settings load, Pace pace, boolean compare) {}

  /**
   * Runs it.
   *
   * @throws Problem where it cannot begin, a release that cannot be planned included
   */
  public Rehearsal run(Settings settings) {
    Sample sample = Sample.unpack(server.scratch());
    Stage stage = stage(sample, "shop", settings.load().rows());
    Plan plan = timed("plan the release", () -> planning.plan(sample, stage.address()));
    audience.hear(new Audience.Planned(plan));
    Circumstances circumstances = circumstances(stage, settings);
    if (!plan.runnable()) {
      throw new Problem(Reason.PLAN, "the release cannot be planned; nothing was run");
    }
    Rehearsal.Run run =
        new PlanRun(stage, plan, settings.load(), settings.pace(), clock, audience).run();
    Optional<Rehearsal.Plain> plain =
        settings.compare() ? Optional.of(plain(sample, settings)) : Optional.empty();
    return new Rehearsal(plan, circumstances, run, plain);
  }

  private Rehearsal.Plain plain(Sample sample, Settings settings) {
    Stage stage = stage(sample, "shop_plain", settings.load().rows());
    return timed(
        "plain Flyway, then the same hand-over",
        () -> new PlainRun(stage, settings.load(), settings.pace(), clock).run());
  }

  private Stage stage(Sample sample, String name, long rows) {
    try {
      audience.hear(new Audience.Begun("plain Flyway: the old version's schema"));
      long began = System.nanoTime();
      Stage stage = Stage.build(server, sample, name);
      ended("plain Flyway: the old version's schema", began);
      String filling = "fill it: %,d customers and as many orders".formatted(rows);
      audience.hear(new Audience.Begun(filling));
      began = System.nanoTime();
      stage.fill(rows);
      ended(filling, began);
      return stage;
    } catch (SQLException e) {
      throw new Problem(Reason.DATABASE, "the sample cannot be laid out: " + e.getMessage(), e);
    }
  }

  private <T> T timed(String what, Supplier<T> work) {
    audience.hear(new Audience.Begun(what));
    long began = System.nanoTime();
    T result = work.get();
    ended(what, began);
    return result;
  }

  private void ended(String what, long began) {
    audience.hear(new Audience.Ended(what, Duration.ofNanos(System.nanoTime() - began)));
  }

  private static Circumstances circumstances(Stage stage, Settings settings) {
    try (Database database = Database.open(stage.address());
        Session session = database.session()) {
      List<Circumstances.Setting> told =
          TELLING.stream()
              .map(
                  name ->
                      new Circumstances.Setting(
                          name, session.ask("SELECT current_setting(?)", name).orElse("")))
              .toList();
      return new Circumstances(
          database.server().engine().title() + " " + database.version(),
          told,
          settings.load(),
          settings.pace(),
          Runtime.getRuntime().availableProcessors());
    }
  }
}
