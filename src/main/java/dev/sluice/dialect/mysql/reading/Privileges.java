package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** GRANT and REVOKE. */
final class Privileges {

  private Privileges() {}

  static Change read(Cursor cursor) {
    String text = Cursor.withoutSemicolons(cursor.text());
    boolean revoke = cursor.next().is("REVOKE");
    cursor.skipTo("ON", "TO", "FROM", ";");
    List<QualifiedName> on = List.of();
    if (cursor.accept("ON")) {
      boolean routine = cursor.acceptAny("FUNCTION", "PROCEDURE");
      cursor.accept("TABLE");
      on = routine ? List.of() : table(cursor);
      cursor.skipTo("TO", "FROM", ";");
    }
    if (!cursor.acceptAny("TO", "FROM")) {
      throw cursor.unexpected();
    }
    cursor.rest();
    return new Change.Grant(on, revoke, text);
  }

  /** Empty for all tables of a database, and for all of all. */
  private static List<QualifiedName> table(Cursor cursor) {
    if (cursor.is("*") || (cursor.ahead(1).is(".") && cursor.ahead(2).is("*"))) {
      return List.of();
    }
    return List.of(cursor.table());
  }
}
