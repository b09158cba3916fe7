package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change.AlterColumnType;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What ALTER COLUMN TYPE costs. */
final class TypeImpact {

  private final Schema schema;
  private final AlterColumnType change;

  TypeImpact(Schema schema, AlterColumnType change) {
    this.schema = schema;
    this.change = change;
  }

  Impact impact() {
    LockSet locks = new LockSet(schema).onTree(change.table(), LockMode.ACCESS_EXCLUSIVE);
    // A key over the column is dropped and made anew, which locks its other end.
    foreignKeys().forEach(k -> locks.onPartitions(k.parent(), LockMode.ACCESS_EXCLUSIVE));
    keysToIt().forEach(k -> locks.onPartitions(k.table(), LockMode.ACCESS_EXCLUSIVE));
    return locks.doing(work());
  }

  private Work work() {
    Optional<Column> column = schema.column(change.table(), change.column());
    if (column.isEmpty() || computes() || rewrites(column.get())) {
      return Work.REWRITE;
    }
    Work work = isChecked() ? Work.SCAN : Work.INSTANT;
    return trees().stream()
            .flatMap(t -> schema.allIndexesOn(t).stream())
            .anyMatch(i -> isRebuilt(i, column.get()))
        ? Work.BUILD
        : work;
  }

  private boolean rewrites(Column column) {
    return TypeChanges.rewrites(column.type(), change.type(), schema);
  }

  /** Whether USING does more than the cast that the server does by itself. */
  private boolean computes() {
    return change.using().map(u -> !isPlainCast(u)).orElse(false);
  }

  private boolean isPlainCast(Fragment using) {
    List<String> tokens = Conjuncts.unwrapped(SqlText.tokens(using.sql()));
    List<String> type = SqlText.tokens(change.type().text());
    int cast = tokens.indexOf("::");
    if (cast > 0) {
      return NotNullProof.names(Conjuncts.unwrapped(tokens.subList(0, cast)), change.column())
          && tokens.subList(cast + 1, tokens.size()).equals(type);
    }
    if (tokens.get(0).equals("cast")) {
      List<String> inside = Conjuncts.unwrapped(tokens.subList(1, tokens.size()));
      int as = inside.indexOf("as");
      return as > 0
          && NotNullProof.names(inside.subList(0, as), change.column())
          && inside.subList(as + 1, inside.size()).equals(type);
    }
    return NotNullProof.names(tokens, change.column());
  }

  private boolean isChecked() {
    return schema.table(change.table()).stream()
        .flatMap(t -> t.constraints().stream())
        .anyMatch(
            c ->
                c instanceof Constraint.Check check
                    && check.validated()
                    && names(check.expression(), change.column()));
  }

  private static boolean names(Fragment expression, Name column) {
    References references = expression.references();
    return !references.complete()
        || references.columns().stream().anyMatch(c -> c.name().map(column::equals).orElse(true));
  }

  /**
   * An index is kept as it is where it sorts as before and has neither expressions nor a predicate:
   * those the server does not compare.
   */
  private boolean isRebuilt(Index index, Column column) {
    boolean compared =
        index.predicate().isEmpty()
            && index.columns().stream().allMatch(c -> c.column().isPresent());
    return index.names(change.column())
        && (!compared
            || !column.collation().equals(change.collation())
            || TypeChanges.reorders(column.type(), change.type(), schema));
  }

  private List<QualifiedName> trees() {
    List<QualifiedName> tables = new ArrayList<>(List.of(change.table()));
    for (int i = 0; i < tables.size(); i++) {
      schema.childrenOf(tables.get(i)).forEach(c -> tables.add(c.name()));
    }
    return tables;
  }

  private List<Constraint.ForeignKey> foreignKeys() {
    return schema.table(change.table()).stream()
        .flatMap(t -> t.constraints().stream())
        .filter(Constraint.ForeignKey.class::isInstance)
        .map(Constraint.ForeignKey.class::cast)
        .filter(k -> k.columns().contains(change.column()))
        .toList();
  }

  private List<Schema.Referencing> keysToIt() {
    List<Name> primaryKey = schema.table(change.table()).map(t -> t.primaryKey()).orElse(List.of());
    return schema.foreignKeysTo(change.table()).stream()
        .filter(
            r ->
                (r.key().parentColumns().isEmpty() ? primaryKey : r.key().parentColumns())
                    .contains(change.column()))
        .toList();
  }
}
