package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;
import java.util.Map;
import java.util.Optional;

/**
 * How large tables are, as the server estimates it.
 *
 * @param tables by resolved name; empty where nothing is known
 */
public record Statistics(Map<QualifiedName, Size> tables) {

  public static final Statistics NONE = new Statistics(Map.of());

  public Statistics {
    tables = Map.copyOf(tables);
  }

  /**
   * @param rows estimated
   * @param bytes with indexes
   */
  public record Size(long rows, long bytes) {}

  /** Empty where the table was never seen. */
  public Optional<Size> size(QualifiedName table) {
    return Optional.ofNullable(tables.get(table));
  }
}
