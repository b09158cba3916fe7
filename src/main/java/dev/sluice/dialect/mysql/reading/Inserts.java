package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** INSERT, REPLACE and LOAD. */
final class Inserts {

  private Inserts() {}

  /** From INSERT or REPLACE on. */
  static Change read(Cursor cursor) {
    boolean replace = cursor.next().is("REPLACE");
    cursor.acceptAny("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY");
    cursor.accept("IGNORE");
    cursor.accept("INTO");
    QualifiedName table = cursor.ownTable();
    if (cursor.accept("PARTITION")) {
      cursor.parenthesised();
    }
    List<Name> columns = List.of();
    if (cursor.is("(") && !isQuery(cursor, 1)) {
      columns = cursor.ahead(1).is(")") ? none(cursor) : cursor.columns();
    }
    int rows = cursor.start();
    Optional<Fragment> query = Optional.empty();
    boolean assigned = false;
    boolean upsert = replace;
    if (isQuery(cursor, 0) || cursor.is("(")) {
      cursor.skipTo("ON", "RETURNING", ";");
      // ON may be a join's.
      while (cursor.is("ON") && !cursor.is("ON", "DUPLICATE")) {
        cursor.next();
        cursor.skipTo("ON", "RETURNING", ";");
      }
      String sql = cursor.since(rows);
      query = Optional.of(new Fragment(sql, Queries.query(sql)));
    } else if (cursor.accept("SET")) {
      assigned = true;
      columns = assigned(cursor);
    } else if (!cursor.acceptAny("VALUES", "VALUE")) {
      throw cursor.unexpected();
    }
    if (!assigned && query.isEmpty()) {
      rows(cursor, columns.size());
      cursor.uses(Syntax.ROW_ALIAS, cursor.is("AS"));
      if (!cursor.isEnd() && !cursor.is(";")) {
        // What stands behind the rows does not ask how many there are.
        requireTail(cursor);
      }
      cursor.skipTo("ON", "RETURNING", ";");
    }
    upsert |= cursor.is("ON", "DUPLICATE", "KEY", "UPDATE");
    String rest = cursor.rest();
    Set<References.Column> named = new LinkedHashSet<>();
    for (Name column : columns) {
      named.add(new References.Column(Optional.of(table), Optional.of(column)));
    }
    if (columns.isEmpty()) {
      named.add(new References.Column(Optional.of(table), Optional.empty()));
    }
    References names = new References(Set.of(), Set.of(table), named, Set.of(), Set.of(), true);
    String values = query.isPresent() ? rest : cursor.text().substring(rows);
    if (Expressions.holdsQuery(values)) {
      names = names.and(Queries.query(cursor.text()));
    } else {
      names = names.and(Mentions.in(values, Map.of(table.name(), table)));
      names = query.isPresent() ? names.and(query.get().references()) : names;
    }
    return new Change.Insert(table, columns, query, upsert, replace, Optional.empty(), names);
  }

  /**
   * Behind VALUES.
   *
   * @param columns how many are named; 0 where none is
   */
  private static void rows(Cursor cursor, int columns) {
    int width = columns;
    do {
      cursor.expect("(");
      int values = 0;
      if (!cursor.is(")")) {
        do {
          int start = cursor.start();
          cursor.skipTo(",", ")");
          Soundness.requireExpression(cursor, start);
          values++;
        } while (cursor.accept(","));
      }
      cursor.expect(")");
      width = width == 0 ? values : width;
      cursor.otherCount(width, values);
    } while (cursor.accept(","));
  }

  private static void requireTail(Cursor cursor) {
    int mark = cursor.mark();
    String tail = cursor.rest();
    cursor.back(mark);
    Soundness.requireTail(tail);
  }

  private static List<Name> none(Cursor cursor) {
    cursor.expect("(", ")");
    return List.of();
  }

  private static boolean isQuery(Cursor cursor, int ahead) {
    Token token = cursor.ahead(ahead);
    boolean rows = token.is("VALUES") && cursor.ahead(ahead + 1).is("ROW");
    return token.is("SELECT") || token.is("WITH") || token.is("TABLE") || rows;
  }

  /** Behind SET. */
  private static List<Name> assigned(Cursor cursor) {
    List<Name> columns = new java.util.ArrayList<>();
    do {
      Name column = cursor.plainName();
      while (cursor.accept(".")) {
        column = cursor.plainName();
      }
      columns.add(column);
      cursor.expect("=");
      int start = cursor.start();
      cursor.skipTo(",", "ON", "RETURNING", ";");
      Soundness.requireExpression(cursor, start);
    } while (cursor.accept(","));
    return columns;
  }

  /** From LOAD on. */
  static Change load(Cursor cursor) {
    cursor.expect("LOAD");
    if (!cursor.acceptAny("DATA", "XML")) {
      throw cursor.unexpected();
    }
    cursor.skipTo("TABLE");
    cursor.expect("TABLE");
    QualifiedName table = cursor.table();
    List<Name> columns = List.of();
    cursor.skipTo("(", ";");
    if (cursor.is("(") && cursor.ahead(1).kind() != Token.Kind.VARIABLE) {
      int mark = cursor.mark();
      try {
        columns = cursor.columns();
      } catch (Unreadable variablesAmongThem) {
        cursor.back(mark);
      }
    }
    cursor.rest();
    return new Change.Copy(table, columns, true);
  }
}
