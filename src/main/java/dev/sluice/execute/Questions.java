package dev.sluice.execute;

import dev.sluice.database.Guard;
import dev.sluice.database.Row;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Failure;
import dev.sluice.dialect.Limits;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a step's questions, under the settings that its statements run under. */
final class Questions {

  // A question waits for nobody's lock for long: it reads, and what it reads is in use.
  private static final Duration LOCK = Duration.ofSeconds(10);

  private final Run run;
  private final Step step;

  Questions(Run run, Step step) {
    this.run = run;
    this.step = step;
  }

  /** Whether the answer is the expected one. */
  boolean holds(Condition condition) {
    return answer(condition).filter(condition.expect()::equals).isPresent();
  }

  /** Empty where there is no row, or NULL in it. */
  Optional<String> answer(Condition condition) {
    return asking(condition.sql(), s -> s.ask(run.placeholders().in(condition.sql())));
  }

  /** The first rows of a query. */
  List<Row> samples(String sql, int limit) {
    return asking(sql, s -> s.firstRows(run.placeholders().in(sql), limit));
  }

  private <T> T asking(String sql, Function<Session, T> question) {
    Session session = run.work();
    Surroundings surroundings = new Surroundings(run, step);
    Duration watchdog = run.settings().lock().watchdog();
    try (Guard guard = new Guard(session, run.stop(), Optional.of(watchdog)).start()) {
      try {
        return surroundings.inTransaction(
            session, new Limits(LOCK, Duration.ZERO, LOCK), () -> question.apply(session));
      } catch (SqlFailure e) {
        if (guard.verdict() == Guard.Verdict.STOPPED) {
          throw new Stopped();
        }
        if (e.failure() == Failure.CONNECTION_LOST) {
          throw e;
        }
        throw new StepFailed(
            "its question was not answered: "
                + run.placeholders().hide(e.said())
                + "\n  asked: "
                + sql,
            e.code());
      }
    } finally {
      if (surroundings.stick()) {
        run.leaveWork();
      }
    }
  }
}
