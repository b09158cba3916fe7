package dev.sluice.schema;

import java.util.List;

/**
 * A type, in the words of the engine's catalog.
 *
 * @param name canonical: {@code integer}, {@code character varying}, {@code timestamp with time
 *     zone}, or a user's type, schema-qualified where the text qualifies it. {@code serial} is
 *     {@code integer}: the column's identity tells
 * @param arguments length, precision and scale, or an enum's values; may be empty
 * @param dimensions of an array; 0 for none
 * @param text as it is written into SQL
 */
public record DataType(String name, List<String> arguments, int dimensions, String text) {
  public DataType {
    arguments = List.copyOf(arguments);
  }

  /** Whether both mean the same type, however written. */
  public boolean sameAs(DataType other) {
    return name.equals(other.name)
        && arguments.equals(other.arguments)
        && dimensions == other.dimensions;
  }

  @Override
  public String toString() {
    return text;
  }
}
