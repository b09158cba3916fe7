package dev.sluice.recipes.postgresql;

import dev.sluice.schema.DataType;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * The values that a column of a type refuses when they are assigned to it, as a condition on a row.
 * ALTER COLUMN TYPE assigns, too. An explicit cast is no substitute: it cuts text and bits off at
 * the length without a word (manual, "Character Types" and "Bit String Types").
 */
final class AssignmentLimits {

  /** Its value, where one of an array is meant. */
  private static final String ELEMENT = "sluice_element";

  private AssignmentLimits() {}

  /**
   * What an assignment refuses.
   *
   * @param value an expression over the row
   * @return true for a refused value; empty where none is known to be refused
   */
  static Optional<String> refused(String value, DataType to, Schema schema) {
    DataType base = base(to, schema);
    return base.dimensions() == 0 && base.name().equals("numeric")
        ? tooLarge(value, base.arguments())
        : cut(value, to, schema);
  }

  /** What an assignment refuses and an explicit cast cuts off; empty where they agree. */
  static Optional<String> cut(String value, DataType to, Schema schema) {
    DataType base = base(to, schema);
    if (base.dimensions() == 0) {
      return tooLong(value, base);
    }
    String elements = isText(base) ? "CAST(" + value + " AS text[])" : value;
    return tooLong(ELEMENT, base)
        .map(
            one ->
                "EXISTS (SELECT FROM unnest("
                    + elements
                    + ") AS sluice_elements("
                    + ELEMENT
                    + ") WHERE "
                    + one
                    + ")");
  }

  private static boolean isText(DataType type) {
    return type.name().equals("character varying") || type.name().equals("character");
  }

  private static Optional<String> tooLong(String value, DataType type) {
    return switch (type.name()) {
      case "character varying" -> length(type).map(n -> text(value, n));
      case "character" -> Optional.of(text(value, length(type).orElse(1)));
      case "bit varying" -> length(type).map(n -> "length(" + value + ") > " + n);
      case "bit" -> Optional.of("length(" + value + ") <> " + length(type).orElse(1));
      default -> Optional.empty();
    };
  }

  /** Spaces at the end are cut off by an assignment as well. */
  private static String text(String value, int length) {
    return "length(rtrim(CAST(" + value + " AS text), ' ')) > " + length;
  }

  /** After rounding to the scale; NaN, which is above all numbers, fits. */
  private static Optional<String> tooLarge(String value, List<String> arguments) {
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> precision = number(arguments.get(0));
    Optional<Integer> scale = arguments.size() > 1 ? number(arguments.get(1)) : Optional.of(0);
    if (precision.isEmpty() || scale.isEmpty()) {
      return Optional.empty();
    }
    String number = "CAST(" + value + " AS numeric)";
    return Optional.of(
        number
            + " <> 'NaN' AND abs(round("
            + number
            + ", "
            + scale.get()
            + ")) >= 1e"
            + (precision.get() - scale.get()));
  }

  private static Optional<Integer> length(DataType type) {
    return type.arguments().isEmpty() ? Optional.empty() : number(type.arguments().get(0));
  }

  private static Optional<Integer> number(String text) {
    return text.matches("-?\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** The type below all domains. */
  private static DataType base(DataType type, Schema schema) {
    if (type.dimensions() > 0) {
      return type;
    }
    int dot = type.name().indexOf('.');
    QualifiedName name =
        dot > 0 && dot < type.name().length() - 1
            ? QualifiedName.of(type.name().substring(0, dot), type.name().substring(dot + 1))
            : QualifiedName.of(type.name());
    return schema.domain(name).map(d -> base(d.base(), schema)).orElse(type);
  }
}
