package dev.sluice.dialect.mysql.probing;

import static dev.sluice.dialect.mysql.writing.Quoting.literal;

import dev.sluice.schema.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a column {@code c} of the catalog has a type. */
final class ColumnType {

  private static final Set<String> SIZED = Set.of("char", "varchar", "binary", "varbinary");
  private static final Set<String> BARE =
      Set.of(
          "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "date",
          "year");
  private static final Set<String> WHOLE =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "float", "double");
  private static final Set<String> TIMES = Set.of("datetime", "timestamp", "time");

  private final boolean mariadb;

  ColumnType(boolean mariadb) {
    this.mariadb = mariadb;
  }

  /** Empty for a type that the catalogs show in different words. */
  Optional<String> is(DataType type) {
    String lower = type.name().toLowerCase(Locale.ROOT);
    boolean unsigned = lower.contains("unsigned") || lower.contains("zerofill");
    String base = lower.split("\\s", 2)[0];
    List<String> arguments = type.arguments();
    String named = "c.data_type = " + literal(mariadb && base.equals("json") ? "longtext" : base);
    if (SIZED.contains(base)) {
      return Optional.of(
          named
              + " AND c.character_maximum_length = "
              + (arguments.isEmpty() ? "1" : arguments.getFirst()));
    }
    if (base.equals("enum") || base.equals("set")) {
      String values =
          arguments.stream()
              .map(ColumnType::value)
              .map(v -> "'" + v.replace("'", "''") + "'")
              .collect(Collectors.joining(","));
      return Optional.of("c.column_type = " + literal(base + "(" + values + ")"));
    }
    if (base.equals("decimal")) {
      return Optional.of(
          named
              + " AND c.numeric_precision = "
              + (arguments.isEmpty() ? "10" : arguments.getFirst())
              + " AND c.numeric_scale = "
              + (arguments.size() < 2 ? "0" : arguments.get(1))
              + signed(unsigned));
    }
    if (TIMES.contains(base)) {
      return Optional.of(
          named
              + " AND c.datetime_precision = "
              + (arguments.isEmpty() ? "0" : arguments.getFirst()));
    }
    if (WHOLE.contains(base)) {
      return Optional.of(named + signed(unsigned));
    }
    return BARE.contains(base) || base.equals("json") ? Optional.of(named) : Optional.empty();
  }

  private static String signed(boolean unsigned) {
    return " AND " + (unsigned ? "" : "NOT ") + "c.column_type LIKE '%unsigned%'";
  }

  /** Without its quotes, where it has some. */
  private static String value(String argument) {
    return argument.length() > 1 && argument.startsWith("'") && argument.endsWith("'")
        ? argument.substring(1, argument.length() - 1).replace("''", "'")
        : argument;
  }
}
