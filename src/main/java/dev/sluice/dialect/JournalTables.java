package dev.sluice.dialect;

import dev.sluice.sql.Name;
import java.util.List;

/** The tables of the journal: where they stand and how they are made. */
public interface JournalTables {

  /** The table of releases, quoted. */
  String release(Name schema);

  /** The table of steps, quoted. */
  String step(Name schema);

  /** Makes the place for them; run only where {@link #placeExists} says that there is none. */
  List<String> createPlace(Name schema);

  /** Makes the tables that are missing. */
  List<String> createTables(Name schema);

  /** One value: 1 where the place is there, else 0. The parameter is the schema's name. */
  String placeExists();

  /** One value: 1 where both tables are there, else 0. The parameter is the schema's name. */
  String exist();

  /** The time now, also late in a long transaction, as an expression. */
  String clock();

  /** A time as milliseconds since 1970, as an expression over {@code column}. */
  String millis(String column);
}
