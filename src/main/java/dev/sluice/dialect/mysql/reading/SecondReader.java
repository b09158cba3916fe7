package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.AbstractJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.Values;

/**
 * JSqlParser, for queries and rows that both grammars refuse. It is believed only where it writes
 * the same statement again, token by token; every word in it that could be a name then is one.
 */
final class SecondReader {

  private static final long MILLIS = 3_000;

  private SecondReader() {}

  /** Empty where it cannot be believed either. */
  static Optional<List<Change>> read(String sql) {
    try {
      Statement statement =
          CCJSqlParserUtil.parse(
              sql,
              parser -> parser.withDialect(AbstractJSqlParser.Dialect.MYSQL).withTimeOut(MILLIS));
      return words(sql).equals(words(String.valueOf(statement)))
          ? change(statement, sql).map(List::of)
          : Optional.empty();
    } catch (JSQLParserException | RuntimeException e) {
      // Whatever breaks in it, it has not read the statement.
      return Optional.empty();
    }
  }

  private static List<String> words(String sql) {
    return Scanner.tokens(sql).stream()
        .filter(t -> !t.is(";"))
        .map(t -> t.kind() == Token.Kind.WORD ? t.word() : t.text())
        .toList();
  }

  private static Optional<Change> change(Statement statement, String sql) {
    References names = Mentions.ofStatement(sql);
    return switch (statement) {
      case Select ignored -> Optional.of(new Change.Query(new Fragment(sql, names)));
      case Insert insert -> Optional.of(insert(insert, names));
      case Delete delete when delete.getJoins() == null && delete.getTables() == null ->
          Optional.of(
              new Change.Delete(
                  table(delete.getTable()),
                  Optional.empty(),
                  List.of(),
                  Optional.ofNullable(delete.getWhere()).map(w -> fragment(w.toString())),
                  names));
      default -> Optional.empty();
    };
  }

  private static Change insert(Insert insert, References names) {
    Select source = insert.getSelect();
    List<Name> columns =
        insert.getColumns() == null
            ? List.of()
            : insert.getColumns().stream().map(c -> plain(c.getColumnName())).toList();
    return new Change.Insert(
        table(insert.getTable()),
        columns,
        source == null || source instanceof Values
            ? Optional.empty()
            : Optional.of(fragment(source.toString())),
        insert.getDuplicateUpdateSets() != null,
        Optional.empty(),
        names);
  }

  private static Fragment fragment(String sql) {
    return new Fragment(sql, Mentions.ofStatement(sql));
  }

  private static QualifiedName table(Table table) {
    Cursor cursor = new Cursor(table.getFullyQualifiedName());
    return cursor.table();
  }

  private static Name plain(String column) {
    return new Cursor(column).plainName();
  }
}
