package dev.sluice.plan;

import dev.sluice.dialect.Engine;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * What takes a change back, as changes, and whether that is possible. Nothing that the change did
 * not make itself is ever taken away: where the schema does not know what was there before, the
 * change stays.
 */
public record Inverse(List<Change> changes, Reversible reversible) {

  /** There is nothing to take back. */
  static final Inverse NOTHING = new Inverse(List.of(), Reversible.YES);

  /** It stays, and harms nobody. */
  private static final Inverse STAYS = new Inverse(List.of(), Reversible.UNTIL_WRITTEN);

  private static final Inverse LOST = new Inverse(List.of(), Reversible.NO);

  public Inverse {
    changes = List.copyOf(changes);
  }

  private static Inverse by(Change... changes) {
    return new Inverse(List.of(changes), Reversible.YES);
  }

  private static Inverse by(Optional<? extends Change> change, Inverse otherwise) {
    return change.<Inverse>map(Inverse::by).orElse(otherwise);
  }

  /**
   * @param before the schema that the change meets
   * @param phase rows changed in place were decided to be harmless to the old version in
   *     pre-deploy; afterwards nobody asks it
   */
  public static Inverse of(Change change, Schema before, Phase phase) {
    Inverse rows = phase == Phase.PRE_DEPLOY ? STAYS : LOST;
    return switch (change) {
      case CreateTable c ->
          before.knows(c.table().name())
              ? NOTHING
              : by(new DropTable(c.table().name(), true, false));
      case DropTable c -> LOST;
      case RenameTable c -> by(new RenameTable(c.table().withName(c.to()), c.table().name()));
      case MoveTable c ->
          by(
              before
                  .resolve(c.table())
                  .schema()
                  .map(old -> new MoveTable(c.table().in(c.schema()), old)),
              LOST);
      case AlterTable c -> STAYS;
      case AttachPartition c -> by(new DetachPartition(c.parent(), c.partition(), false));
      case DetachPartition c when c.completes() -> STAYS;
      case DetachPartition c ->
          by(
              before
                  .table(c.partition())
                  .flatMap(
                      p ->
                          p.bounds()
                              .map(
                                  b ->
                                      new AttachPartition(
                                          c.parent(), c.partition(), b, p.isDefaultPartition()))),
              LOST);

      case AlterPartitions c ->
          switch (c.operation()) {
            case DROP, TRUNCATE, EXCHANGE, CONVERT_IN, DISCARD_TABLESPACE -> LOST;
            case ADD, REORGANIZE, COALESCE, CONVERT_OUT, IMPORT_TABLESPACE -> STAYS;
            case REBUILD, OPTIMIZE, ANALYZE, CHECK, REPAIR -> NOTHING;
          };

      case AddColumn c ->
          before.column(c.table(), c.column().name()).isPresent()
              ? NOTHING
              : by(new DropColumn(c.table(), c.column().name(), true, false));
      case RedefineColumn c -> redefined(c, before);
      case DropColumn c -> isNotThere(c, before) ? NOTHING : LOST;
      case RenameColumn c -> by(new RenameColumn(c.table(), c.to(), c.column()));
      case AlterColumnType c -> STAYS;
      case SetDefault c ->
          by(formerDefault(c.table(), c.column(), before))
              .orElseGet(
                  () ->
                      // A serial's default is its sequence's, in the catalog's words.
                      numbersItself(c.table(), c.column(), before)
                          ? STAYS
                          : by(new DropDefault(c.table(), c.column())));
      case DropDefault c -> by(formerDefault(c.table(), c.column(), before)).orElse(LOST);
      case SetNotNull c ->
          before.column(c.table(), c.column()).map(Column::nullable).orElse(true)
              ? by(new DropNotNull(c.table(), c.column()))
              : NOTHING;
      case DropNotNull c ->
          before.column(c.table(), c.column()).map(k -> !k.nullable()).orElse(false)
              ? new Inverse(
                  List.of(new SetNotNull(c.table(), c.column())), Reversible.UNTIL_WRITTEN)
              : NOTHING;
      case AddIdentity c -> by(new DropIdentity(c.table(), c.column(), true));
      case DropIdentity c -> LOST;
      case DropExpression c -> LOST;
      case SetExpression c ->
          by(
              before
                  .column(c.table(), c.column())
                  .flatMap(Column::generated)
                  .map(g -> new SetExpression(c.table(), c.column(), g.expression())),
              LOST);
      case AlterColumnOption c -> STAYS;

      case AddConstraint c ->
          by(
              nameOf(c, before).map(name -> new DropConstraint(c.table(), name, true, false)),
              STAYS);
      case DropConstraint c -> droppedConstraint(c, before);
      case RenameConstraint c -> by(new RenameConstraint(c.table(), c.to(), c.constraint()));
      case ValidateConstraint c -> STAYS;
      case AlterConstraint c -> STAYS;

      case CreateIndex c ->
          by(
              c.index()
                  .name()
                  .map(
                      name ->
                          new DropIndex(
                              name, Optional.of(c.index().table()), c.concurrently(), true, false)),
              STAYS);
      case DropIndex c ->
          by(
              before
                  .index(c.index(), c.table())
                  .map(index -> new CreateIndex(named(index, c), c.concurrently(), false, false)),
              LOST);
      case RenameIndex c ->
          by(new RenameIndex(c.index().withName(c.to()), c.table(), c.index().name()));
      case AttachIndex c -> STAYS;
      case AlterIndex c -> STAYS;
      case HideIndex c -> by(new HideIndex(c.index(), c.table(), !c.hidden()));
      case Reindex c -> NOTHING;

      case CreateView c ->
          before
              .view(c.view().name())
              .map(v -> replacedBy(v, c.view().name()))
              .orElseGet(
                  // Where not all is known, it may have been there before, whoever made it.
                  () ->
                      (c.orReplace() || c.ifNotExists()) && !before.complete()
                          ? STAYS
                          : by(dropOf(viewKind(c.view()), c.view().name(), "")));
      case RefreshView c -> NOTHING;
      case CreateSequence c -> by(dropOf(ObjectKind.SEQUENCE, c.sequence(), ""));
      case AlterSequence c -> STAYS;
      case CreateType c -> by(dropOf(ObjectKind.TYPE, c.type(), ""));
      case AddEnumValue c -> STAYS;
      case RenameEnumValue c -> by(new RenameEnumValue(c.type(), c.to(), c.value()));
      case CreateDomain c -> by(dropOf(ObjectKind.DOMAIN, c.domain(), ""));
      case CreateRoutine c ->
          by(former(c.routine(), before).map(r -> new CreateRoutine(r, true)))
              .orElseGet(
                  () ->
                      c.orReplace() && (!before.complete() || named(c.routine(), before))
                          ? STAYS
                          : by(
                              dropOf(
                                  c.routine().kind(),
                                  c.routine().name(),
                                  "(" + c.routine().signature() + ")")));
      case CreateTrigger c ->
          by(
              before
                  .trigger(c.trigger().table(), c.trigger().name())
                  .map(t -> new CreateTrigger(t, true)),
              c.orReplace()
                  ? STAYS
                  : by(
                      new DropTrigger(
                          c.trigger().name(), Optional.of(c.trigger().table()), true, false)));
      case DropTrigger c ->
          by(
              c.table()
                  .flatMap(t -> before.trigger(t, c.trigger()))
                  .map(t -> new CreateTrigger(t, false)),
              LOST);
      case EnableTrigger c -> STAYS;
      case CreateObject c ->
          c.orReplace() || !c.kind().isNamedByOneIdentifier()
              ? STAYS
              : by(new DropObject(c.kind(), c.name(), c.on(), "", true, false));
      case AlterObject c -> STAYS;
      case DropObject c -> droppedObject(c, before);
      case RenameObject c ->
          by(
              new RenameObject(
                  c.kind(), c.name().withName(c.to()), c.on(), c.signature(), c.name().name()));
      case MoveObject c -> LOST;

      case Insert c -> rows;
      case Update c -> rows;
      case Delete c -> rows;
      case Merge c -> rows;
      case Truncate c -> LOST;
      case Copy c -> c.into() ? rows : NOTHING;
      case Query c -> STAYS;

      case SetParameter c -> NOTHING;
      case SetServerParameter c -> STAYS;
      case UseSchema c -> NOTHING;
      case TransactionControl c -> NOTHING;
      case LockTable c -> NOTHING;
      case Grant c -> c.revoke() ? LOST : STAYS;
      case Comment c -> STAYS;
      case ChangeOwner c -> STAYS;
      case Maintenance c -> NOTHING;
      case NoEffect c -> NOTHING;
      case Block c -> block(c, before, phase);
      case Unrecognised c -> LOST;
    };
  }

