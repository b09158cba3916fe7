package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.DataType;
import java.util.Locale;
import java.util.Optional;

/**
 * The value that a column takes where it must have one and nobody gives it one (manual, "Data Type
 * Default Values"): what rows that are there get of a NOT NULL column without a default.
 */
final class Implicit {

  private Implicit() {}

  /**
   * As a literal that may stand behind DEFAULT. Empty where strict mode takes none (dates), and
   * where the engine takes no literal for the type (texts on MySQL).
   */
  static Optional<String> value(DataType type, Engine engine) {
    String base = base(type);
    return switch (base) {
      case "tinyint",
          "smallint",
          "mediumint",
          "int",
          "integer",
          "bigint",
          "decimal",
          "numeric",
          "float",
          "double",
          "bit",
          "bool",
          "boolean" ->
          Optional.of("0");
      case "char", "varchar", "binary", "varbinary", "set" -> Optional.of("''");
      case "enum" -> type.arguments().stream().findFirst().map(Implicit::quoted);
      case "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob" ->
          engine == Engine.MARIADB ? Optional.of("''") : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Any literal of the type, for a column whose trigger gives it another in every row. */
  static Optional<String> any(DataType type, Engine engine) {
    return value(type, engine)
        .or(
            () ->
                switch (base(type)) {
                  case "date" -> Optional.of("'2000-01-01'");
                  case "datetime", "timestamp" -> Optional.of("'2000-01-01 00:00:00'");
                  case "time" -> Optional.of("'00:00:00'");
                  case "year" -> Optional.of("2000");
                  case "json" ->
                      engine == Engine.MARIADB ? Optional.of("'null'") : Optional.empty();
                  default -> Optional.empty();
                });
  }

  private static String base(DataType type) {
    return type.name().toLowerCase(Locale.ROOT).split("[\\s(]", 2)[0];
  }

  private static String quoted(String argument) {
    return argument.startsWith("'") ? argument : "'" + argument.replace("'", "''") + "'";
  }
}
