package dev.sluice.drift;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The indexes of a table that no constraint owns, by name. */
final class IndexComparison {

  private static final String INDEX = "index";

  private final Sides sides;
  private final Dialect dialect;
  private final Differences differences;

  IndexComparison(Sides sides, Dialect dialect, Differences differences) {
    this.sides = sides;
    this.dialect = dialect;
    this.differences = differences;
  }

  void run(Table made, Table there) {
    List<Index> left = new ArrayList<>(shown(sides.found, there));
    List<Index> unmet = new ArrayList<>();
    for (Index index : shown(sides.replayed, made)) {
      Optional<Index> namesake =
          left.stream().filter(i -> i.name().equals(index.name())).findFirst();
      namesake.ifPresentOrElse(
          other -> {
            left.remove(other);
            compare(index, other);
          },
          () -> unmet.add(index));
    }
    for (Index index : unmet) {
      Optional<Index> other = left.stream().filter(i -> same(index, i)).findFirst();
      other.ifPresentOrElse(
          o -> {
            left.remove(o);
            differences.differs(INDEX, shown(index), "name", shown(index), shown(o));
          },
          () -> differences.missing(INDEX, shown(index), definition(index)));
    }
    if (made.complete()) {
      left.forEach(i -> differences.extra(INDEX, shown(i), definition(i)));
    }
  }

  private List<Index> shown(Schema schema, Table table) {
    return schema.indexesOn(table.name()).stream()
        .map(i -> dialect.asShown(i, Optional.of(table)))
        .toList();
  }

  private void compare(Index made, Index there) {
    if (!same(made, there)) {
      differences.differs(INDEX, shown(made), "definition", definition(made), definition(there));
    }
    differences.compare(INDEX, shown(made), "validity", validity(made), validity(there));
  }

  private boolean same(Index made, Index there) {
    return made.table().equals(there.table())
        && made.unique() == there.unique()
        && made.method().equals(there.method())
        && made.include().equals(there.include())
        && made.nullsDistinct() == there.nullsDistinct()
        && made.columns().size() == there.columns().size()
        && samePredicate(made, there)
        && sameColumns(made.columns(), there.columns());
  }

  private boolean samePredicate(Index made, Index there) {
    return (made.predicate().isPresent() && there.predicate().isPresent())
        ? dialect.sameExpression(made.predicate().get(), there.predicate().get())
        : made.predicate().isEmpty() && there.predicate().isEmpty();
  }

  private boolean sameColumns(List<IndexColumn> made, List<IndexColumn> there) {
    for (int i = 0; i < made.size(); i++) {
      IndexColumn one = made.get(i);
      IndexColumn other = there.get(i);
      boolean sameKey =
          (one.column().isPresent() || other.column().isPresent())
              ? one.column().equals(other.column())
              : dialect.sameExpression(one.key(), other.key());
      if (!sameKey || !length(one).equals(length(other)) || !order(one).equals(order(other))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Descending, and where NULLs go; an operator class is left alone: the default one goes unsaid.
   */
  private static String order(IndexColumn column) {
    String words = " " + column.modifiers().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ") + " ";
    boolean descending = words.contains(" DESC ");
    boolean first = descending ? !words.contains(" NULLS LAST ") : words.contains(" NULLS FIRST ");
    return (descending ? "DESC" : "ASC") + (first ? " NULLS FIRST" : " NULLS LAST");
  }

  /** How much of a text is in the index (MySQL, MariaDB). */
  private static String length(IndexColumn column) {
    return column.modifiers().replaceFirst("(?s)^(\\(\\d+\\))?.*", "$1");
  }

  private static String validity(Index index) {
    return index.hidden() ? "hidden" : index.valid() ? "valid" : "INVALID";
  }

  private String definition(Index index) {
    return (index.unique() ? "UNIQUE " : "")
        + "on "
        + differences.shown(index.table())
        + " "
        + index.columns().stream()
            .map(c -> (c.key().sql() + " " + c.modifiers()).strip())
            .collect(Collectors.joining(", ", "(", ")"))
        + (index.include().isEmpty()
            ? ""
            : index.include().stream()
                .map(Name::toString)
                .collect(Collectors.joining(", ", " INCLUDE (", ")")))
        + index.predicate().map(p -> " WHERE " + p.sql()).orElse("");
  }

  private String shown(Index index) {
    return index.name().map(differences::shown).orElse("(unnamed)");
  }
}
