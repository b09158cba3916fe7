package dev.sluice.execute;

import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.journal.Journal;
import java.util.Map;

/**
 * Where a plan runs and with what.
 *
 * @param placeholders values, by placeholder as written ({@code ${owner}}); never shown
 * @param who runs it, for the journal and for others who ask: {@code ann@build7}
 * @param stop a person's wish to end
 */
public record Environment(
    Database database,
    Journal journal,
    Ports ports,
    ExecuteSettings settings,
    Map<String, String> placeholders,
    String who,
    Stop stop) {
  public Environment {
    placeholders = Map.copyOf(placeholders);
  }

  @Override
  public String toString() {
    return database.shown() + " for " + who;
  }
}
