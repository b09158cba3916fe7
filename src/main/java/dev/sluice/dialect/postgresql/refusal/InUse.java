package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.impact.Feature;
import dev.sluice.dialect.postgresql.impact.Types;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What stands in the way of a column's new type, and of a DROP without CASCADE (manual, "Dependency
 * Tracking"; for types the errors of {@code ATPrepAlterColumnType} and {@code
 * RememberAllDependentForRebuilding} in tablecmds.c).
 */
final class InUse {

  private final Schema schema;
  private final EngineVersion version;
  private final Set<QualifiedName> dropped;

  /**
   * @param dropped what the statement drops together, by resolved name
   */
  InUse(Schema schema, EngineVersion version, Set<QualifiedName> dropped) {
    this.schema = schema;
    this.version = version;
    this.dropped = dropped;
  }

  Optional<String> of(Change change) {
    return switch (change) {
      case Change.RenameColumn c -> inherited(c.table(), c.column());
      case Change.AlterColumnType c ->
          inherited(c.table(), c.column())
              .or(
                  () ->
                      user(c.table(), c.column(), true)
                          .map(by -> by + " uses the column: it is dropped first and made again"));
      case Change.DropColumn c ->
          c.cascade()
              ? inherited(c.table(), c.column())
              : inherited(c.table(), c.column())
                  .or(
                      () ->
                          user(c.table(), c.column(), false)
                              .or(() -> pointing(c.table(), List.of(c.column())))
                              .map(by -> by + " uses the column, and there is no CASCADE"));
      case Change.DropConstraint c -> c.cascade() ? Optional.empty() : key(c);
      case Change.DropIndex c -> index(c);
      case Change.DropTable c ->
          c.cascade()
              ? Optional.empty()
              : reading(c.table())
                  .or(() -> pointingAt(c.table()))
                  .or(() -> drawingFromIts(c.table()))
                  .map(by -> by + " needs it, and there is no CASCADE");
      case Change.Truncate c -> c.cascade() ? Optional.empty() : truncated(c);
      case Change.DropObject c -> c.cascade() ? Optional.empty() : object(c);
      default -> Optional.empty();
    };
  }

  /**
   * What reads the column.
   *
   * @param type for a change of type; else for a drop
   */
  private Optional<String> user(QualifiedName table, Name column, boolean type) {
    if (!schema.isCertain(table)) {
      return Optional.empty();
    }
    boolean computed = type || Feature.GENERATED_COLUMNS_HOLD_THEIR_SOURCE.in(version);
    return view(table, column)
        .or(() -> trigger(table, column))
        .or(() -> object(table, column))
        .or(() -> computed ? generated(table, column) : Optional.empty());
  }

  private Optional<String> view(QualifiedName table, Name column) {
    return schema.viewsReading(table).stream()
        .filter(v -> schema.isSettled(v.name()))
        .filter(v -> uses(v.query(), table, column))
        .findFirst()
        .map(v -> "view " + v.name().name());
  }

  /** A name without a table is the column's where no other relation around has such a one. */
  private boolean uses(Fragment query, QualifiedName table, Name column) {
    References references = query.references();
    QualifiedName resolved = schema.resolve(table);
    boolean alone =
        references.relations().stream()
            .allMatch(
                r ->
                    schema.resolve(r).equals(resolved)
                        || (schema.isCertain(r) && schema.column(r, column).isEmpty()));
    return references.complete()
        && references.columns().stream()
            .filter(c -> c.table().map(t -> schema.resolve(t).equals(resolved)).orElse(alone))
            .anyMatch(c -> c.name().map(column::equals).orElse(c.table().isPresent()));
  }

  /** WHEN and UPDATE OF; what its function does with the row nobody looks at. */
  private Optional<String> trigger(QualifiedName table, Name column) {
    return schema.triggersOn(table).stream()
        .filter(t -> names(t.definition(), column))
        .map(Trigger::name)
        .findFirst()
        .map(t -> "trigger " + t);
  }

  private Optional<String> object(QualifiedName table, Name column) {
    return schema.othersOn(table).stream()
        .filter(o -> o.name().kind() == ObjectKind.POLICY || o.name().kind() == ObjectKind.RULE)
        .filter(o -> schema.isSettled(o.name().name()) && names(o.definition(), column))
        .findFirst()
        .map(
            o ->
                (o.name().kind() == ObjectKind.POLICY ? "policy " : "rule ")
                    + o.name().name().name());
  }

