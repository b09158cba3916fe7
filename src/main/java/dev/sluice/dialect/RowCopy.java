package dev.sluice.dialect;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An INSERT that makes one row of each row of one other table. Its texts name the columns of that
 * table bare, or qualified by {@code row}.
 *
 * @param target that gets the rows
 * @param source whose rows they are made of
 * @param row what the texts call a row of the source
 * @param values in the order of the statement
 * @param where which rows are copied; empty for all
 * @param filtered columns of the source that {@code where} names
 */
public record RowCopy(
    QualifiedName target,
    QualifiedName source,
    Name row,
    List<Value> values,
    Optional<String> where,
    Set<Name> filtered) {

  /**
   * What a column of the target gets.
   *
   * @param plain the column of the source that it is; empty where it is more than that
   * @param needed columns of the source that it names; empty for what is the same for all rows
   */
  public record Value(Name column, String sql, Optional<Name> plain, Set<Name> needed) {
    public Value {
      needed = Set.copyOf(needed);
    }
  }

  public RowCopy {
    values = List.copyOf(values);
    filtered = Set.copyOf(filtered);
  }
}
