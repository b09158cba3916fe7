package dev.sluice.rehearse;

import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.execute.Confirmation;
import dev.sluice.execute.Environment;
import dev.sluice.execute.ExecuteSettings;
import dev.sluice.execute.Executor;
import dev.sluice.execute.Ports;
import dev.sluice.execute.Report;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.flyway.PlainFlyway;
import dev.sluice.journal.Journal;
import dev.sluice.plan.Plan;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.rehearse.Rehearsal.PhaseRun;
import dev.sluice.rehearse.Rehearsal.Run;
import dev.sluice.rehearse.Rehearsal.Span;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.release.Phase;
import dev.sluice.sql.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plan carried out while both versions of the application are at work. */
final class PlanRun {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Stage stage;
  private final Plan plan;
  private final Load.Settings settings;
  private final Pace pace;
  private final Clock clock;
  private final Audience audience;
  private final Stop stop = new Stop();
  private final List<Check> checks = new ArrayList<>();
  private final List<PhaseRun> phases = new ArrayList<>();

  PlanRun(
      Stage stage, Plan plan, Load.Settings settings, Pace pace, Clock clock, Audience audience) {
    this.stage = stage;
    this.plan = plan;
    this.settings = settings;
    this.pace = pace;
    this.clock = clock;
    this.audience = audience;
  }

  Run run() {
    Recorder recorder = new Recorder(clock, audience);
    Instant began = clock.instant();
    try (Load load = stage.load(settings, clock);
        Database database = Database.open(stage.address())) {
      stop.sleep(pace.before());
      HandOver handOver = new HandOver(load, pace, stop, nodes());
      Executor executor = new Executor(environment(database, handOver, recorder));
      Optional<String> problem = phases(executor);
      if (problem.isEmpty()) {
        stop.sleep(pace.after());
      }
      Rehearsal.Versions versions = stage.versions(load.stop(PATIENCE));
      return new Run(
          new Span(began, clock.instant()), phases, recorder.steps(), versions, checks, problem);
    }
  }

  /** Empty where all phases came to their end. */
  private Optional<String> phases(Executor executor) {
    for (Phase phase : List.of(Phase.PRE_DEPLOY, Phase.ROLLING, Phase.POST_DEPLOY)) {
      audience.hear(new Audience.PhaseBegun(phase));
      Instant began = clock.instant();
      try {
        Report report = executor.run(plan, Set.of(phase));
        phases.add(new PhaseRun(phase, new Span(began, clock.instant())));
        if (!report.ok()) {
          return Optional.of(
              report.problem().map(Problem::getMessage).orElse(phase.id() + " was stopped"));
        }
        askFlyway(phase);
        if (phase == Phase.ROLLING) {
          askServer();
        }
      } catch (Problem e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private HandOver.Nodes nodes() {
    return new HandOver.Nodes() {
      @Override
      public void started() {
        int ran = stage.flyway().migrate();
        check(
            new Check(
                Phase.ROLLING,
                "flyway migrate, by a node of the new version that starts",
                ran == 0,
                ran == 0 ? "nothing to run" : "it ran " + ran + " migrations"));
      }

      @Override
      public long old() {
        return stage.oldSessions();
      }
    };
  }

  /** Asked before anything is taken away. */
  private void askServer() {
    long left = stage.oldSessions();
    check(
        new Check(
            Phase.ROLLING,
            "sessions of the old version that the server knows",
            left == 0,
            String.valueOf(left)));
  }

  private void askFlyway(Phase phase) {
    PlainFlyway.Verdict verdict = stage.flyway().verdict();
    check(
        new Check(
            phase,
            "flyway validate, flyway info",
            verdict.content(),
            verdict.applied()
                + " applied, "
                + verdict.pending()
                + " pending"
                + (verdict.complaints().isEmpty()
                    ? ""
                    : ": " + String.join("; ", verdict.complaints()))));
  }

  private void check(Check check) {
    checks.add(check);
    audience.hear(new Audience.Checked(check));
  }

  private Environment environment(Database database, HandOver handOver, Recorder recorder) {
    FlywaySettings flyway = stage.sample().flywaySettings();
    FlywayMigrations migrations = stage.sample().read();
    return new Environment(
        database,
        new Journal(database.server(), Journal.SCHEMA),
        new Ports(
            new FlywayHistory(flyway, migrations, stage.anybody()),
            Optional.of(migrations),
            handOver,
            Confirmation.PROCEED,
            recorder),
        ExecuteSettings.DEFAULTS,
        Map.of(),
        "sluice demo",
        stop);
  }
}
