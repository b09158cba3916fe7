package dev.sluice.dialect;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A server's version. What differs by version is decided by the {@code Feature} enum of each
 * dialect alone.
 *
 * @param minor of PostgreSQL: the patch release
 * @param patch 0 on PostgreSQL
 */
public record EngineVersion(int major, int minor, int patch) implements Comparable<EngineVersion> {

  private static final Comparator<EngineVersion> ORDER =
      Comparator.comparingInt(EngineVersion::major)
          .thenComparingInt(EngineVersion::minor)
          .thenComparingInt(EngineVersion::patch);

  /**
   * Reads {@code 15}, {@code 17.11}, {@code 8.0.31}, {@code 11.4.5-MariaDB-log}.
   *
   * @throws IllegalArgumentException where it does not start with a number
   */
  public static EngineVersion parse(String text) {
    String numbers = text.replaceAll("^(\\d+(?:\\.\\d+)*).*$", "$1");
    if (!numbers.matches("\\d{1,9}(\\.\\d{1,9})*")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no engine version; expected numbers and dots, as in 15 or 8.0.31");
    }
    int[] parts =
        Arrays.copyOf(
            Arrays.stream(numbers.split("\\.", -1)).mapToInt(Integer::parseInt).toArray(), 3);
    return new EngineVersion(parts[0], parts[1], parts[2]);
  }

  @Override
  public int compareTo(EngineVersion other) {
    return ORDER.compare(this, other);
  }

  /** Without trailing zeros: {@code 15}, {@code 8.0.31}. */
  @Override
  public String toString() {
    if (patch != 0) {
      return major + "." + minor + "." + patch;
    }
    return minor == 0 ? String.valueOf(major) : major + "." + minor;
  }
}
