package dev.sluice.report;

import dev.sluice.execute.HeldLock;
import dev.sluice.plan.Step;
import dev.sluice.rehearse.Rehearsal.TimedStep;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Of all that a step locks, the lock that most of the others wait for. */
public final class LockWords {
  private LockWords() {}

  /**
   * A lock.
   *
   * @param relation with its schema, where that is not {@code public}
   * @param millis that it was held at most; empty where only the plan speaks of it
   */
  public record Strongest(String relation, LockMode mode, Optional<Long> millis) {}

  /** As it was seen; where nobody looked, as the plan says. Empty where there is none. */
  public static Optional<Strongest> strongest(TimedStep run) {
    return run.report().locks().isEmpty()
        ? planned(run.step())
        : run.report().locks().stream()
            .map(LockWords::seen)
            .max(
                Comparator.comparing(Strongest::mode)
                    .thenComparing(lock -> isPlanned(run.step(), lock))
                    .thenComparing(Strongest::relation, Comparator.reverseOrder()));
  }

  private static Optional<Strongest> planned(Step step) {
    return step.impact().locks().stream()
        .max(Comparator.comparing(Impact.Lock::mode))
        .map(l -> new Strongest(shown(l.relation().toString()), l.mode(), Optional.empty()));
  }

  /** A table goes before what hangs on it: the plan speaks of tables. */
  private static boolean isPlanned(Step step, Strongest lock) {
    return step.impact().locks().stream()
        .anyMatch(l -> shown(l.relation().toString()).equals(lock.relation()));
  }

  private static Strongest seen(HeldLock lock) {
    LockMode mode =
        Arrays.stream(LockMode.values())
            .filter(m -> m.text().equals(lock.mode()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no lock mode is called " + lock.mode()));
    return new Strongest(shown(lock.relation()), mode, Optional.of(lock.time().toMillis()));
  }

  /** {@code ACCESS EXCLUSIVE on orders: reads and writes wait}. */
  public static String of(Strongest lock) {
    return lock.mode().text() + " on " + lock.relation() + ": " + lock.mode().inWords();
  }

  private static String shown(String relation) {
    return relation.replaceFirst("^public\\.", "");
  }
}
