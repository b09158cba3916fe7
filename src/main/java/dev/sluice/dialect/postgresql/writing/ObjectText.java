package dev.sluice.dialect.postgresql.writing;

import static dev.sluice.dialect.postgresql.writing.Clauses.cascade;
import static dev.sluice.dialect.postgresql.writing.Clauses.ifExists;
import static dev.sluice.dialect.postgresql.writing.Quoting.literal;
import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** CREATE, ALTER and DROP of everything that is no table. */
final class ObjectText {

  private ObjectText() {}

  static String createIndex(Change.CreateIndex change) {
    Index index = change.index();
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX "
        + (change.concurrently() ? "CONCURRENTLY " : "")
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        // An index is made in its table's schema, and the statement refuses to name one.
        + index.name().map(n -> quote(n.name()) + " ").orElse("")
        + "ON "
        + (change.only() ? "ONLY " : "")
        + quote(index.table())
        + (index.method().equals("btree") ? "" : " USING " + index.method())
        + index.columns().stream()
            .map(c -> c.key().sql() + spaced(c.modifiers()))
            .collect(Collectors.joining(", ", " (", ")"))
        + (index.include().isEmpty() ? "" : " INCLUDE " + Quoting.columns(index.include()))
        + (index.nullsDistinct() ? "" : " NULLS NOT DISTINCT")
        + spaced(index.storage())
        + index.predicate().map(p -> " WHERE " + p.sql()).orElse("");
  }

  static String dropIndex(Change.DropIndex change) {
    return "DROP INDEX "
        + (change.concurrently() ? "CONCURRENTLY " : "")
        + ifExists(change.ifExists())
        + quote(change.index())
        + cascade(change.cascade());
  }

  static String reindex(Change.Reindex change) {
    return "REINDEX "
        + change.target()
        + (change.concurrently() ? " CONCURRENTLY " : " ")
        + quote(change.name());
  }

  static String createView(Change.CreateView change) {
    View view = change.view();
    return "CREATE "
        + (change.orReplace() ? "OR REPLACE " : "")
        + (change.temporary() ? "TEMPORARY " : "")
        + (view.materialized() ? "MATERIALIZED VIEW " : "VIEW ")
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + quote(view.name())
        + (view.columns().isEmpty() ? "" : " " + Quoting.columns(view.columns()))
        + spaced(view.options())
        + " AS "
        + view.query().sql();
  }

  static String createTrigger(Change.CreateTrigger change) {
    Trigger trigger = change.trigger();
    return "CREATE "
        + (change.orReplace() ? "OR REPLACE " : "")
        + (trigger.constraint() ? "CONSTRAINT " : "")
        + "TRIGGER "
        + quote(trigger.name())
        + " "
        + trigger.timing()
        + " ON "
        + quote(trigger.table())
        + " "
        + trigger.definition().sql();
  }

  static String dropTrigger(Change.DropTrigger change) {
    QualifiedName table =
        change
            .table()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "trigger " + change.trigger() + " has no table; PostgreSQL names it"));
    return "DROP TRIGGER "
        + ifExists(change.ifExists())
        + quote(change.trigger())
        + " ON "
        + quote(table)
        + cascade(change.cascade());
  }

  static String createRoutine(Change.CreateRoutine change) {
    // The definition begins with the parenthesis of the arguments.
    return "CREATE "
        + (change.orReplace() ? "OR REPLACE " : "")
        + change.routine().kind().sql()
        + " "
        + quote(change.routine().name())
        + change.routine().definition().sql();
  }

  static String createSequence(Change.CreateSequence change) {
    return "CREATE "
        + (change.unlogged() ? "UNLOGGED " : "")
        + "SEQUENCE "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + quote(change.sequence())
        + spaced(change.options())
        + change.ownedBy().map(ObjectText::ownedBy).orElse("");
  }

  static String alterSequence(Change.AlterSequence change) {
    return "ALTER SEQUENCE "
        + quote(change.sequence())
        + spaced(change.options())
        + change.ownedBy().map(ObjectText::ownedBy).orElse("");
  }

  private static String ownedBy(ColumnName column) {
    return " OWNED BY " + quote(column.table()) + "." + quote(column.column());
  }

  static String addEnumValue(Change.AddEnumValue change) {
    return "ALTER TYPE "
        + quote(change.type())
        + " ADD VALUE "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + literal(change.value())
        + spaced(change.position());
  }

  static String create(Change.CreateObject change) {
    return "CREATE "
        + (change.orReplace() ? "OR REPLACE " : "")
        + word(change.kind())
        + " "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + quote(change.name())
        + onPolicyTable(change.kind(), change.on())
        + definition(change.kind(), change.definition());
  }

  private static String definition(ObjectKind kind, Fragment definition) {
    // The arguments of an aggregate follow its name without a space.
    return kind == ObjectKind.AGGREGATE ? definition.sql() : spaced(definition.sql());
  }

  static String alter(Change.AlterObject change) {
    return "ALTER "
        + word(change.kind())
        + " "
        + quote(change.name())
        + onPolicyTable(change.kind(), change.on())
        + (change.text().startsWith("(") ? "" : " ")
        + change.text();
  }

  static String drop(Change.DropObject change) {
    return "DROP "
        + word(change.kind())
        + " "
        + ifExists(change.ifExists())
        + quote(change.name())
        + change.signature()
        + onTable(change.kind(), change.on())
        + cascade(change.cascade());
  }

  static String rename(Change.RenameObject change) {
    return "ALTER "
        + word(change.kind())
        + " "
        + quote(change.name())
        + change.signature()
        + onTable(change.kind(), change.on())
        + " RENAME TO "
        + quote(change.to());
  }

  static String move(Change.MoveObject change) {
    return "ALTER "
        + word(change.kind())
        + " "
        + quote(change.name())
        + change.signature()
        + " SET SCHEMA "
        + quote(change.schema());
  }

  static String owner(Change.ChangeOwner change) {
    return "ALTER "
        + (change.table() ? "TABLE" : word(change.kind()))
        + " "
        + quote(change.name())
        + " OWNER TO "
        + change.owner();
  }

  /** Of a policy and a trigger; the table of a rule stands inside its definition. */
  private static String onPolicyTable(ObjectKind kind, Optional<QualifiedName> table) {
    return kind == ObjectKind.RULE || kind == ObjectKind.STATISTICS
        ? ""
        : table.map(t -> " ON " + quote(t)).orElse("");
  }

  private static String onTable(ObjectKind kind, Optional<QualifiedName> table) {
    return kind == ObjectKind.STATISTICS ? "" : table.map(t -> " ON " + quote(t)).orElse("");
  }

  /** The words of the kind, for those that one identifier names. */
  private static String word(ObjectKind kind) {
    return switch (kind) {
      case VIEW,
          MATERIALIZED_VIEW,
          SEQUENCE,
          FUNCTION,
          PROCEDURE,
          AGGREGATE,
          TRIGGER,
          EVENT_TRIGGER,
          TYPE,
          DOMAIN,
          SCHEMA,
          DATABASE,
          EXTENSION,
          POLICY,
          RULE,
          STATISTICS,
          COLLATION,
          CONVERSION,
          LANGUAGE,
          ACCESS_METHOD,
          FOREIGN_TABLE,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          kind.sql();
      case EVENT,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          TRANSFORM,
          USER_MAPPING ->
          throw new IllegalArgumentException(
              "a "
                  + kind.sql().toLowerCase(Locale.ROOT)
                  + " is not named by one identifier; only its own text says which");
    };
  }

  static String spaced(String text) {
    return text.isEmpty() ? "" : " " + text;
  }
}
