package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.References;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.AbstractJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.create.table.Index.ColumnParams;
import net.sf.jsqlparser.statement.create.view.CreateView;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.InsertConflictTarget;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import net.sf.jsqlparser.util.TablesNamesFinder;

/**
 * JSqlParser, for what the grammar refuses. It misreads some statements without saying so (the name
 * of a UNIQUE constraint is lost, DROP INDEX CONCURRENTLY becomes a plain drop), so it is believed
 * only where it writes the same statement again, token by token, and only about queries, rows,
 * views, indexes, and the expressions of ALTER TABLE.
 */
final class SecondReader {

  private static final long MILLIS = 3_000;

  private final String sql;

  private SecondReader(String sql) {
    this.sql = sql;
  }

  /** Empty where it cannot be believed either. */
  static Optional<List<Change>> read(String sql) {
    try {
      return believed(sql).flatMap(new SecondReader(sql)::changes);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The statement, where it writes the same one again; empty where it cannot be believed. */
  static Optional<Statement> believed(String sql) {
    if (Nesting.isTooDeep(sql) || Mentions.callKeywords(sql)) {
      return Optional.empty();
    }
    try {
      Statement statement =
          CCJSqlParserUtil.parse(
              sql,
              parser ->
                  parser.withDialect(AbstractJSqlParser.Dialect.POSTGRESQL).withTimeOut(MILLIS));
      return Optional.ofNullable(statement).filter(s -> sameTokens(sql, s.toString()));
    } catch (JSQLParserException | RuntimeException e) {
      // Whatever breaks in it, it has not read the statement.
      return Optional.empty();
    }
  }

  /** Of a scalar expression; unknown where it cannot be believed. */
  static References expression(String sql) {
    return read("SELECT " + sql)
        .map(
            changes ->
                changes.get(0) instanceof Change.Query(Fragment query)
                    ? query.references()
                    : References.UNKNOWN)
        .orElse(References.UNKNOWN);
  }

  private static boolean sameTokens(String one, String other) {
    Scanner first = new Scanner(one);
    Scanner second = new Scanner(other);
    while (true) {
      skip(first);
      skip(second);
      if (first.kind() == Scanner.Kind.END || second.kind() == Scanner.Kind.END) {
        return first.kind() == second.kind();
      }
      boolean word = first.kind() == Scanner.Kind.WORD && second.kind() == Scanner.Kind.WORD;
      if (word
          ? !first.piece().equalsIgnoreCase(second.piece())
          : !first.piece().equals(second.piece())) {
        return false;
      }
    }
  }

  private static void skip(Scanner scanner) {
    do {
      scanner.nextToken();
    } while (scanner.isSign(';'));
  }

  private Optional<List<Change>> changes(Statement statement) {
    return switch (statement) {
      case Select select -> one(query(select));
      case Insert insert -> one(insert(insert));
      case Update update -> one(update(update));
      case Delete delete -> one(delete(delete));
      case CreateView view -> one(view(view));
      case CreateIndex index -> one(index(index));
      case Alter alter -> SecondAlter.read(qualified(alter.getTable()), alter);
      default -> Optional.empty();
    };
  }

  private static Optional<List<Change>> one(Change change) {
    return Optional.of(List.of(change));
  }

  private Change query(Select select) {
    if (select.getWithItemsList() != null
        && select.getWithItemsList().stream()
            .anyMatch(w -> !(w.getParenthesedStatement() instanceof Select))) {
      throw new Unreadable("a data-modifying WITH");
    }
    if (select instanceof PlainSelect plain && plain.getIntoTables() != null) {
      throw new Unreadable("SELECT INTO");
    }
    return new Change.Query(new Fragment(sql, references(select, Set.of())));
  }

  private Change insert(Insert insert) {
    if (insert.getWithItemsList() != null || insert.getTable() == null) {
      throw new Unreadable("INSERT with WITH");
    }
    QualifiedName table = qualified(insert.getTable());
    List<Name> columns = new ArrayList<>();
    if (insert.getColumns() != null) {
      insert.getColumns().forEach(c -> columns.add(Identifiers.name(c.getColumnName())));
    }
    Select source = insert.getSelect();
    boolean upsert =
        insert.getConflictAction() != null && insert.getConflictAction().getUpdateSets() != null;
    return new Change.Insert(
        table,
        columns,
        source == null || source instanceof Values
            ? Optional.empty()
            : Optional.of(new Fragment(source.toString(), references(source, Set.of()))),
        upsert,
        Optional.ofNullable(insert.getConflictTarget()).map(SecondReader::conflict),
        references(insert, Set.of(table)));
  }

  private static Change.Insert.Conflict conflict(InsertConflictTarget target) {
    if (target.getConstraintName() != null) {
      return new Change.Insert.Conflict(
          List.of(), Optional.of(Identifiers.name(target.getConstraintName())));
    }
    List<Name> columns =
        target.getIndexExpression() != null
            ? List.of()
            : target.getIndexColumnNames().stream().map(Identifiers::name).toList();
    return new Change.Insert.Conflict(columns, Optional.empty());
  }

  private Change update(Update update) {
    if (update.getWithItemsList() != null || update.getStartJoins() != null) {
      throw new Unreadable("UPDATE with WITH");
    }
    QualifiedName table = qualified(update.getTable());
    List<Change.Update.Assignment> assignments = new ArrayList<>();
    for (UpdateSet set : update.getUpdateSets()) {
      if (set.getColumns().size() != 1 || set.getValues().size() != 1) {
        throw new Unreadable("SET of several columns");
      }
      assignments.add(
          new Change.Update.Assignment(
              column(set.getColumns().get(0)),
              Mentions.fragment(set.getValues().get(0).toString())));
    }
    References references = references(update, Set.of(table));
    boolean more = update.getFromItem() != null || update.getJoins() != null;
    return new Change.Update(
        table,
        alias(update.getTable()),
        assignments,
        more ? others(references, table) : List.of(),
        Optional.ofNullable(update.getWhere()).map(w -> Mentions.fragment(w.toString())),
        references);
  }

  private Change delete(Delete delete) {
    if (delete.getWithItemsList() != null) {
      throw new Unreadable("DELETE with WITH");
    }
    QualifiedName table = qualified(delete.getTable());
    References references = references(delete, Set.of(table));
    boolean more = delete.getUsingFromItemList() != null || delete.getJoins() != null;
    return new Change.Delete(
        table,
        alias(delete.getTable()),
        more ? others(references, table) : List.of(),
        Optional.ofNullable(delete.getWhere()).map(w -> Mentions.fragment(w.toString())),
        references);
  }

  private Change view(CreateView view) {
    List<Name> columns = new ArrayList<>();
    if (view.getColumnNames() != null) {
      view.getColumnNames().forEach(c -> columns.add(Identifiers.name(c.getColumnName())));
    }
    if (view.isRecursive()
        || view.getStorageParameters() != null
        || view.getTableSpace() != null
        || view.getCheckOption() != null
        || view.getWithData() != null) {
      throw new Unreadable("options of a view");
    }
    String query = view.getSelect().toString();
    return new Change.CreateView(
        new View(
            qualified(view.getView()),
            columns,
            new Fragment(query, references(view.getSelect(), Set.of())),
            view.isMaterialized(),
            ""),
        view.isOrReplace(),
        view.isIfNotExists(),
        sql.matches("(?is)\\s*CREATE\\s+(OR\\s+REPLACE\\s+)?TEMP.*"));
  }

  private Change index(CreateIndex statement) {
    net.sf.jsqlparser.statement.create.table.Index index = statement.getIndex();
    if (statement.getStorageParameters() != null
        || statement.getTableSpace() != null
        || index.getColumns() == null) {
      throw new Unreadable("storage of an index");
    }
    QualifiedName table = qualified(statement.getTable());
    List<Index.IndexColumn> columns = index.getColumns().stream().map(SecondReader::key).toList();
    List<Name> include =
        statement.getIncludeColumns() == null
            ? List.of()
            : statement.getIncludeColumns().stream().map(Identifiers::name).toList();
    Index read =
        new Index(
            Optional.ofNullable(index.getName())
                .map(n -> new QualifiedName(table.schema(), Identifiers.name(n))),
            table,
            "UNIQUE".equalsIgnoreCase(index.getType()),
            index.getUsing() == null ? "btree" : Identifiers.name(index.getUsing()).text(),
            columns,
            include,
            Optional.ofNullable(statement.getWhere()).map(w -> Mentions.fragment(w.toString())),
            !Boolean.FALSE.equals(statement.getNullsDistinct()),
            "",
            true);
    return new Change.CreateIndex(
        read, statement.isConcurrently(), statement.isUsingIfNotExists(), statement.isOnly());
  }

  private static Index.IndexColumn key(ColumnParams key) {
    String whole = key.toString();
    if (!key.isExpression()) {
      String name = key.getColumnName();
      return new Index.IndexColumn(
          Optional.of(Identifiers.name(name)),
          Mentions.fragment(name),
          whole.substring(name.length()).strip());
    }
    String expression = key.getExpression().toString();
    String text = key.isExpressionParenthesized() ? "(" + expression + ")" : expression;
    if (!whole.startsWith(text)) {
      throw new Unreadable("the key of an index");
    }
    return new Index.IndexColumn(
        Optional.empty(), Mentions.fragment(text), whole.substring(text.length()).strip());
  }

  private static Name column(Column column) {
    if (column.getArrayConstructor() != null || column.getTable() != null) {
      throw new Unreadable("SET of a part of a column");
    }
    return Identifiers.name(column.getColumnName());
  }

  private References references(Statement statement, Set<QualifiedName> writes) {
    Set<QualifiedName> reads = new HashSet<>();
    for (String table : new TablesNamesFinder<Void>().getTables(statement)) {
      reads.add(qualified(table));
    }
    return Mentions.in(statement.toString(), reads, writes);
  }

  private static List<QualifiedName> others(References references, QualifiedName table) {
    return references.relations().stream().filter(r -> !r.equals(table)).sorted().toList();
  }

  private static Optional<Name> alias(Table table) {
    return Optional.ofNullable(table.getAlias()).map(a -> Identifiers.name(a.getName()));
  }

  static QualifiedName qualified(Table table) {
    return qualified(table.getFullyQualifiedName());
  }

  private static QualifiedName qualified(String written) {
    return Constants.relation(written)
        .orElseThrow(() -> new Unreadable("a table without a plain name"));
  }
}
