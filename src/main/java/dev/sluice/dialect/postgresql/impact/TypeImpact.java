package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.reading.PostgresqlReader;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change.AlterColumnType;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
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
    if (column.isEmpty() || computes(column.get()) || rewrites(column.get())) {
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

  /** Whether USING does more than casts that leave every value as it is. */
  private boolean computes(Column column) {
    return change
        .using()
        .map(
            u ->
                valueOf(SqlText.tokens(u.sql()), column)
                    .map(type -> TypeChanges.rewrites(type, change.type(), schema))
                    .orElse(true))
        .orElse(false);
  }

  /** The type of the column after the casts that are written; empty where more is written. */
  private Optional<DataType> valueOf(List<String> written, Column column) {
    List<String> tokens = Conjuncts.unwrapped(written);
    int cast = tokens.lastIndexOf("::");
    if (cast > 0 && depth(tokens.subList(0, cast)) == 0) {
      return cast(tokens.subList(0, cast), tokens.subList(cast + 1, tokens.size()), column);
    }
    if (!tokens.isEmpty() && tokens.get(0).equals("cast")) {
      List<String> inside = Conjuncts.unwrapped(tokens.subList(1, tokens.size()));
      int as = inside.lastIndexOf("as");
      return as > 0
          ? cast(inside.subList(0, as), inside.subList(as + 1, inside.size()), column)
          : Optional.empty();
    }
    return isColumn(tokens) ? Optional.of(column.type()) : Optional.empty();
  }

  private Optional<DataType> cast(List<String> value, List<String> type, Column column) {
    Optional<DataType> to = new PostgresqlReader().type(String.join(" ", type));
    return valueOf(value, column)
        .filter(from -> to.map(t -> !TypeChanges.rewrites(from, t, schema)).orElse(false))
        .flatMap(from -> to);
  }

  private boolean isColumn(List<String> tokens) {
    boolean qualified =
        tokens.size() == 3
            && tokens.get(1).equals(".")
            && NotNullProof.names(tokens.subList(0, 1), change.table().name());
    return NotNullProof.names(qualified ? tokens.subList(2, 3) : tokens, change.column());
  }

  private static int depth(List<String> tokens) {
    return (int)
        (tokens.stream().filter("("::equals).count() - tokens.stream().filter(")"::equals).count());
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
            || isPartitioned(index.table())
            || !column.collation().equals(change.collation())
            || TypeChanges.reorders(column.type(), change.type(), schema));
  }

  /** The index of a partitioned table has no file that could be kept. */
  private boolean isPartitioned(QualifiedName table) {
    return schema.table(table).map(t -> t.partitionKey().isPresent()).orElse(false);
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
