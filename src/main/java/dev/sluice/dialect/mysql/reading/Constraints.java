package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.Action;
import dev.sluice.schema.Constraint.Timing;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Primary keys, foreign keys and CHECKs; a UNIQUE constraint is an index here. */
final class Constraints {

  /** The name of every primary key, and of its index. */
  static final Name PRIMARY = Name.ignoringCase("PRIMARY");

  private Constraints() {}

  /** CONSTRAINT and its name; empty where either is left out. */
  static Optional<Name> symbol(Cursor cursor) {
    if (!cursor.accept("CONSTRAINT")) {
      return Optional.empty();
    }
    boolean named = cursor.isName() && !cursor.isAny("PRIMARY", "UNIQUE", "FOREIGN", "CHECK");
    return named ? Optional.of(cursor.plainName()) : Optional.empty();
  }

  /** Behind PRIMARY KEY. */
  static Constraint.PrimaryKey primaryKey(Cursor cursor) {
    int start = cursor.start();
    Indexes.type(cursor);
    String type = cursor.since(start);
    List<IndexColumn> keys = Indexes.keys(cursor);
    if (keys.stream().anyMatch(k -> k.column().isEmpty())) {
      throw new Unreadable("a primary key over an expression, which no server takes");
    }
    int behind = cursor.start();
    Indexes.options(cursor);
    String storage = (type + " " + cursor.since(behind)).strip();
    return new Constraint.PrimaryKey(
        Optional.of(PRIMARY),
        keys.stream().flatMap(k -> k.column().stream()).toList(),
        Optional.empty(),
        Timing.IMMEDIATE,
        storage,
        keys.stream().allMatch(k -> k.modifiers().isEmpty())
            ? List.of()
            : keys.stream().map(IndexColumn::modifiers).toList());
  }

  /** From behind CHECK on. */
  static Constraint.Check check(Cursor cursor, Optional<Name> name) {
    Fragment expression = Expressions.parenthesised(cursor);
    boolean enforced = !cursor.uses(Syntax.ENFORCED, cursor.accept("NOT", "ENFORCED"));
    if (enforced) {
      cursor.uses(Syntax.ENFORCED, cursor.accept("ENFORCED"));
    }
    return new Constraint.Check(name, expression, true, true, enforced);
  }

  /** From REFERENCES on. */
  static Constraint.ForeignKey references(
      Cursor cursor, Optional<Name> name, List<Name> columns, Optional<Name> index) {
    cursor.expect("REFERENCES");
    QualifiedName parent = cursor.table();
    List<Name> parentColumns = cursor.is("(") ? cursor.columns() : List.of();
    boolean full = false;
    if (cursor.accept("MATCH")) {
      full = cursor.is("FULL");
      if (!cursor.acceptAny("FULL", "PARTIAL", "SIMPLE")) {
        throw cursor.unexpected();
      }
    }
    Action onDelete = Action.NO_ACTION;
    Action onUpdate = Action.NO_ACTION;
    while (cursor.is("ON", "DELETE") || cursor.is("ON", "UPDATE")) {
      cursor.expect("ON");
      if (cursor.accept("DELETE")) {
        onDelete = action(cursor);
      } else {
        cursor.expect("UPDATE");
        onUpdate = action(cursor);
      }
    }
    return new Constraint.ForeignKey(
        name,
        columns,
        parent,
        parentColumns,
        onDelete,
        onUpdate,
        full,
        Timing.IMMEDIATE,
        true,
        index);
  }

  private static Action action(Cursor cursor) {
    if (cursor.accept("RESTRICT")) {
      return Action.RESTRICT;
    }
    if (cursor.accept("CASCADE")) {
      return Action.CASCADE;
    }
    if (cursor.accept("SET", "NULL")) {
      return Action.SET_NULL;
    }
    if (cursor.accept("NO", "ACTION")) {
      return Action.NO_ACTION;
    }
    cursor.expect("SET", "DEFAULT");
    return Action.SET_DEFAULT;
  }
}
