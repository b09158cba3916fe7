package dev.sluice.release;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Work;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long LOCK TABLE is felt, run as written: what it locks stays locked through the statements
 * behind it, on PostgreSQL until their transaction ends (manual, "LOCK"), on MySQL and MariaDB
 * until UNLOCK TABLES, the next LOCK TABLES or BEGIN (manual, "LOCK TABLES").
 */
final class HeldLocks {

  private final List<Placed> placed;
  private final List<Impact> impacts;
  private final Engine engine;

  /**
   * @param impacts of each of the placed changes, by itself
   */
  HeldLocks(List<Placed> placed, List<Impact> impacts, Engine engine) {
    this.placed = placed;
    this.impacts = impacts;
    this.engine = engine;
  }

  /** What the change costs, with the work that is done while what it locks is locked. */
  Impact impact(int at) {
    Impact impact = impacts.get(at);
    if (!(placed.get(at).change() instanceof Change.LockTable) || impact.locks().isEmpty()) {
      return impact;
    }
    Work work = impact.work();
    for (int i = at + 1; i < end(at); i++) {
      work = work.max(impacts.get(i).work());
    }
    return impact.withWork(work);
  }

  /** How long it is held; empty for what is no LOCK TABLE, or locks nothing that others use. */
  Optional<String> remark(int at) {
    if (!(placed.get(at).change() instanceof Change.LockTable)
        || impacts.get(at).locks().isEmpty()) {
      return Optional.empty();
    }
    return placed.subList(at + 1, end(at)).stream()
        .filter(HeldLocks::begins)
        .reduce((first, later) -> later)
        .map(
            last ->
                "as written, it is held until "
                    + ending()
                    + ": through the statements behind it, to line "
                    + last.statement().location().line());
  }

  private String ending() {
    return switch (engine) {
      case POSTGRESQL -> "the transaction ends";
      case MYSQL, MARIADB -> "UNLOCK TABLES, or the session ends";
    };
  }

  /** The first change behind it that runs without the lock, or that begins by letting it go. */
  private int end(int at) {
    String script = placed.get(at).migration().script();
    int end = at + 1;
    while (end < placed.size()
        && placed.get(end).migration().script().equals(script)
        && !(begins(placed.get(end)) && ends(placed.get(end).change()))) {
      end++;
    }
    return end;
  }

  /** Whether it is the first change of its statement. */
  private static boolean begins(Placed at) {
    return at.clause() == 0;
  }

  private boolean ends(Change change) {
    return switch (engine) {
      case POSTGRESQL ->
          change instanceof Change.TransactionControl control
              && (starts(control.command(), "COMMIT")
                  || (starts(control.command(), "ROLLBACK")
                      && !starts(control.command(), "ROLLBACK TO"))
                  || starts(control.command(), "PREPARE"));
      case MYSQL, MARIADB ->
          change instanceof Change.LockTable
              || (change instanceof Change.TransactionControl control
                  && (starts(control.command(), "BEGIN")
                      || starts(control.command(), "START")
                      || starts(control.command(), "UNLOCK")));
    };
  }

  private static boolean starts(String command, String word) {
    return command.strip().toUpperCase(Locale.ROOT).startsWith(word);
  }
}
