package dev.sluice.plan;

import dev.sluice.migration.Migration;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A draft in its place.
 *
 * @param number in the order of planning, which is that of the files
 * @param subject the change that it comes from; empty for what belongs to a whole migration
 * @param after numbers of what must run before it
 */
record Planned(
    int number,
    Draft draft,
    Migration migration,
    Optional<Subject> subject,
    Step.Session session,
    Set<Integer> after) {

  /** Changes of rows alone. */
  private static final Set<Class<? extends Change>> ROWS =
      Set.of(Change.Insert.class, Change.Update.class, Change.Delete.class, Change.Merge.class);

  Planned {
    after = Set.copyOf(after);
  }

  Planned with(Draft other) {
    return new Planned(number, other, migration, subject, session, after);
  }

  private boolean rows() {
    return draft.asWritten()
        && !draft.changes().isEmpty()
        && draft.changes().stream().allMatch(c -> ROWS.contains(c.getClass()));
  }

  /**
   * Whether both are statements on rows of one file and phase, next to each other: a file's rows
   * change in one transaction.
   */
  boolean sharesTransactionWith(Planned next) {
    return rows()
        && next.rows()
        && migration.equals(next.migration)
        && draft.phase() == next.draft.phase()
        && session.equals(next.session);
  }

  /** Both as one step, this one first. */
  Planned and(Planned next) {
    Set<Integer> all = new TreeSet<>(after);
    all.addAll(next.after);
    all.remove(number);
    return new Planned(
        number, Drafts.oneAfterTheOther(draft, next.draft), migration, subject, session, all);
  }

  /** With each number that another step has taken over replaced by that step's. */
  Planned afterThose(Map<Integer, Integer> taken) {
    Set<Integer> now = new TreeSet<>();
    after.forEach(n -> now.add(taken.getOrDefault(n, n)));
    now.remove(number);
    return new Planned(number, draft, migration, subject, session, now);
  }

  List<Integer> sortedAfter() {
    return after.stream().sorted().toList();
  }
}
