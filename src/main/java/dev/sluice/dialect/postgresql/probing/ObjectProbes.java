package dev.sluice.dialect.postgresql.probing;

import static dev.sluice.dialect.postgresql.probing.Catalog.exists;
import static dev.sluice.dialect.postgresql.probing.Catalog.not;
import static dev.sluice.dialect.postgresql.probing.Catalog.relation;
import static dev.sluice.dialect.postgresql.writing.Quoting.literal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.EnableTrigger.Firing;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;

/** Whether objects are there that are neither tables nor parts of one. */
final class ObjectProbes {

  private ObjectProbes() {}

  /** Empty where {@code OR REPLACE} may have found one: the catalog does not tell which it is. */
  static Optional<String> created(Change.CreateObject change) {
    return change.orReplace()
        ? Optional.empty()
        : there(change.kind(), change.name(), change.on(), "");
  }

  static Optional<String> dropped(Change.DropObject change) {
    return there(change.kind(), change.name(), change.on(), change.signature()).map(Catalog::not);
  }

  static Optional<String> renamed(Change.RenameObject change) {
    QualifiedName to = change.name().withName(change.to());
    return moved(change.kind(), change.name(), to, change.on(), change.signature());
  }

  static Optional<String> moved(Change.MoveObject change) {
    QualifiedName to = change.name().in(change.schema());
    return change.name().schema().isPresent()
        ? moved(change.kind(), change.name(), to, Optional.empty(), change.signature())
        // The search path may lead the bare name to the new place too.
        : there(change.kind(), to, Optional.empty(), change.signature());
  }

  private static Optional<String> moved(
      ObjectKind kind,
      QualifiedName from,
      QualifiedName to,
      Optional<QualifiedName> on,
      String signature) {
    return there(kind, to, on, signature)
        .flatMap(
            there ->
                there(kind, from, on, signature).map(still -> Catalog.both(there, not(still))));
  }

  static Optional<String> owned(Change.ChangeOwner change) {
    // CURRENT_USER and the like mean another role to whoever asks.
    boolean named =
        !change.owner().toUpperCase(Locale.ROOT).matches("(CURRENT|SESSION)_(USER|ROLE)");
    boolean isRelation =
        change.table()
            || switch (change.kind()) {
              case VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE -> true;
              default -> false;
            };
    return named && isRelation
        ? Optional.of(
            relation(
                change.name(),
                "quote_ident(pg_catalog.pg_get_userbyid(relowner)) = " + literal(change.owner())))
        : Optional.empty();
  }

  /** Whether such an object is there; empty where the name does not say which one is meant. */
  static Optional<String> there(
      ObjectKind kind, QualifiedName name, Optional<QualifiedName> on, String signature) {
    return switch (kind) {
      case VIEW -> Optional.of(Catalog.relationOf("v", name));
      case MATERIALIZED_VIEW -> Optional.of(Catalog.relationOf("m", name));
      case SEQUENCE -> Optional.of(Catalog.relationOf("S", name));
      case FOREIGN_TABLE -> Optional.of(Catalog.relationOf("f", name));
      case FUNCTION, PROCEDURE, AGGREGATE -> Optional.of(RoutineProbes.there(name, signature));
      case TYPE -> Optional.of(type(name));
      case DOMAIN ->
          Optional.of(
              exists("pg_catalog.pg_type", "oid = " + Catalog.type(name) + " AND typtype = 'd'"));
      case SCHEMA -> Optional.of(named("pg_namespace", "nspname", name));
      case DATABASE -> Optional.of(named("pg_database", "datname", name));
      case EXTENSION -> Optional.of(named("pg_extension", "extname", name));
      case EVENT_TRIGGER -> Optional.of(named("pg_event_trigger", "evtname", name));
      case LANGUAGE -> Optional.of(named("pg_language", "lanname", name));
      case ACCESS_METHOD -> Optional.of(named("pg_am", "amname", name));
      case FOREIGN_DATA_WRAPPER -> Optional.of(named("pg_foreign_data_wrapper", "fdwname", name));
      case SERVER -> Optional.of(named("pg_foreign_server", "srvname", name));
      case PUBLICATION -> Optional.of(named("pg_publication", "pubname", name));
      case SUBSCRIPTION -> Optional.of(named("pg_subscription", "subname", name));
      case ROLE -> Optional.of(named("pg_roles", "rolname", name));
      case TABLESPACE -> Optional.of(named("pg_tablespace", "spcname", name));
      case STATISTICS -> Optional.of(inSchema("pg_statistic_ext", "stx", name));
      case COLLATION -> Optional.of(inSchema("pg_collation", "coll", name));
      case CONVERSION -> Optional.of(inSchema("pg_conversion", "con", name));
      case POLICY -> on.map(t -> onTable("pg_policy", "polrelid", t, "polname", name));
      case RULE -> on.map(t -> onTable("pg_rewrite", "ev_class", t, "rulename", name));
      case TRIGGER -> on.map(t -> Catalog.trigger(t, name.name(), ""));
      case EVENT,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          TRANSFORM,
          USER_MAPPING ->
          Optional.empty();
    };
  }

  static String type(QualifiedName name) {
    // A table is a type too; a composite type has a class of its own kind.
    return exists(
        "pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid",
        "t.oid = " + Catalog.type(name) + " AND (c.oid IS NULL OR c.relkind = 'c')");
  }

  private static String named(String catalog, String column, QualifiedName name) {
    return exists("pg_catalog." + catalog, column + " = " + literal(name.name().text()));
  }

  static String fires(ObjectKind kind, QualifiedName table, Name name, Firing firing) {
    String as =
        switch (firing) {
          case ORDINARY -> "'O'";
          case ALWAYS -> "'A'";
          case REPLICA -> "'R'";
          case NEVER -> "'D'";
        };
    return kind == ObjectKind.RULE
        ? exists(
            "pg_catalog.pg_rewrite",
            "ev_class = "
                + relation(table)
                + " AND rulename = "
                + literal(name.text())
                + " AND ev_enabled = "
                + as)
        : Catalog.trigger(table, name, "tgenabled = " + as);
  }

  private static String onTable(
      String catalog, String tableColumn, QualifiedName table, String column, QualifiedName name) {
    return exists(
        "pg_catalog." + catalog,
        tableColumn
            + " = "
            + relation(table)
            + " AND "
            + column
            + " = "
            + literal(name.name().text()));
  }

  private static String inSchema(String catalog, String prefix, QualifiedName name) {
    return Catalog.inSchema(catalog, prefix, name, "");
  }
}
