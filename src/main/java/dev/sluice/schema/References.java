package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.Ordered;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The names that a piece of SQL holds. Errs on the side of too many: a name that could be a column
 * counts as one.
 *
 * @param relations tables, views and sequences that it reads; aliases and common table expressions
 *     resolved away
 * @param named those of the relations of which it reads no row: {@code nextval('s')}
 * @param locked those of the relations whose rows it locks: FOR UPDATE, FOR SHARE
 * @param writes tables that it writes
 * @param columns columns that it names
 * @param functions routines that it calls
 * @param types types that it names in casts and declarations, built-in ones left out
 * @param complete false where something in it could not be read, or is built at run time: what it
 *     touches is then not known
 */
public record References(
    Set<QualifiedName> relations,
    Set<QualifiedName> named,
    Set<QualifiedName> locked,
    Set<QualifiedName> writes,
    Set<Column> columns,
    Set<QualifiedName> functions,
    Set<QualifiedName> types,
    boolean complete) {

  /** Nothing named: a literal. */
  public static final References NONE =
      new References(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), true);

  /** Could not be read: may name anything. */
  public static final References UNKNOWN =
      new References(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), false);

  /** Of what reads each of its relations and locks no row. */
  public References(
      Set<QualifiedName> relations,
      Set<QualifiedName> writes,
      Set<Column> columns,
      Set<QualifiedName> functions,
      Set<QualifiedName> types,
      boolean complete) {
    this(relations, Set.of(), Set.of(), writes, columns, functions, types, complete);
  }

  /**
   * A column as it is named.
   *
   * @param table the relation it belongs to, where the text says so (alias resolved); empty means
   *     any of the relations around it
   * @param name empty for {@code *}
   */
  public record Column(Optional<QualifiedName> table, Optional<Name> name) {}

  public References {
    relations = Ordered.copyOf(relations);
    named = Ordered.copyOf(named);
    locked = Ordered.copyOf(locked);
    writes = Ordered.copyOf(writes);
    columns = Ordered.copyOf(columns);
    functions = Ordered.copyOf(functions);
    types = Ordered.copyOf(types);
  }

  /** Whether SQL with these names reads no relation, calls nothing, and can be seen whole. */
  public boolean touchNothing() {
    return relations.isEmpty() && writes.isEmpty() && functions.isEmpty() && complete;
  }

  /** The relations of which it reads rows. */
  public Set<QualifiedName> read() {
    return named.isEmpty() ? relations : without(relations, named);
  }

  /** The same, but that it writes and calls these. */
  public References doing(Set<QualifiedName> writing, Set<QualifiedName> calling) {
    return new References(relations, named, locked, writing, columns, calling, types, complete);
  }

  /** Both together. */
  public References and(References other) {
    return new References(
        union(relations, other.relations),
        without(without(union(named, other.named), read()), other.read()),
        union(locked, other.locked),
        union(writes, other.writes),
        union(columns, other.columns),
        union(functions, other.functions),
        union(types, other.types),
        complete && other.complete);
  }

  /**
   * Whether it names {@code column} of {@code table}; an unqualified name counts if the table is
   * around it.
   */
  public boolean names(QualifiedName table, Name column) {
    boolean around = relations.contains(table) || writes.contains(table);
    return columns.stream()
        .anyMatch(
            c ->
                c.table().map(table::equals).orElse(around)
                    && c.name().map(column::equals).orElse(true));
  }

  /** The same with every name of an object put through {@code resolve}; columns keep theirs. */
  public References resolved(UnaryOperator<QualifiedName> resolve) {
    return resolved(resolve, resolve);
  }

  References resolved(
      UnaryOperator<QualifiedName> resolve, UnaryOperator<QualifiedName> resolveFunction) {
    return equals(NONE)
        ? this
        : new References(
            each(relations, resolve),
            each(named, resolve),
            each(locked, resolve),
            each(writes, resolve),
            each(columns, c -> new Column(c.table().map(resolve), c.name())),
            each(functions, resolveFunction),
            each(types, resolve),
            complete);
  }

  private static <T> Set<T> each(Set<T> all, UnaryOperator<T> how) {
    return all.stream().map(how).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static <T> Set<T> without(Set<T> all, Set<T> some) {
    if (all.isEmpty()) {
      return all;
    }
    Set<T> rest = new LinkedHashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    if (other.isEmpty()) {
      return one;
    }
    Set<T> both = new LinkedHashSet<>(one);
    both.addAll(other);
    return both;
  }
}
