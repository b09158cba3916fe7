package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.TypeChange;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Schema;
import java.util.List;
import java.util.Map;
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

  /** Stored alike without a length to keep to, though they mean or compare differently. */
  private static final Map<String, Set<String>> STORED_ALIKE =
      Map.of(
          "text",
          Set.of("citext"),
          VARCHAR,
          Set.of("citext"),
          "citext",
          Set.of("text", VARCHAR),
          "integer",
          Set.of("oid", "regclass", "regproc", "regtype", "regrole", "regnamespace"),
          "oid",
          Set.of("integer", "regclass", "regproc", "regtype", "regrole", "regnamespace"));

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
    // An element's length is checked row by row, whichever way it goes.
    return from.dimensions() > 0 || to.dimensions() > 0 ? TypeChange.CONVERSION : ofPlain(from, to);
  }

  /** Whether every row is written anew; where not, indexes and checks may cost all the same. */
  static boolean rewrites(DataType from, DataType to, Schema schema) {
    return switch (of(from, to, schema)) {
      case SAME, WIDENING -> false;
      case NARROWING -> true;
      case CONVERSION ->
          !STORED_ALIKE
                  .getOrDefault(Types.base(from, schema).name(), Set.of())
                  .contains(Types.base(to, schema).name())
              || !to.arguments().isEmpty()
              || from.dimensions() > 0
              || Types.isConstrained(to, schema);
    };
  }

  /** Whether indexes over it are sorted anew though the values stay as they are. */
  static boolean reorders(DataType from, DataType to, Schema schema) {
    return of(from, to, schema) == TypeChange.CONVERSION;
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
          "time without time zone",
          "interval" ->
          // A coarser precision rounds: nothing is refused, and something is lost.
          to.name().equals(from.name()) && precision(to) >= precision(from)
              ? TypeChange.WIDENING
              : TypeChange.CONVERSION;
      case "cidr" -> to.name().equals("inet") ? TypeChange.WIDENING : TypeChange.CONVERSION;
      case "xml" ->
          to.name().equals("text") || (to.name().equals(VARCHAR) && to.arguments().isEmpty())
              ? TypeChange.WIDENING
              : TypeChange.CONVERSION;
      default -> TypeChange.CONVERSION;
    };
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
