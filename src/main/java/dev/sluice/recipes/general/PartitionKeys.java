package dev.sluice.recipes.general;

import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;

/** What a partition key says. */
public final class PartitionKeys {

  private PartitionKeys() {}

  /** Whether it names the column; in doubt it does. */
  public static boolean names(Fragment key, Name column) {
    return !key.references().complete()
        || key.references().columns().isEmpty()
        || key.references().columns().stream()
            .anyMatch(c -> c.name().map(column::equals).orElse(true));
  }
}
