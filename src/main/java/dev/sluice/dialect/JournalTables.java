package dev.sluice.dialect;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/**
 * The tables of the journal: where they stand and how they are made. The name that settings give is
 * that of a schema of its own, or, where databases hold tables and nothing else, the beginning of
 * their names.
 */
public interface JournalTables {

  /** The table of releases, quoted. */
  String release(Name schema);

  /** The table of steps, quoted. */
  String step(Name schema);

  /** Whether that is one of them. */
  boolean holds(Name schema, QualifiedName table);

  /** Makes the place for them; run only where {@link #placeExists} says that there is none. */
  List<String> createPlace(Name schema);

  /** Makes the tables that are missing. */
  List<String> createTables(Name schema);

  /** What who may run has to run once, so that this login can make them; for messages. */
  String remedy(Name schema);

  /** One value: 1 where the place is there, else 0. */
  String placeExists(Name schema);

  /** One value: 1 where both tables are there, else 0. */
  String exist(Name schema);

  /** The time now, also late in a long transaction, as an expression. */
  String clock();

  /** A time as milliseconds since 1970, as an expression over {@code column}. */
  String millis(String column);
}
