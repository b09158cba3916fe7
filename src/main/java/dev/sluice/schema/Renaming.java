package dev.sluice.schema;

import dev.sluice.schema.Schema.Domain;
import dev.sluice.schema.Schema.EnumType;
import dev.sluice.schema.Schema.ObjectName;
import dev.sluice.schema.Schema.Other;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * New names for what is there. What hangs on it follows, as the engine's catalog does by number.
 */
final class Renaming {
  private Renaming() {}

  /** A table, view or sequence, whichever bears the name: ALTER TABLE renames all three. */
  static void relation(Draft draft, QualifiedName written, Name to) {
    QualifiedName from = draft.schema().resolve(written);
    apply(draft, from, from.withName(to));
  }

  static void move(Draft draft, QualifiedName written, Name schema) {
    QualifiedName from = draft.schema().resolve(written);
    apply(draft, from, from.in(schema));
  }

  private static void apply(Draft draft, QualifiedName from, QualifiedName to) {
    Schema before = draft.schema();
    if (!before.hasRelation(from)) {
      // It was never seen under its old name, but is there under the new one.
      ColumnFolding.firstSeen(draft, to);
      return;
    }
    if (draft.doubtful.contains(from)) {
      draft.doubtful = draft.doubtful.minus(from).plus(to);
    }
    Renames renames = Renames.ofRelation(from, to);
    before.other(ObjectKind.SEQUENCE, from).ifPresent(s -> rename(draft, s, to));
    before
        .view(from)
        .ifPresent(
            v -> {
              draft.views = draft.views.without(from);
              draft.put(renames.in(v));
            });
    Optional<Table> table = before.tables.get(from);
    table.ifPresent(
        t -> {
          draft.remove(from);
          draft.put(renames.in(t));
        });
    follow(draft, before, from, renames);
  }

  /** What hangs on the relation, and what reads it. */
  private static void follow(Draft draft, Schema before, QualifiedName from, Renames renames) {
    for (Index index : before.allIndexesOn(from)) {
      draft.remove(index);
      draft.put(renames.in(index));
    }
    for (Trigger trigger : before.triggersOn(from)) {
      draft.remove(trigger);
      draft.put(renames.in(trigger));
    }
    for (Other other : before.othersOn(from)) {
      draft.remove(other);
      draft.put(renames.in(other));
    }
    for (Table table : before.tables.on(from)) {
      if (!table.name().equals(from)) {
        Table renamed = renames.in(table);
        // Hundreds of tables may point at this one, and hardly any at a column that is renamed.
        if (!renamed.equals(table)) {
          draft.put(renamed);
        }
      }
    }
    for (View view : before.viewsReading(from)) {
      draft.put(renames.in(view));
    }
  }

  static void column(Draft draft, QualifiedName written, Name from, Name to) {
    draft.schema().view(written).ifPresent(view -> ofView(draft, view, from, to));
    draft.withHeirs(
        written,
        table -> {
          Schema before = draft.schema();
          Renames renames = Renames.ofColumn(table.name(), from, to);
          draft.put(renames.in(table));
          follow(draft, before, table.name(), renames);
        });
  }

  /** What a star stands for is not known any more: such a view stays as it was written. */
  private static void ofView(Draft draft, View view, Name from, Name to) {
    Optional<List<Name>> columns =
        ViewColumns.hasStar(view) ? Optional.empty() : ViewColumns.of(view, draft.schema());
    columns.ifPresent(
        names ->
            draft.put(
                new View(
                    view.name(),
                    names.stream().map(n -> n.equals(from) ? to : n).toList(),
                    view.query(),
                    view.materialized(),
                    view.options())));
  }

  static void constraint(Draft draft, QualifiedName written, Name from, Name to) {
    draft.withHeirs(
        written,
        table -> {
          Schema before = draft.schema();
          before.allIndexesOn(table.name()).stream()
              .filter(i -> i.name().map(n -> n.name().equals(from)).orElse(false))
              .filter(i -> before.constraintOf(i).isPresent())
              .forEach(
                  i -> {
                    draft.remove(i);
                    draft.put(i.named(table.name().withName(to)));
                  });
          renameConstraint(draft, table, from, to);
        });
  }

  private static void renameConstraint(Draft draft, Table table, Name from, Name to) {
    draft.put(
        table.withConstraints(
            table.constraints().stream()
                .map(c -> c.name().equals(Optional.of(from)) ? c.named(to) : c)
                .toList()));
  }

  /** An index that a constraint owns takes the constraint's name along. */
  static void index(Draft draft, Change.RenameIndex change) {
    Schema before = draft.schema();
    before
        .index(change.index(), change.table())
        .ifPresent(
            index -> {
              Optional<Constraint> owner = before.constraintOf(index);
              draft.remove(index);
              draft.put(index.named(index.table().withName(change.to())));
              owner
                  .flatMap(Constraint::name)
                  .ifPresent(
                      name ->
                          draft
                              .table(index.table())
                              .ifPresent(t -> renameConstraint(draft, t, name, change.to())));
            });
  }

