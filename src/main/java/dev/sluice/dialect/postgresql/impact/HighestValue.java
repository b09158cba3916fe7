package dev.sluice.dialect.postgresql.impact;

import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code SELECT max(id) FROM t}: where an index begins with the column, its end is looked up, and
 * no rows are read (manual, "Aggregate Functions").
 */
final class HighestValue {

  private static final Set<String> AROUND =
      Set.of("max", "min", "setval", "nextval", "pg_get_serial_sequence");

  private static final Pattern NARROWED =
      Pattern.compile(
          "(?i)\\b(WHERE|JOIN|GROUP|HAVING|OVER|UNION|INTERSECT|EXCEPT|FILTER|WITH)\\b");

  private static final Pattern FROM = Pattern.compile("(?i)\\bFROM\\b");

  private static final Pattern AGGREGATE =
      Pattern.compile("(?i)\\b(?:max|min)\\s*\\(\\s*(?:\\w+\\s*\\.\\s*)*\"?(\\w+)\"?\\s*\\)");

  private static final Pattern ANY_AGGREGATE = Pattern.compile("(?i)\\b(?:max|min)\\s*\\(");

  private HighestValue() {}

  /**
   * Whether that is all that the query reads of the table. Errs on the side of no: any other word
   * counts as reading all rows.
   */
  static boolean isAll(Fragment query, QualifiedName table, Schema schema) {
    References references = query.references();
    String sql = query.sql();
    Matcher aggregate = AGGREGATE.matcher(sql);
    return references.read().stream().filter(r -> !isSequence(r, schema)).count() == 1
        && references.functions().stream().allMatch(f -> AROUND.contains(f.name().text()))
        && !NARROWED.matcher(sql).find()
        && FROM.matcher(sql).results().count() == 1
        && ANY_AGGREGATE.matcher(sql).results().count() == 1
        && aggregate.find()
        && schema.allIndexesOn(table).stream().anyMatch(i -> beginsWith(i, aggregate.group(1)));
  }

  private static boolean isSequence(QualifiedName relation, Schema schema) {
    return schema.other(ObjectKind.SEQUENCE, relation).isPresent();
  }

  private static boolean beginsWith(Index index, String column) {
    List<Index.IndexColumn> columns = index.columns();
    return index.valid()
        && index.method().equals("btree")
        && index.predicate().isEmpty()
        && !columns.isEmpty()
        && columns.getFirst().column().filter(c -> c.text().equalsIgnoreCase(column)).isPresent();
  }
}
