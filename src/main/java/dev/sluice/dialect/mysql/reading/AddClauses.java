package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterTable.Property;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Position;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** The clauses of ALTER TABLE that hold a definition: ADD, MODIFY, CHANGE. */
final class AddClauses {

  private final Cursor cursor;
  private final Target target;
  private final QualifiedName table;
  private final List<Change> changes;

  /**
   * @param changes what is read is added to
   */
  AddClauses(Cursor cursor, Target target, QualifiedName table, List<Change> changes) {
    this.cursor = cursor;
    this.target = target;
    this.table = table;
    this.changes = changes;
  }

  /** Behind ADD. */
  void add() {
    int start = cursor.before().start();
    if (cursor.uses(Syntax.VERSIONING, cursor.accept("SYSTEM", "VERSIONING"))) {
      changes.add(new Change.AlterTable(table, Property.ADD_VERSIONING, cursor.since(start)));
      return;
    }
    if (cursor.uses(Syntax.PERIOD, cursor.accept("PERIOD", "FOR"))) {
      cursor.ifNotExists(Syntax.IF_EXISTS_IN_ALTER);
      cursor.plainName();
      cursor.parenthesised();
      changes.add(new Change.AlterTable(table, Property.PERIOD, cursor.since(start)));
      return;
    }
    boolean constraint = cursor.is("CONSTRAINT");
    boolean ifNotExists = constraint && cursor.ahead(1).is("IF");
    Optional<Name> symbol = ifNotExists ? symbolIfNotExists() : Constraints.symbol(cursor);
    if (cursor.accept("PRIMARY", "KEY")) {
      add(Constraints.primaryKey(cursor), ifNotExists);
    } else if (cursor.accept("UNIQUE")) {
      cursor.acceptAny("KEY", "INDEX");
      index(Indexes.Kind.UNIQUE, symbol);
    } else if (cursor.accept("FOREIGN", "KEY")) {
      boolean unlessThere = cursor.ifNotExists(Syntax.IF_EXISTS_IN_ALTER) || ifNotExists;
      add(Tables.foreignKey(cursor, target, symbol), unlessThere);
    } else if (cursor.is("CHECK") && (constraint || cursor.ahead(1).is("("))) {
      cursor.next();
      add(Constraints.check(cursor, symbol), ifNotExists);
    } else if (constraint) {
      throw cursor.unexpected();
    } else if (cursor.acceptAny("KEY", "INDEX")) {
      index(Indexes.Kind.PLAIN, Optional.empty());
    } else {
      Optional<Indexes.Kind> special = Indexes.special(cursor);
      if (special.isPresent()) {
        cursor.acceptAny("KEY", "INDEX");
        index(special.get(), Optional.empty());
      } else {
        columns();
      }
    }
  }

  private Optional<Name> symbolIfNotExists() {
    cursor.expect("CONSTRAINT");
    cursor.ifNotExists(Syntax.IF_EXISTS_IN_ALTER);
    return Optional.of(cursor.plainName());
  }

  private void add(Constraint constraint, boolean ifNotExists) {
    changes.add(new Change.AddConstraint(table, constraint, ifNotExists));
  }

  private void index(Indexes.Kind kind, Optional<Name> symbol) {
    boolean ifNotExists = cursor.ifNotExists(Syntax.IF_EXISTS_IN_ALTER);
    changes.add(
        new Change.CreateIndex(
            Indexes.read(cursor, kind, table, symbol), false, ifNotExists, false));
  }

  private void columns() {
    cursor.accept("COLUMN");
    boolean ifNotExists = cursor.ifNotExists(Syntax.IF_EXISTS_IN_ALTER);
    if (!cursor.accept("(")) {
      column(ifNotExists);
      return;
    }
    do {
      if (isColumn()) {
        column(ifNotExists);
      } else {
        add();
      }
    } while (cursor.accept(","));
    cursor.expect(")");
  }

  /** Within ADD (…) other definitions may stand beside columns. */
  private boolean isColumn() {
    boolean definition =
        cursor.isAny(
                "CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "KEY", "INDEX", "FULLTEXT", "SPATIAL")
            || cursor.is("CHECK", "(");
    return !definition;
  }

  private void column(boolean ifNotExists) {
    Name name = cursor.ownName();
    Columns.Defined defined = Columns.read(cursor, target, table, name);
    Optional<Position> position = Columns.position(cursor);
    changes.add(
        new Change.AddColumn(
            table, defined.column(), defined.constraints(), position, ifNotExists));
    defined.unique().map(AlterTables::unique).ifPresent(changes::add);
  }

  /** Behind MODIFY. */
  void modify() {
    cursor.accept("COLUMN");
    boolean ifExists = cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
    Name name = cursor.ownName();
    redefine(name, name, ifExists);
  }

  /** Behind CHANGE. */
  void change() {
    cursor.accept("COLUMN");
    boolean ifExists = cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
    Name name = cursor.ownName();
    redefine(name, cursor.ownName(), ifExists);
  }

  private void redefine(Name column, Name name, boolean ifExists) {
    Columns.Defined defined = Columns.read(cursor, target, table, name);
    Optional<Position> position = Columns.position(cursor);
    changes.add(
        new Change.RedefineColumn(
            table, column, defined.column(), defined.constraints(), position, ifExists));
    defined.unique().map(AlterTables::unique).ifPresent(changes::add);
  }
}
