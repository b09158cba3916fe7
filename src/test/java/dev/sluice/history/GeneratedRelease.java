package dev.sluice.history;

import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A schema and a release of it, made up by a seed out of the rows of "semantics", as SQL text. What
 * the server refuses is not in it.
 */
final class GeneratedRelease {

  private static final List<String> TYPES =
      List.of(
          "int",
          "bigint",
          "smallint",
          "text",
          "varchar(20)",
          "varchar(40)",
          "numeric(8,2)",
          "boolean",
          "date",
          "timestamptz",
          "jsonb",
          "uuid",
          "mood");

  private final Random random;
  private final List<String> applied = new ArrayList<>();
  private final List<String> pending = new ArrayList<>();
  private int names;

  /**
   * @param applied the first migration
   * @param pending those of the release
   */
  record Texts(String applied, List<String> pending) {}

  private GeneratedRelease(long seed) {
    random = new Random(seed);
  }

  /** The same for the same seed and the same server. */
  static Texts of(long seed) throws SQLException {
    Postgres.Database scratch = Postgres.freshDatabase();
    GeneratedRelease release = new GeneratedRelease(seed);
    try (Connection connection = scratch.connect()) {
      connection.setAutoCommit(false);
      release.schema(connection);
      release.changes(connection);
    }
    scratch.drop();
    return new Texts(String.join("\n", release.applied), release.pending);
  }

  private void schema(Connection connection) throws SQLException {
    keep(connection, applied, "CREATE TYPE mood AS ENUM ('low', 'high');");
    int tables = 3 + random.nextInt(2);
    for (int i = 0; i < tables; i++) {
      keep(connection, applied, table(connection));
    }
    for (int i = 0; i < 6; i++) {
      keep(connection, applied, addition(connection));
    }
    keep(connection, applied, view(connection));
    for (String table : tables(connection)) {
      keep(
          connection,
          applied,
          "INSERT INTO " + table + " (id) SELECT n FROM generate_series(1, 3) AS n;");
    }
  }

  private void changes(Connection connection) throws SQLException {
    int migrations = 1 + random.nextInt(3);
    for (int m = 0; m < migrations; m++) {
      List<String> file = new ArrayList<>();
      int statements = 1 + random.nextInt(4);
      for (int tries = 0; file.size() < statements && tries < 40; tries++) {
        keep(connection, file, change(connection));
      }
      if (!file.isEmpty()) {
        pending.add(String.join("\n", file));
      }
    }
  }

