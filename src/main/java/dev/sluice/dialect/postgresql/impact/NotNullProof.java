package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.Quoting;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/**
 * Whether the server can tell without reading rows that a column holds no NULL: it is NOT NULL
 * already, or a validated CHECK says so by itself or joined by AND (release notes 12: "Allow ALTER
 * TABLE ... SET NOT NULL to avoid unnecessary table scans").
 */
final class NotNullProof {

  private static final List<List<String>> IS_NOT_NULL =
      List.of(
          List.of("is", "not", "null"),
          List.of("notnull"),
          List.of("is", "distinct", "from", "null"));

  private static final List<List<String>> IS_NULL =
      List.of(List.of("is", "null"), List.of("isnull"));

  private final Schema schema;
  private final Name column;

  NotNullProof(Schema schema, Name column) {
    this.schema = schema;
    this.column = column;
  }

  /** For the rows of the table, of its partitions and of the tables that inherit from it. */
  boolean holdsFor(QualifiedName table) {
    return holdsFor(table, false);
  }

  private boolean holdsFor(QualifiedName table, boolean inherited) {
    boolean known =
        inherited
            || schema.table(table).map(t -> isNotNull(t) || isChecked(t, false)).orElse(false);
    boolean passedOn = inherited || schema.table(table).map(t -> isChecked(t, true)).orElse(false);
    List<Table> children = schema.childrenOf(table);
    // A partitioned table has no rows of its own; one without a partition was not seen whole.
    boolean own =
        known
            || (!children.isEmpty()
                && schema.table(table).map(t -> t.partitionKey().isPresent()).orElse(false));
    return own && children.stream().allMatch(c -> holdsFor(c.name(), passedOn));
  }

  private boolean isNotNull(Table table) {
    return table.column(column).map(c -> !c.nullable()).orElse(false)
        && table.constraints().stream()
            .noneMatch(
                c ->
                    c instanceof Constraint.NotNull notNull
                        && notNull.column().equals(column)
                        && !notNull.validated());
  }

  private boolean isChecked(Table table, boolean forChildren) {
    return table.constraints().stream()
        .filter(Constraint.Check.class::isInstance)
        .map(Constraint.Check.class::cast)
        .filter(c -> c.validated() && (c.inherited() || !forChildren))
        .anyMatch(c -> says(c.expression().sql(), table.name().name()));
  }

  private boolean says(String check, Name table) {
    return Conjuncts.of(check).stream().anyMatch(c -> isNotNull(c, table));
  }

  private boolean isNotNull(List<String> condition, Name table) {
    if (condition.get(0).equals("not")) {
      return isColumnBefore(
          Conjuncts.unwrapped(condition.subList(1, condition.size())), table, IS_NULL);
    }
    return isColumnBefore(condition, table, IS_NOT_NULL);
  }

  private boolean isColumnBefore(List<String> condition, Name table, List<List<String>> ends) {
    return ends.stream()
        .filter(end -> condition.size() > end.size())
        .anyMatch(
            end -> {
              int rest = condition.size() - end.size();
              return condition.subList(rest, condition.size()).equals(end)
                  && isColumn(Conjuncts.unwrapped(condition.subList(0, rest)), table);
            });
  }

  private boolean isColumn(List<String> tokens, Name table) {
    boolean qualified =
        tokens.size() == 3 && tokens.get(1).equals(".") && names(tokens.subList(0, 1), table);
    return names(qualified ? tokens.subList(2, 3) : tokens, column);
  }

  /** Whether the tokens are the column's name, quoted or not, and nothing else. */
  static boolean names(List<String> tokens, Name column) {
    return tokens.equals(SqlText.tokens(Quoting.quote(column)))
        || tokens.equals(List.of('"' + column.text().replace("\"", "\"\"") + '"'))
        || tokens.equals(List.of(column.text()));
  }
}
