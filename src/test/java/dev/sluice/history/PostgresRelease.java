package dev.sluice.history;

import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For PostgreSQL. */
final class PostgresRelease extends GeneratedRelease {

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

  private final Connection connection;

  private PostgresRelease(long seed, Connection connection) {
    super(seed);
    this.connection = connection;
  }

  /** The same for the same seed and the same server. */
  static Texts of(long seed) throws SQLException {
    Postgres.Database scratch = Postgres.freshDatabase();
    try (Connection connection = scratch.connect()) {
      connection.setAutoCommit(false);
      return new PostgresRelease(seed, connection).texts();
    } finally {
      scratch.drop();
    }
  }

  @Override
  protected List<String> beginning() {
    return List.of("CREATE TYPE mood AS ENUM ('low', 'high');");
  }

  @Override
  protected String rows(String table) {
    return "INSERT INTO " + table + " (id) SELECT n FROM generate_series(1, 3) AS n;";
  }

  @Override
  protected Optional<String> taken(String sql) {
    try {
      Savepoint savepoint = connection.setSavepoint();
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
        connection.releaseSavepoint(savepoint);
        return Optional.of(sql);
      } catch (SQLException e) {
        connection.rollback(savepoint);
        return Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected String table() throws SQLException {
    StringBuilder sql =
        new StringBuilder("CREATE TABLE ").append(fresh("t")).append(" (id bigserial PRIMARY KEY");
    int columns = 3 + number(4);
    for (int i = 0; i < columns; i++) {
      sql.append(", ").append(fresh("c")).append(' ').append(one(TYPES));
    }
    List<String> parents = tables();
    if (!parents.isEmpty() && number(2) == 1) {
      sql.append(", ").append(fresh("p")).append(" bigint REFERENCES ").append(one(parents));
    }
    return sql.append(");").toString();
  }

  @Override
  protected String view() throws SQLException {
    String table = one(tables());
    return "CREATE VIEW %s AS SELECT id, %s AS shown FROM %s;"
        .formatted(fresh("v"), one(columns(connection, table)), table);
  }

  @Override
  protected String addition() throws SQLException {
    String table = one(tables());
    String column = one(columns(connection, table));
    return switch (number(15)) {
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
              .formatted(table, fresh("k"), column, one(tables()));
      case 6 -> "ALTER TABLE %s ADD COLUMN %s %s;".formatted(table, fresh("c"), one(TYPES));
      case 7 -> "ALTER TABLE %s ADD COLUMN %s int NOT NULL DEFAULT 7;".formatted(table, fresh("c"));
      case 8 ->
          "ALTER TABLE %s ADD COLUMN %s bigint REFERENCES %s;"
              .formatted(table, fresh("p"), one(tables()));
      case 9 ->
          "ALTER TABLE %s ADD COLUMN %s text DEFAULT 'x' CHECK (length(%s) < 50);"
              .formatted(table, fresh("c"), "id::text");
      case 10 -> "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT NULL;".formatted(table, column);
      case 11 -> "COMMENT ON COLUMN %s.%s IS 'said';".formatted(table, column);
      case 12 -> "ALTER TYPE mood ADD VALUE '%s';".formatted(fresh("m"));
      case 13 ->
          "CREATE FUNCTION %s() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM %s';"
              .formatted(fresh("f"), table);
      default -> "INSERT INTO %s (id) VALUES (%d);".formatted(table, freshNumber());
    };
  }

  @Override
  protected String change() throws SQLException {
    String table = one(tables());
    List<String> columns = columns(connection, table);
    String column = one(columns);
    return switch (number(20)) {
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
      case 16 -> view();
      case 17 -> {
        String added = fresh("c");
        yield "ALTER TABLE %1$s ADD COLUMN %2$s text;\nUPDATE %1$s SET %2$s = upper(%3$s::text);"
            .formatted(table, added, column);
      }
      case 18 ->
          "ALTER TABLE %s ADD COLUMN %s uuid DEFAULT gen_random_uuid();"
              .formatted(table, fresh("c"));
      default -> table();
    };
  }

  @Override
  protected List<String> tables() throws SQLException {
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