  /**
   * No code runs backwards: what it does stays. In pre-deploy that harms nobody, unless something
   * is lost; afterwards the old version would miss what it takes away. Where nobody knows what it
   * does, it takes something away.
   */
  private static boolean isNotThere(DropColumn change, Schema before) {
    return change.ifExists()
        && before.isCertain(change.table())
        && before.column(change.table(), change.column()).isEmpty();
  }

  private static Inverse block(Block block, Schema before, Phase phase) {
    Schema schema = before;
    boolean lost = !block.unknown().isEmpty();
    for (Change change : block.changes()) {
      Inverse inverse = madeInside(change, before, schema) ? NOTHING : of(change, schema, phase);
      lost |=
          inverse.reversible() == Reversible.NO
              || (phase == Phase.POST_DEPLOY && !inverse.changes().isEmpty());
      schema = schema.after(change);
    }
    return lost ? LOST : STAYS;
  }

  /** A table that the block itself made before: it is lost to nobody. */
  private static boolean madeInside(Change change, Schema before, Schema now) {
    return change instanceof DropTable drop
        && now.knows(now.resolve(drop.table()))
        && !before.knows(now.resolve(drop.table()));
  }

  /**
   * As an engine can do it. MySQL and MariaDB check a constraint while nobody writes, so one that
   * is gone stays so; and MySQL puts no routine or trigger in the place of another.
   *
   * @param before the schema that the change meets
   */
  Inverse on(Engine engine, Change change, Schema before) {
    if (engine == Engine.POSTGRESQL || changes.isEmpty()) {
      return this;
    }
    if (change instanceof SetDefault set
        && before.column(set.table(), set.column()).map(Column::nullable).orElse(false)) {
      // DROP DEFAULT would leave it without any, not even NULL: INSERTs without it are refused
      // then.
      return new Inverse(
          changes.stream()
              .map(
                  c ->
                      c instanceof DropDefault d
                          ? new SetDefault(d.table(), d.column(), Fragment.literal("NULL"))
                          : c)
              .toList(),
          reversible);
    }
    if (changes.stream().anyMatch(ValidateConstraint.class::isInstance)) {
      return STAYS;
    }
    if (engine == Engine.MYSQL && changes.stream().anyMatch(Inverse::replaces)) {
      return change instanceof DropObject
          ? new Inverse(changes.stream().map(Inverse::anew).toList(), reversible)
          : STAYS;
    }
    return this;
  }

