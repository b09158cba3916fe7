package dev.sluice.database;

import dev.sluice.dialect.Definitions;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is in a database: its catalog as statements, and those as any others. */
public final class CatalogReader {

  private CatalogReader() {}

  /** One object's statement, and for an index whether it is valid. */
  private record Definition(Statement statement, Optional<Boolean> valid) {}

  /**
   * All objects outside the engine's own schemas. What the dialect cannot read leaves its mark: the
   * schema is then not complete.
   *
   * @param start nothing seen yet; its search path says what unqualified names mean
   */
  public static Schema read(Session session, Dialect dialect, Schema start) {
    List<Definition> definitions = session.transaction(() -> definitions(session));
    List<Reading> readings =
        definitions.parallelStream().map(d -> dialect.read(d.statement())).toList();
    Schema schema = start;
    for (int i = 0; i < readings.size(); i++) {
      for (Change change : readings.get(i).changes()) {
        schema = schema.after(asItIs(change, definitions.get(i).valid()));
      }
    }
    return schema;
  }

  private static List<Definition> definitions(Session session) {
    Definitions texts = session.server().definitions();
    texts.begin().forEach(session::execute);
    List<Definition> all = new ArrayList<>();
    for (String question : texts.questions()) {
      for (Row row : session.rows(question)) {
        all.add(new Definition(Statement.of(row.text(0)), row.optional(1).map(v -> v.equals("1"))));
      }
    }
    return all;
  }

  /**
   * Of a partitioned table the index is shown as ON ONLY, also where the partitions have theirs.
   */
  private static Change asItIs(Change change, Optional<Boolean> valid) {
    return change instanceof Change.CreateIndex create && valid.isPresent()
        ? new Change.CreateIndex(withValid(create.index(), valid.get()), false, false, false)
        : change;
  }

  private static Index withValid(Index index, boolean valid) {
    return new Index(
        index.name(),
        index.table(),
        index.unique(),
        index.method(),
        index.columns(),
        index.include(),
        index.predicate(),
        index.nullsDistinct(),
        index.storage(),
        valid);
  }
}
