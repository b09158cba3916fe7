package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.postgresql.reading.DataTypes;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Schema;
import java.util.List;
import java.util.Set;

/**
 * What a change of type means for the values, and whether they are written anew (manual, "ALTER
 * TABLE", Notes: no rewrite where the old type is binary coercible to the new one or the new one is
 * an unconstrained domain over it).
 */
public final class TypeChanges {

  private static final String VARCHAR = "character varying";

  /** Digits of a second where none are given. */
  private static final int FULL_PRECISION = 6;

  private static final Set<String> OBJECT_NUMBERS =
      Set.of(
          "oid",
          "regclass",
          "regcollation",
          "regconfig",
          "regdictionary",
          "regnamespace",
          "regoper",
          "regoperator",
          "regproc",
          "regprocedure",
          "regrole",
          "regtype");

  private static final Set<String> TEXTS = Set.of("text", VARCHAR, "bpchar", "citext");

  /** Fields of an interval from the finest on; one without fields keeps seconds. */
  private static final List<String> FIELDS =
      List.of("second", "minute", "hour", "day", "month", "year");

  private TypeChanges() {}

  public static TypeChange of(DataType from, DataType to, Schema schema) {
    if (same(from, to, schema)) {
      return TypeChange.SAME;
    }
    if (Types.domain(to, schema).isPresent()) {
      return Types.isConstrained(to, schema)
          ? TypeChange.NARROWING
          : of(from, Types.base(to, schema), schema);
    }
    if (Types.domain(from, schema).isPresent()) {
      if (!to.arguments().isEmpty()) {
        // The server does not look at the length that the domain keeps.
        return TypeChange.CONVERSION;
      }
      TypeChange change = of(Types.base(from, schema), to, schema);
      return change == TypeChange.SAME ? TypeChange.WIDENING : change;
    }
    if (from.dimensions() > 0 || to.dimensions() > 0) {
      // An element's length is checked row by row, whichever way it goes.
      boolean freed = to.arguments().isEmpty() && to.name().equals(from.name());
      return freed && from.dimensions() > 0 && to.dimensions() > 0
          ? TypeChange.WIDENING
          : TypeChange.CONVERSION;
    }
    return isInterval(from) && isInterval(to) ? ofIntervals(from, to) : ofPlain(from, to);
  }

  /** Whether every row is written anew; where not, indexes and checks may cost all the same. */
  static boolean rewrites(DataType from, DataType to, Schema schema) {
    return switch (of(from, to, schema)) {
      case SAME, WIDENING -> false;
      case NARROWING -> true;
      case CONVERSION ->
          Types.isConstrained(to, schema)
              || !isStoredAlike(Types.base(from, schema), Types.base(to, schema));
    };
  }

  /**
   * Whether the values are the same bytes without a length to keep to, though they mean or compare
   * differently: the casts WITHOUT FUNCTION of {@code pg_cast} and of citext.
   */
  private static boolean isStoredAlike(DataType from, DataType to) {
    if (from.dimensions() > 0 || to.dimensions() > 0 || !to.arguments().isEmpty()) {
      return false;
    }
    return switch (from.name()) {
      case "text", VARCHAR, "citext" -> TEXTS.contains(to.name());
      case "xml" -> to.name().equals("bpchar");
      case "integer" -> OBJECT_NUMBERS.contains(to.name());
      default ->
          OBJECT_NUMBERS.contains(from.name())
              && (to.name().equals("integer")
                  || (from.name().equals("oid")
                      ? OBJECT_NUMBERS.contains(to.name())
                      : to.name().equals("oid")));
    };
  }

  /**
   * Whether indexes over it are sorted anew though the values stay as they are: where their
   * operators are of another family, or are of any type and it is not the same.
   */
  static boolean reorders(DataType from, DataType to, Schema schema) {
    DataType was = Types.base(from, schema);
    DataType now = Types.base(to, schema);
    boolean sameType =
        from.dimensions() == to.dimensions()
            && schema.resolve(Types.name(from)).equals(schema.resolve(Types.name(to)));
    boolean ofAnyType = was.dimensions() > 0 || !DataTypes.isBuiltIn(was.name());
    return !family(was).equals(family(now)) || (ofAnyType && !sameType && !isCitext(was, now));
  }

  private static boolean isCitext(DataType was, DataType now) {
    return was.name().equals("citext") && now.name().equals("citext");
  }

