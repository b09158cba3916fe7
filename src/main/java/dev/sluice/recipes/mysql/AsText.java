package dev.sluice.recipes.mysql;

import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.schema.DataType;

/**
 * Types whose every value has one text, which an assignment gives as ALTER TABLE does (manuals,
 * "String Data Types" and "Data Type Storage Requirements"). Not those that are shown by the time
 * zone of a session, and not what does not show all that it holds.
 */
final class AsText {

  private AsText() {}

  /** Whether the text of every value has room in the other type. */
  static boolean fits(DataType from, DataType to) {
    int most = longest(from);
    return most > 0
        && switch (Types.base(to)) {
          case "varchar" -> most <= Types.length(to, 0);
          case "tinytext", "text", "mediumtext", "longtext" -> true;
          default -> false;
        };
  }

  /** Characters, with the sign; 0 where it is not known. */
  private static int longest(DataType type) {
    if (type.name().contains("zerofill")) {
      return 0;
    }
    return switch (Types.base(type)) {
      case "tinyint", "year" -> 4;
      case "smallint" -> 6;
      case "mediumint" -> 8;
      case "int" -> 11;
      case "bigint" -> 20;
      case "decimal" -> Types.length(type, 10) + 3;
      case "date" -> 10;
      case "time" -> 17;
      case "datetime" -> 26;
      default -> 0;
    };
  }
}
