package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Routine.Volatility;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Procedures, functions, triggers and events, with what their bodies read and write. */
final class Routines {

  private Routines() {}

  /** From PROCEDURE or FUNCTION on. */
  static Change routine(Cursor cursor, boolean orReplace, String definer) {
    boolean procedure = cursor.next().is("PROCEDURE");
    boolean ifNotExists = cursor.ifNotExists(Syntax.IF_NOT_EXISTS_OF_CODE);
    QualifiedName name = cursor.routine();
    ObjectKind kind = procedure ? ObjectKind.PROCEDURE : ObjectKind.FUNCTION;
    int start = cursor.start();
    if (cursor.is("RETURNS")) {
      cursor.skipTo("SONAME", ";");
      cursor.expect("SONAME");
      cursor.string();
      Routine loaded =
          new Routine(
              kind, name, "", "c", Volatility.VOLATILE, Fragment.literal(cursor.since(start)));
      cursor.expectEnd();
      return new Change.CreateRoutine(loaded, orReplace, ifNotExists, definer);
    }
    Volatility volatility = head(cursor, kind);
    int body = cursor.start();
    cursor.rest();
    String definition = Cursor.withoutSemicolons(cursor.text().substring(start));
    References names =
        Queries.body(Cursor.withoutSemicolons(cursor.text().substring(body)), Optional.empty());
    return new Change.CreateRoutine(
        new Routine(kind, name, "", "sql", volatility, new Fragment(definition, names)),
        orReplace,
        ifNotExists,
        definer);
  }

  /** What a routine does when it is called; empty where its body is not SQL. */
  static Optional<Change.Block> body(Routine routine, Target target) {
    if (!routine.language().equals("sql")) {
      return Optional.empty();
    }
    Cursor cursor = new Cursor(routine.definition().sql());
    head(cursor, routine.kind());
    return Optional.of(Blocks.of(cursor.text().substring(cursor.start()), target));
  }

  /** From the parameters to the body. */
  private static Volatility head(Cursor cursor, ObjectKind kind) {
    cursor.parenthesised();
    if (kind == ObjectKind.FUNCTION) {
      cursor.expect("RETURNS");
      DataTypes.read(cursor);
      while (cursor.acceptAny("CHARSET", "COLLATE") || cursor.accept("CHARACTER", "SET")) {
        cursor.next();
      }
    }
    return characteristics(cursor);
  }

  private static Volatility characteristics(Cursor cursor) {
    Volatility volatility = Volatility.VOLATILE;
    while (true) {
      if (cursor.accept("DETERMINISTIC")) {
        volatility = Volatility.IMMUTABLE;
      } else if (cursor.accept("NOT", "DETERMINISTIC")) {
        volatility = Volatility.VOLATILE;
      } else if (cursor.accept("COMMENT")) {
        cursor.string();
      } else if (cursor.accept("SQL", "SECURITY")) {
        cursor.next();
      } else if (!cursor.accept("LANGUAGE", "SQL")
          && !cursor.accept("CONTAINS", "SQL")
          && !cursor.accept("NO", "SQL")
          && !cursor.accept("READS", "SQL", "DATA")
          && !cursor.accept("MODIFIES", "SQL", "DATA")) {
        return volatility;
      }
    }
  }

  /** From TRIGGER on. */
  static Change trigger(Cursor cursor, boolean orReplace, String definer) {
    cursor.expect("TRIGGER");
    boolean ifNotExists = cursor.ifNotExists(Syntax.IF_NOT_EXISTS_OF_CODE);
    QualifiedName name = cursor.table();
    int timing = cursor.start();
    if (!cursor.acceptAny("BEFORE", "AFTER")) {
      throw cursor.unexpected();
    }
    do {
      if (!cursor.acceptAny("INSERT", "UPDATE", "DELETE")) {
        throw cursor.unexpected();
      }
    } while (cursor.accept("OR"));
    String when = cursor.since(timing);
    cursor.expect("ON");
    QualifiedName table = cursor.table();
    QualifiedName on =
        name.schema().isPresent() && table.schema().isEmpty()
            ? table.in(name.schema().get())
            : table;
    int start = cursor.start();
    cursor.expect("FOR", "EACH", "ROW");
    if (cursor.acceptAny("FOLLOWS", "PRECEDES")) {
      cursor.name();
    }
    int body = cursor.start();
    cursor.rest();
    String definition = Cursor.withoutSemicolons(cursor.text().substring(start));
    References names =
        Queries.body(Cursor.withoutSemicolons(cursor.text().substring(body)), Optional.of(on));
    return new Change.CreateTrigger(
        new Trigger(
            name.name(), on, when, Optional.empty(), new Fragment(definition, names), false),
        orReplace,
        ifNotExists,
        definer);
  }

  /** From EVENT on. */
  static Change event(Cursor cursor, boolean orReplace, String definer) {
    cursor.expect("EVENT");
    boolean ifNotExists = cursor.ifNotExists();
    QualifiedName name = cursor.routine();
    int start = cursor.start();
    cursor.expect("ON", "SCHEDULE");
    cursor.skipTo("DO");
    cursor.expect("DO");
    int body = cursor.start();
    cursor.rest();
    Fragment definition =
        new Fragment(
            Cursor.withoutSemicolons(cursor.text().substring(start)),
            Queries.body(
                Cursor.withoutSemicolons(cursor.text().substring(body)), Optional.empty()));
    return new Change.CreateObject(
        ObjectKind.EVENT, name, Optional.empty(), definition, orReplace, ifNotExists, definer);
  }

  /** ALTER EVENT, from EVENT on. */
  static List<Change> alterEvent(Cursor cursor) {
    cursor.expect("EVENT");
    QualifiedName name = cursor.routine();
    int start = cursor.start();
    List<Change> changes = new ArrayList<>();
    Optional<Name> to = Optional.empty();
    boolean other = false;
    String inFront = "";
    while (!cursor.isEnd() && !cursor.is(";")) {
      if (cursor.is("RENAME", "TO")) {
        // The text of the rest goes on without it.
        inFront = cursor.since(start);
        cursor.expect("RENAME", "TO");
        to = Optional.of(cursor.routine().name());
        start = cursor.start();
      } else if (cursor.accept("DO")) {
        cursor.rest();
        other = true;
      } else {
        cursor.next();
        other = true;
      }
    }
    if (other) {
      changes.add(
          new Change.AlterObject(
              ObjectKind.EVENT,
              name,
              Optional.empty(),
              (inFront + " " + cursor.since(start)).strip()));
    }
    to.ifPresent(
        t -> changes.add(new Change.RenameObject(ObjectKind.EVENT, name, Optional.empty(), "", t)));
    if (changes.isEmpty()) {
      throw cursor.unexpected();
    }
    return changes;
  }
}
