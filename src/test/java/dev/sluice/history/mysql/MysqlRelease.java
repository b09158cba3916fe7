package dev.sluice.history.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.history.GeneratedRelease;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For MySQL and MariaDB. */
public final class MysqlRelease extends GeneratedRelease {

  private static final List<String> TYPES =
      List.of(
          "int",
          "bigint unsigned",
          "smallint",
          "tinyint(1)",
          "text",
          "varchar(20)",
          "varchar(80)",
          "char(8)",
          "decimal(8,2)",
          "double",
          "date",
          "datetime(3)",
          "json",
          "varbinary(30)",
          "enum('low','high')");

  private static final List<String> WIDER =
      List.of(
          "bigint",
          "text",
          "varchar(60)",
          "varchar(300)",
          "decimal(12,2)",
          "int unsigned",
          "enum('low','high','top')",
          "longtext",
          "varchar(10)");

  private final Connection connection;

  private MysqlRelease(long seed, Connection connection) {
    super(seed);
    this.connection = connection;
  }

  public static ServerDatabase freshDatabase(Engine engine) {
    return engine == Engine.MARIADB ? MariaDb.freshDatabase() : MySql.freshDatabase();
  }

  /** The same for the same seed and the same server. */
  public static Texts of(long seed, Engine engine) throws SQLException {
    ServerDatabase scratch = freshDatabase(engine);
    try (Connection connection = scratch.connect()) {
      return new MysqlRelease(seed, connection).texts();
    } finally {
      scratch.drop();
    }
  }

  @Override
  protected List<String> beginning() {
    return List.of();
  }

  @Override
  protected String rows(String table) {
    return "INSERT INTO %s (id) VALUES (1), (2), (3);".formatted(table);
  }

  @Override
  protected String table() throws SQLException {
    StringBuilder sql =
        new StringBuilder("CREATE TABLE ")
            .append(fresh("t"))
            .append(" (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY");
    int columns = 3 + number(4);
    for (int i = 0; i < columns; i++) {
      sql.append(", ").append(fresh("c")).append(' ').append(one(TYPES));
    }
    List<String> parents = tables();
    if (!parents.isEmpty() && number(2) == 1) {
      String parent = fresh("p");
      sql.append(", ").append(parent).append(" bigint, CONSTRAINT ").append(fresh("f"));
      sql.append(" FOREIGN KEY (").append(parent).append(") REFERENCES ").append(one(parents));
      sql.append(" (id)");
    }
    return sql.append(");").toString();
  }

  @Override
  protected String view() throws SQLException {
    String table = one(tables());
    return "CREATE VIEW %s AS SELECT id, %s AS shown FROM %s;"
        .formatted(fresh("v"), one(columns(table)), table);
  }

  @Override
  protected String addition() throws SQLException {
    String table = one(tables());
    String column = one(columns(table));
    return switch (number(17)) {
      case 0 -> "CREATE INDEX %s ON %s (%s);".formatted(fresh("i"), table, column);
      case 1 -> "CREATE UNIQUE INDEX %s ON %s (%s);".formatted(fresh("i"), table, column);
      case 2 ->
          "ALTER TABLE %s ADD INDEX %s (%s, id), ADD COLUMN %s int;"
              .formatted(table, fresh("i"), column, fresh("c"));
      case 3 ->
          "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL OR id > 0);"
              .formatted(table, fresh("k"), column);
      case 4 ->
          "ALTER TABLE %s ADD CONSTRAINT %s UNIQUE (%s);".formatted(table, fresh("k"), column);
      case 5 ->
          "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (id);"
              .formatted(table, fresh("k"), column, one(tables()));
      case 6 -> "ALTER TABLE %s ADD COLUMN %s %s;".formatted(table, fresh("c"), one(TYPES));
      case 7 -> "ALTER TABLE %s ADD COLUMN %s int NOT NULL DEFAULT 7;".formatted(table, fresh("c"));
      case 8 ->
          "ALTER TABLE %s ADD COLUMN %s %s AFTER %s;"
              .formatted(table, fresh("c"), one(TYPES), column);
      case 9 -> "ALTER TABLE %s ADD COLUMN %s int NOT NULL;".formatted(table, fresh("c"));
      case 10 -> "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT NULL;".formatted(table, column);
      case 11 -> "ALTER TABLE %s COMMENT = 'said';".formatted(table);
      case 12 ->
          "ALTER TABLE %1$s ADD COLUMN %2$s bigint, ADD CONSTRAINT %3$s FOREIGN KEY (%2$s) REFERENCES %1$s (id);"
              .formatted(table, fresh("p"), fresh("k"));
      case 13 ->
          "CREATE FUNCTION %s() RETURNS bigint READS SQL DATA RETURN (SELECT count(*) FROM %s);"
              .formatted(fresh("f"), table);
      case 14 ->
          "ALTER TABLE %s ADD COLUMN %s int GENERATED ALWAYS AS (id * 2) %s;"
              .formatted(table, fresh("g"), number(2) == 0 ? "VIRTUAL" : "STORED");
      case 15 ->
          "CREATE TRIGGER %s BEFORE INSERT ON %s FOR EACH ROW SET NEW.%s = NEW.%s;"
              .formatted(fresh("r"), table, column, column);
      default -> "INSERT INTO %s (id) VALUES (%d);".formatted(table, freshNumber());
    };
  }

