package dev.sluice.recipes.postgresql;

import dev.sluice.schema.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of PostgreSQL's own types. */
final class ColumnTypes {

  /** Each holds every value of those before it, in text, arithmetic and comparison alike. */
  private static final List<String> WHOLE_NUMBERS = List.of("smallint", "integer", "bigint");

  private ColumnTypes() {}

  /** The type that is stored: serial is an integer with a sequence. */
  static DataType stored(DataType type) {
    return sequenceType(type).orElse(type);
  }

  /** The integer behind a serial type; empty for every other. */
  static Optional<DataType> sequenceType(DataType type) {
    return switch (type.name().toLowerCase(Locale.ROOT)) {
      case "smallserial", "serial2" -> Optional.of(plain("smallint"));
      case "serial", "serial4" -> Optional.of(plain("integer"));
      case "bigserial", "serial8" -> Optional.of(plain("bigint"));
      default -> Optional.empty();
    };
  }

  private static DataType plain(String name) {
    return new DataType(name, List.of(), 0, name);
  }

  /**
   * Whether statements that were written for the one type work on the other, read the same values
   * and never write one that does not fit: whole numbers of more digits, and real as double.
   * Numbers with decimals are left out: numeric divides and prints otherwise.
   */
  static boolean takesAll(DataType from, DataType to) {
    if (from.dimensions() != 0 || to.dimensions() != 0) {
      return false;
    }
    String one = stored(from).name();
    String other = stored(to).name();
    boolean wholeNumber =
        WHOLE_NUMBERS.contains(one) && WHOLE_NUMBERS.indexOf(one) <= WHOLE_NUMBERS.indexOf(other);
    return wholeNumber || (one.equals("real") && other.equals("double precision"));
  }
}
