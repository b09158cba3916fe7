package dev.sluice.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;

/**
 * Rows by the types of the columns, in the open transaction: those of foreign keys are taken from
 * their parents, those that a CHECK refuses from its literals. No trigger fires and no sequence is
 * drawn from. Where it cannot, the table stays as it is.
 */
final class Filling {

  /** In each table, so that reading all of them shows. */
  static final int ROWS = 100;

  private static final String SERIES = "generate_series(1, " + ROWS + ")";

  private static final String CHECK_VIOLATION = "23514";

  private static final String TABLES =
      """
      SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relname, c.oid::regclass::text AS quoted
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^(pg_|information_schema)'
      """;

  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
        a.atthasdef OR a.attidentity <> '' AS filled,
        b.typname AS base, b.typtype, b.typcategory, b.oid::regtype::text AS base_type,
        CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
      WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      ORDER BY a.attnum
      """;

  private static final String KEYS =
      """
      SELECT k.confrelid, k.confrelid::regclass::text AS parent, k.confrelid = k.conrelid AS self,
        (SELECT array_agg(quote_ident(a.attname) ORDER BY x.n) FROM unnest(k.conkey) WITH ORDINALITY x(c, n)
         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.c) AS columns,
        (SELECT array_agg(quote_ident(a.attname) ORDER BY x.n) FROM unnest(k.confkey) WITH ORDINALITY x(c, n)
         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.c) AS parent_columns
      FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = ?
      """;

  private static final String CHECK =
      """
      SELECT pg_get_constraintdef(k.oid) AS definition, array_agg(quote_ident(a.attname)) AS columns
      FROM pg_constraint k
      JOIN pg_attribute a ON (a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
        OR (k.contypid <> 0 AND a.atttypid = k.contypid AND a.attrelid = ?)
      WHERE (k.conrelid = ? OR k.contypid <> 0) AND k.conname = ? GROUP BY k.oid
      """;

  private static final String HEIRS =
      """
      WITH RECURSIVE heir AS (
        SELECT inhrelid FROM pg_inherits WHERE inhparent = ?
        UNION SELECT i.inhrelid FROM pg_inherits i JOIN heir h ON i.inhparent = h.inhrelid)
      SELECT inhrelid FROM heir
      """;

  private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')+)'|[^\\w.](\\d+)\\b");

  private record Table(long oid, String name, String bare, String quoted) {}

  private record Column(
      String name,
      String type,
      boolean notNull,
      boolean filled,
      String base,
      String kind,
      String category,
      String baseType,
      int modifier) {}

  private record Key(
      long parent, String parentName, boolean self, List<String> columns, List<String> to) {}

  private final Connection connection;
  private final Map<Long, Table> tables = new LinkedHashMap<>();
  private final Map<Long, Boolean> filled = new HashMap<>();
  private final List<String> inserts = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  Filling(Connection connection) throws SQLException {
    this.connection = connection;
    query(
        TABLES,
        Optional.empty(),
        r -> {
          Table table = new Table(r.getLong(1), r.getString(2), r.getString(3), r.getString(4));
          tables.put(table.oid, table);
        });
  }

  /**
   * Fills the named tables, those that the statement names, and their parents; sets the session for
   * plans that use an index where there is one.
   *
   * @return whether all the named ones hold rows
   */
  boolean fill(Set<String> names, String sql) throws SQLException {
    Set<String> words =
        Arrays.stream(sql.toLowerCase(java.util.Locale.ROOT).split("[^\\w$]+", -1))
            .collect(Collectors.toSet());
    Set<Long> wanted = new LinkedHashSet<>();
    for (Table table : tables.values()) {
      if (names.contains(table.name)
          || words.contains(table.bare.toLowerCase(java.util.Locale.ROOT))) {
        wanted.add(table.oid);
        query(HEIRS, Optional.of(table.oid), r -> wanted.add(r.getLong(1)));
      }
    }
    execute("SET LOCAL session_replication_role = replica");
    boolean all = true;
    for (long table : wanted) {
      all &= fill(table, new HashSet<>());
    }
    execute("SET LOCAL session_replication_role = origin");
    execute("SET LOCAL enable_seqscan = off");
    execute("SET LOCAL jit = off");
    return all;
  }

  /**
   * What else could be inserted into the tables that were filled: a row with all columns, and one
   * without those that have a default.
   */
  List<String> inserts() {
    List<String> all = new ArrayList<>();
    for (String insert : inserts) {
      int i = 2 * ROWS + all.size();
      all.add(insert.replace(SERIES, "generate_series(" + i + ", " + i + ")"));
    }
    return all;
  }

  /** Why tables stayed without rows. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private boolean fill(long oid, Set<Long> above) throws SQLException {
    Table table = tables.get(oid);
    if (table == null || !above.add(oid)) {
      return false;
    }
    Boolean known = filled.get(oid);
    if (known != null) {
      return known;
    }
    List<Key> keys = new ArrayList<>();
    query(KEYS, Optional.of(oid), r -> keys.add(key(r)));
    for (Key key : keys) {
      fill(key.parent, new HashSet<>(above));
    }
    Savepoint savepoint = connection.setSavepoint();
    boolean done = false;
    try {
      insert(table, keys);
      done = count(table) >= ROWS / 2;
      connection.releaseSavepoint(savepoint);
    } catch (SQLException e) {
      connection.rollback(savepoint);
      failures.add(table.name + ": " + e.getMessage());
    }
    filled.put(oid, done);
    return done;
  }

  private void insert(Table table, List<Key> keys) throws SQLException {
    if (count(table) >= ROWS) {
      return;
    }
    List<Column> columns = new ArrayList<>();
    query(COLUMNS, Optional.of(table.oid), r -> columns.add(column(r)));
    Map<String, String> values = new LinkedHashMap<>();
    columns.forEach(c -> values.put(c.name, value(c)));
    StringBuilder from = new StringBuilder(SERIES + " AS g(i)");
    for (int k = 0; k < keys.size(); k++) {
      Key key = keys.get(k);
      String alias = "p" + k;
      for (int c = 0; c < key.columns.size(); c++) {
        String own = values.get(key.to.get(c));
        values.put(
            key.columns.get(c), key.self ? String.valueOf(own) : alias + "." + key.to.get(c));
      }
      if (!key.self) {
        from.append(
            " LEFT JOIN (SELECT *, row_number() OVER () - 1 AS n_, count(*) OVER () AS of_ FROM "
                + key.parentName
                + ") AS "
                + alias
                + " ON "
                + alias
                + ".n_ = g.i % "
                + alias
                + ".of_");
      }
    }
    Map<String, Integer> repaired = new HashMap<>();
    while (true) {
      Savepoint savepoint = connection.setSavepoint();
      try {
        String insert = insert(table, values) + from;
        execute(insert + " ON CONFLICT DO NOTHING");
        inserts.add(insert);
        values
            .keySet()
            .removeAll(columns.stream().filter(Column::filled).map(Column::name).toList());
        inserts.add(insert(table, values) + from);
        connection.releaseSavepoint(savepoint);
        return;
      } catch (PSQLException e) {
        connection.rollback(savepoint);
        String constraint =
            Optional.ofNullable(e.getServerErrorMessage())
                .map(m -> String.valueOf(m.getConstraint()))
                .orElse("");
        if (!CHECK_VIOLATION.equals(e.getSQLState())
            || !repair(table, constraint, columns, values, repaired)) {
          throw e;
        }
      }
    }
  }

  private static String insert(Table table, Map<String, String> values) {
    return "INSERT INTO "
        + table.quoted
        + (values.isEmpty() ? "" : " (" + String.join(", ", values.keySet()) + ")")
        + " OVERRIDING SYSTEM VALUE SELECT "
        + String.join(", ", values.values())
        + " FROM ";
  }

  /**
   * First a value that the CHECK names; then that, and nothing in the columns that are no text;
   * then text that begins with a letter.
   */
  private boolean repair(
      Table table,
      String constraint,
      List<Column> columns,
      Map<String, String> values,
      Map<String, Integer> repaired)
      throws SQLException {
    int attempt = repaired.merge(constraint, 1, Integer::sum);
    if (attempt > 3) {
      return false;
    }
    try (PreparedStatement check = connection.prepareStatement(CHECK)) {
      check.setLong(1, table.oid);
      check.setLong(2, table.oid);
      check.setString(3, constraint);
      try (ResultSet row = check.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        Matcher literal = LITERAL.matcher(row.getString(1));
        Optional<String> named =
            literal.find()
                ? Optional.of(literal.group(1) == null ? literal.group(2) : literal.group(1))
                : Optional.empty();
        List<String> checked = strings(row.getArray(2));
        for (Column column : columns) {
          if (checked.contains(column.name)) {
            values.merge(column.name, "", (was, ignored) -> repaired(column, was, named, attempt));
          }
        }
        return true;
      }
    }
  }

  /** Of bytes a number is the length. */
  private static String repaired(Column column, String was, Optional<String> named, int attempt) {
    boolean isText = column.category.equals("S") || column.kind.equals("e");
    boolean isNumber = named.filter(n -> n.matches("\\d{1,3}")).isPresent();
    if (isText && attempt == 3) {
      return "('x' || " + value(column) + ")::" + column.type;
    }
    if (named.isPresent() && (isText || (column.category.equals("N") && isNumber))) {
      return "'" + named.get() + "'::" + column.type;
    }
    if (named.isPresent() && column.base.equals("bytea") && isNumber) {
      return "decode(lpad(to_hex(g.i), %d, '0'), 'hex')::%s"
          .formatted(2 * Integer.parseInt(named.get()), column.type);
    }
    return attempt == 2 && !column.notNull ? "NULL::" + column.type : was;
  }

  /** Distinct for each {@code g.i} where the type is wide enough; the same for the same type. */
  private static String value(Column column) {
    if (column.category.equals("A")) {
      return "'{}'::" + column.type;
    }
    if (column.kind.equals("e")) {
      return "(enum_range(NULL::%1$s))[1 + g.i %% array_length(enum_range(NULL::%1$s), 1)]::%2$s"
          .formatted(column.baseType, column.type);
    }
    if (column.kind.equals("r")) {
      return "'empty'::" + column.type;
    }
    int length = column.modifier > 4 ? column.modifier - 4 : 0;
    String value =
        switch (column.base) {
          case "int8", "int4", "float4", "float8", "money" -> "1000000 + g.i";
          case "numeric" -> numeric(column.modifier);
          case "int2" -> "10000 + g.i";
          case "oid" -> "1000000 + g.i";
          case "text", "varchar", "bpchar", "citext", "name" ->
              length > 0 ? "right((1000000 + g.i)::text, " + length + ")" : "(1000000 + g.i)::text";
          case "char" -> "chr(32 + g.i % 90)";
          case "bool" -> "g.i % 2 = 0";
          case "date" -> "date '2024-01-01' + g.i";
          case "timestamp", "timestamptz" -> "timestamp '2024-01-01' + g.i * interval '1 hour'";
          case "time", "timetz" -> "time '00:00' + g.i * interval '1 minute'";
          case "interval" -> "g.i * interval '1 minute'";
          case "uuid" -> "lpad(to_hex(g.i), 32, '0')";
          case "bytea" -> "int4send(g.i)";
          case "json", "jsonb" -> "'{}'";
          case "inet", "cidr" -> "'10.0.0.' || g.i";
          case "xml" -> "'<a/>'";
          case "bit", "varbit" -> "g.i::bit(32)";
          case "tsvector", "hstore", "ltree" -> "''";
          case "point" -> "point(g.i, g.i)";
          default -> "NULL";
        };
    return "(" + value + ")::" + column.type;
  }

  private static String numeric(int modifier) {
    if (modifier < 4) {
      return "1000000 + g.i";
    }
    int precision = ((modifier - 4) >> 16) & 0xffff;
    int scale = (modifier - 4) & 0x7ff;
    int digits = Math.max(0, Math.min(7, precision - scale));
    return digits == 0 ? "0" : "right((1000000 + g.i)::text, " + digits + ")";
  }

  private long count(Table table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + table.quoted)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Column column(ResultSet row) throws SQLException {
    return new Column(
        row.getString("name"),
        row.getString("type"),
        row.getBoolean("attnotnull"),
        row.getBoolean("filled"),
        row.getString("base"),
        row.getString("typtype"),
        row.getString("typcategory"),
        row.getString("base_type"),
        row.getInt("modifier"));
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(
        row.getLong("confrelid"),
        row.getString("parent"),
        row.getBoolean("self"),
        strings(row.getArray("columns")),
        strings(row.getArray("parent_columns")));
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private interface Each {
    void row(ResultSet row) throws SQLException;
  }

  private void query(String sql, Optional<Long> oid, Each each) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (oid.isPresent()) {
        statement.setLong(1, oid.get());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.row(rows);
        }
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
