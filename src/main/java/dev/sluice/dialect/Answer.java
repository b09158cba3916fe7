package dev.sluice.dialect;

import java.util.List;
import java.util.Optional;

/**
 * One row that a server answered with. Columns count from 0.
 *
 * @param values as text, in the order they were asked for; empty where NULL
 */
public record Answer(List<Optional<String>> values) {
  public Answer {
    values = List.copyOf(values);
  }

  /** Empty where it is NULL. */
  public Optional<String> optional(int column) {
    return values.get(column);
  }

  /** The empty text where it is NULL. */
  public String text(int column) {
    return values.get(column).orElse("");
  }
}