  private static boolean names(Fragment text, Name column) {
    return text.references().complete()
        && text.references().columns().stream()
            .anyMatch(c -> c.name().map(column::equals).orElse(false));
  }

  private Optional<String> generated(QualifiedName table, Name column) {
    return schema.table(table).stream()
        .flatMap(t -> t.columns().stream())
        .filter(c -> c.generated().map(g -> names(g.expression(), column)).orElse(false))
        .map(Column::name)
        .findFirst()
        .map(c -> "generated column " + c);
  }

  /** A foreign key that points at columns of which one goes. */
  private Optional<String> pointing(QualifiedName table, List<Name> columns) {
    List<Name> primary = schema.table(table).map(Table::primaryKey).orElse(List.of());
    return schema.foreignKeysTo(table).stream()
        .filter(r -> schema.isSettled(r.table()) && !isOf(r, table))
        .filter(
            r ->
                (r.key().parentColumns().isEmpty() ? primary : r.key().parentColumns())
                    .stream().anyMatch(columns::contains))
        .findFirst()
        .map(r -> "a foreign key of " + r.table().name());
  }

  private boolean isOf(Schema.Referencing key, QualifiedName table) {
    return key.table().equals(schema.resolve(table));
  }

  private Optional<String> pointingAt(QualifiedName table) {
    return schema.foreignKeysTo(table).stream()
        .filter(r -> !isOf(r, table) && !dropped.contains(r.table()))
        .filter(r -> schema.isSettled(r.table()))
        .findFirst()
        .map(r -> "a foreign key of " + r.table().name());
  }

  private Optional<String> reading(QualifiedName relation) {
    return schema.viewsReading(relation).stream()
        .map(View::name)
        .filter(v -> schema.isSettled(v) && !dropped.contains(v))
        .findFirst()
        .map(v -> "view " + v.name());
  }

  private Optional<String> key(Change.DropConstraint change) {
    return schema
        .table(change.table())
        .filter(t -> schema.isCertain(change.table()))
        .flatMap(t -> t.constraint(change.constraint()))
        .filter(c -> c instanceof Constraint.PrimaryKey || c instanceof Constraint.Unique)
        .filter(c -> isOnly(c, change.table()))
        .flatMap(c -> pointingExactly(change.table(), c.columns()))
        .map(by -> by + " points at it, and there is no CASCADE");
  }

  /** With two on the same columns nobody knows which of them a foreign key stands on. */
  private boolean isOnly(Constraint constraint, QualifiedName table) {
    return schema.allIndexesOn(table).stream()
            .filter(
                i -> i.unique() && Set.copyOf(columns(i)).equals(Set.copyOf(constraint.columns())))
            .count()
        == 1;
  }

  private Optional<String> pointingExactly(QualifiedName table, List<Name> columns) {
    List<Name> primary = schema.table(table).map(Table::primaryKey).orElse(List.of());
    return schema.foreignKeysTo(table).stream()
        .filter(r -> schema.isSettled(r.table()) && !isOf(r, table))
        .filter(
            r ->
                Set.copyOf(r.key().parentColumns().isEmpty() ? primary : r.key().parentColumns())
                    .equals(Set.copyOf(columns)))
        .findFirst()
        .map(r -> "a foreign key of " + r.table().name());
  }

  private static List<Name> columns(Index index) {
    return index.columns().stream().flatMap(c -> c.column().stream()).toList();
  }

  private Optional<String> index(Change.DropIndex change) {
    return schema
        .index(change.index())
        .filter(i -> schema.isCertain(i.table()))
        .flatMap(schema::constraintOf)
        .flatMap(Constraint::name)
        .map(c -> "constraint " + c + " needs it: ALTER TABLE … DROP CONSTRAINT takes both")
        .or(() -> change.cascade() ? Optional.empty() : pointedAt(change.index()));
  }

  /** A foreign key can point at what a mere index keeps unique. */
  private Optional<String> pointedAt(QualifiedName index) {
    return schema
        .index(index)
        .filter(i -> i.unique() && schema.isCertain(i.table()))
        .filter(
            i ->
                schema.allIndexesOn(i.table()).stream()
                        .filter(o -> o.unique() && sameColumns(o, i))
                        .count()
                    == 1)
        .flatMap(i -> pointingExactly(i.table(), columns(i)))
        .map(by -> by + " points at what it keeps unique");
  }

