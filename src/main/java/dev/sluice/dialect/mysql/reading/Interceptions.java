package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Interception;
import dev.sluice.schema.Trigger;

/**
 * What triggers make of writes: where one raises an error, the statement that fired it fails
 * (manual, "Trigger Syntax and Examples"). What the routines do that it calls is not followed.
 */
final class Interceptions {
  private Interceptions() {}

  static Interception of(Trigger trigger) {
    Cursor cursor = new Cursor(trigger.definition().sql());
    boolean always = true;
    while (!cursor.isEnd()) {
      if (cursor.is("SIGNAL")) {
        return always ? Interception.REFUSES : Interception.DECIDES;
      }
      always &= !cursor.isAny("IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR", "HANDLER", "LEAVE");
      if (cursor.is("FOR", "EACH", "ROW")) {
        always = true;
      }
      cursor.next();
    }
    return Interception.UNKNOWN;
  }
}
