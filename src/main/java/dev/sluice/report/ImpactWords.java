package dev.sluice.report;

import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a change costs, as a sentence: the lock by its name and in plain words. */
public final class ImpactWords {

  private static final String HELD_ROWS =
      "reads and writes go on; who writes a row that it has changed waits until that is committed";

  private static final String LOCKED_ROWS =
      "reads and writes go on; who writes a row that it has locked waits until that is committed";

  private ImpactWords() {}

  /**
   * {@code ACCESS EXCLUSIVE on orders while the table is rewritten: reads and writes wait}. Nobody
   * waits for what locks nothing, so then it is only said how much work it is.
   */
  public static String of(Impact impact) {
    return of(impact, QualifiedName::toString);
  }

  /**
   * @param name of a relation
   */
  static String of(Impact impact, Function<QualifiedName, String> name) {
    if (impact.equals(Impact.UNKNOWN)) {
      return "what it locks, and for how long, is not known";
    }
    if (impact.locks().isEmpty()) {
      return impact.work() == Work.INSTANT
          ? "locks nothing that is in use"
          : "locks nothing that is in use, " + work(impact.work());
    }
    return locks(impact, name)
        + " "
        + work(impact.work())
        + ": "
        + (holdsRows(impact) ? heldRows(impact) : waiting(impact));
  }

  /** {@code SHARE ROW EXCLUSIVE on orders and customers}. */
  static String locks(Impact impact) {
    return locks(impact, QualifiedName::toString);
  }

  private static String locks(Impact impact, Function<QualifiedName, String> name) {
    Map<LockMode, Set<String>> relations = new LinkedHashMap<>();
    for (Impact.Lock lock : impact.locks()) {
      relations
          .computeIfAbsent(lock.mode(), mode -> new LinkedHashSet<>())
          .add(name.apply(lock.relation()));
    }
    return relations.entrySet().stream()
        .map(e -> e.getKey().text() + " on " + String.join(" and ", e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String work(Work work) {
    return switch (work) {
      case INSTANT -> "for an instant";
      case SCAN -> "while every row is read";
      case BUILD -> "while the index is built";
      case REWRITE -> "while the table is rewritten";
    };
  }

  /** Nobody waits for the table, but for the rows that a statement on many of them has changed. */
  private static boolean holdsRows(Impact impact) {
    return impact.work() == Work.SCAN
        && impact.locks().stream()
            .allMatch(l -> l.mode() == LockMode.ROW_EXCLUSIVE || l.mode() == LockMode.ROW_SHARE);
  }

  private static String heldRows(Impact impact) {
    return impact.locks().stream().allMatch(l -> l.mode() == LockMode.ROW_SHARE)
        ? LOCKED_ROWS
        : HELD_ROWS;
  }

  /** Whether anybody can come to wait for it. */
  public static boolean isFelt(Impact impact) {
    return impact.blocksWrites() || (holdsRows(impact) && !impact.locks().isEmpty());
  }

  /** Says of the strongest lock who waits for it. */
  private static String waiting(Impact impact) {
    return impact.locks().stream()
        .map(Impact.Lock::mode)
        .max(Comparator.comparing(LockMode::blocksReads).thenComparing(LockMode::blocksWrites))
        .map(LockMode::inWords)
        .orElse("nobody waits");
  }
}
