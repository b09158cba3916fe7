package dev.sluice.dialect.reading;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the names in front of a dot mean at one place of a query, while a reader goes through it.
 */
public final class Scope {

  private final @Nullable Scope outer;
  private final Map<Name, Optional<QualifiedName>> sources = new LinkedHashMap<>();
  private final Set<QualifiedName> relations = new LinkedHashSet<>();
  private final Set<Name> commonTables = new HashSet<>();

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** With nothing around it. */
  public static Scope outermost() {
    return new Scope(null);
  }

  /** Of a query inside this one, which sees what this one sees. */
  public Scope inner() {
    return new Scope(this);
  }

  /** A relation of the FROM list, known by its alias or its own name. */
  public void add(Name alias, QualifiedName relation) {
    sources.put(alias, Optional.of(relation));
    relations.add(relation);
  }

  /** A subquery, a function or a common table of the FROM list: its columns are made up. */
  public void addDerived(Name alias) {
    sources.put(alias, Optional.empty());
  }

  /** A name of WITH. */
  public void addCommonTable(Name name) {
    commonTables.add(name);
  }

  /** Whether the name is one of WITH, here or around. */
  public boolean isCommonTable(QualifiedName name) {
    if (name.schema().isPresent()) {
      return false;
    }
    return commonTables.contains(name.name()) || (outer != null && outer.isCommonTable(name));
  }

  /** Whether something in FROM goes by that name, here or around. */
  public boolean knows(Name alias) {
    return sources.containsKey(alias) || (outer != null && outer.knows(alias));
  }

  /** The relation that goes by that name; empty where it is derived or unknown. */
  public Optional<QualifiedName> relation(Name alias) {
    Optional<QualifiedName> here = sources.get(alias);
    if (here != null) {
      return here;
    }
    return outer == null ? Optional.empty() : outer.relation(alias);
  }

  /** The names of what is no relation in this FROM list. */
  public List<Name> derived() {
    return sources.entrySet().stream()
        .filter(source -> source.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The relations of this FROM list itself: what {@code *} means. */
  public Set<QualifiedName> relations() {
    return relations;
  }
}
