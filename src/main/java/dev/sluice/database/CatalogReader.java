package dev.sluice.database;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.Definitions;
import dev.sluice.dialect.Definitions.Definition;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is in a database: its catalog as statements, and those as any others. */
public final class CatalogReader {

  private CatalogReader() {}

  /**
   * All objects outside the engine's own schemas. What the dialect cannot read leaves its mark: the
   * schema is then not complete.
   *
   * @param start nothing seen yet; its search path says what unqualified names mean
   * @param schemas that migrations speak of besides those of the search path; an engine whose
   *     databases hold schemas shows all of its own
   * @throws dev.sluice.sql.Problem where the login must not see what it needs
   */
  public static Schema read(
      Session session, Dialect dialect, Schema start, Collection<Name> schemas) {
    Set<Name> all = new LinkedHashSet<>(start.searchPath());
    schemas.stream().sorted().forEach(all::add);
    List<Definition> definitions =
        session.transaction(() -> definitions(session, List.copyOf(all)));
    List<Reading> readings =
        definitions.parallelStream().map(d -> dialect.read(Statement.of(d.sql()))).toList();
    Schema schema = start;
    for (int i = 0; i < readings.size(); i++) {
      for (Change change : readings.get(i).changes()) {
        schema = schema.after(asItIs(change, definitions.get(i).valid()));
      }
    }
    return schema;
  }

  private static List<Definition> definitions(Session session, List<Name> schemas) {
    Definitions texts = session.server().definitions();
    texts.begin().forEach(session::execute);
    List<List<Answer>> answers =
        texts.questions(schemas).stream()
            .map(q -> session.rows(q).stream().map(row -> new Answer(row.values())).toList())
            .toList();
    return texts.statements(schemas, answers);
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
