package dev.sluice.execute;

import dev.sluice.database.Guard;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.dialect.Limits;
import dev.sluice.plan.Action;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Refreshes statistics that a step made stale. Never a reason to fail: the server does it too. */
final class Analysis {

  private static final Duration LOCK = Duration.ofSeconds(1);

  private final Run run;
  private final Step step;

  Analysis(Run run, Step step) {
    this.run = run;
    this.step = step;
  }

  void after(StepReport report) {
    for (String table : tables(report)) {
      run.server().monitoring().analyze(table).ifPresent(sql -> analyze(table, sql));
    }
  }

  private List<String> tables(StepReport report) {
    return switch (step.action()) {
      case Action.Backfill b ->
          report.rows().filter(rows -> rows > 0).isPresent() ? List.of(b.table()) : List.of();
      case Action.Ddl d ->
          run.server().monitoring().worthAnalyzing(step.impact())
              ? step.impact().locks().stream()
                  .map(l -> run.server().quote(l.relation()))
                  .distinct()
                  .toList()
              : List.of();
      case Action.Verify v -> List.of();
      case Action.Deploy d -> List.of();
      case Action.RecordHistory h -> List.of();
      case Action.Manual m -> List.of();
    };
  }

  private void analyze(String table, String sql) {
    Session session = run.work();
    Duration watchdog = run.settings().lock().watchdog();
    try (Guard guard = new Guard(session, run.stop(), Optional.of(watchdog)).start()) {
      try {
        new Surroundings(run, step).apply(session, Limits.NONE.withLock(LOCK), false);
        session.execute(sql);
      } catch (SqlFailure e) {
        if (guard.verdict() != Guard.Verdict.STOPPED) {
          run.tell(
              new Progress.Noted(
                  step, "statistics of " + table + " were not refreshed: " + e.said()));
        }
      }
    } finally {
      run.leaveWork();
    }
    run.stop().check();
  }
}
