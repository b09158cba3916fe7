package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What statements on rows cost. At REPEATABLE READ, the default, InnoDB locks every row that a
 * statement looks at, and the gaps between them: a statement that looks at all of them keeps all
 * other writers waiting until its transaction ends (manual, "Locks Set by Different SQL Statements
 * in InnoDB"). Plain readers never wait.
 */
final class RowImpact {

  private final Schema schema;

  RowImpact(Schema schema) {
    this.schema = schema;
  }

  /** The rows that INSERT … SELECT reads are locked too. */
  Impact insert(Change.Insert change) {
    Impact impact = writing(change.table(), LockMode.MYSQL_NONE, Work.INSTANT);
    if (change.query().isEmpty()) {
      return impact;
    }
    Impact all = impact.withWork(Work.SCAN);
    for (QualifiedName read : change.query().get().references().relations()) {
      all = all.alsoLocking(read, LockMode.MYSQL_SHARED);
    }
    return all;
  }

  Impact update(Change.Update change) {
    return changing(change.table(), change.from(), change.where());
  }

  Impact delete(Change.Delete change) {
    return changing(change.table(), change.using(), change.where());
  }

  private Impact changing(
      QualifiedName table, List<QualifiedName> others, Optional<Fragment> where) {
    boolean byKey = others.isEmpty() && where.map(w -> isByKey(table, w)).orElse(false);
    Impact impact =
        byKey
            ? writing(table, LockMode.MYSQL_NONE, Work.INSTANT)
            : writing(table, LockMode.MYSQL_SHARED, Work.SCAN);
    for (QualifiedName other : others) {
      impact = impact.alsoLocking(other, LockMode.MYSQL_SHARED);
    }
    return impact;
  }

  /** LOAD DATA puts rows in as INSERT does, however many the file has. */
  Impact copy(Change.Copy change) {
    return change.into()
        ? writing(change.table(), LockMode.MYSQL_NONE, Work.SCAN)
        : Impact.NONE.withWork(Work.SCAN);
  }

  Impact merge(Change.Merge change) {
    return writing(change.table(), LockMode.MYSQL_SHARED, Work.SCAN);
  }

  private static Impact writing(QualifiedName table, LockMode mode, Work work) {
    return new Impact(List.of(new Lock(table, mode)), work, Optional.empty(), true);
  }

  /** {@code id = 5} and {@code id IN (5, 6)} on a unique index of one column, and nothing else. */
  private boolean isByKey(QualifiedName table, Fragment where) {
    String sql = where.sql().strip().toLowerCase(Locale.ROOT).replace("`", "");
    return schema.allIndexesOn(table).stream()
        .filter(Index::unique)
        .filter(i -> i.columns().size() == 1)
        .flatMap(i -> i.columns().get(0).column().stream())
        .anyMatch(c -> fixes(sql, c.key()));
  }

  private static boolean fixes(String where, String column) {
    String value = "('[^'\\\\]*'|[-+]?[\\d.]+|@?\\w+)";
    return Pattern.matches(
        "(?s)\\(?(\\w+\\.)?"
            + Pattern.quote(column)
            + "\\s*(=\\s*"
            + value
            + "|in\\s*\\(\\s*"
            + value
            + "(\\s*,\\s*"
            + value
            + ")*\\s*\\))\\)?",
        where);
  }

  /** Of a function or procedure that was never seen nothing is known. */
  Impact query(Change.Query change, Predicate<QualifiedName> isHarmless) {
    References references = change.query().references();
    boolean known =
        references.complete()
            && references.functions().stream().allMatch(f -> isHarmless.test(f) || isReadable(f));
    if (!known) {
      return Impact.UNKNOWN;
    }
    List<Lock> locks = new ArrayList<>();
    references.writes().forEach(t -> locks.add(new Lock(t, LockMode.MYSQL_SHARED)));
    references.functions().stream()
        .flatMap(f -> schema.routine(f).stream())
        .flatMap(r -> r.definition().references().writes().stream())
        .forEach(t -> locks.add(new Lock(t, LockMode.MYSQL_SHARED)));
    Work work = references.relations().isEmpty() && locks.isEmpty() ? Work.INSTANT : Work.SCAN;
    return new Impact(locks, work, Optional.empty(), true);
  }

  private boolean isReadable(QualifiedName function) {
    return schema.routine(function).map(r -> r.definition().references().complete()).orElse(false);
  }
}
