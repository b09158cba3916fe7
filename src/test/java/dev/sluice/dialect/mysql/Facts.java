package dev.sluice.dialect.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.reading.MysqlReader;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is in a database, one line each, so that a catalog and a {@link Schema} can be compared. */
public final class Facts {

  private static final String COLUMNS =
      "SELECT c.table_name, c.ordinal_position, c.column_name, c.column_type, c.is_nullable,"
          + " c.column_default, c.extra FROM information_schema.columns c"
          + " JOIN information_schema.tables t ON t.table_schema = c.table_schema"
          + " AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'"
          + " WHERE c.table_schema = ?";

  private static final String CONSTRAINTS =
      "SELECT table_name, constraint_name, constraint_type FROM"
          + " information_schema.table_constraints WHERE table_schema = ?"
          + " AND constraint_type <> 'UNIQUE'";

  private static final String VIEWS =
      "SELECT table_name FROM information_schema.views WHERE table_schema = ?";

  private Facts() {}

  /** Those that the replay knows of one database. */
  public static SortedSet<String> of(Schema schema, String database, Engine engine) {
    SortedSet<String> facts = new TreeSet<>();
    for (Table table : schema.tables()) {
      if (!isIn(database, table.name())) {
        continue;
      }
      String name = table.name().name().text();
      for (int i = 0; i < table.columns().size(); i++) {
        facts.add(column(name, i + 1, table.columns().get(i)));
      }
      for (Constraint constraint : table.constraints()) {
        facts.add(
            "constraint "
                + name
                + "."
                + constraint.name().orElseThrow()
                + " "
                + switch (constraint) {
                  case Constraint.PrimaryKey ignored -> "PRIMARY KEY";
                  case Constraint.ForeignKey ignored -> "FOREIGN KEY";
                  case Constraint.Check ignored -> "CHECK";
                  default -> throw new IllegalStateException(constraint.toString());
                });
      }
      for (Index index : schema.allIndexesOn(table.name())) {
        facts.add(
            "index "
                + name
                + "."
                + index.name().orElseThrow().name()
                + (index.unique() ? " unique " : " ")
                + index.columns().stream()
                    .map(c -> c.column().map(Name::key).orElse("()"))
                    .collect(Collectors.joining(","))
                + (index.hidden() ? " hidden" : ""));
      }
    }
    schema.views().stream()
        .filter(v -> isIn(database, v.name()))
        .forEach(v -> facts.add("view " + v.name().name()));
    return facts;
  }

  private static boolean isIn(String database, QualifiedName name) {
    return name.schema().map(s -> s.text().equals(database)).orElse(false);
  }

  private static String column(String table, int position, Column column) {
    boolean hasDefault =
        column.defaultValue().map(d -> !d.sql().equalsIgnoreCase("null")).orElse(false);
    return line(
        table,
        position,
        column.name().text(),
        column.type(),
        column.nullable(),
        hasDefault,
        column.identity().isPresent(),
        column.generated().isPresent(),
        column.attributes().invisible(),
        column.attributes().onUpdate().isPresent());
  }

  private static String line(
      String table,
      int position,
      String name,
      DataType type,
      boolean nullable,
      boolean hasDefault,
      boolean increment,
      boolean generated,
      boolean invisible,
      boolean onUpdate) {
    return "column "
        + table
        + "."
        + position
        + "."
        + name
        + " "
        + type.name()
        + type.arguments()
        + (nullable ? "" : " not null")
        + (hasDefault ? " default" : "")
        + (increment ? " auto_increment" : "")
        + (generated ? " generated" : "")
        + (invisible ? " invisible" : "")
        + (onUpdate ? " on update" : "");
  }

  /** Those of a catalog. */
  public static SortedSet<String> of(Connection connection, String database, Engine engine)
      throws SQLException {
    SortedSet<String> facts = new TreeSet<>();
    MysqlReader types = new MysqlReader(engine, new EngineVersion(8, 0, 31));
    query(
        connection,
        COLUMNS,
        database,
        row -> {
          String extra = row.getString(7).toLowerCase(Locale.ROOT);
          String value = row.getString(6);
          facts.add(
              line(
                  row.getString(1),
                  row.getInt(2),
                  row.getString(3),
                  types.type(row.getString(4)).orElseThrow(),
                  row.getString(5).equals("YES"),
                  value != null && !value.equals("NULL"),
                  extra.contains("auto_increment"),
                  extra.contains("virtual generated") || extra.contains("stored generated"),
                  extra.contains("invisible"),
                  extra.contains("on update")));
        });
    query(
        connection,
        CONSTRAINTS,
        database,
        row ->
            facts.add(
                "constraint "
                    + row.getString(1)
                    + "."
                    + row.getString(2)
                    + " "
                    + row.getString(3)));
    query(
        connection,
        "SELECT table_name, index_name, MAX(non_unique), GROUP_CONCAT(COALESCE(column_name, '()')"
            + " ORDER BY seq_in_index), MAX("
            + (engine == Engine.MARIADB ? "ignored = 'YES'" : "is_visible = 'NO'")
            + ") FROM information_schema.statistics"
            + " WHERE table_schema = ? GROUP BY table_name, index_name",
        database,
        row ->
            facts.add(
                "index "
                    + row.getString(1)
                    + "."
                    + row.getString(2)
                    + (row.getInt(3) == 0 ? " unique " : " ")
                    + row.getString(4).toLowerCase(Locale.ROOT)
                    + (row.getInt(5) == 1 ? " hidden" : "")));
    query(connection, VIEWS, database, row -> facts.add("view " + row.getString(1)));
    return facts;
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(Connection connection, String sql, String database, Row each)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.read(rows);
        }
      }
    }
  }
}
