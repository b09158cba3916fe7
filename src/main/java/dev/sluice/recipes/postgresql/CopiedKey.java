package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.RowCopy;
import dev.sluice.dialect.RowCopy.Value;
import dev.sluice.plan.Situation;
import dev.sluice.release.Effects.Item;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Index;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The key by which a copied row is found again, where rows can be carried over at all: nothing that
 * the old version may write to the source must be refused by the target, or it would be refused
 * itself.
 */
final class CopiedKey {

  private static final Set<Item.Kind> STRUCTURE =
      Set.of(
          Item.Kind.RELATION,
          Item.Kind.COLUMN,
          Item.Kind.NULLABILITY,
          Item.Kind.DEFAULT,
          Item.Kind.CONSTRAINT);

  private final Situation at;
  private final RowCopy copy;
  private final QualifiedName target;
  private final QualifiedName source;

  private CopiedKey(Situation at, RowCopy copy) {
    this.at = at;
    this.copy = copy;
    this.target = at.schema().resolve(copy.target());
    this.source = at.schema().resolve(copy.source());
  }

  /** Columns of the target; empty where a sync would not be safe. */
  static Optional<List<Name>> of(Situation at, RowCopy copy) {
    return new CopiedKey(at, copy).key();
  }

  private Optional<List<Name>> key() {
    Optional<Table> to = at.schema().table(target);
    Optional<Table> from = at.schema().table(source);
    boolean plain =
        at.made(copy.target())
            && !at.made(copy.source())
            && to.filter(t -> t.complete() && t.partitionKey().isEmpty()).isPresent()
            && from.filter(t -> t.complete() && t.partitionKey().isEmpty()).isPresent()
            && to.get().parents().isEmpty()
            && from.get().parents().isEmpty()
            && at.schema().childrenOf(source).isEmpty()
            && copy.where().filter(this::isVolatile).isEmpty()
            && nothingLaterDisturbs()
            && to.get().columns().stream().allMatch(this::takes)
            && to.get().constraints().stream().allMatch(c -> holds(c, from.get()))
            && at.schema().foreignKeysTo(target).isEmpty();
    return plain ? theOnlyKey() : Optional.empty();
  }

  private boolean isVolatile(String sql) {
    return at.dialect().isVolatile(at.dialect().expression(sql), at.schema());
  }

  /** The one unique key of the target, which one of the source gives. */
  private Optional<List<Name>> theOnlyKey() {
    List<Index> unique =
        at.schema().allIndexesOn(target).stream()
            .filter(Index::unique)
            // What the engine numbers itself never collides with what is copied.
            .filter(i -> !columns(i).stream().allMatch(c -> value(c).isEmpty()))
            .toList();
    if (unique.size() != 1 || !isKey(unique.getFirst())) {
      return Optional.empty();
    }
    List<Name> key = columns(unique.getFirst());
    Set<Name> given = new HashSet<>();
    for (Name column : key) {
      Optional<Name> plain = value(column).flatMap(Value::plain);
      if (plain.isEmpty()) {
        return Optional.empty();
      }
      given.add(plain.get());
    }
    return at.schema().allIndexesOn(source).stream()
            .anyMatch(i -> i.unique() && isKey(i) && given.containsAll(columns(i)))
        ? Optional.of(key)
        : Optional.empty();
  }

  private boolean isKey(Index index) {
    return index.valid()
        && index.predicate().isEmpty()
        && index.columns().stream().allMatch(c -> c.column().isPresent())
        && columns(index).stream().noneMatch(c -> isNullable(index.table(), c));
  }

  private boolean isNullable(QualifiedName table, Name column) {
    return at.schema().column(table, column).map(Column::nullable).orElse(true);
  }

  private static List<Name> columns(Index index) {
    return index.columns().stream().flatMap(c -> c.column().stream()).toList();
  }

  private Optional<Value> value(Name column) {
    return copy.values().stream().filter(v -> v.column().equals(column)).findFirst();
  }

  /** Whether the column takes whatever the source can have. */
  private boolean takes(Column column) {
    Optional<Value> value = value(column.name());
    if (value.isEmpty()) {
      return column.mayBeOmitted();
    }
    Optional<Column> given = value.get().plain().flatMap(p -> at.schema().column(source, p));
    boolean same = value.get().needed().isEmpty();
    return column.generated().isEmpty()
        && column.identity().isEmpty()
        && (column.nullable() || given.map(g -> !g.nullable()).orElse(same && !isNull(value.get())))
        && (same || fits(column.type(), given.map(Column::type)));
  }

  private static boolean isNull(Value value) {
    return value.sql().strip().equalsIgnoreCase("NULL");
  }

  private static boolean fits(DataType to, Optional<DataType> from) {
    boolean text =
        to.dimensions() == 0
            && to.arguments().isEmpty()
            && (to.name().equals("text") || to.name().equals("character varying"));
    return text
        || from.filter(
                f ->
                    ColumnTypes.stored(f).sameAs(ColumnTypes.stored(to))
                        || ColumnTypes.takesAll(f, to))
            .isPresent();
  }

  /** Whether no row of the source can break it. */
  private boolean holds(Constraint constraint, Table from) {
    return switch (constraint) {
      case Constraint.PrimaryKey key -> true;
      case Constraint.Unique unique -> true;
      case ForeignKey key ->
          at.schema().resolve(key.parent()).equals(source)
              || from.constraints().stream()
                  .anyMatch(c -> c instanceof ForeignKey own && isCarried(key, own));
      default -> false;
    };
  }

  /** The source has the same key: its rows point at rows that are there. */
  private boolean isCarried(ForeignKey key, ForeignKey own) {
    return at.schema().resolve(key.parent()).equals(at.schema().resolve(own.parent()))
        && own.validated()
        && own.enforced()
        && key.parentColumns().equals(own.parentColumns())
        && key.columns().stream()
            .map(c -> value(c).flatMap(Value::plain))
            .toList()
            .equals(own.columns().stream().map(Optional::of).toList());
  }

  /** Whether the triggers, as they are written now, work until the old version is gone. */
  private boolean nothingLaterDisturbs() {
    return at.later().stream().noneMatch(this::disturbs);
  }

  private boolean disturbs(Subject later) {
    boolean replacesSource =
        (!later.phase().equals(Optional.of(Phase.POST_DEPLOY))
                || later.kind() == Kind.RENAME
                || later.kind() == Kind.REPLACE)
            && Stream.concat(later.effects().drops().stream(), later.effects().changes().stream())
                .anyMatch(i -> i.owner().equals(source) && STRUCTURE.contains(i.kind()));
    boolean touchesTarget =
        Stream.of(later.effects().creates(), later.effects().drops(), later.effects().changes())
            .flatMap(Set::stream)
            .anyMatch(i -> i.owner().equals(target) && STRUCTURE.contains(i.kind()));
    boolean refuses =
        (later.change() instanceof Change.CreateIndex index
                && index.index().unique()
                && later.before().resolve(index.index().table()).equals(target))
            || pointsAtTarget(later);
    return replacesSource || touchesTarget || refuses;
  }

  private boolean pointsAtTarget(Subject later) {
    Stream<Constraint> added =
        switch (later.change()) {
          case Change.AddConstraint add -> Stream.of(add.constraint());
          case Change.AddColumn add -> add.constraints().stream();
          case Change.CreateTable create -> create.table().constraints().stream();
          default -> Stream.empty();
        };
    return added.anyMatch(
        c -> c instanceof ForeignKey key && later.before().resolve(key.parent()).equals(target));
  }
}
