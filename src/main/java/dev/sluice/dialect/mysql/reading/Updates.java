package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** UPDATE and DELETE, of one table or of several in a join: one change for each that is written. */
final class Updates {

  private static final String[] BEHIND_ASSIGNMENTS = {"WHERE", "ORDER", "LIMIT", "RETURNING", ";"};

  private record Assigned(Name known, Assignment assignment) {}

  private Updates() {}

  /**
   * From UPDATE on; a WITH may stand in front.
   *
   * @param queries the names that it gives, which are no tables
   */
  static List<Change> update(Cursor cursor, Set<Name> queries) {
    cursor.expect("UPDATE");
    cursor.accept("LOW_PRIORITY");
    cursor.accept("IGNORE");
    Sources sources = Sources.read(cursor, "SET");
    if (sources.all().isEmpty()) {
      throw cursor.unexpected();
    }
    cursor.expect("SET");
    Map<Name, List<Assignment>> assignments = new LinkedHashMap<>();
    do {
      Assigned one = assignment(cursor, sources);
      assignments.computeIfAbsent(one.known(), k -> new ArrayList<>()).add(one.assignment());
    } while (cursor.accept(","));
    Optional<Fragment> where = where(cursor, sources);
    References names = names(cursor, sources, assignments, where);
    List<Change> changes = new ArrayList<>();
    assignments.forEach(
        (known, own) ->
            changes.add(
                new Change.Update(
                    table(sources, known),
                    sources.aliasOf(known),
                    own,
                    others(sources, known, queries),
                    where,
                    names)));
    return changes;
  }

  private static Assigned assignment(Cursor cursor, Sources sources) {
    Name qualifier = null;
    Name column = cursor.plainName();
    while (cursor.accept(".")) {
      qualifier = new Name(column.text());
      column = cursor.plainName();
    }
    cursor.accept(":");
    cursor.expect("=");
    int start = cursor.start();
    List<String> ends = new ArrayList<>(List.of(BEHIND_ASSIGNMENTS));
    ends.add(",");
    cursor.skipTo(ends.toArray(String[]::new));
    Soundness.requireExpression(cursor, start);
    Fragment value = fragment(cursor.since(start), sources);
    Name first = sources.byName().keySet().iterator().next();
    Name known = qualifier != null && sources.byName().containsKey(qualifier) ? qualifier : first;
    return new Assigned(known, new Assignment(column, value));
  }

  private static Fragment fragment(String sql, Sources sources) {
    return new Fragment(sql, Expressions.references(sql, sources.byName()));
  }

  /** To the end; the whole is then known to be SQL. */
  private static Optional<Fragment> where(Cursor cursor, Sources sources) {
    Optional<Fragment> where = Optional.empty();
    if (cursor.accept("WHERE")) {
      int start = cursor.start();
      cursor.skipTo("ORDER", "LIMIT", "RETURNING", ";");
      Soundness.requireExpression(cursor, start);
      where = Optional.of(fragment(cursor.since(start), sources));
    }
    boolean more = !cursor.rest().isEmpty();
    if (more || sources.byName().size() > 1 || sources.skipped()) {
      Soundness.requireStatement(cursor.text());
    }
    return where;
  }

  /** Of a statement about one table without a query, from its own parts; else by a grammar. */
  private static References names(
      Cursor cursor,
      Sources sources,
      Map<Name, List<Assignment>> assignments,
      Optional<Fragment> where) {
    if (sources.byName().size() > 1 || Expressions.holdsQuery(cursor.text())) {
      return Queries.query(cursor.text());
    }
    QualifiedName table = sources.all().get(0);
    Set<References.Column> columns = new LinkedHashSet<>();
    References names = References.NONE;
    for (List<Assignment> own : assignments.values()) {
      for (Assignment assignment : own) {
        columns.add(new References.Column(Optional.of(table), Optional.of(assignment.column())));
        names = names.and(assignment.value().references());
      }
    }
    References all =
        names.and(new References(Set.of(), Set.of(table), columns, Set.of(), Set.of(), true));
    return where.map(w -> all.and(w.references())).orElse(all);
  }

  private static QualifiedName table(Sources sources, Name known) {
    return sources.byName().getOrDefault(known, new QualifiedName(Optional.empty(), known));
  }

  private static List<QualifiedName> others(Sources sources, Name known, Set<Name> queries) {
    return sources.byName().entrySet().stream()
        .filter(e -> !e.getKey().equals(known))
        .map(Map.Entry::getValue)
        .filter(t -> t.schema().isPresent() || !queries.contains(t.name()))
        .distinct()
        .toList();
  }

  /** As {@link #update}, from DELETE on. */
  static List<Change> delete(Cursor cursor, Set<Name> queries) {
    cursor.expect("DELETE");
    while (cursor.acceptAny("LOW_PRIORITY", "QUICK", "IGNORE", "HISTORY")) {}
    List<Name> targets = new ArrayList<>();
    boolean from = cursor.accept("FROM");
    int mark = cursor.mark();
    // DELETE t FROM …, DELETE FROM t USING …
    boolean several = !from || usingAhead(cursor);
    cursor.back(mark);
    if (several) {
      targets.addAll(targets(cursor));
      if (!cursor.acceptAny("FROM", "USING")) {
        throw cursor.unexpected();
      }
    }
    Sources sources =
        Sources.read(cursor, "WHERE", "ORDER", "LIMIT", "RETURNING", "BEFORE", "FOR", ";");
    if (sources.all().isEmpty()) {
      throw cursor.unexpected();
    }
    if (cursor.accept("BEFORE")) {
      cursor.skipTo("WHERE", "ORDER", "LIMIT", ";");
    }
    Optional<Fragment> where = where(cursor, sources);
    if (targets.isEmpty()) {
      targets.add(sources.byName().keySet().iterator().next());
    }
    References names =
        several || sources.byName().size() > 1 || Expressions.holdsQuery(cursor.text())
            ? Queries.query(cursor.text())
            : names(cursor, sources, Map.of(), where);
    return targets.stream()
        .<Change>map(
            t ->
                new Change.Delete(
                    table(sources, t),
                    sources.aliasOf(t),
                    others(sources, t, queries),
                    where,
                    names))
        .toList();
  }

  private static boolean usingAhead(Cursor cursor) {
    cursor.skipTo("USING", "WHERE", "JOIN", ";");
    return cursor.is("USING");
  }

  private static List<Name> targets(Cursor cursor) {
    List<Name> targets = new ArrayList<>();
    do {
      Name name = cursor.name();
      while (cursor.accept(".")) {
        if (!cursor.accept("*")) {
          name = cursor.name();
        }
      }
      targets.add(name);
    } while (cursor.accept(","));
    return targets;
  }
}
