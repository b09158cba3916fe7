package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CREATE TABLE. */
final class Tables {

  private final Cursor cursor;
  private final Target target;
  private final QualifiedName name;
  private final List<Column> columns = new ArrayList<>();
  private final List<Constraint> constraints = new ArrayList<>();
  private final List<Index> indexes = new ArrayList<>();
  private final List<Change.CreateTable.Like> copies = new ArrayList<>();
  private final List<Name> ofPeriod = new ArrayList<>();
  private final Map<String, String> properties = TableOptions.none();
  private Optional<Fragment> partitionKey = Optional.empty();

  private Tables(Cursor cursor, Target target, QualifiedName name) {
    this.cursor = cursor;
    this.target = target;
    this.name = name;
  }

  /**
   * From TEMPORARY or TABLE on.
   *
   * @param orReplace OR REPLACE was read: what is there goes first
   */
  static List<Change> create(Cursor cursor, Target target, boolean orReplace) {
    boolean temporary = cursor.accept("TEMPORARY");
    cursor.expect("TABLE");
    boolean ifNotExists = cursor.ifNotExists();
    QualifiedName name = cursor.ownTable();
    Change create = new Tables(cursor, target, name).read(temporary, ifNotExists);
    return orReplace
        ? List.of(new Change.DropTable(name, temporary, true, false), create)
        : List.of(create);
  }

  private Change read(boolean temporary, boolean ifNotExists) {
    int start = cursor.start();
    if (like()) {
      start = cursor.start();
    } else if (cursor.is("(") && !cursor.ahead(1).is("SELECT") && !cursor.ahead(1).is("WITH")) {
      definitions();
      start = cursor.start();
    }
    options();
    String storage = cursor.since(start);
    if (cursor.is("PARTITION", "BY")) {
      partitionKey = Optional.of(Partitions.by(cursor));
    }
    Optional<Fragment> query = query();
    cursor.expectEnd();
    if (columns.isEmpty() && copies.isEmpty() && query.isEmpty()) {
      // An engine may find the columns itself.
      boolean found = properties.containsKey("ENGINE");
      if (!found) {
        throw new Unreadable("a table without columns");
      }
    }
    // A period begins and ends: the server makes both columns NOT NULL.
    columns.replaceAll(c -> ofPeriod.contains(c.name()) ? c.withNullable(false) : c);
    Table table =
        new Table(
            name,
            columns,
            constraints,
            partitionKey,
            List.of(),
            Optional.empty(),
            copies.isEmpty() && query.isEmpty() && !columns.isEmpty(),
            properties);
    return new Change.CreateTable(
        table, indexes, copies, query, temporary, false, storage, ifNotExists);
  }

  private boolean like() {
    int mark = cursor.mark();
    boolean inParentheses = cursor.accept("(");
    if (!cursor.accept("LIKE")) {
      cursor.back(mark);
      return false;
    }
    copies.add(new Change.CreateTable.Like(cursor.table(), "INCLUDING ALL"));
    if (inParentheses) {
      cursor.expect(")");
    }
    return true;
  }

  private void definitions() {
    cursor.expect("(");
    do {
      definition();
    } while (cursor.accept(","));
    cursor.expect(")");
  }

  private void definition() {
    Optional<Name> symbol = Constraints.symbol(cursor);
    boolean constraint = cursor.before().is("CONSTRAINT") || symbol.isPresent();
    if (cursor.accept("PRIMARY", "KEY")) {
      constraints.add(Constraints.primaryKey(cursor));
    } else if (cursor.accept("UNIQUE")) {
      cursor.acceptAny("KEY", "INDEX");
      cursor.ifNotExists(Syntax.IF_EXISTS_OF_INDEX);
      indexes.add(Indexes.read(cursor, Indexes.Kind.UNIQUE, name, symbol));
    } else if (cursor.accept("FOREIGN", "KEY")) {
      constraints.add(foreignKey(cursor, target, symbol));
    } else if (cursor.accept("CHECK")) {
      constraints.add(Constraints.check(cursor, symbol));
    } else if (constraint) {
      throw cursor.unexpected();
    } else if (cursor.acceptAny("KEY", "INDEX")) {
      cursor.ifNotExists(Syntax.IF_EXISTS_OF_INDEX);
      indexes.add(Indexes.read(cursor, Indexes.Kind.PLAIN, name, Optional.empty()));
    } else if (cursor.is("PERIOD", "FOR")) {
      period();
    } else {
      Optional<Indexes.Kind> special = Indexes.special(cursor);
      if (special.isPresent()) {
        cursor.acceptAny("KEY", "INDEX");
        indexes.add(Indexes.read(cursor, special.get(), name, Optional.empty()));
      } else {
        column();
      }
    }
  }

  private void period() {
    int start = cursor.start();
    cursor.expect("PERIOD", "FOR");
    cursor.uses(Syntax.PERIOD, true);
    cursor.plainName();
    ofPeriod.addAll(cursor.columns());
    properties.put("PERIOD", cursor.since(start));
  }

  private void column() {
    Name column = cursor.ownName();
    Columns.Defined defined = Columns.read(cursor, target, name, column);
    columns.add(defined.column());
    constraints.addAll(defined.constraints());
    defined.unique().ifPresent(indexes::add);
  }

  /** Behind FOREIGN KEY: MariaDB takes the name behind it for the key, MySQL for nothing. */
  static Constraint.ForeignKey foreignKey(Cursor cursor, Target target, Optional<Name> symbol) {
    Optional<Name> behind = cursor.is("(") ? Optional.empty() : Optional.of(cursor.plainName());
    List<Name> columns = cursor.columns();
    Optional<Name> name = target.isMariadb() ? symbol.or(() -> behind) : symbol;
    return Constraints.references(cursor, name, columns, behind);
  }

  private void options() {
    while (true) {
      Optional<TableOptions.Option> option = TableOptions.accept(cursor);
      if (option.isEmpty()) {
        return;
      }
      TableOptions.put(properties, option.get());
      cursor.accept(",");
    }
  }

  private Optional<Fragment> query() {
    int mark = cursor.mark();
    if (!cursor.accept("IGNORE")) {
      cursor.accept("REPLACE");
    }
    cursor.accept("AS");
    if (cursor.isEnd() || cursor.is(";")) {
      cursor.back(mark);
      return Optional.empty();
    }
    if (!cursor.isAny("SELECT", "(", "WITH", "TABLE", "VALUES")) {
      throw cursor.unexpected();
    }
    String sql = cursor.rest();
    return Optional.of(new Fragment(sql, Queries.query(sql)));
  }
}
