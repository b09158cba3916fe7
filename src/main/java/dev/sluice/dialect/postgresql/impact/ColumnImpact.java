package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.View;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** What changes of columns cost. */
final class ColumnImpact {

  private final Schema schema;

  ColumnImpact(Schema schema) {
    this.schema = schema;
  }

  Impact add(Change.AddColumn change) {
    LockSet locks = new LockSet(schema).onTree(change.table(), LockMode.ACCESS_EXCLUSIVE);
    boolean there =
        change.ifNotExists() && schema.column(change.table(), change.column().name()).isPresent();
    if (there) {
      return locks.doing(Work.INSTANT);
    }
    Column column = change.column();
    Work work = isFilledRowByRow(column) ? Work.REWRITE : Work.INSTANT;
    // Rows that are there get NULL: the scan finds it and fails, unless there are none.
    boolean mustHaveValue = !column.nullable() && column.defaultValue().isEmpty();
    if (mustHaveValue) {
      work = work.max(Work.SCAN);
    }
    for (Constraint constraint : change.constraints()) {
      if (constraint instanceof Constraint.ForeignKey key) {
        locks.onPartitions(key.parent(), LockMode.SHARE_ROW_EXCLUSIVE);
      }
      work = work.max(ofInline(constraint, column));
    }
    return locks.doing(work);
  }

  /** Whether each row gets a value of its own, which then must be written into it. */
  private boolean isFilledRowByRow(Column column) {
    return column.identity().isPresent()
        || column.generated().map(Column.Generated::stored).orElse(false)
        || column.defaultValue().map(d -> Volatility.isVolatile(d, schema)).orElse(false)
        || Types.isConstrained(column.type(), schema)
        || (column.defaultValue().isEmpty() && Types.hasVolatileDefault(column.type(), schema));
  }

  private static Work ofInline(Constraint constraint, Column column) {
    return switch (constraint) {
      case Constraint.PrimaryKey c -> Work.BUILD;
      case Constraint.Unique c -> Work.BUILD;
      case Constraint.Exclude c -> Work.BUILD;
      case Constraint.Check c -> c.validated() ? Work.SCAN : Work.INSTANT;
      case Constraint.NotNull c -> Work.INSTANT;
      // NULL needs no parent, but the server looks where any default is written, DEFAULT NULL too.
      case Constraint.ForeignKey c ->
          column.defaultValue().isPresent()
                  || column.options().contains(Column.DEFAULT_NULL)
                  || column.identity().isPresent()
                  || column.generated().isPresent()
              ? Work.SCAN
              : Work.INSTANT;
    };
  }

  Impact drop(Change.DropColumn change) {
    LockSet locks = new LockSet(schema).onTree(change.table(), LockMode.ACCESS_EXCLUSIVE);
    schema.table(change.table()).stream()
        .flatMap(t -> t.constraints().stream())
        .filter(c -> c instanceof Constraint.ForeignKey && c.columns().contains(change.column()))
        .forEach(
            c -> locks.onTree(((Constraint.ForeignKey) c).parent(), LockMode.ACCESS_EXCLUSIVE));
    if (change.cascade()) {
      QualifiedName table = schema.resolve(change.table());
      referencing(change.table(), change.column())
          .forEach(t -> locks.onPartitions(t, LockMode.ACCESS_EXCLUSIVE));
      schema.viewsReading(change.table()).stream()
          .filter(v -> v.query().references().names(table, change.column()))
          .map(View::name)
          .forEach(
              v ->
                  locks
                      .on(v, LockMode.ACCESS_EXCLUSIVE)
                      .onViewsReading(v, LockMode.ACCESS_EXCLUSIVE));
    }
    return locks.doing(Work.INSTANT);
  }

  /** The tables whose foreign keys point at the column. */
  private List<QualifiedName> referencing(QualifiedName table, Name column) {
    List<Name> primaryKey = schema.table(table).map(t -> t.primaryKey()).orElse(List.of());
    return schema.foreignKeysTo(table).stream()
        .filter(
            r ->
                (r.key().parentColumns().isEmpty() ? primaryKey : r.key().parentColumns())
                    .contains(column))
        .map(Schema.Referencing::table)
        .toList();
  }

  Impact setNotNull(QualifiedName table, Name column) {
    boolean proven = new NotNullProof(schema, column).holdsFor(table);
    return catalogOnly(table).withWork(proven ? Work.INSTANT : Work.SCAN);
  }

  /** Computed anew for every row, unless it is virtual. */
  Impact setExpression(Change.SetExpression change) {
    boolean virtual =
        schema
            .column(change.table(), change.column())
            .flatMap(Column::generated)
            .map(g -> !g.stored())
            .orElse(false);
    return catalogOnly(change.table()).withWork(virtual ? Work.INSTANT : Work.REWRITE);
  }

  /** STATISTICS and attribute options let writers pass, all else does not. */
  Impact option(Change.AlterColumnOption change) {
    List<String> words = SqlText.tokens(change.text());
    boolean weak =
        words.contains("statistics")
            || (words.size() > 1
                && (words.get(0).equals("set") || words.get(0).equals("reset"))
                && words.get(1).equals("("));
    return new LockSet(schema)
        .onTree(change.table(), weak ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE)
        .doing(Work.INSTANT);
  }

  /** For what reads and writes no row, in the table and all below it. */
  Impact catalogOnly(QualifiedName table) {
    return new LockSet(schema).onTree(table, LockMode.ACCESS_EXCLUSIVE).doing(Work.INSTANT);
  }
}
