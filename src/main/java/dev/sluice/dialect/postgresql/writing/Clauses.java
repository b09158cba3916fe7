package dev.sluice.dialect.postgresql.writing;

import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;

/** The clauses of ALTER TABLE: what stands behind the table's name. */
final class Clauses {

  private Clauses() {}

  static String add(Change.AddColumn change) {
    return "ADD COLUMN "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + TableText.column(change.column(), change.constraints());
  }

  static String drop(Change.DropColumn change) {
    return "DROP COLUMN "
        + ifExists(change.ifExists())
        + quote(change.column())
        + cascade(change.cascade());
  }

  static String type(Change.AlterColumnType change) {
    return column(
        change.column(),
        "TYPE "
            + change.type().text()
            + change.collation().map(c -> " COLLATE " + c).orElse("")
            + change.using().map(u -> " USING " + u.sql()).orElse(""));
  }

  static String identity(Change.AddIdentity change) {
    String how =
        switch (change.how()) {
          case ALWAYS -> "ALWAYS";
          case BY_DEFAULT -> "BY DEFAULT";
          case SERIAL, AUTO_INCREMENT ->
              throw new IllegalArgumentException(
                  change.how() + " cannot be added to a column; PostgreSQL adds identities only");
        };
    return column(
        change.column(),
        "ADD GENERATED "
            + how
            + " AS IDENTITY"
            + (change.options().isEmpty() ? "" : " (" + change.options() + ")"));
  }

  static String dropConstraint(Change.DropConstraint change) {
    return "DROP CONSTRAINT "
        + ifExists(change.ifExists())
        + quote(change.constraint())
        + cascade(change.cascade());
  }

  static String trigger(Change.EnableTrigger change) {
    Name trigger =
        change
            .name()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the change does not say whether ALL triggers are meant or USER ones"));
    String how =
        switch (change.firing()) {
          case ORDINARY -> "ENABLE";
          case ALWAYS -> "ENABLE ALWAYS";
          case REPLICA -> "ENABLE REPLICA";
          case NEVER -> "DISABLE";
        };
    return how + (change.kind() == ObjectKind.RULE ? " RULE " : " TRIGGER ") + quote(trigger);
  }

  /** {@code ALTER COLUMN c …}. */
  static String column(Name column, String rest) {
    return "ALTER COLUMN " + quote(column) + " " + rest;
  }

  static String ifExists(boolean asked) {
    return asked ? "IF EXISTS " : "";
  }

  static String cascade(boolean asked) {
    return asked ? " CASCADE" : "";
  }
}
