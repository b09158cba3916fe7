package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterTable.Property;
import dev.sluice.schema.Change.DropConstraint.Meant;
import dev.sluice.schema.Index;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** ALTER TABLE: one change for each clause. */
final class AlterTables {

  private final Cursor cursor;
  private final QualifiedName table;
  private final Manner manner;
  private final AddClauses additions;
  private final List<Change> changes = new ArrayList<>();

  private AlterTables(Cursor cursor, Target target, QualifiedName table, Manner manner) {
    this.cursor = cursor;
    this.table = table;
    this.manner = manner;
    this.additions = new AddClauses(cursor, target, table, changes);
  }

  /** Behind ALTER. */
  static List<Change> read(Cursor cursor, Target target, Manner manner) {
    cursor.acceptAny("ONLINE", "OFFLINE");
    cursor.accept("IGNORE");
    cursor.expect("TABLE");
    boolean onlyIfThere = cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
    QualifiedName table = cursor.ownTable();
    if (onlyIfThere) {
      manner.onlyIfThere(table);
    }
    manner.waiting(cursor);
    return new AlterTables(cursor, target, table, manner).read();
  }

  private List<Change> read() {
    boolean comma = true;
    while (!cursor.isEnd() && !cursor.is(";")) {
      // Only what is said of the whole table needs no comma in front of it.
      if (!comma && cursor.isAny("ADD", "DROP", "MODIFY", "CHANGE", "ALTER", "RENAME")) {
        throw cursor.unexpected();
      }
      clause();
      comma = cursor.accept(",");
    }
    cursor.expectEnd();
    return changes.isEmpty()
        ? List.of(new Change.NoEffect(cursor.text().strip()))
        : withRenamesLast();
  }

  /** All clauses speak of the table by the name that it had. */
  private List<Change> withRenamesLast() {
    return Stream.concat(
            changes.stream().filter(c -> !renames(c)),
            changes.stream().filter(AlterTables::renames))
        .toList();
  }

  private static boolean renames(Change change) {
    return change instanceof Change.RenameTable || change instanceof Change.MoveTable;
  }

  private void clause() {
    if (manner.clause(cursor) || manner.waiting(cursor)) {
      return;
    }
    Optional<Change> partitions = Partitions.alter(cursor, table);
    if (partitions.isPresent()) {
      changes.add(partitions.get());
      return;
    }
    int start = cursor.start();
    if (cursor.is("PARTITION", "BY")) {
      Partitions.by(cursor);
      property(Property.PARTITION_BY, start);
    } else if (cursor.accept("REMOVE", "PARTITIONING")) {
      property(Property.REMOVE_PARTITIONING, start);
    } else if (cursor.accept("ADD")) {
      additions.add();
    } else if (cursor.accept("DROP")) {
      drop(start);
    } else if (cursor.accept("MODIFY")) {
      additions.modify();
    } else if (cursor.accept("CHANGE")) {
      additions.change();
    } else if (cursor.accept("ALTER")) {
      alter();
    } else if (cursor.accept("RENAME")) {
      rename();
    } else {
      whole(start);
    }
  }

  private void property(Property property, int start) {
    changes.add(new Change.AlterTable(table, property, cursor.since(start)));
  }

  private void whole(int start) {
    if (cursor.accept("CONVERT", "TO")) {
      if (!cursor.accept("CHARSET")) {
        cursor.expect("CHARACTER", "SET");
      }
      cursor.accept("=");
      cursor.next();
      if (cursor.accept("COLLATE")) {
        cursor.accept("=");
        cursor.next();
      }
      property(Property.CONVERT_CHARSET, start);
    } else if (cursor.accept("FORCE")) {
      property(Property.FORCE, start);
    } else if (cursor.accept("ORDER", "BY")) {
      do {
        cursor.plainName();
        cursor.acceptAny("ASC", "DESC");
      } while (cursor.accept(","));
      property(Property.ORDER_BY, start);
    } else if (cursor.accept("ENABLE", "KEYS") || cursor.accept("DISABLE", "KEYS")) {
      property(Property.KEYS, start);
    } else if (cursor.accept("DISCARD", "TABLESPACE") || cursor.accept("IMPORT", "TABLESPACE")) {
      property(Property.TABLESPACE_FILE, start);
    } else if (cursor.accept("WITH", "VALIDATION") || cursor.accept("WITHOUT", "VALIDATION")) {
      property(Property.OTHER_OPTION, start);
    } else if (cursor.accept("SECONDARY_LOAD") || cursor.accept("SECONDARY_UNLOAD")) {
      property(Property.OTHER_OPTION, start);
    } else {
      TableOptions.Option option = TableOptions.accept(cursor).orElseThrow(cursor::unexpected);
      changes.add(new Change.AlterTable(table, option.property(), option.text()));
    }
  }