  private static String family(DataType type) {
    if (type.dimensions() > 0) {
      return "array";
    }
    return switch (type.name()) {
      case VARCHAR -> "text";
      case "character" -> "bpchar";
      case "cidr" -> "inet";
      default -> OBJECT_NUMBERS.contains(type.name()) ? "oid" : type.name();
    };
  }

  private static boolean same(DataType from, DataType to, Schema schema) {
    return from.dimensions() > 0 == to.dimensions() > 0
        && from.arguments().equals(to.arguments())
        && (from.name().equals(to.name())
            || schema.resolve(Types.name(from)).equals(schema.resolve(Types.name(to))));
  }

  private static TypeChange ofPlain(DataType from, DataType to) {
    return switch (from.name()) {
      case VARCHAR, "text" ->
          switch (to.name()) {
            case VARCHAR, "text" -> byLimit(from.arguments(), to.arguments());
            default -> TypeChange.CONVERSION;
          };
      case "bit varying" ->
          switch (to.name()) {
            case "bit varying" -> byLimit(from.arguments(), to.arguments());
            case "bit" -> TypeChange.NARROWING;
            default -> TypeChange.CONVERSION;
          };
      case "bit" ->
          // Its length is checked row by row, even where it must fit.
          to.name().equals("bit varying") && to.arguments().isEmpty()
              ? TypeChange.WIDENING
              : TypeChange.CONVERSION;
      case "numeric" -> to.name().equals("numeric") ? numeric(from, to) : TypeChange.CONVERSION;
      case "timestamp with time zone",
          "timestamp without time zone",
          "time with time zone",
          "time without time zone" ->
          // A coarser precision rounds: nothing is refused, and something is lost.
          to.name().equals(from.name()) && precision(to) >= precision(from)
              ? TypeChange.WIDENING
              : TypeChange.CONVERSION;
      case "character" -> to.name().equals("bpchar") ? TypeChange.WIDENING : TypeChange.CONVERSION;
      case "cidr" -> to.name().equals("inet") ? TypeChange.WIDENING : TypeChange.CONVERSION;
      case "xml" ->
          to.name().equals("text") || (to.name().equals(VARCHAR) && to.arguments().isEmpty())
              ? TypeChange.WIDENING
              : TypeChange.CONVERSION;
      default -> TypeChange.CONVERSION;
    };
  }

  private static boolean isInterval(DataType type) {
    return type.name().equals("interval") || type.name().startsWith("interval ");
  }

  /** As {@code interval_support} decides: by the finest field, then by the digits of seconds. */
  private static TypeChange ofIntervals(DataType from, DataType to) {
    boolean unlimited = to.name().equals("interval") && to.arguments().isEmpty();
    boolean keepsFields = finest(to) <= finest(from);
    boolean keepsDigits = finest(from) > 0 || precision(to) >= precision(from);
    return unlimited || (keepsFields && keepsDigits) ? TypeChange.WIDENING : TypeChange.CONVERSION;
  }

  private static int finest(DataType interval) {
    String last = interval.name().substring(interval.name().lastIndexOf(' ') + 1);
    return Math.max(0, FIELDS.indexOf(last));
  }

  /** A length at most; none is the longest. */
  private static TypeChange byLimit(List<String> from, List<String> to) {
    boolean fits =
        to.isEmpty()
            || (!from.isEmpty() && number(to.get(0), 0) >= number(from.get(0), Integer.MAX_VALUE));
    return fits ? TypeChange.WIDENING : TypeChange.NARROWING;
  }

  private static TypeChange numeric(DataType from, DataType to) {
    if (to.arguments().isEmpty()) {
      return TypeChange.WIDENING;
    }
    if (from.arguments().isEmpty()) {
      return TypeChange.NARROWING;
    }
    if (scale(from) != scale(to)) {
      return TypeChange.CONVERSION;
    }
    return byLimit(from.arguments().subList(0, 1), to.arguments().subList(0, 1));
  }

  private static int scale(DataType numeric) {
    return numeric.arguments().size() < 2 ? 0 : number(numeric.arguments().get(1), 0);
  }

  private static int precision(DataType time) {
    return time.arguments().isEmpty() ? FULL_PRECISION : number(time.arguments().get(0), 0);
  }

  private static int number(String text, int otherwise) {
    return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : otherwise;
  }
}
