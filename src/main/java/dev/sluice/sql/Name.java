package dev.sluice.sql;

import java.util.Locale;

/**
 * One identifier, exactly as the engine's catalog stores it: already unquoted, and folded to lower
 * case where the engine folds. Two names are the same object only if their keys are equal.
 *
 * @param text never empty
 * @param key what tells it from others: the text itself, or the text in lower case where the engine
 *     keeps the case of a name and ignores it (columns and indexes of MySQL and MariaDB)
 */
public record Name(String text, String key) implements Comparable<Name> {
  public Name {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "a name is empty; an identifier has at least one character");
    }
  }

  /** A name whose case matters. */
  public Name(String text) {
    this(text, text);
  }

  /** A name that is the same in upper and lower case. */
  public static Name ignoringCase(String text) {
    return new Name(text, text.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Name name && key.equals(name.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public int compareTo(Name other) {
    return key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return text;
  }
}
