package dev.sluice.database;

import java.util.List;
import java.util.Optional;

/**
 * One row of an answer. Columns count from 0.
 *
 * @param names of the columns
 * @param values as text; empty where NULL
 */
public record Row(List<String> names, List<Optional<String>> values) {
  public Row {
    names = List.copyOf(names);
    values = List.copyOf(values);
  }

  /** The value as text; the empty text where it is NULL. */
  public String text(int column) {
    return values.get(column).orElse("");
  }

  /** Empty where it is NULL. */
  public Optional<String> optional(int column) {
    return values.get(column);
  }

  /**
   * @throws IllegalArgumentException where it is NULL or no whole number
   */
  public long number(int column) {
    try {
      return Long.parseLong(text(column));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          names.get(column) + " is \"" + text(column) + "\", expected a whole number", e);
    }
  }

  /** For messages: {@code id=7, reference=NULL}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(names.get(i))
          .append('=')
          .append(values.get(i).orElse("NULL"));
    }
    return text.toString();
  }
}
