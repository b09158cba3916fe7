package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.References;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What SQL does through the routines that it calls. */
final class Calls {

  private final Dialect dialect;

  Calls(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * What is touched when it runs.
   *
   * @param references of the SQL and of all bodies that it reaches, resolved
   * @param unknown routines whose body was never seen, or could not be read
   */
  record Reach(References references, Set<QualifiedName> unknown) {

    /** Whether it changes no rows, as far as can be seen, and all can be seen. */
    boolean changesNothing() {
      return references.writes().isEmpty() && unknown.isEmpty() && references.complete();
    }
  }

  /** Follows the calls in {@code references}, which need not be resolved. */
  Reach from(References references, Schema schema) {
    Set<QualifiedName> seen = new LinkedHashSet<>();
    Set<QualifiedName> unknown = new LinkedHashSet<>();
    References all = references.resolved(schema::resolve);
    all = follow(references.functions(), schema, all, seen, unknown);
    return new Reach(all, unknown);
  }

  private References follow(
      Set<QualifiedName> functions,
      Schema schema,
      References sofar,
      Set<QualifiedName> seen,
      Set<QualifiedName> unknown) {
    References all = sofar;
    for (QualifiedName function : functions) {
      if (seen.add(schema.resolve(function))) {
        Optional<Routine> routine = schema.routine(function);
        if (routine.isPresent()) {
          References body = routine.get().definition().references();
          if (!body.complete()) {
            unknown.add(function);
          }
          all = follow(body.functions(), schema, all.and(complete(body)), seen, unknown);
        } else if (!dialect.isHarmless(function)) {
          unknown.add(function);
        }
      }
    }
    return all;
  }

  // That a body is not fully known is said once, by naming the routine.
  private static References complete(References body) {
    return body.complete()
        ? body
        : new References(
            body.relations(), body.writes(), body.columns(), body.functions(), body.types(), true);
  }
}
