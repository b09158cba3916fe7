package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Dependents;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Foreign keys, which keep a table or column from being dropped, and views, which nobody keeps from
 * being broken. A view that reads a column under an alias of its table is missed.
 */
final class MysqlDependents implements Dependents {

  private static final String NAME = "(?:`(?:[^`]|``)+`|[\\w$]+)";
  private static final String PLACE = "(" + NAME + "(?:\\." + NAME + ")?)";
  private static final String IF_EXISTS = "(?:IF EXISTS )?";

  private static final Pattern COLUMNS =
      form("ALTER TABLE " + IF_EXISTS + PLACE + " (.*\\bDROP COLUMN .*)");
  private static final Pattern COLUMN = form("\\bDROP COLUMN " + IF_EXISTS + "(" + NAME + ")");
  private static final Pattern RELATION =
      form("DROP (?:TABLE|VIEW) " + IF_EXISTS + PLACE + "\\s*;?");
  private static final Pattern TABLE = form("DROP TABLE " + IF_EXISTS + PLACE + "\\s*;?");
  private static final Pattern SUBJECT =
      form(
          "(?:CREATE (?:OR REPLACE )?VIEW|ALTER TABLE(?: IF EXISTS)?|UPDATE|INSERT INTO|DELETE"
              + " FROM) "
              + PLACE
              + "(?:[\\s(;].*)?");

  private static Pattern form(String text) {
    return Pattern.compile(text.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  @Override
  public Optional<String> of(String statement) {
    String sql = statement.strip();
    Matcher columns = COLUMNS.matcher(sql);
    if (columns.matches()) {
      return Optional.of(ofColumns(CatalogName.table(columns.group(1)), dropped(columns.group(2))));
    }
    Matcher relation = RELATION.matcher(sql);
    return relation.matches()
        ? Optional.of(ofRelation(CatalogName.table(relation.group(1))))
        : Optional.empty();
  }

  private static List<String> dropped(String clauses) {
    List<String> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(clauses);
    while (column.find()) {
      columns.add(CatalogName.column(column.group(1)).text());
    }
    return columns;
  }

  private static String ofRelation(QualifiedName relation) {
    return foreignKeys(referenced(relation) + " AND NOT (" + own(relation) + ")")
        + " UNION "
        + views(relation, "LOCATE(" + quoted(relation.name().text()) + ", v.view_definition) > 0")
        + " ORDER BY 1";
  }

  private static String ofColumns(QualifiedName table, List<String> columns) {
    String names = columns.stream().map(Quoting::literal).collect(Collectors.joining(", "));
    String reads =
        columns.stream()
            .map(
                column ->
                    "LOCATE("
                        + Quoting.literal("`" + table.name().text() + "`.`" + column + "`")
                        + ", v.view_definition) > 0")
            .collect(Collectors.joining(" OR "));
    return foreignKeys(
            "(("
                + referenced(table)
                + " AND k.referenced_column_name IN ("
                + names
                + ")) OR ("
                + own(table)
                + " AND k.column_name IN ("
                + names
                + ")))")
        + " UNION "
        + views(table, "(" + reads + ")")
        + " ORDER BY 1";
  }

  private static String foreignKeys(String condition) {
    return "SELECT CONCAT('foreign key ', k.constraint_name, ' of table ', k.table_name),"
        + " k.constraint_name, k.table_name FROM information_schema.key_column_usage k"
        + " WHERE k.referenced_table_name IS NOT NULL AND "
        + condition;
  }

  private static String referenced(QualifiedName table) {
    return CatalogName.is(table, "k.referenced_table_schema", "k.referenced_table_name");
  }

  private static String own(QualifiedName table) {
    return CatalogName.is(table, "k.table_schema", "k.table_name");
  }

  private static String views(QualifiedName read, String condition) {
    return "SELECT CONCAT('view ', v.table_name), v.table_name, '' FROM information_schema.views v"
        + " WHERE v.table_schema = "
        + read.schema().map(s -> Quoting.literal(s.text())).orElse("DATABASE()")
        + " AND v.table_name <> "
        + Quoting.literal(read.name().text())
        + " AND "
        + condition;
  }

  private static String quoted(String name) {
    return Quoting.literal("`" + name + "`");
  }

  @Override
  public Optional<QualifiedName> droppedTable(String statement) {
    Matcher table = TABLE.matcher(statement.strip());
    return table.matches() ? Optional.of(CatalogName.table(table.group(1))) : Optional.empty();
  }

  @Override
  public Optional<String> subjectOf(String statement) {
    Matcher subject = SUBJECT.matcher(statement.strip());
    return subject.matches()
        ? Optional.of(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM information_schema.tables t WHERE "
                + CatalogName.is(
                    CatalogName.table(subject.group(1)), "t.table_schema", "t.table_name")
                + ") THEN 1 ELSE 0 END")
        : Optional.empty();
  }
}
