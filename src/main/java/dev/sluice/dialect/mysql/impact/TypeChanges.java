package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.TypeChange;
import dev.sluice.schema.DataType;
import java.util.Set;

/**
 * What a change of type means for the values in a column and for who writes them (manuals, "Data
 * Types"). A server in strict mode refuses what does not fit, in any other it cuts it.
 *
 * <p>Most changes store every value otherwise, and cost a copy. That is for {@link MysqlImpact} to
 * say: here a type that holds all of the old one's values, and gives them back alike, is wider.
 */
public final class TypeChanges {

  private static final Set<String> TIMES = Set.of("time", "datetime", "timestamp");

  private TypeChanges() {}

  public static TypeChange of(DataType from, DataType to) {
    if (same(from, to)) {
      return TypeChange.SAME;
    }
    if (Types.integerRank(from) >= 0) {
      return ofInteger(from, to);
    }
    if (Types.isList(from)) {
      return ofList(from, to);
    }
    return switch (Types.base(from)) {
      case "varchar", "tinytext", "text", "mediumtext", "longtext" -> ofText(from, to);
      case "char" -> ofChar(from, to);
      case "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> ofBytes(from, to);
      case "decimal" -> ofDecimal(from, to);
      case "float" ->
          to.name().equals("double") && to.arguments().isEmpty()
              ? TypeChange.WIDENING
              : TypeChange.CONVERSION;
      case "bit" -> Types.base(to).equals("bit") ? byLimit(from, to, 1) : TypeChange.CONVERSION;
      default -> ofRest(from, to);
    };
  }

  /** What is shown otherwise is the same: the width of an integer, and so BOOLEAN and TINYINT. */
  private static boolean same(DataType from, DataType to) {
    boolean integer =
        Types.integerRank(from) >= 0 && !Types.isZerofill(from) && !Types.isZerofill(to);
    return from.sameAs(to) || (integer && from.name().equals(to.name()));
  }

  private static TypeChange ofInteger(DataType from, DataType to) {
    if (Types.isZerofill(from) != Types.isZerofill(to)) {
      return TypeChange.CONVERSION;
    }
    int rank = Types.integerRank(to);
    if (rank >= 0) {
      int was = Types.integerRank(from);
      boolean holdsSign = Types.isUnsigned(from) == Types.isUnsigned(to);
      boolean holdsAll = holdsSign ? rank >= was : Types.isUnsigned(from) && rank > was;
      if (holdsAll) {
        return TypeChange.WIDENING;
      }
      return TypeChange.NARROWING;
    }
    return TypeChange.CONVERSION;
  }

  private static TypeChange ofList(DataType from, DataType to) {
    if (!Types.base(from).equals(Types.base(to))) {
      return holdsWords(from, to) ? TypeChange.WIDENING : TypeChange.CONVERSION;
    }
    if (Types.appends(from, to)) {
      return TypeChange.WIDENING;
    }
    boolean onlyFewer = Types.appends(to, from);
    return onlyFewer ? TypeChange.NARROWING : TypeChange.CONVERSION;
  }

  /** The words of a list, which end in no space, as texts. */
  private static boolean holdsWords(DataType from, DataType to) {
    return switch (Types.base(to)) {
      case "char" -> Types.longest(from) <= Types.length(to, 1);
      case "varchar" -> Types.longest(from) <= Types.length(to, 0);
      case "tinytext" -> Types.longest(from) <= 63;
      case "text", "mediumtext", "longtext" -> true;
      default -> false;
    };
  }

  private static TypeChange ofText(DataType from, DataType to) {
    boolean text = Types.base(to).equals("varchar") || Types.textRank(to) >= 0;
    if (!text) {
      return TypeChange.CONVERSION;
    }
    return holds(Types.textRank(from), from, Types.textRank(to), to);
  }

  private static TypeChange ofBytes(DataType from, DataType to) {
    boolean bytes = Types.base(to).equals("varbinary") || Types.blobRank(to) >= 0;
    if (!bytes) {
      return TypeChange.CONVERSION;
    }
    return holds(Types.blobRank(from), from, Types.blobRank(to), to);
  }

  /** Among the types with a limit of their own and those with a given one. */
  private static TypeChange holds(int wasRank, DataType from, int isRank, DataType to) {
    if (wasRank >= 0 && isRank >= 0) {
      return isRank >= wasRank ? TypeChange.WIDENING : TypeChange.NARROWING;
    }
    if (wasRank < 0 && isRank < 0) {
      return byLimit(from, to, 0);
    }
    // 65,535 bytes are the most of a VARCHAR and of a TEXT; 255 of a TINYTEXT.
    boolean wider = wasRank < 0 && (isRank >= 1 || Types.length(from, Integer.MAX_VALUE) <= 63);
    return wider ? TypeChange.WIDENING : TypeChange.NARROWING;
  }

  /** Spaces at the end are not kept by CHAR, and kept by what it becomes. */
  private static TypeChange ofChar(DataType from, DataType to) {
    return switch (Types.base(to)) {
      case "char", "varchar" -> byLimit(from, to, 1);
      case "tinytext", "text", "mediumtext", "longtext" -> TypeChange.WIDENING;
      default -> TypeChange.CONVERSION;
    };
  }

  private static TypeChange byLimit(DataType from, DataType to, int otherwise) {
    return Types.length(to, otherwise) >= Types.length(from, otherwise)
        ? TypeChange.WIDENING
        : TypeChange.NARROWING;
  }

  private static TypeChange ofDecimal(DataType from, DataType to) {
    if (!Types.base(to).equals("decimal")
        || Types.isZerofill(from) != Types.isZerofill(to)
        || Types.scale(to) < Types.scale(from)) {
      return TypeChange.CONVERSION;
    }
    int digits = Types.length(from, 10) - Types.scale(from);
    int newDigits = Types.length(to, 10) - Types.scale(to);
    boolean holdsSign = Types.isUnsigned(from) || !Types.isUnsigned(to);
    return newDigits >= digits && holdsSign ? TypeChange.WIDENING : TypeChange.NARROWING;
  }

  private static TypeChange ofRest(DataType from, DataType to) {
    if (TIMES.contains(Types.base(from)) && Types.base(from).equals(Types.base(to))) {
      // Fewer digits of a second round: nothing is refused, and something is lost.
      return Types.length(to, 0) >= Types.length(from, 0)
          ? TypeChange.WIDENING
          : TypeChange.CONVERSION;
    }
    boolean geometry = to.name().equals("geometry") && isGeometry(from.name());
    return geometry ? TypeChange.WIDENING : TypeChange.CONVERSION;
  }

  private static boolean isGeometry(String type) {
    return Set.of(
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geomcollection")
        .contains(type);
  }
}
