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
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What statements on rows cost: they block no reader and no writer of other rows. */
final class RowImpact {

  private static final Pattern RETURNS_SET = Pattern.compile("(?is)\\bRETURNS\\s+(SETOF|TABLE)\\b");

  /** Built-in ones that return more than one row ({@code proretset}); catalogs' own left out. */
  private static final Set<String> OF_SETS =
      Set.of(
          "generate_series",
          "generate_subscripts",
          "json_array_elements",
          "json_array_elements_text",
          "json_each",
          "json_each_text",
          "json_object_keys",
          "json_populate_recordset",
          "json_to_recordset",
          "jsonb_array_elements",
          "jsonb_array_elements_text",
          "jsonb_each",
          "jsonb_each_text",
          "jsonb_object_keys",
          "jsonb_path_query",
          "jsonb_path_query_tz",
          "jsonb_populate_recordset",
          "jsonb_to_recordset",
          "regexp_matches",
          "regexp_split_to_table",
          "string_to_table",
          "unnest");

  private final Schema schema;
  private final Predicate<QualifiedName> isBuiltIn;

  /**
   * @param isBuiltIn of a function: one of the engine's own
   */
  RowImpact(Schema schema, Predicate<QualifiedName> isBuiltIn) {
    this.schema = schema;
    this.isBuiltIn = isBuiltIn;
  }

  Impact insert(Change.Insert change) {
    boolean many = change.query().map(this::isOfManyRows).orElse(false);
    LockSet locks = new LockSet(schema).onTree(change.table(), LockMode.ROW_EXCLUSIVE);
    locking(change.references().locked(), locks);
    return locks.doing(many ? Work.SCAN : Work.INSTANT);
  }

  /** Nobody knows how many rows a function returns that returns a set. */
  private boolean isOfManyRows(Fragment query) {
    References references = query.references();
    return !references.complete()
        || !references.read().isEmpty()
        || references.functions().stream().anyMatch(this::returnsSet);
  }

  private boolean returnsSet(QualifiedName function) {
    return schema
        .routine(function)
        .map(r -> RETURNS_SET.matcher(r.definition().sql()).find())
        .orElseGet(() -> OF_SETS.contains(function.name().text()) || !isBuiltIn.test(function));
  }

  /** Of what a view shows, the rows behind it too. */
  private void locking(Set<QualifiedName> relations, LockSet locks) {
    for (QualifiedName relation : relations) {
      locks.onTree(relation, LockMode.ROW_SHARE);
      schema.view(relation).ifPresent(v -> locking(v.query().references().read(), locks));
    }
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
  Impact query(Change.Query change) {
    References references = change.query().references();
    boolean known =
        references.complete()
            && references.functions().stream().allMatch(f -> isBuiltIn.test(f) || isReadable(f));
    if (!known) {
      return Impact.UNKNOWN;
    }
    LockSet locks = new LockSet(schema);
    locking(references.locked(), locks);
    references.writes().forEach(t -> locks.onTree(t, LockMode.ROW_EXCLUSIVE));
    List<References> bodies =
        references.functions().stream()
            .flatMap(f -> schema.routine(f).stream())
            .map(r -> r.definition().references())
            .toList();
    bodies.stream()
        .flatMap(b -> b.writes().stream())
        .forEach(t -> locks.onTree(t, LockMode.ROW_EXCLUSIVE));
    bodies.forEach(b -> locking(b.locked(), locks));
    boolean reads =
        !references.read().stream()
                .allMatch(r -> isSequence(r) || HighestValue.isAll(change.query(), r, schema))
            || bodies.stream()
                .anyMatch(
                    b -> !b.writes().isEmpty() || !b.read().stream().allMatch(this::isSequence));
    return locks.doing(reads ? Work.SCAN : Work.INSTANT);
  }

  private boolean isSequence(QualifiedName relation) {
    return schema.other(ObjectKind.SEQUENCE, relation).isPresent();
  }

  private boolean isReadable(QualifiedName function) {
    return schema.routine(function).map(r -> r.definition().references().complete()).orElse(false);
  }
}
