package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.AbstractJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.alter.AlterExpression;
import net.sf.jsqlparser.statement.alter.AlterOperation;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;
import org.junit.jupiter.api.Test;

/**
 * Where the grammar and JSqlParser both read a statement, they tell the same tables and columns.
 */
class DifferentialTest {

  /** Every difference is listed; each was looked at, and the grammar is right. */
  @Test
  void bothReadersTellTheSameTablesAndColumnsButForTheListedDifferences() {
    StringBuilder differences = new StringBuilder();
    int compared = 0;
    for (String sql : Corpus.statements()) {
      Reading reading = new PostgresqlReader().read(sql);
      List<String> theirs =
          reading.parsedBy() == Reading.ParsedBy.GRAMMAR ? theirs(sql) : List.of();
      if (theirs.isEmpty()) {
        continue;
      }
      compared++;
      List<String> ours = new ArrayList<>();
      reading.changes().forEach(change -> ours(change, ours));
      if (!ours.equals(theirs)) {
        differences.append(sql).append("\n  grammar:    ").append(ours);
        differences.append("\n  JSqlParser: ").append(theirs).append("\n\n");
      }
    }
    assertThat(compared).isGreaterThan(55);
    Golden.check("postgresql-reader-differences.txt", differences.toString());
  }

  private static void ours(Change change, List<String> facts) {
    switch (change) {
      case Change.AddColumn c -> facts.add("add " + c.table() + "." + c.column().name());
      case Change.DropColumn c -> facts.add("drop " + c.table() + "." + c.column());
      case Change.RenameColumn c ->
          facts.add("rename " + c.table() + "." + c.column() + " to " + c.to());
      case Change.AlterColumnType c -> facts.add("type " + c.table() + "." + c.column());
      case Change.CreateIndex c -> facts.add(index(c));
      case Change.DropTable c -> facts.add("drop table " + c.table());
      case Change.DropIndex c ->
          facts.add("drop index " + c.index() + (c.concurrently() ? " concurrently" : ""));
      case Change.DropObject c when c.kind().word().equals("View") ->
          facts.add("drop view " + c.name());
      case Change.Insert c -> facts.add("insert " + c.table() + " " + c.columns());
      case Change.Update c ->
          facts.add(
              "update " + c.table() + " " + c.assignments().stream().map(a -> a.column()).toList());
      case Change.Delete c -> facts.add("delete " + c.table());
      case Change.Truncate c -> facts.add("truncate " + c.tables());
      default -> {}
    }
  }

  private static String index(Change.CreateIndex change) {
    Index index = change.index();
    return "index "
        + index.name().map(QualifiedName::name).map(Name::text).orElse("")
        + " on "
        + index.table()
        + " "
        + index.columns().stream().map(c -> c.column().map(Name::text).orElse("()")).toList()
        + (index.unique() ? " unique" : "")
        + (change.concurrently() ? " concurrently" : "");
  }

  private static List<String> theirs(String sql) {
    Statement statement;
    try {
      statement =
          CCJSqlParserUtil.parse(
              sql, p -> p.withDialect(AbstractJSqlParser.Dialect.POSTGRESQL).withTimeOut(5_000));
    } catch (JSQLParserException e) {
      return List.of();
    }
    List<String> facts = new ArrayList<>();
    switch (statement) {
      case Alter alter ->
          alter.getAlterExpressions().forEach(e -> clause(name(alter.getTable()), e, facts));
      case CreateIndex index -> facts.add(index(index));
      case Drop drop -> drop(drop, facts);
      case Insert insert -> facts.add(insert(insert));
      case Update update ->
          facts.add(
              "update "
                  + name(update.getTable())
                  + " "
                  + update.getUpdateSets().stream()
                      .flatMap(s -> s.getColumns().stream())
                      .map(c -> plain(c.getColumnName()))
                      .toList());
      case Delete delete -> facts.add("delete " + name(delete.getTable()));
      case Truncate truncate ->
          facts.add(
              "truncate " + truncate.getTables().stream().map(DifferentialTest::name).toList());
      case null, default -> {}
    }
    return facts;
  }

  private static void clause(QualifiedName table, AlterExpression clause, List<String> facts) {
    if (clause.getOperation() == AlterOperation.DROP && clause.getColumnName() != null) {
      facts.add("drop " + table + "." + plain(clause.getColumnName()));
    } else if (clause.getOperation() == AlterOperation.RENAME
        && clause.getColumnOldName() != null) {
      facts.add(
          "rename "
              + table
              + "."
              + plain(clause.getColumnOldName())
              + " to "
              + plain(clause.getColumnName()));
    } else if (clause.getColDataTypeList() != null) {
      String what = clause.getOperation() == AlterOperation.ADD ? "add " : "type ";
      clause
          .getColDataTypeList()
          .forEach(c -> facts.add(what + table + "." + plain(c.getColumnName())));
    }
  }

  private static String index(CreateIndex statement) {
    var index = statement.getIndex();
    return "index "
        + (index.getName() == null ? "" : plain(index.getName()))
        + " on "
        + name(statement.getTable())
        + " "
        + index.getColumns().stream()
            .map(c -> c.isExpression() ? "()" : plain(c.getColumnName()))
            .toList()
        + ("UNIQUE".equalsIgnoreCase(index.getType()) ? " unique" : "")
        + (statement.isConcurrently() ? " concurrently" : "");
  }

  private static void drop(Drop drop, List<String> facts) {
    String kind = drop.getType().toLowerCase(Locale.ROOT);
    if (kind.equals("table") || kind.equals("index") || kind.equals("view")) {
      if (drop.isMaterialized()) {
        return;
      }
      drop.getNames().forEach(n -> facts.add("drop " + kind + " " + name(n)));
    }
  }

  private static String insert(Insert insert) {
    List<Name> columns = new ArrayList<>();
    if (insert.getColumns() != null) {
      insert.getColumns().forEach(c -> columns.add(Identifiers.name(c.getColumnName())));
    }
    return "insert " + name(insert.getTable()) + " " + columns;
  }

  private static QualifiedName name(Table table) {
    return SecondReader.qualified(table);
  }

  private static String plain(String identifier) {
    return Identifiers.name(identifier).text();
  }
}
