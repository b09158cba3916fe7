package dev.sluice.dialect.mysql.reading;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names in front of a dot mean at one place of a query. */
final class Scope {

  private final @Nullable Scope outer;
  private final Map<Name, Optional<QualifiedName>> sources = new LinkedHashMap<>();
  private final Set<QualifiedName> relations = new LinkedHashSet<>();
  private final Set<Name> commonTables = new HashSet<>();

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  static Scope outermost() {
    return new Scope(null);
  }

  Scope inner() {
    return new Scope(this);
  }

  /** A relation of the FROM list, known by its alias or its own name. */
  void add(Name alias, QualifiedName relation) {
    sources.put(alias, Optional.of(relation));
    relations.add(relation);
  }

  /** A subquery or a common table of the FROM list: its columns are made up. */
  void addDerived(Name alias) {
    sources.put(alias, Optional.empty());
  }

  void addCommonTable(Name name) {
    commonTables.add(name);
  }

  boolean isCommonTable(QualifiedName name) {
    if (name.schema().isPresent()) {
      return false;
    }
    return commonTables.contains(name.name()) || (outer != null && outer.isCommonTable(name));
  }

  /** Whether something in FROM goes by that name, here or around. */
  boolean knows(Name alias) {
    return sources.containsKey(alias) || (outer != null && outer.knows(alias));
  }

  /** The relation that goes by that name; empty where it is derived or unknown. */
  Optional<QualifiedName> relation(Name alias) {
    Optional<QualifiedName> here = sources.get(alias);
    if (here != null) {
      return here;
    }
    return outer == null ? Optional.empty() : outer.relation(alias);
  }

  /** The relations of this FROM list itself: what {@code *} means. */
  Set<QualifiedName> relations() {
    return relations;
  }
}
