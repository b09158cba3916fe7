package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.alter.AlterExpression;
import net.sf.jsqlparser.statement.alter.AlterExpression.ColumnDataType;
import net.sf.jsqlparser.statement.alter.AlterExpression.ColumnSetDefault;
import net.sf.jsqlparser.statement.alter.AlterOperation;
import net.sf.jsqlparser.statement.create.table.CheckConstraint;

/**
 * ALTER TABLE as JSqlParser takes it apart. Each clause goes to the grammar by itself; what the
 * grammar still refuses is believed only where it is an expression in a known place.
 */
final class SecondAlter {

  private SecondAlter() {}

  static Optional<List<Change>> read(QualifiedName table, Alter statement) {
    List<Change> changes = new ArrayList<>();
    for (AlterExpression clause : statement.getAlterExpressions()) {
      Optional<List<Change>> read = read(table, statement, clause);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      changes.addAll(read.get());
    }
    // The server takes a renaming clause alone only.
    boolean renames =
        changes.size() > 1
            && changes.stream()
                .anyMatch(
                    c ->
                        c instanceof Change.RenameColumn
                            || c instanceof Change.RenameTable
                            || c instanceof Change.RenameConstraint);
    return changes.isEmpty() || renames ? Optional.empty() : Optional.of(changes);
  }

  private static Optional<List<Change>> read(
      QualifiedName table, Alter statement, AlterExpression clause) {
    // Its text may hold further clauses, and then is not one.
    if (clause.getOperation() == AlterOperation.UNSPECIFIC) {
      return Optional.empty();
    }
    try {
      String alone = "ALTER TABLE " + statement.getTable().getFullyQualifiedName() + " " + clause;
      return Optional.of(Statements.read(alone));
    } catch (Unreadable refused) {
      return expression(table, clause).map(List::of);
    }
  }

  private static Optional<Change> expression(QualifiedName table, AlterExpression clause) {
    if (clause.getOperation() == AlterOperation.ADD
        && clause.getIndex() instanceof CheckConstraint check
        && clause.getColDataTypeList() == null
        && clause.getConstraints() == null) {
      String text = check.toString();
      boolean plain = text.endsWith(")") && check.getEnforced() == null;
      return plain
          ? Optional.of(
              new Change.AddConstraint(
                  table,
                  new Constraint.Check(
                      Optional.ofNullable(check.getName()).map(Identifiers::name),
                      Mentions.fragment(check.getExpression().toString()),
                      true,
                      true)))
          : Optional.empty();
    }
    if (clause.getOperation() != AlterOperation.ALTER) {
      return Optional.empty();
    }
    if (clause.getColumnSetDefaultList() != null && clause.getColumnSetDefaultList().size() == 1) {
      ColumnSetDefault column = clause.getColumnSetDefaultList().get(0);
      return column.getDefaultExpression() == null
          ? Optional.empty()
          : Optional.of(
              new Change.SetDefault(
                  table,
                  Identifiers.name(column.getColumnName()),
                  Mentions.fragment(column.getDefaultExpression().toString())));
    }
    if (clause.getColDataTypeList() != null && clause.getColDataTypeList().size() == 1) {
      return type(table, clause.getColDataTypeList().get(0));
    }
    return Optional.empty();
  }

  private static Optional<Change> type(QualifiedName table, ColumnDataType column) {
    if (column.getUsingExpression() == null
        || (column.getColumnSpecs() != null && !column.getColumnSpecs().isEmpty())
        || column.getColDataType() == null) {
      return Optional.empty();
    }
    String written = column.getColDataType().toString();
    DataType type = new DataTypes(new Words(written)).read(Grammar.type(written));
    return Optional.of(
        new Change.AlterColumnType(
            table,
            Identifiers.name(column.getColumnName()),
            type,
            Optional.of(Mentions.fragment(column.getUsingExpression().toString())),
            Optional.empty()));
  }
}
