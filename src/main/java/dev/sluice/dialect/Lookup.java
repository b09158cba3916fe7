package dev.sluice.dialect;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value that an UPDATE takes from one row of another table, which equal columns find. Its texts
 * qualify every column: with the bare name of the updated table, or with {@code sourceRow}.
 *
 * @param column that gets the value
 * @param source the other table
 * @param sourceRow what the texts call its row
 * @param keys the columns that find it; at least one pair
 * @param value over both rows
 * @param condition over both rows; the keys' equality is part of it
 * @param where which rows are updated at all, over the own row; empty for all
 * @param own columns of the updated table that the texts name
 * @param needed columns of the source that they name
 * @param keeps whether a row that finds none keeps its value; else it gets NULL
 */
public record Lookup(
    Name column,
    QualifiedName source,
    Name sourceRow,
    List<Key> keys,
    String value,
    String condition,
    Optional<String> where,
    Set<Name> own,
    Set<Name> needed,
    boolean keeps) {

  /** Equal columns: one of the updated table and one of the source. */
  public record Key(Name own, Name source) {}

  public Lookup {
    keys = List.copyOf(keys);
    own = Set.copyOf(own);
    needed = Set.copyOf(needed);
  }
}