  private static boolean sameColumns(Index one, Index other) {
    return Set.copyOf(columns(one)).equals(Set.copyOf(columns(other)));
  }

  private Optional<String> truncated(Change.Truncate change) {
    Set<QualifiedName> all =
        change.tables().stream().map(schema::resolve).collect(Collectors.toSet());
    return all.stream()
        .sorted()
        .flatMap(t -> schema.foreignKeysTo(t).stream())
        .filter(r -> !all.contains(r.table()) && schema.isSettled(r.table()))
        .findFirst()
        .map(
            r -> "a foreign key of " + r.table().name() + " points at it, and there is no CASCADE");
  }

  private Optional<String> object(Change.DropObject change) {
    return switch (change.kind()) {
      case VIEW, MATERIALIZED_VIEW ->
          reading(change.name()).map(by -> by + " reads it, and there is no CASCADE");
      case TYPE, DOMAIN ->
          columnOf(change.name()).map(by -> by + " is of it, and there is no CASCADE");
      case SEQUENCE ->
          drawing(change.name()).map(by -> by + " draws from it, and there is no CASCADE");
      case FUNCTION -> calling(change.name()).map(by -> by + " calls it, and there is no CASCADE");
      default -> Optional.empty();
    };
  }

  private Optional<String> columnOf(QualifiedName type) {
    QualifiedName resolved = schema.resolve(type);
    return schema.tables().stream()
        .filter(t -> schema.isCertain(t.name()))
        .flatMap(
            t ->
                t.columns().stream()
                    .filter(c -> schema.resolve(Types.name(c.type())).equals(resolved))
                    .map(c -> "column " + t.name().name() + "." + c.name()))
        .findFirst();
  }

  /** A column of a parent goes, or changes, there (error 42P16). */
  private Optional<String> inherited(QualifiedName table, Name column) {
    return schema.table(table).filter(t -> schema.isCertain(t.name())).stream()
        .flatMap(t -> t.parents().stream())
        .filter(p -> schema.isCertain(p) && schema.column(p, column).isPresent())
        .findFirst()
        .map(p -> column + " is inherited from " + p.name() + ": it is changed there");
  }

  /** Serials of other tables can draw from a sequence that goes along with this one. */
  private Optional<String> drawingFromIts(QualifiedName table) {
    QualifiedName resolved = schema.resolve(table);
    return schema.othersOn(table).stream()
        .filter(o -> o.name().kind() == ObjectKind.SEQUENCE && o.owner().isPresent())
        .flatMap(
            o ->
                drawing(
                    o.name().name(), t -> !t.name().equals(resolved) && !dropped.contains(t.name()))
                    .stream())
        .findFirst();
  }

  /** That of a serial or an identity is the column's own. */
  private Optional<String> drawing(QualifiedName sequence) {
    return schema
        .other(ObjectKind.SEQUENCE, sequence)
        .flatMap(Schema.Other::owner)
        .filter(o -> schema.isCertain(o.table()))
        .filter(o -> schema.column(o.table(), o.column()).flatMap(Column::identity).isPresent())
        .map(o -> "column " + o.table().name() + "." + o.column())
        .or(() -> drawing(sequence, t -> true));
  }

  private Optional<String> drawing(QualifiedName sequence, Predicate<Table> where) {
    QualifiedName resolved = schema.resolve(sequence);
    return schema.tables().stream()
        .filter(t -> schema.isCertain(t.name()) && where.test(t))
        .flatMap(
            t ->
                t.columns().stream()
                    .filter(
                        c ->
                            c.defaultValue()
                                .map(
                                    d ->
                                        d.references().relations().stream()
                                            .anyMatch(r -> schema.resolve(r).equals(resolved)))
                                .orElse(false))
                    .map(c -> "column " + t.name().name() + "." + c.name()))
        .findFirst();
  }

  // Overloads share a name: only a trigger's function has none.
  private Optional<String> calling(QualifiedName function) {
    Optional<QualifiedName> resolved = Optional.of(schema.resolve(function));
    return schema.tables().stream()
        .filter(t -> schema.isCertain(t.name()))
        .flatMap(t -> schema.triggersOn(t.name()).stream())
        .filter(t -> t.function().map(schema::resolve).equals(resolved))
        .findFirst()
        .map(t -> "trigger " + t.name() + " on " + t.table().name());
  }
}
