package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.DataType;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** The effects of every change. */
final class EffectsOf {

  private final Calls calls;

  EffectsOf(Calls calls) {
    this.calls = calls;
  }

  /**
   * @param before the schema right before the change
   * @param after the schema right after it
   */
  Effects change(Change change, Schema before, Schema after) {
    Touching touching = new Touching(before, after, calls);
    gather(change, touching);
    return touching.effects();
  }

  private void gather(Change change, Touching t) {
    switch (change) {
      case CreateTable c -> TableEffects.create(c, t);
      case DropTable c ->
          TableEffects.drop(
              c.temporary() ? c.table().in(Schema.TEMPORARY) : c.table(), c.cascade(), t);
      case RenameTable c -> TableEffects.rename(c.table(), c.table().withName(c.to()), t);
      case MoveTable c -> TableEffects.rename(c.table(), c.table().in(c.schema()), t);
      case AlterTable c -> TableEffects.alter(c, t);
      case AttachPartition c -> TableEffects.attach(c, t);
      case DetachPartition c -> TableEffects.detach(c, t);

      case AlterPartitions c -> TableEffects.partitions(c, t);

      case AddColumn c -> ColumnEffects.add(c, t);
      case RedefineColumn c -> ColumnEffects.redefine(c, t);
      case DropColumn c -> ColumnEffects.drop(c, t);
      case RenameColumn c -> ColumnEffects.rename(c, t);
      case AlterColumnType c -> ColumnEffects.type(c, t);
      case SetDefault c -> {
        ColumnEffects.aspect(Item.Kind.DEFAULT, c.table(), c.column(), t);
        t.expression(c.value(), t.before().resolve(c.table()));
      }
      case DropDefault c -> ColumnEffects.aspect(Item.Kind.DEFAULT, c.table(), c.column(), t);
      case SetNotNull c -> {
        ColumnEffects.aspect(Item.Kind.NULLABILITY, c.table(), c.column(), t);
        t.checksRows(t.before().resolve(c.table()), List.of(c.column()));
      }
      case DropNotNull c -> ColumnEffects.aspect(Item.Kind.NULLABILITY, c.table(), c.column(), t);
      case AddIdentity c -> ColumnEffects.alter(c.table(), c.column(), t);
      case DropIdentity c -> ColumnEffects.alter(c.table(), c.column(), t);
      case DropExpression c -> ColumnEffects.alter(c.table(), c.column(), t);
      case SetExpression c -> {
        ColumnEffects.alter(c.table(), c.column(), t);
        ColumnEffects.computes(c.table(), c.column(), c.expression(), t);
      }
      case AlterColumnOption c -> ColumnEffects.alter(c.table(), c.column(), t);

      case AddConstraint c -> ConstraintEffects.add(c.table(), c.constraint(), t);
      case DropConstraint c -> ConstraintEffects.drop(c, t);
      case RenameConstraint c -> ConstraintEffects.rename(c, t);
      case ValidateConstraint c -> ConstraintEffects.validate(c, t);
      case AlterConstraint c ->
          t.changes(Item.in(Item.Kind.CONSTRAINT, t.relation(c.table()), c.constraint()));

      case CreateIndex c -> ConstraintEffects.index(c, t);
      case DropIndex c -> ConstraintEffects.drop(c, t);
      case RenameIndex c -> ConstraintEffects.rename(c, t);
      case AttachIndex c -> ConstraintEffects.attach(c, t);
      case AlterIndex c -> t.changes(Item.of(Item.Kind.INDEX, t.before().resolve(c.index())));
      case HideIndex c -> {
        t.relation(c.table());
        QualifiedName table = t.before().resolve(c.table());
        t.changes(Item.index(t.before(), table.withName(c.index().name()), Optional.of(table)));
      }
      case Reindex c -> ConstraintEffects.reindex(c, t);

      case CreateView c -> ObjectEffects.view(c, t);
      case RefreshView c -> ObjectEffects.refresh(c, t);
      case CreateSequence c -> {
        QualifiedName name = t.before().place(c.sequence());
        t.into(name);
        t.makes(Item.of(Item.Kind.RELATION, name), t.before().knows(name));
        c.ownedBy().ifPresent(o -> t.columns(t.relation(o.table()), List.of(o.column())));
      }
      case AlterSequence c -> {
        t.changes(Item.of(Item.Kind.RELATION, t.before().resolve(c.sequence())));
        c.ownedBy().ifPresent(o -> t.columns(t.relation(o.table()), List.of(o.column())));
      }
      case CreateType c -> {
        t.into(t.before().place(c.type()));
        t.creates(Item.of(Item.Kind.TYPE, t.before().place(c.type())));
        t.query(c.definition().references());
      }
      case AddEnumValue c -> t.changes(Item.of(Item.Kind.TYPE, t.before().resolve(c.type())));
      case RenameEnumValue c -> t.changes(Item.of(Item.Kind.TYPE, t.before().resolve(c.type())));
      case CreateDomain c -> {
        t.into(t.before().place(c.domain()));
        t.creates(Item.of(Item.Kind.TYPE, t.before().place(c.domain())));
        t.type(c.base());
        t.query(c.definition().references());
      }
      case CreateRoutine c -> ObjectEffects.routine(c, t);
      case CreateTrigger c -> ObjectEffects.trigger(c, t);
      case DropTrigger c -> ObjectEffects.dropTrigger(c, t);
      case EnableTrigger c ->
          t.changes(
              c.name()
                  .map(
                      n ->
                          ObjectEffects.item(
                              c.kind(),
                              new QualifiedName(Optional.empty(), n),
                              Optional.of(t.relation(c.table())),
                              t.before()))
                  .orElseGet(() -> Item.of(Item.Kind.TRIGGER, t.relation(c.table()))));
      case CreateObject c -> ObjectEffects.create(c, t);
      case AlterObject c -> {
        t.changes(ObjectEffects.item(c.kind(), c.name(), c.on(), t.before()));
        c.on().ifPresent(t::relation);
      }
      case DropObject c -> ObjectEffects.drop(c, t);
      case RenameObject c -> {
        t.drops(ObjectEffects.item(c.kind(), c.name(), c.on(), t.before()));
        t.creates(ObjectEffects.item(c.kind(), c.name().withName(c.to()), c.on(), t.before()));
        c.on().ifPresent(t::relation);
      }
      case MoveObject c -> {
        t.drops(ObjectEffects.item(c.kind(), c.name(), Optional.empty(), t.before()));
        t.creates(
            ObjectEffects.item(c.kind(), c.name().in(c.schema()), Optional.empty(), t.before()));
      }

      case Insert c -> RowEffects.insert(c, t);
      case Update c -> RowEffects.update(c, t);
      case Delete c -> RowEffects.delete(c, t);
      case Merge c -> RowEffects.merge(c, t);
      case Truncate c -> RowEffects.truncate(c, t);
      case Copy c -> RowEffects.copy(c, t);
      case Query c -> t.runs(c.query().references());

      case SetParameter c -> {}
      case SetServerParameter c -> {}
      case UseSchema c -> {}
      case TransactionControl c -> {}
      case LockTable c -> c.tables().forEach(t::relation);
      case Grant c -> c.on().forEach(o -> aspect(o, "privileges", t));
      case Comment c -> c.on().ifPresent(o -> ObjectEffects.comment(o, c.text(), t));
      case ChangeOwner c -> {
        if (c.table()) {
          aspect(c.name(), "owner", t);
        } else {
          t.reads(ObjectEffects.item(c.kind(), c.name(), Optional.empty(), t.before()));
        }
      }
      case Maintenance c -> c.tables().forEach(t::relation);
      case NoEffect c -> {}
      case Block c -> block(c, t);
      case Unrecognised c -> t.incomplete();
    }
  }

