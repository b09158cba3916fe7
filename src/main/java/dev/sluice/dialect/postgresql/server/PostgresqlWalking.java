package dev.sluice.dialect.postgresql.server;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Walking;
import dev.sluice.dialect.postgresql.writing.Quoting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks by row comparison, which PostgreSQL answers from a multi-column index. */
final class PostgresqlWalking implements Walking {

  // TID range scans exist from 14 on; before, a range of places reads the whole table each time.
  private static final int TID_RANGES = 14;

  // (8192 - 24) / 28: a page of 8 kB holds no more line pointers with tuples.
  private static final int LINE_POINTERS = 291;

  @Override
  public Optional<String> kinds(String table, List<String> key) {
    return Optional.empty();
  }

  @Override
  public String pieceEnd(String table, List<Column> walked, List<String> from, int rows) {
    List<String> key = names(walked);
    String columns = String.join(", ", key);
    return key.stream().map(c -> c + "::text").collect(Collectors.joining(", ", "SELECT ", ""))
        + ", count(*) OVER () FROM (SELECT "
        + columns
        + " FROM "
        + table
        + (from.isEmpty() ? "" : " WHERE " + row(key) + " > " + literals(from))
        + " ORDER BY "
        + columns
        + " LIMIT "
        + rows
        + ") piece ORDER BY "
        + key.stream().map(c -> "piece." + c + " DESC").collect(Collectors.joining(", "))
        + " LIMIT 1";
  }

  private static List<String> names(List<Column> key) {
    return key.stream().map(Column::name).toList();
  }

  @Override
  public String inPiece(List<Column> walked, List<String> from, List<String> to) {
    List<String> key = names(walked);
    String upTo = row(key) + " <= " + literals(to);
    return from.isEmpty() ? upTo : row(key) + " > " + literals(from) + " AND " + upTo;
  }

  private static String row(List<String> key) {
    return "(" + String.join(", ", key) + ")";
  }

  // A literal without a type takes the type of the column that it is compared with.
  private static String literals(List<String> values) {
    return values.stream().map(Quoting::literal).collect(Collectors.joining(", ", "(", ")"));
  }

  @Override
  public Optional<ByPlace> byPlace() {
    return Optional.of(new Places());
  }

  private static final class Places implements ByPlace {

    // Inheritance and partitions are both in pg_inherits.
    @Override
    public String relations() {
      return "WITH RECURSIVE tree AS (SELECT pg_catalog.to_regclass(?)::oid AS oid"
          + " UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree ON"
          + " i.inhparent = tree.oid)"
          + " SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname),"
          + " (pg_catalog.pg_relation_size(c.oid)"
          + " / current_setting('block_size')::bigint)::bigint"
          + " FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind = 'r' ORDER BY 1";
    }

    @Override
    public String alias() {
      return "SELECT quote_ident(relname) FROM pg_catalog.pg_class"
          + " WHERE oid = pg_catalog.to_regclass(?)";
    }

    @Override
    public String inPages(long from, long to, EngineVersion version) {
      if (version.major() >= TID_RANGES) {
        return "ctid >= '(" + from + ",0)'::tid AND ctid < '(" + to + ",0)'::tid";
      }
      return "ctid = ANY (ARRAY(SELECT ('(' || page || ',' || line || ')')::tid FROM"
          + " generate_series("
          + from
          + ", "
          + (to - 1)
          + ") page, generate_series(1, "
          + LINE_POINTERS
          + ") line))";
    }

    @Override
    public String only(String relation, String alias) {
      return "ONLY " + relation + " AS " + alias;
    }
  }
}
