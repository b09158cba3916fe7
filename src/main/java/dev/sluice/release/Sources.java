package dev.sluice.release;

import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.sql.QualifiedName;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables that a statement copies from, where the old version still writes them. */
final class Sources {

  /** What copying from a live table costs. */
  static final String KEPT_UP =
      "the old version goes on writing there, and what it writes later is missed unless a sync"
          + " carries it over until its last node is gone";

  private Sources() {}

  /**
   * By resolved name, in order; those that this release made have no traffic and do not count.
   *
   * @param but the target itself, which a statement reads to leave out what it has already
   */
  static Set<QualifiedName> of(References references, Scene scene, Set<QualifiedName> but) {
    Set<QualifiedName> sources = new TreeSet<>();
    for (QualifiedName relation : references.read()) {
      QualifiedName resolved = scene.resolve(relation);
      boolean table = scene.before().other(ObjectKind.SEQUENCE, resolved).isEmpty();
      if (table
          && !scene.made(resolved)
          && !but.contains(resolved)
          && !ofTheEngine(resolved, scene)) {
        sources.add(resolved);
      }
    }
    return sources;
  }

  // Catalogs. A plain name that begins with pg_ and is no table of ours is one of PostgreSQL's.
  private static boolean ofTheEngine(QualifiedName relation, Scene scene) {
    boolean catalog =
        relation
            .schema()
            .map(s -> s.text().equals("pg_catalog") || s.text().equals("information_schema"))
            .orElse(false);
    return catalog || (relation.name().text().startsWith("pg_") && !scene.before().knows(relation));
  }

  static String listed(Set<QualifiedName> sources) {
    return sources.stream().map(s -> s.name().text()).collect(Collectors.joining(", "));
  }
}
