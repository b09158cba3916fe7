package dev.sluice.drift;

import java.util.Optional;

/**
 * One place where migrations and database differ.
 *
 * @param kind of object, as in SQL and in lower case: {@code column}, {@code materialized view}
 * @param object its name; with the schema where that is not the default one, and with the table for
 *     what belongs to one
 * @param what the property that differs, {@code type}, {@code default}, …; empty where one side
 *     lacks the whole object
 * @param migrations what they make; empty where they do not make it
 * @param database what it has; empty where it has it not
 */
public record Difference(
    String kind,
    String object,
    String what,
    Optional<String> migrations,
    Optional<String> database) {

  /** For messages, in one line: {@code column orders.note is not in the database: text}. */
  @Override
  public String toString() {
    String head = kind + " " + object;
    if (database.isEmpty()) {
      return head + " is not in the database" + said(migrations);
    }
    if (migrations.isEmpty()) {
      return head + " is only in the database" + said(database);
    }
    return head
        + ": "
        + what
        + " is "
        + migrations.get()
        + " in the migrations, "
        + database.get()
        + " in the database";
  }

  private static String said(Optional<String> definition) {
    return definition.filter(d -> !d.isEmpty()).map(d -> ": " + d).orElse("");
  }
}