  private void drop(int start) {
    if (cursor.accept("PRIMARY", "KEY")) {
      constraint(Constraints.PRIMARY, Meant.PRIMARY_KEY, false);
    } else if (cursor.accept("FOREIGN", "KEY")) {
      boolean ifExists = cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      constraint(cursor.plainName(), Meant.FOREIGN_KEY, ifExists);
    } else if (cursor.is("CHECK") && !cursor.ahead(1).is(",") && cursor.accept("CHECK")) {
      cursor.uses(Syntax.DROP_CHECK, true);
      constraint(cursor.plainName(), Meant.CHECK, false);
    } else if (cursor.uses(Syntax.DROP_CONSTRAINT, cursor.accept("CONSTRAINT"))) {
      boolean ifExists = cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      Name name = cursor.plainName();
      constraint(name, name.equals(Constraints.PRIMARY) ? Meant.PRIMARY_KEY : Meant.ANY, ifExists);
    } else if (cursor.acceptAny("INDEX", "KEY")) {
      boolean ifExists = cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      Name index = cursor.plainName();
      if (index.equals(Constraints.PRIMARY)) {
        constraint(index, Meant.PRIMARY_KEY, ifExists);
      } else {
        changes.add(
            new Change.DropIndex(
                table.withName(index), Optional.of(table), false, ifExists, false));
      }
    } else if (cursor.uses(Syntax.VERSIONING, cursor.accept("SYSTEM", "VERSIONING"))) {
      property(Property.DROP_VERSIONING, start);
    } else if (cursor.uses(Syntax.PERIOD, cursor.accept("PERIOD", "FOR"))) {
      cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      cursor.plainName();
      property(Property.PERIOD, start);
    } else {
      cursor.accept("COLUMN");
      boolean ifExists = cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      Name column = cursor.ownName();
      cursor.acceptAny("RESTRICT", "CASCADE");
      changes.add(new Change.DropColumn(table, column, ifExists, false));
    }
  }

  private void constraint(Name name, Meant meant, boolean ifExists) {
    changes.add(new Change.DropConstraint(table, name, meant, ifExists, false));
  }

  private void alter() {
    if (cursor.acceptAny("INDEX", "KEY")) {
      cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      Name index = cursor.plainName();
      Optional<Boolean> hidden = Indexes.hidden(cursor);
      changes.add(
          new Change.HideIndex(
              table.withName(index), table, hidden.orElseThrow(cursor::unexpected)));
      return;
    }
    if (cursor.isAny("CHECK", "CONSTRAINT") && cursor.ahead(1).kind() != Token.Kind.SIGN) {
      cursor.next();
      Name name = cursor.plainName();
      int start = cursor.start();
      cursor.accept("NOT");
      cursor.expect("ENFORCED");
      cursor.uses(Syntax.ENFORCED, true);
      changes.add(new Change.AlterConstraint(table, name, cursor.since(start)));
      return;
    }
    cursor.accept("COLUMN");
    cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
    Name column = cursor.plainName();
    int start = cursor.start();
    if (cursor.accept("DROP", "DEFAULT")) {
      changes.add(new Change.DropDefault(table, column));
    } else if (cursor.accept("SET", "DEFAULT")) {
      changes.add(new Change.SetDefault(table, column, Expressions.ofDefault(cursor)));
    } else {
      cursor.expect("SET");
      if (!cursor.uses(Syntax.SET_INVISIBLE, cursor.acceptAny("VISIBLE", "INVISIBLE"))) {
        throw cursor.unexpected();
      }
      changes.add(new Change.AlterColumnOption(table, column, cursor.since(start)));
    }
  }

  private void rename() {
    if (cursor.accept("COLUMN")) {
      cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      Name column = cursor.plainName();
      cursor.expect("TO");
      changes.add(new Change.RenameColumn(table, column, cursor.ownName()));
    } else if (cursor.acceptAny("INDEX", "KEY")) {
      cursor.ifExists(Syntax.IF_EXISTS_IN_ALTER);
      Name index = cursor.plainName();
      cursor.expect("TO");
      changes.add(
          new Change.RenameIndex(table.withName(index), Optional.of(table), cursor.plainName()));
    } else {
      if (!cursor.acceptAny("TO", "AS")) {
        cursor.accept("=");
      }
      changes.addAll(renamed(table, cursor.table()));
    }
  }

  /** To another name, another database, or both; the server does it in one. */
  static List<Change> renamed(QualifiedName from, QualifiedName to) {
    List<Change> changes = new ArrayList<>();
    QualifiedName name = from;
    if (to.schema().isPresent() && !to.schema().equals(from.schema())) {
      changes.add(new Change.MoveTable(from, to.schema().get()));
      name = from.in(to.schema().get());
    }
    if (!to.name().equals(from.name())) {
      changes.add(new Change.RenameTable(name, to.name()));
    }
    return changes.isEmpty() ? List.of(new Change.RenameTable(from, to.name())) : changes;
  }

  /** A unique index as a change. */
  static Change unique(Index index) {
    return new Change.CreateIndex(index, false, false, false);
  }
}
