package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.DataType;
import dev.sluice.sql.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Types of columns, in the words of the catalog (manual, "Data Types"). */
final class DataTypes {

  private static final Map<String, String> OTHER_WORDS =
      Map.ofEntries(
          Map.entry("INTEGER", "int"),
          Map.entry("INT1", "tinyint"),
          Map.entry("INT2", "smallint"),
          Map.entry("INT3", "mediumint"),
          Map.entry("MIDDLEINT", "mediumint"),
          Map.entry("INT4", "int"),
          Map.entry("INT8", "bigint"),
          Map.entry("DEC", "decimal"),
          Map.entry("NUMERIC", "decimal"),
          Map.entry("FIXED", "decimal"),
          Map.entry("REAL", "double"),
          Map.entry("FLOAT4", "float"),
          Map.entry("FLOAT8", "double"),
          Map.entry("CHARACTER", "char"),
          Map.entry("VARCHARACTER", "varchar"),
          Map.entry("GEOMETRYCOLLECTION", "geomcollection"));

  private static final Set<String> OWN_WORDS =
      Set.of(
          ("TINYINT SMALLINT MEDIUMINT INT BIGINT DECIMAL FLOAT DOUBLE BIT DATE TIME DATETIME"
                  + " TIMESTAMP YEAR CHAR VARCHAR BINARY VARBINARY TINYBLOB BLOB MEDIUMBLOB LONGBLOB"
                  + " TINYTEXT TEXT MEDIUMTEXT LONGTEXT ENUM SET JSON GEOMETRY POINT LINESTRING"
                  + " POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMCOLLECTION UUID INET4"
                  + " INET6 VECTOR XMLTYPE")
              .split(" "));

  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

  /**
   * A type with what belongs to it.
   *
   * @param charset that the type itself says, lower case; empty for the table's
   * @param serial SERIAL, which says more than a type
   */
  record Read(DataType type, Optional<String> charset, boolean serial) {}

  private DataTypes() {}

  static Read read(Cursor cursor) {
    int start = cursor.start();
    if (cursor.accept("SERIAL")) {
      return new Read(
          new DataType("bigint unsigned", List.of(), 0, "bigint unsigned"), Optional.empty(), true);
    }
    Optional<String> charset = Optional.empty();
    String name;
    List<String> arguments = List.of();
    if (cursor.acceptAny("BOOL", "BOOLEAN")) {
      name = "tinyint";
      arguments = List.of("1");
    } else if (cursor.acceptAny("NATIONAL", "NCHAR", "NVARCHAR")) {
      charset = Optional.of("utf8mb3");
      name = national(cursor);
    } else if (cursor.accept("LONG")) {
      boolean binary = cursor.accept("VARBINARY");
      if (!binary) {
        cursor.acceptAny("VARCHAR", "VARCHARACTER");
        if (cursor.acceptAny("CHAR", "CHARACTER")) {
          cursor.expect("VARYING");
        }
      }
      name = binary ? "mediumblob" : "mediumtext";
    } else {
      name = plain(cursor);
    }
    if (cursor.is("(") && arguments.isEmpty()) {
      arguments = arguments(cursor);
    }
    if (name.startsWith("var") && arguments.isEmpty()) {
      throw Unreadable.at(
          new Source("", cursor.text()).locate(start), "a " + name + " needs a length");
    }
    boolean unsigned = false;
    boolean zerofill = false;
    boolean more = true;
    while (more) {
      if (cursor.accept("UNSIGNED")) {
        unsigned = true;
      } else if (cursor.accept("ZEROFILL")) {
        zerofill = true;
        unsigned = true;
      } else if (!cursor.accept("SIGNED")) {
        more = false;
      }
    }
    String text = cursor.since(start);
    String full =
        sized(name, arguments) + (unsigned ? " unsigned" : "") + (zerofill ? " zerofill" : "");
    return new Read(new DataType(full, stored(name, arguments, zerofill), 0, text), charset, false);
  }

  private static String plain(Cursor cursor) {
    String word = cursor.token().word();
    if (!OWN_WORDS.contains(word) && !OTHER_WORDS.containsKey(word)) {
      throw cursor.unexpected();
    }
    switch (word) {
      case "UUID" -> cursor.uses(Syntax.UUID, true);
      case "INET4" -> cursor.uses(Syntax.INET4, true);
      case "INET6" -> cursor.uses(Syntax.INET6, true);
      case "VECTOR" -> cursor.uses(Syntax.VECTOR, true);
      default -> {}
    }
    cursor.next();
    String name = OTHER_WORDS.getOrDefault(word, word.toLowerCase(java.util.Locale.ROOT));
    if (name.equals("double")) {
      cursor.accept("PRECISION");
    }
    if (name.equals("char") && cursor.accept("VARYING")) {
      return "varchar";
    }
    return name;
  }

  private static String national(Cursor cursor) {
    String word = cursor.before().word();
    if (word.equals("NVARCHAR")) {
      return "varchar";
    }
    if (word.equals("NATIONAL") && cursor.acceptAny("VARCHAR", "VARCHARACTER")) {
      return "varchar";
    }
    if (word.equals("NATIONAL") && !cursor.acceptAny("CHAR", "CHARACTER")) {
      throw cursor.unexpected();
    }
    boolean varying = cursor.acceptAny("VARYING", "VARCHAR", "VARCHARACTER");
    return varying ? "varchar" : "char";
  }

  private static List<String> arguments(Cursor cursor) {
    List<String> arguments = new ArrayList<>();
    cursor.expect("(");
    do {
      if (cursor.isString()) {
        arguments.add(cursor.string());
      } else if (cursor.token().word().startsWith("_") || cursor.isAny("X", "B", "N")) {
        cursor.next();
        arguments.add(cursor.string());
      } else {
        arguments.add(cursor.number());
      }
    } while (cursor.accept(","));
    cursor.expect(")");
    return arguments;
  }

  /** A length picks the smallest type that holds it (manual, "The BLOB and TEXT Types"). */
  private static String sized(String name, List<String> arguments) {
    if (name.equals("blob") && arguments.size() == 1) {
      long bytes = Long.parseLong(arguments.get(0));
      return bytes < 1 << 8
          ? "tinyblob"
          : bytes < 1 << 16 ? "blob" : bytes < 1 << 24 ? "mediumblob" : "longblob";
    }
    if (name.equals("float") && arguments.size() == 1 && Integer.parseInt(arguments.get(0)) > 24) {
      return "double";
    }
    return name;
  }

  /** What of the arguments the type stores: not the width that numbers are shown in. */
  private static List<String> stored(String name, List<String> arguments, boolean zerofill) {
    if (INTEGERS.contains(name)) {
      boolean bool = name.equals("tinyint") && arguments.equals(List.of("1"));
      return zerofill || bool ? arguments : List.of();
    }
    return switch (name) {
      case "decimal" ->
          switch (arguments.size()) {
            case 0 -> List.of("10", "0");
            case 1 -> List.of(arguments.get(0), "0");
            default -> arguments;
          };
      case "char", "binary", "bit" -> arguments.isEmpty() ? List.of("1") : arguments;
      case "blob", "year" -> List.of();
      case "float" -> arguments.size() == 1 ? List.of() : arguments;
      case "time", "datetime", "timestamp" ->
          arguments.equals(List.of("0")) ? List.of() : arguments;
      default -> arguments;
    };
  }
}
