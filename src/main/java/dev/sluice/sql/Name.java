package dev.sluice.sql;

/**
 * One identifier, exactly as the engine's catalog stores it: already unquoted, and folded to lower
 * case where the engine folds. Two names are the same object only if their text is equal.
 *
 * @param text never empty
 */
public record Name(String text) implements Comparable<Name> {
  public Name {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "a name is empty; an identifier has at least one character");
    }
  }

  @Override
  public int compareTo(Name other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