  /** Where the server takes it. */
  private static void keep(Connection connection, List<String> all, String sql)
      throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.releaseSavepoint(savepoint);
      all.add(sql);
    } catch (SQLException e) {
      connection.rollback(savepoint);
    }
  }

  private String table(Connection connection) throws SQLException {
    StringBuilder sql =
        new StringBuilder("CREATE TABLE ").append(fresh("t")).append(" (id bigserial PRIMARY KEY");
    int columns = 3 + random.nextInt(4);
    for (int i = 0; i < columns; i++) {
      sql.append(", ").append(fresh("c")).append(' ').append(one(TYPES));
    }
    List<String> parents = tables(connection);
    if (!parents.isEmpty() && random.nextBoolean()) {
      sql.append(", ").append(fresh("p")).append(" bigint REFERENCES ").append(one(parents));
    }
    return sql.append(");").toString();
  }

  private String view(Connection connection) throws SQLException {
    String table = one(tables(connection));
    return "CREATE VIEW %s AS SELECT id, %s AS shown FROM %s;"
        .formatted(fresh("v"), one(columns(connection, table)), table);
  }

  /** Rows of the tables in "semantics" that add. */
  private String addition(Connection connection) throws SQLException {
    String table = one(tables(connection));
    String column = one(columns(connection, table));
    return switch (random.nextInt(15)) {
      case 0 -> "CREATE INDEX %s ON %s (%s);".formatted(fresh("i"), table, column);
      case 1 -> "CREATE UNIQUE INDEX %s ON %s (%s);".formatted(fresh("i"), table, column);
      case 2 ->
          "CREATE INDEX %s ON %s (lower(%s::text)) WHERE %s IS NOT NULL;"
              .formatted(fresh("i"), table, column, column);
      case 3 ->
          "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL OR id > 0);"
              .formatted(table, fresh("k"), column);
      case 4 ->
          "ALTER TABLE %s ADD CONSTRAINT %s UNIQUE (%s);".formatted(table, fresh("k"), column);
      case 5 ->
          "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s;"
              .formatted(table, fresh("k"), column, one(tables(connection)));
      case 6 -> "ALTER TABLE %s ADD COLUMN %s %s;".formatted(table, fresh("c"), one(TYPES));
      case 7 -> "ALTER TABLE %s ADD COLUMN %s int NOT NULL DEFAULT 7;".formatted(table, fresh("c"));
      case 8 ->
          "ALTER TABLE %s ADD COLUMN %s bigint REFERENCES %s;"
              .formatted(table, fresh("p"), one(tables(connection)));
      case 9 ->
          "ALTER TABLE %s ADD COLUMN %s text DEFAULT 'x' CHECK (length(%s) < 50);"
              .formatted(table, fresh("c"), "id::text");
      case 10 -> "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT NULL;".formatted(table, column);
      case 11 -> "COMMENT ON COLUMN %s.%s IS 'said';".formatted(table, column);
      case 12 -> "ALTER TYPE mood ADD VALUE '%s';".formatted(fresh("m"));
      case 13 ->
          "CREATE FUNCTION %s() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM %s';"
              .formatted(fresh("f"), table);
      default -> "INSERT INTO %s (id) VALUES (%d);".formatted(table, 50 + names++);
    };
  }

  /** Rows of the tables in "semantics" that change what is there. */
  private String change(Connection connection) throws SQLException {
    if (random.nextInt(3) == 0) {
      return addition(connection);
    }
    String table = one(tables(connection));
    List<String> columns = columns(connection, table);
    String column = one(columns);
    return switch (random.nextInt(20)) {
      case 0, 1 -> "ALTER TABLE %s DROP COLUMN %s;".formatted(table, column);
      case 2, 3 -> "ALTER TABLE %s RENAME COLUMN %s TO %s;".formatted(table, column, fresh("c"));
      case 4 -> "ALTER TABLE %s RENAME TO %s;".formatted(table, fresh("t"));
      case 5 -> "ALTER TABLE %s ALTER COLUMN %s TYPE bigint;".formatted(table, column);
      case 6 -> "ALTER TABLE %s ALTER COLUMN %s TYPE text;".formatted(table, column);
      case 7 -> "ALTER TABLE %s ALTER COLUMN %s TYPE varchar(60);".formatted(table, column);
      case 8 -> "ALTER TABLE %s ALTER COLUMN %s TYPE numeric(12,2);".formatted(table, column);
      case 9 -> "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;".formatted(table, column);
      case 10 -> "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL;".formatted(table, column);
      case 11 -> "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;".formatted(table, column);
      case 12 -> "DROP TABLE %s;".formatted(table);
      case 13 -> "DROP INDEX %s;".formatted(one(named(connection, "i", "ix")));
      case 14 ->
          "ALTER TABLE %s DROP CONSTRAINT %s;"
              .formatted(table, one(constraints(connection, table)));
      case 15 -> "DROP VIEW %s;".formatted(one(named(connection, "v", "none")));
      case 16 -> view(connection);
      case 17 -> {
        String added = fresh("c");
        yield "ALTER TABLE %1$s ADD COLUMN %2$s text;\nUPDATE %1$s SET %2$s = upper(%3$s::text);"
            .formatted(table, added, column);
      }
      case 18 ->
          "ALTER TABLE %s ADD COLUMN %s uuid DEFAULT gen_random_uuid();"
              .formatted(table, fresh("c"));
      default -> table(connection);
    };
  }

  private String fresh(String prefix) {
    return prefix + ++names;
  }

  private String one(List<String> all) {
    return all.isEmpty() ? "nothing" : all.get(random.nextInt(all.size()));
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return named(connection, "r", "none");
  }

  private static List<String> named(Connection connection, String kind, String none)
      throws SQLException {
    return column(
        connection,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = '"
            + kind
            + "' AND relname <> '"
            + none
            + "' AND relname NOT LIKE '%\\_pkey' ORDER BY 1");
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    return column(
        connection,
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('"
            + table
            + "') AND attnum > 1 AND NOT attisdropped ORDER BY attname");
  }

  private static List<String> constraints(Connection connection, String table) throws SQLException {
    return column(
        connection,
        "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass('"
            + table
            + "') AND contype IN ('c', 'f', 'u') ORDER BY 1");
  }

  private static List<String> column(Connection connection, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