  /** One after the other: what is made inside is there for the rest of it. */
  private void block(Block block, Touching t) {
    Schema before = t.before();
    block.calls().forEach(name -> t.reads(Item.of(Item.Kind.ROUTINE, name)));
    for (Change change : block.changes()) {
      Schema after = before.after(change);
      Effects inner = change(change, before, after);
      inner.creates().forEach(t::creates);
      inner.reads().forEach(t::reads);
      inner.checks().forEach(t::checks);
      inner.changes().forEach(t::changes);
      inner.drops().forEach(t::drops);
      if (!inner.complete()) {
        t.incomplete();
      }
      before = after;
    }
    if (!block.unknown().isEmpty()) {
      t.incomplete();
    }
  }

  /** A side of a relation that nobody else depends on. */
  static void aspect(QualifiedName relation, String aspect, Touching t) {
    t.changes(Item.in(Item.Kind.OTHER, t.relation(relation), new Name(aspect)));
  }

  /** An object of a kind that dependence does not tell apart further. */
  static Item other(ObjectKind kind, QualifiedName name) {
    return Item.in(Item.Kind.OTHER, name, new Name(kind.word()));
  }

  /** A type's name as a name; arrays mean their elements. */
  static QualifiedName typeName(DataType type) {
    int dot = type.name().indexOf('.');
    return dot < 0
        ? QualifiedName.of(type.name())
        : QualifiedName.of(type.name().substring(0, dot), type.name().substring(dot + 1));
  }
}
