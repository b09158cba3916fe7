package dev.sluice.schema;

import dev.sluice.schema.Schema.ObjectName;
import dev.sluice.schema.Schema.Other;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One new name, put into everything that names the thing. Structure and references change; SQL kept
 * as text stays as it was written, because only the engine can write it anew.
 *
 * @param from the relation that is renamed, or whose column is
 * @param to its new name, or the same
 * @param column renamed; empty where the relation is
 */
record Renames(QualifiedName from, QualifiedName to, Optional<ColumnRename> column) {

  /** A column's old and new name. */
  record ColumnRename(Name from, Name to) {}

  static Renames ofRelation(QualifiedName from, QualifiedName to) {
    return new Renames(from, to, Optional.empty());
  }

  static Renames ofColumn(QualifiedName table, Name from, Name to) {
    return new Renames(table, table, Optional.of(new ColumnRename(from, to)));
  }

  private QualifiedName relation(QualifiedName name) {
    return name.equals(from) ? to : name;
  }

  private Name own(Name name) {
    return column.filter(c -> c.from().equals(name)).map(ColumnRename::to).orElse(name);
  }

  private List<Name> own(List<Name> names) {
    return names.stream().map(this::own).toList();
  }

  private Name of(QualifiedName relation, Name name) {
    return relation.equals(from) ? own(name) : name;
  }

  private References in(References old, boolean around) {
    return new References(
        each(old.relations()),
        each(old.named()),
        each(old.locked()),
        each(old.writes()),
        old.columns().stream()
            .map(
                c -> {
                  boolean mine = c.table().map(from::equals).orElse(around);
                  return new References.Column(
                      c.table().map(this::relation), mine ? c.name().map(this::own) : c.name());
                })
            .collect(Collectors.toSet()),
        old.functions(),
        old.types(),
        old.complete());
  }

  private Set<QualifiedName> each(Set<QualifiedName> names) {
    return names.stream().map(this::relation).collect(Collectors.toSet());
  }

  /** An expression over the rows of {@code from} itself. */
  private Fragment own(Fragment expression) {
    return expression.referring(r -> in(r, true));
  }

  /** A query or body, in which {@code from} is one of several relations. */
  private Fragment query(Fragment query) {
    return query.referring(r -> in(r, r.relations().contains(from) || r.writes().contains(from)));
  }

  /** The renamed table, or one that hangs on it by inheritance or foreign key. */
  Table in(Table table) {
    boolean itself = table.name().equals(from);
    return new Table(
        relation(table.name()),
        itself ? table.columns().stream().map(this::in).toList() : table.columns(),
        table.constraints().stream().map(c -> in(c, itself)).toList(),
        itself ? table.partitionKey().map(this::own) : table.partitionKey(),
        table.parents().stream().map(this::relation).toList(),
        table.bounds(),
        table.complete(),
        table.properties());
  }

  private Column in(Column old) {
    return old.withName(own(old.name()))
        .withDefault(old.defaultValue().map(this::own))
        .withGenerated(
            old.generated().map(g -> new Column.Generated(own(g.expression()), g.stored())));
  }

  private Constraint in(Constraint constraint, boolean itself) {
    return switch (constraint) {
      case Constraint.ForeignKey key ->
          key.over(itself ? own(key.columns()) : key.columns())
              .to(
                  relation(key.parent()),
                  key.parentColumns().stream().map(c -> of(key.parent(), c)).toList())
              .withIndex(key.index().map(this::own));
      case Constraint.PrimaryKey key when itself -> key.over(own(key.columns()));
      case Constraint.Unique key when itself -> key.over(own(key.columns()));
      case Constraint.Check check when itself ->
          new Constraint.Check(
              check.name(),
              own(check.expression()),
              check.inherited(),
              check.validated(),
              check.enforced());
      case Constraint.Exclude exclude when itself ->
          new Constraint.Exclude(exclude.name(), own(exclude.definition()), exclude.timing());
      case Constraint.NotNull notNull when itself ->
          new Constraint.NotNull(notNull.name(), own(notNull.column()), notNull.validated());
      case Constraint.PrimaryKey key -> key;
      case Constraint.Unique key -> key;
      case Constraint.Check check -> check;
      case Constraint.Exclude exclude -> exclude;
      case Constraint.NotNull notNull -> notNull;
    };
  }

  Index in(Index index) {
    return new Index(
        // An index follows its table into another schema, and keeps its name.
        index.name().map(n -> to.withName(n.name())),
        relation(index.table()),
        index.unique(),
        index.method(),
        index.columns().stream()
            .map(c -> new Index.IndexColumn(c.column().map(this::own), own(c.key()), c.modifiers()))
            .toList(),
        own(index.include()),
        index.predicate().map(this::own),
        index.nullsDistinct(),
        index.storage(),
        index.valid(),
        index.hidden());
  }

  View in(View view) {
    return new View(
        relation(view.name()),
        view.columns(),
        query(view.query()),
        view.materialized(),
        view.options());
  }

  Trigger in(Trigger trigger) {
    return new Trigger(
        trigger.name(),
        relation(trigger.table()),
        trigger.timing(),
        trigger.function(),
        trigger.definition(),
        trigger.constraint());
  }

  Other in(Other other) {
    ObjectName name = other.name();
    boolean owned = other.owner().isPresent();
    return new Other(
        new ObjectName(
            name.kind(),
            name.on().map(this::relation),
            // An owned sequence follows its table into another schema.
            owned && to.schema().isPresent() ? to.withName(name.name().name()) : name.name()),
        other.on().map(this::relation),
        other.owner().map(o -> new ColumnName(relation(o.table()), of(o.table(), o.column()))),
        query(other.definition()));
  }
}
