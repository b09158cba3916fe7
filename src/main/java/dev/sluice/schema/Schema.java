package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The objects known at one place of the history. Immutable: the schema after a change is a new one
 * and shares what did not change.
 *
 * <p>All keys are resolved names: with a schema. Every lookup resolves what it is given, so callers
 * pass names as they stand in the text. What was never seen is absent, and absent does not mean
 * that it does not exist.
 */
public final class Schema {

  private final Name defaultSchema;
  private final PMap<QualifiedName, Table> tables;
  private final PMap<QualifiedName, Index> indexes;
  private final PMap<QualifiedName, View> views;
  private final PMap<QualifiedName, Routine> routines;
  private final PMap<QualifiedName, EnumType> enums;
  private final PMap<TriggerName, Trigger> triggers;
  private final PMap<ObjectName, Other> others;

  /** A trigger is named within its table. */
  public record TriggerName(QualifiedName table, Name name) {}

  /** An object of a kind that has no record of its own. */
  public record ObjectName(ObjectKind kind, QualifiedName name) {}

  /**
   * What is known of it.
   *
   * @param on the table it hangs on, resolved; for a sequence the table of the column that owns it;
   *     may be empty
   * @param definition with the names in it
   */
  public record Other(Optional<QualifiedName> on, Fragment definition) {}

  /** An enum type. */
  public record EnumType(QualifiedName name, List<String> values) {
    public EnumType {
      values = List.copyOf(values);
    }
  }

  private Schema(
      Name defaultSchema,
      PMap<QualifiedName, Table> tables,
      PMap<QualifiedName, Index> indexes,
      PMap<QualifiedName, View> views,
      PMap<QualifiedName, Routine> routines,
      PMap<QualifiedName, EnumType> enums,
      PMap<TriggerName, Trigger> triggers,
      PMap<ObjectName, Other> others) {
    this.defaultSchema = defaultSchema;
    this.tables = tables;
    this.indexes = indexes;
    this.views = views;
    this.routines = routines;
    this.enums = enums;
    this.triggers = triggers;
    this.others = others;
  }

  /** Nothing seen yet; unqualified names mean {@code defaultSchema}. */
  public static Schema empty(Name defaultSchema) {
    return new Schema(
        defaultSchema,
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty());
  }

  /** The name with the schema that it means here. */
  public QualifiedName resolve(QualifiedName name) {
    return name.schema().isPresent() ? name : name.in(defaultSchema);
  }

  /** What unqualified names mean here. */
  public Name defaultSchema() {
    return defaultSchema;
  }

  public Optional<Table> table(QualifiedName name) {
    return Optional.ofNullable(tables.get(resolve(name)));
  }

  public Collection<Table> tables() {
    return tables.values();
  }

  /** Empty where the table or the column was never seen. */
  public Optional<Column> column(QualifiedName table, Name column) {
    return table(table).flatMap(t -> t.column(column));
  }

  public Optional<Index> index(QualifiedName name) {
    return Optional.ofNullable(indexes.get(resolve(name)));
  }

  /** The indexes of a table that have no constraint of their own, in no order. */
  public List<Index> indexesOn(QualifiedName table) {
    QualifiedName resolved = resolve(table);
    return indexes.values().stream().filter(i -> resolve(i.table()).equals(resolved)).toList();
  }

  /** The foreign keys of other tables, and of its own, that point at {@code parent}. */
  public List<Referencing> foreignKeysTo(QualifiedName parent) {
    QualifiedName resolved = resolve(parent);
    return tables.values().stream()
        .flatMap(
            t ->
                t.constraints().stream()
                    .filter(Constraint.ForeignKey.class::isInstance)
                    .map(Constraint.ForeignKey.class::cast)
                    .filter(k -> resolve(k.parent()).equals(resolved))
                    .map(k -> new Referencing(t.name(), k)))
        .toList();
  }

  /** A foreign key and the table it stands in. */
  public record Referencing(QualifiedName table, Constraint.ForeignKey key) {}

  public Optional<View> view(QualifiedName name) {
    return Optional.ofNullable(views.get(resolve(name)));
  }

  public Collection<View> views() {
    return views.values();
  }

  /** Overloads share a name; the last one seen is kept. */
  public Optional<Routine> routine(QualifiedName name) {
    return Optional.ofNullable(routines.get(resolve(name)));
  }

  public Collection<Routine> routines() {
    return routines.values();
  }

  public Optional<EnumType> enumType(QualifiedName name) {
    return Optional.ofNullable(enums.get(resolve(name)));
  }

  public Optional<Trigger> trigger(QualifiedName table, Name name) {
    return Optional.ofNullable(triggers.get(new TriggerName(resolve(table), name)));
  }

  public List<Trigger> triggersOn(QualifiedName table) {
    QualifiedName resolved = resolve(table);
    return triggers.values().stream().filter(t -> resolve(t.table()).equals(resolved)).toList();
  }

  public Optional<Other> other(ObjectKind kind, QualifiedName name) {
    return Optional.ofNullable(others.get(new ObjectName(kind, resolve(name))));
  }

  /** Whether a table, view or sequence of that name was ever seen. */
  public boolean knows(QualifiedName relation) {
    QualifiedName resolved = resolve(relation);
    return tables.containsKey(resolved)
        || views.containsKey(resolved)
        || others.containsKey(new ObjectName(ObjectKind.SEQUENCE, resolved));
  }
}