  private static boolean replaces(Change change) {
    return (change instanceof CreateRoutine r && r.orReplace())
        || (change instanceof CreateTrigger t && t.orReplace());
  }

  private static Change anew(Change change) {
    return change instanceof CreateRoutine r
        ? new CreateRoutine(r.routine(), false, false, r.definer())
        : change;
  }

  private static Inverse redefined(RedefineColumn change, Schema before) {
    return before
        .column(change.table(), change.column())
        .map(
            former ->
                new Inverse(
                    List.of(
                        new RedefineColumn(
                            change.table(),
                            change.definition().name(),
                            former,
                            List.of(),
                            Optional.empty(),
                            false)),
                    Reversible.UNTIL_WRITTEN))
        .orElse(LOST);
  }

  /** The engine's own choice is known where all that is on the table is. */
  private static Optional<Name> nameOf(AddConstraint change, Schema before) {
    return change
        .constraint()
        .name()
        .or(
            () ->
                before
                    .table(change.table())
                    .filter(Table::complete)
                    .map(t -> before.nameOf(change.table(), change.constraint())));
  }

  private static Optional<Inverse> by(Optional<? extends Change> change) {
    return change.map(Inverse::by);
  }

  private static boolean numbersItself(QualifiedName table, Name column, Schema before) {
    return before.column(table, column).flatMap(Column::identity).isPresent();
  }

