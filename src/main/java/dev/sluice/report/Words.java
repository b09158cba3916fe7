package dev.sluice.report;

import dev.sluice.migration.Migration;
import java.util.List;
import java.util.Locale;

/** Values as people say them. */
public final class Words {
  private static final List<String> BYTES = List.of("bytes", "kB", "MB", "GB", "TB");

  private Words() {}

  /** {@code 1 step}, {@code 3 steps}. */
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** {@code 100,000}. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 100,000 rows}. */
  public static String rows(long rows) {
    return grouped(rows) + (rows == 1 ? " row" : " rows");
  }

  /** {@code 8 kB}, {@code 1.4 GB}; a kB has 1024 bytes. */
  public static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < BYTES.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, size < 10 && unit > 1 ? "%.1f" : "%.0f", size)
        + " "
        + BYTES.get(unit);
  }

  /** {@code a, b, c and 2 more}. */
  public static String first(List<String> all, int most) {
    return String.join(", ", all.subList(0, Math.min(most, all.size())))
        + (all.size() > most ? " and " + (all.size() - most) + " more" : "");
  }

  /** White space as single spaces; what is longer than {@code width} ends in an ellipsis. */
  public static String oneLine(String sql, int width) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= width ? line : line.substring(0, width - 1) + "…";
  }

  static String of(Migration.Type type) {
    return switch (type) {
      case VERSIONED -> "versioned migration";
      case REPEATABLE -> "repeatable migration";
      case BASELINE -> "baseline migration";
      case JAVA -> "Java migration";
      case SCRIPT -> "script migration";
    };
  }

  /** {@code 87 ms}, {@code 1.4 s}, {@code 2 min 5 s}. */
  public static String time(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
    }
    return millis / 60_000 + " min " + millis % 60_000 / 1000 + " s";
  }
}
