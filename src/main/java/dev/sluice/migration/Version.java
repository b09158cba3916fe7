package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Flyway version: numbers separated by dots or underscores, of any length, compared number by
 * number; missing numbers count as 0, so 1 and 1.0 are equal versions.
 *
 * @param text as Flyway shows and stores it: with dots
 */
public record Version(String text) implements Comparable<Version> {
  private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");

  public Version {
    if (!NUMBERS.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no version; it has numbers and dots only");
    }
  }

  /** Reads {@code 1_2} as well as {@code 1.2}. */
  public static Version parse(String text) {
    return new Version(text.replace('_', '.'));
  }

  /** Without leading zeros: of two numbers the longer one is the larger. */
  private List<String> parts() {
    List<String> parts = new ArrayList<>(List.of(text.split("\\.", -1)));
    parts.replaceAll(Version::withoutZeros);
    while (parts.size() > 1 && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts;
  }

  private static String withoutZeros(String number) {
    int start = 0;
    while (start < number.length() && number.charAt(start) == '0') {
      start++;
    }
    return number.substring(start);
  }

  @Override
  public int compareTo(Version other) {
    List<String> mine = parts();
    List<String> theirs = other.parts();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      String one = mine.get(i);
      String two = theirs.get(i);
      int order = Integer.compare(one.length(), two.length());
      order = order == 0 ? one.compareTo(two) : order;
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
