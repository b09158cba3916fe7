package dev.sluice.dialect.postgresql.probing;

import static dev.sluice.dialect.postgresql.probing.Catalog.both;
import static dev.sluice.dialect.postgresql.probing.Catalog.exists;
import static dev.sluice.dialect.postgresql.probing.Catalog.index;
import static dev.sluice.dialect.postgresql.probing.Catalog.not;
import static dev.sluice.dialect.postgresql.probing.Catalog.relation;
import static dev.sluice.dialect.postgresql.probing.Catalog.table;
import static dev.sluice.dialect.postgresql.writing.Quoting.literal;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Whether what was asked of a whole table is so. */
final class TableProbes {

  private TableProbes() {}

  /** By kind: while a rename is under way, a view may bear either name. */
  static String renamed(Change.RenameTable change) {
    QualifiedName to = change.table().withName(change.to());
    String asTable = both(table(to), not(table(change.table())));
    String asAnything = both(relation(to) + " IS NOT NULL", relation(change.table()) + " IS NULL");
    return "(" + asTable + ") OR (" + asAnything + ")";
  }

  static String moved(Change.MoveTable change) {
    QualifiedName to = change.table().in(change.schema());
    // The search path may lead the bare name to the new place too.
    return both(
        relation(to) + " IS NOT NULL",
        "("
            + relation(change.table())
            + " IS NULL OR "
            + relation(change.table())
            + " = "
            + relation(to)
            + ")");
  }

  /** Empty where the clause sets what the catalog does not show in a comparable form. */
  static Optional<String> altered(Change.AlterTable change) {
    List<String> words = SqlText.tokens(change.text());
    QualifiedName table = change.table();
    String last = words.get(words.size() - 1);
    return switch (change.property()) {
      case LOGGED -> Optional.of(relation(table, "relpersistence = 'p'"));
      case UNLOGGED -> Optional.of(relation(table, "relpersistence = 'u'"));
      case TABLESPACE -> Optional.of(relation(table, tablespace(last)));
      case ACCESS_METHOD ->
          last.equals("default")
              ? Optional.empty()
              : Optional.of(
                  relation(
                      table,
                      "relam = (SELECT oid FROM pg_catalog.pg_am WHERE amname = "
                          + literal(name(last))
                          + ")"));
      case REPLICA_IDENTITY -> Optional.of(replicaIdentity(table, words));
      case ROW_SECURITY -> Optional.of(relation(table, rowSecurity(words)));
      case CLUSTER_ON ->
          words.contains("without")
              ? Optional.of(not(clustered(table, "")))
              : Optional.of(clustered(table, " AND c.relname = " + literal(name(last))));
      case INHERIT -> Optional.of(Catalog.child(table, parent(words)));
      case NO_INHERIT -> Optional.of(not(Catalog.child(table, parent(words))));
      case OF_TYPE ->
          Optional.of(
              relation(table, words.get(0).equals("not") ? "reloftype = 0" : "reloftype <> 0"));
      case PARAMETERS,
          ENGINE,
          ROW_FORMAT,
          KEY_BLOCK_SIZE,
          DEFAULT_CHARSET,
          CONVERT_CHARSET,
          AUTO_INCREMENT,
          COMMENT,
          FORCE,
          ORDER_BY,
          PARTITION_BY,
          REMOVE_PARTITIONING,
          ADD_VERSIONING,
          DROP_VERSIONING,
          PERIOD,
          ENCRYPTION,
          COMPRESSION,
          KEYS,
          TABLESPACE_FILE,
          OTHER_OPTION ->
          Optional.empty();
    };
  }

  private static String tablespace(String token) {
    // A table in its database's own tablespace has none of its own in the catalog.
    return "coalesce((SELECT spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = reltablespace),"
        + " (SELECT spcname FROM pg_catalog.pg_tablespace s JOIN pg_catalog.pg_database d"
        + " ON s.oid = d.dattablespace WHERE d.datname = current_database())) = "
        + literal(name(token));
  }

  private static String rowSecurity(List<String> words) {
    boolean force = words.contains("force");
    boolean off = words.contains("disable") || words.contains("no");
    return (off ? "NOT " : "") + (force ? "relforcerowsecurity" : "relrowsecurity");
  }

  private static String replicaIdentity(QualifiedName table, List<String> words) {
    String last = words.get(words.size() - 1);
    if (words.contains("index")) {
      return exists(
          "pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid",
          "i.indrelid = "
              + relation(table)
              + " AND i.indisreplident AND c.relname = "
              + literal(name(last)));
    }
    return relation(table, "relreplident = '" + last.charAt(0) + "'");
  }

  private static String clustered(QualifiedName table, String where) {
    return exists(
        "pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid",
        "i.indrelid = " + relation(table) + " AND i.indisclustered" + where);
  }

  /** The table behind {@code [NO] INHERIT}. */
  private static QualifiedName parent(List<String> words) {
    List<String> parts = words.subList(words.indexOf("inherit") + 1, words.size());
    Name name = new Name(name(parts.get(parts.size() - 1)));
    return parts.size() == 1
        ? new QualifiedName(Optional.empty(), name)
        : new QualifiedName(Optional.of(new Name(name(parts.get(0)))), name);
  }

  /** The identifier that a token stands for. */
  static String name(String token) {
    return token.startsWith("\"")
        ? token.substring(1, token.length() - 1).replace("\"\"", "\"")
        : token;
  }

  /** Built and valid: an index that a failed concurrent build left behind is not done. */
  static Optional<String> created(Change.CreateIndex change) {
    QualifiedName table = change.index().table();
    return change
        .index()
        .name()
        .map(n -> new QualifiedName(table.schema(), n.name()))
        // On a partitioned table it stays invalid until every partition has its own.
        .map(
            n ->
                index(
                    n, "indrelid = " + relation(table) + (change.only() ? "" : " AND indisvalid")));
  }

  static String renamed(Change.RenameIndex change) {
    return both(
        Catalog.relationOf("iI", change.index().withName(change.to())),
        not(Catalog.relationOf("iI", change.index())));
  }
}