  static void object(Draft draft, Change.RenameObject change) {
    Schema before = draft.schema();
    switch (change.kind()) {
      case VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE ->
          relation(draft, change.name(), change.to());
      case TRIGGER ->
          change
              .on()
              .flatMap(t -> before.trigger(t, change.name().name()))
              .ifPresent(
                  t -> {
                    draft.remove(t);
                    draft.put(
                        new Trigger(
                            change.to(),
                            t.table(),
                            t.timing(),
                            t.function(),
                            t.definition(),
                            t.constraint()));
                  });
      case SCHEMA -> schema(draft, change.name().name(), change.to());
      case FUNCTION,
          PROCEDURE,
          AGGREGATE,
          EVENT_TRIGGER,
          EVENT,
          TYPE,
          DOMAIN,
          DATABASE,
          EXTENSION,
          POLICY,
          RULE,
          STATISTICS,
          COLLATION,
          CONVERSION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE -> {
        QualifiedName from = before.resolve(change.name());
        named(draft, change.kind(), change.on(), from, from.withName(change.to()));
      }
    }
  }

  static void moveObject(Draft draft, Change.MoveObject change) {
    QualifiedName from = draft.schema().resolve(change.name());
    QualifiedName to = from.in(change.schema());
    switch (change.kind()) {
      case VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE -> apply(draft, from, to);
      default -> named(draft, change.kind(), Optional.empty(), from, to);
    }
  }

  /** What is found by its name alone. */
  private static void named(
      Draft draft,
      ObjectKind kind,
      Optional<QualifiedName> on,
      QualifiedName from,
      QualifiedName to) {
    Schema before = draft.schema();
    switch (kind) {
      case FUNCTION, PROCEDURE, AGGREGATE -> routine(draft, from, to);
      case TYPE, DOMAIN -> type(draft, from, to);
      default -> {}
    }
    before
        .other(
            kind,
            on,
            kind.scope() == ObjectKind.Scope.SCHEMA ? from : QualifiedName.of(from.name().text()))
        .ifPresent(o -> rename(draft, o, to));
  }

  private static void routine(Draft draft, QualifiedName from, QualifiedName to) {
    Routine routine = draft.routines.get(from);
    if (routine != null) {
      draft.routines =
          draft
              .routines
              .minus(from)
              .plus(
                  to,
                  new Routine(
                      routine.kind(),
                      to,
                      routine.signature(),
                      routine.language(),
                      routine.volatility(),
                      routine.definition()));
      for (Trigger trigger : draft.triggers.values()) {
        if (trigger.function().equals(Optional.of(from))) {
          draft.put(
              new Trigger(
                  trigger.name(),
                  trigger.table(),
                  trigger.timing(),
                  Optional.of(to),
                  trigger.definition(),
                  trigger.constraint()));
        }
      }
    }
  }

  private static void type(Draft draft, QualifiedName from, QualifiedName to) {
    EnumType values = draft.enums.get(from);
    if (values != null) {
      draft.enums = draft.enums.minus(from).plus(to, new EnumType(to, values.values()));
    }
    Domain domain = draft.domains.get(from);
    if (domain != null) {
      draft.domains =
          draft
              .domains
              .minus(from)
              .plus(to, new Domain(to, domain.base(), domain.constrained(), domain.definition()));
    }
    for (Table table : draft.schema().tables()) {
      if (table.columns().stream().anyMatch(c -> isOf(c, from))) {
        draft.put(
            table.withColumns(
                table.columns().stream()
                    .map(c -> isOf(c, from) ? c.withType(retyped(c, to), c.collation()) : c)
                    .toList()));
      }
    }
  }

  private static boolean isOf(Column column, QualifiedName type) {
    String name = column.type().name();
    return name.equals(type.toString()) || name.equals(type.name().text());
  }

  private static DataType retyped(Column column, QualifiedName to) {
    boolean qualified = column.type().name().contains(".");
    String name = qualified ? to.toString() : to.name().text();
    DataType old = column.type();
    return new DataType(
        name, old.arguments(), old.dimensions(), old.text().replace(old.name(), name));
  }

  private static void rename(Draft draft, Other other, QualifiedName to) {
    draft.remove(other);
    ObjectName old = other.name();
    QualifiedName name = old.name().schema().isPresent() ? to : QualifiedName.of(to.name().text());
    draft.put(
        new Other(
            new ObjectName(old.kind(), old.on(), name),
            other.on(),
            other.owner(),
            other.definition()));
  }

  private static void schema(Draft draft, Name from, Name to) {
    Schema before = draft.schema();
    before.tables().stream().map(Table::name).forEach(n -> moved(draft, n, from, to));
    before.views().stream().map(View::name).forEach(n -> moved(draft, n, from, to));
    for (Other other : before.others.values()) {
      QualifiedName name = other.name().name();
      if (name.schema().equals(Optional.of(from)) && other.owner().isEmpty()) {
        named(draft, other.name().kind(), Optional.empty(), name, name.in(to));
      }
    }
    before.routines.keySet().stream()
        .filter(n -> n.schema().equals(Optional.of(from)))
        .forEach(n -> routine(draft, n, n.in(to)));
    before.enums.keySet().stream()
        .filter(n -> n.schema().equals(Optional.of(from)))
        .forEach(n -> type(draft, n, n.in(to)));
    before.domains.keySet().stream()
        .filter(n -> n.schema().equals(Optional.of(from)))
        .forEach(n -> type(draft, n, n.in(to)));
    before
        .other(ObjectKind.SCHEMA, QualifiedName.of(from.text()))
        .ifPresent(s -> rename(draft, s, QualifiedName.of(to.text())));
  }

  private static void moved(Draft draft, QualifiedName name, Name from, Name to) {
    if (name.schema().equals(Optional.of(from))) {
      apply(draft, name, name.in(to));
    }
  }
}
