package dev.sluice.release;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A primary key or a unique index that one statement takes away and gives again over others. */
final class KeyComparison {

  private KeyComparison() {}

  /**
   * What both clauses are as one.
   *
   * @param what it is: {@code the primary key}
   * @param takesNulls whether rows may hold NULL in it
   * @param other an index that the statement takes away is none to count on
   */
  static Verdict of(
      String what,
      QualifiedName table,
      List<Name> was,
      List<Name> is,
      boolean takesNulls,
      Optional<QualifiedName> other,
      Schema before,
      Engine engine) {
    if (was.equals(is)) {
      return Verdict.optional("the same key, made again");
    }
    List<Name> nullable =
        takesNulls
            ? List.of()
            : is.stream()
                .filter(c -> before.column(table, c).map(k -> k.nullable()).orElse(false))
                .toList();
    if (!nullable.isEmpty()) {
      return Verdict.contract(
          what + " takes no NULL, which the old version writes in " + listed(nullable));
    }
    if (Set.copyOf(is).containsAll(was)) {
      Verdict same =
          Verdict.expand("what the old version writes passes " + what + " as it will be");
      return is.size() == was.size()
          ? same
          : same.also("duplicates in " + listed(was) + " alone are refused no longer")
              .also(Upserts.without(engine));
    }
    return guarded(table, is, other, before)
        ? Verdict.expand("another key refuses the same duplicates already")
            .also("duplicates in " + listed(was) + " are refused no longer")
            .also(Upserts.without(engine))
        : Verdict.contract(
            "duplicates in " + listed(is) + " that the old version writes would be" + " refused");
  }

  /** Whether another unique index lets through nothing that the key refuses. */
  private static boolean guarded(
      QualifiedName table, List<Name> is, Optional<QualifiedName> other, Schema before) {
    Optional<Table> known = before.table(table);
    return before.allIndexesOn(table).stream()
        .filter(Index::unique)
        .filter(i -> i.predicate().isEmpty() && !i.name().equals(other))
        .anyMatch(
            i ->
                i.columns().stream()
                    .allMatch(
                        c ->
                            c.modifiers().isEmpty()
                                && c.column()
                                    .filter(is::contains)
                                    .flatMap(n -> known.flatMap(t -> t.column(n)))
                                    .filter(k -> !k.nullable())
                                    .isPresent()));
  }

  private static String listed(List<Name> columns) {
    return columns.stream().map(Name::text).collect(Collectors.joining(", "));
  }
}
