package dev.sluice.dialect;

import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;

/** How large tables are, from a server's own statistics, as SQL text. No table is read. */
public interface Sizes {

  /**
   * Run first, on the session that asks; they change nothing but how it is answered. Mostly none.
   */
  List<String> prepare();

  /**
   * Rows of {@code schema, table, estimated rows, bytes with indexes}. Rows are -1 where the server
   * has never counted.
   *
   * @param schemas whose tables are meant; an engine whose databases hold schemas answers for all
   *     of its own
   */
  String tables(List<Name> schemas);

  /**
   * The planner's guess for a table that was never counted: one row whose text holds {@code
   * rows=N}. Empty where the server always knows.
   *
   * @param table quoted already
   */
  Optional<String> guess(String table);
}
