package dev.sluice.plan;

import dev.sluice.migration.Migration;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of a repeatable migration while both versions run. Flyway runs one whenever the
 * checksum of its file differs from the last one in its history: an old node that starts takes its
 * own file for a change (Flyway's documentation, "Repeatable migrations").
 */
final class Reapplied {

  private Reapplied() {}

  /**
   * What to say of it; empty where the old version has no such file.
   *
   * @param subjects its changes
   */
  static Optional<String> note(Migration migration, List<Subject> subjects) {
    if (migration.type() != Migration.Type.REPEATABLE
        || subjects.stream().allMatch(Reapplied::isNew)) {
      return Optional.empty();
    }
    String objects =
        subjects.stream().map(Subject::object).distinct().collect(Collectors.joining(", "));
    return Optional.of(
        "an old node that runs Flyway when it starts finds the checksum of "
            + migration.script()
            + " changed, and applies its own text again: the new version then has the old "
            + objects
            + " until one of its nodes starts. From pre-deploy on let no old node run Flyway, or"
            + " let both texts serve both versions");
  }

  /** Where it was not there before, no old node makes it. Who cannot tell says that it was. */
  private static boolean isNew(Subject subject) {
    if (!subject.before().complete()) {
      return false;
    }
    return switch (subject.change()) {
      case Change.CreateView c -> subject.before().view(c.view().name()).isEmpty();
      case Change.CreateRoutine c -> subject.before().routine(c.routine().name()).isEmpty();
      default -> false;
    };
  }
}
