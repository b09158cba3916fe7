package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What statements on rows cost: they block no reader and no writer of other rows. */
final class RowImpact {

  private final Schema schema;

  RowImpact(Schema schema) {
    this.schema = schema;
  }

  Impact insert(Change.Insert change) {
    boolean reads =
        change
            .query()
            .map(q -> !q.references().complete() || !q.references().relations().isEmpty())
            .orElse(false);
    return writing(change.table(), reads ? Work.SCAN : Work.INSTANT);
  }

  Impact update(Change.Update change) {
    return writing(change.table(), work(change.table(), change.from(), change.where()));
  }

  Impact delete(Change.Delete change) {
    return writing(change.table(), work(change.table(), change.using(), change.where()));
  }

  Impact writing(QualifiedName table, Work work) {
    return new LockSet(schema).onTree(table, LockMode.ROW_EXCLUSIVE).doing(work);
  }

  private Work work(QualifiedName table, List<QualifiedName> others, Optional<Fragment> where) {
    boolean narrow = others.isEmpty() && where.map(w -> isNarrow(table, w)).orElse(false);
    return narrow ? Work.INSTANT : Work.SCAN;
  }

  /** Whether it names single rows by a unique key. */
  private boolean isNarrow(QualifiedName table, Fragment where) {
    List<List<String>> conditions = Conjuncts.of(where.sql());
    return schema.allIndexesOn(table).stream()
        .filter(i -> i.unique() && i.valid() && i.predicate().isEmpty())
        .anyMatch(i -> isFixed(i, conditions));
  }

  private static boolean isFixed(Index index, List<List<String>> conditions) {
    return index.columns().stream()
        .allMatch(
            key ->
                key.column()
                    .map(c -> conditions.stream().anyMatch(k -> fixes(k, c)))
                    .orElse(false));
  }

  /** {@code id = 5} and {@code id IN (5, 6)}. */
  private static boolean fixes(List<String> condition, Name column) {
    int at = Math.max(condition.indexOf("="), condition.indexOf("in"));
    return at > 0
        && NotNullProof.names(withoutTable(condition.subList(0, at)), column)
        && condition.subList(at + 1, condition.size()).stream().allMatch(RowImpact::isConstant);
  }

  private static List<String> withoutTable(List<String> name) {
    return name.size() == 3 && name.get(1).equals(".") ? name.subList(2, 3) : name;
  }

  private static boolean isConstant(String token) {
    return token.equals("(")
        || token.equals(")")
        || token.equals(",")
        || token.equals("-")
        || (!SqlText.isWord(token) && !token.startsWith("\""));
  }

  Impact copy(Change.Copy change) {
    return change.into() ? writing(change.table(), Work.INSTANT) : Impact.NONE.withWork(Work.SCAN);
  }

  /**
   * A query locks out nobody. What it writes, by WITH or by functions that were seen, it locks as
   * its writers do; of a function that was never seen nothing is known.
   */
  Impact query(Change.Query change, Predicate<QualifiedName> isHarmless) {
    References references = change.query().references();
    boolean known =
        references.complete()
            && references.functions().stream().allMatch(f -> isHarmless.test(f) || isReadable(f));
    if (!known) {
      return Impact.UNKNOWN;
    }
    LockSet locks = new LockSet(schema);
    references.writes().forEach(t -> locks.onTree(t, LockMode.ROW_EXCLUSIVE));
    List<References> bodies =
        references.functions().stream()
            .flatMap(f -> schema.routine(f).stream())
            .map(r -> r.definition().references())
            .toList();
    bodies.stream()
        .flatMap(b -> b.writes().stream())
        .forEach(t -> locks.onTree(t, LockMode.ROW_EXCLUSIVE));
    boolean reads =
        !references.relations().stream().allMatch(this::isSequence)
            || bodies.stream()
                .anyMatch(
                    b ->
                        !b.writes().isEmpty()
                            || !b.relations().stream().allMatch(this::isSequence));
    return locks.doing(reads ? Work.SCAN : Work.INSTANT);
  }

  private boolean isSequence(QualifiedName relation) {
    return schema.other(ObjectKind.SEQUENCE, relation).isPresent();
  }

  private boolean isReadable(QualifiedName function) {
    return schema.routine(function).map(r -> r.definition().references().complete()).orElse(false);
  }
}