  private static Optional<SetDefault> formerDefault(
      QualifiedName table, Name column, Schema before) {
    return before
        .column(table, column)
        .flatMap(Column::defaultValue)
        .map(value -> new SetDefault(table, column, value));
  }

  /** Rows may break it by then: it is put back for new ones, and then checked. */
  private static Inverse droppedConstraint(DropConstraint change, Schema before) {
    Optional<Constraint> former =
        before
            .table(change.table())
            .flatMap(t -> t.constraints().stream().filter(change::means).findFirst());
    if (former.isEmpty()) {
      return LOST;
    }
    return switch (former.get()) {
      case Constraint.ForeignKey k -> checkedLater(change, k.validated(false));
      case Constraint.Check k -> checkedLater(change, k.validated(false));
      case Constraint.PrimaryKey k -> STAYS;
      case Constraint.Unique k -> STAYS;
      case Constraint.Exclude k -> STAYS;
      case Constraint.NotNull k -> STAYS;
    };
  }

  private static Inverse checkedLater(DropConstraint change, Constraint notValid) {
    return new Inverse(
        List.of(
            new AddConstraint(change.table(), notValid),
            new ValidateConstraint(change.table(), change.constraint())),
        Reversible.UNTIL_WRITTEN);
  }

  private static Inverse droppedObject(DropObject change, Schema before) {
    return switch (change.kind()) {
      case VIEW, MATERIALIZED_VIEW ->
          by(
              before
                  .view(change.name())
                  .map(v -> new CreateView(named(v, change.name()), false, false, false)),
              LOST);
      case FUNCTION, PROCEDURE ->
          by(
              before
                  .routine(change.name(), change.signature())
                  .map(r -> new CreateRoutine(r, true)),
              LOST);
      default -> LOST;
    };
  }

  /** The old version worked with the new one too: where it cannot be put back, it stays. */
  private static Inverse replacedBy(View former, QualifiedName name) {
    return former.materialized()
        ? STAYS
        : new Inverse(
            List.of(new CreateView(named(former, name), true, false, false)),
            Reversible.UNTIL_WRITTEN);
  }

  private static View named(View view, QualifiedName name) {
    return new View(name, view.columns(), view.query(), view.materialized(), view.options());
  }

  /** In the words of the statement, so that it means the same under the same search path. */
  private static Index named(Index index, DropIndex change) {
    return index.named(change.index());
  }

  private static Optional<Routine> former(Routine routine, Schema before) {
    return before
        .replacedBy(routine)
        .filter(r -> r.types().equals(routine.types()) && r.kind() == routine.kind());
  }

  /** One of that name was there, with other arguments or none that could be read. */
  private static boolean named(Routine routine, Schema before) {
    return before.routine(routine.name()).isPresent();
  }

  private static ObjectKind viewKind(View view) {
    return view.materialized() ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW;
  }

  private static DropObject dropOf(ObjectKind kind, QualifiedName name, String signature) {
    return new DropObject(kind, name, Optional.empty(), signature, true, false);
  }
}
