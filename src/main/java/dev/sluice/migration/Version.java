package dev.sluice.migration;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * A Flyway version: numbers separated by dots or underscores, of any length, compared number by
 * number; missing numbers count as 0, so 1 and 1.0 are equal versions.
 *
 * @param text as Flyway shows and stores it: with dots
 */
public record Version(String text) implements Comparable<Version> {
  public Version {
    if (!text.matches("\\d+(\\.\\d+)*")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no version; it has numbers and dots only");
    }
  }

  /** Reads {@code 1_2} as well as {@code 1.2}. */
  public static Version parse(String text) {
    return new Version(text.replace('_', '.'));
  }

  private List<BigInteger> parts() {
    List<BigInteger> parts = Arrays.stream(text.split("\\.", -1)).map(BigInteger::new).toList();
    int end = parts.size();
    while (end > 1 && parts.get(end - 1).signum() == 0) {
      end--;
    }
    return parts.subList(0, end);
  }

  @Override
  public int compareTo(Version other) {
    List<BigInteger> mine = parts();
    List<BigInteger> theirs = other.parts();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      int order = mine.get(i).compareTo(theirs.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine.size(), theirs.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && parts().equals(version.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