  @Override
  protected String change() throws SQLException {
    String table = one(tables());
    String column = one(columns(table));
    return switch (number(22)) {
      case 0, 1 -> "ALTER TABLE %s DROP COLUMN %s;".formatted(table, column);
      case 2, 3 -> "ALTER TABLE %s RENAME COLUMN %s TO %s;".formatted(table, column, fresh("c"));
      case 4 -> "ALTER TABLE %s RENAME TO %s;".formatted(table, fresh("t"));
      case 5, 6 -> "ALTER TABLE %s MODIFY COLUMN %s %s;".formatted(table, column, one(WIDER));
      case 7 ->
          "ALTER TABLE %s CHANGE COLUMN %s %s %s;"
              .formatted(table, column, fresh("c"), type(table, column));
      case 8 ->
          "ALTER TABLE %s CHANGE COLUMN %s %s %s;".formatted(table, column, fresh("c"), one(WIDER));
      case 9, 10 ->
          "ALTER TABLE %s MODIFY COLUMN %s %s NOT NULL;"
              .formatted(table, column, type(table, column));
      case 11 ->
          "ALTER TABLE %s MODIFY COLUMN %s %s NULL;".formatted(table, column, type(table, column));
      case 12 -> "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;".formatted(table, column);
      case 13 -> "DROP TABLE %s;".formatted(table);
      case 14 -> "DROP INDEX %s ON %s;".formatted(one(indexes(table)), table);
      case 15 -> "ALTER TABLE %s DROP FOREIGN KEY %s;".formatted(table, one(constraints(table)));
      case 16 -> "ALTER TABLE %s DROP CONSTRAINT %s;".formatted(table, one(constraints(table)));
      case 17 -> "DROP VIEW %s;".formatted(one(views()));
      case 18 -> view();
      case 19 -> {
        String added = fresh("c");
        yield "ALTER TABLE %1$s ADD COLUMN %2$s text;\nUPDATE %1$s SET %2$s = upper(%3$s);"
            .formatted(table, added, column);
      }
      case 20 -> "RENAME TABLE %s TO %s;".formatted(table, fresh("t"));
      default -> table();
    };
  }

  @Override
  protected List<String> tables() throws SQLException {
    return column(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = database()"
            + " AND table_type = 'BASE TABLE' ORDER BY 1");
  }

  private List<String> views() throws SQLException {
    return column(
        "SELECT table_name FROM information_schema.views WHERE table_schema = database()"
            + " ORDER BY 1");
  }

  private List<String> columns(String table) throws SQLException {
    return column(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = database()"
            + " AND table_name = '"
            + table
            + "' AND column_name <> 'id' ORDER BY 1");
  }

  private String type(String table, String column) throws SQLException {
    return one(
        column(
            "SELECT column_type FROM information_schema.columns WHERE table_schema = database()"
                + " AND table_name = '"
                + table
                + "' AND column_name = '"
                + column
                + "'"));
  }

  private List<String> indexes(String table) throws SQLException {
    return column(
        "SELECT DISTINCT index_name FROM information_schema.statistics"
            + " WHERE table_schema = database() AND index_name <> 'PRIMARY' AND table_name = '"
            + table
            + "' ORDER BY 1");
  }

  private List<String> constraints(String table) throws SQLException {
    return column(
        "SELECT constraint_name FROM information_schema.table_constraints"
            + " WHERE table_schema = database() AND constraint_name <> 'PRIMARY'"
            + " AND table_name = '"
            + table
            + "' ORDER BY 1");
  }

  /** With the views that it breaks gone. */
  @Override
  protected Optional<String> taken(String sql) {
    StringBuilder whole = new StringBuilder(sql);
    try {
      for (String statement : sql.split("(?<=;)\\n", -1)) {
        MysqlHistory.execute(connection, statement);
      }
      for (String view : views()) {
        if (!works("SELECT * FROM " + view + " LIMIT 0")) {
          String drop = "DROP VIEW " + view + ";";
          MysqlHistory.execute(connection, drop);
          whole.append('\n').append(drop);
        }
      }
      return Optional.of(whole.toString());
    } catch (SQLException itIsNot) {
      return Optional.empty();
    }
  }

  private boolean works(String query) {
    try {
      MysqlHistory.execute(connection, query);
      return true;
    } catch (SQLException itDoesNot) {
      return false;
    }
  }

  private List<String> column(String query) throws SQLException {
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
