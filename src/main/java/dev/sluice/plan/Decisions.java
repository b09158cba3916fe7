package dev.sluice.plan;

import dev.sluice.migration.Directive;
import dev.sluice.migration.Directive.Mapping;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person has decided about one statement. */
public record Decisions(List<Directive> directives) {

  /** Nobody said anything. */
  public static final Decisions NONE = new Decisions(List.of());

  public Decisions {
    directives = List.copyOf(directives);
  }

  /** Whether the statement may make others wait for such work: who allows more allows less. */
  public boolean mayBlock(Work work) {
    return Arrays.stream(Work.values())
        .filter(allowed -> allowed.compareTo(work) >= 0)
        .map(allowed -> rule(allowed).id())
        .anyMatch(id -> of(Directive.Allow.class).anyMatch(a -> a.rule().equals(id)));
  }

  /** What allows to make others wait for such work. */
  static Directive.Rule rule(Work work) {
    return switch (work) {
      case INSTANT -> Directive.Rule.LONG_LOCK;
      case SCAN -> Directive.Rule.TABLE_SCAN;
      case BUILD -> Directive.Rule.BLOCKING_INDEX_BUILD;
      case REWRITE -> Directive.Rule.TABLE_REWRITE;
    };
  }

  /** What rows get in a new NOT NULL column that the old version does not write. */
  public Optional<String> fill(Name column) {
    return of(Directive.Fill.class)
        .filter(f -> f.target().map(t -> t.column().equals(column)).orElse(true))
        .findFirst()
        .map(Directive.Fill::expression);
  }

  /** What rows of the new version get in a column that goes. */
  public Optional<String> defaultOf(Name column) {
    return of(Directive.Default.class)
        .filter(d -> d.target().map(t -> t.column().equals(column)).orElse(true))
        .findFirst()
        .map(Directive.Default::expression);
  }

  /** How the new column and the old ones map. */
  public Optional<Mapping> mapping(Name column) {
    return of(Mapping.class).filter(m -> m.target().column().equals(column)).findFirst();
  }

  /** Whether somebody said in which phase the statement runs. */
  public boolean placed() {
    return of(Directive.RunIn.class).findAny().isPresent();
  }

  private <T extends Directive> Stream<T> of(Class<T> kind) {
    return directives.stream().filter(kind::isInstance).map(kind::cast);
  }
}
