package dev.sluice.plan;

import dev.sluice.dialect.Writer;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.Position;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One change, written in the names after a rename, in those that still hold in pre-deploy. */
final class Translation {

  private final StandIns standIns;
  private final Schema pre;
  private final Writer writer;

  Translation(StandIns standIns, Schema pre, Writer writer) {
    this.standIns = standIns;
    this.pre = pre;
    this.writer = writer;
  }

  /** Empty where it must wait until the names are there. */
  Optional<Change> of(Change change) {
    return switch (change) {
      case CreateTable c -> created(c);
      case DropTable c ->
          Optional.of(new DropTable(table(c.table()), c.temporary(), c.ifExists(), c.cascade()));
      case RenameTable c -> unless(isViewed(c.table()), c);
      case MoveTable c -> unless(isViewed(c.table()), c);
      case AlterTable c -> Optional.of(new AlterTable(table(c.table()), c.property(), c.text()));
      case AttachPartition c ->
          Optional.of(
              new AttachPartition(
                  table(c.parent()), table(c.partition()), c.bounds(), c.isDefault()));
      case DetachPartition c ->
          Optional.of(
              new DetachPartition(
                  table(c.parent()), table(c.partition()), c.concurrently(), c.completes()));
      case AlterPartitions c ->
          Optional.of(
              new AlterPartitions(
                  table(c.table()), c.operation(), c.partitions(), c.other(), c.text()));
      case AddColumn c ->
          c.column().generated().map(g -> names(g.expression(), c.table())).orElse(false)
              ? Optional.empty()
              : constraints(c.table(), c.constraints())
                  .map(
                      own ->
                          new AddColumn(
                              table(c.table()),
                              c.column(),
                              own,
                              c.position().map(p -> position(c.table(), p)),
                              c.ifNotExists()));
      case RedefineColumn c ->
          column(c.table(), c.column()).equals(c.column())
              ? constraints(c.table(), c.constraints())
                  .map(
                      own ->
                          new RedefineColumn(
                              table(c.table()),
                              c.column(),
                              c.definition(),
                              own,
                              c.position().map(p -> position(c.table(), p)),
                              c.ifExists()))
              : Optional.empty();
      case DropColumn c ->
          Optional.of(
              new DropColumn(
                  table(c.table()), column(c.table(), c.column()), c.ifExists(), c.cascade()));
      case RenameColumn c ->
          column(c.table(), c.column()).equals(c.column())
              ? Optional.of(new RenameColumn(table(c.table()), c.column(), c.to()))
              : Optional.empty();
      case AlterColumnType c ->
          c.using().map(u -> names(u, c.table())).orElse(false)
              ? Optional.empty()
              : Optional.of(
                  new AlterColumnType(
                      table(c.table()),
                      column(c.table(), c.column()),
                      c.type(),
                      c.using(),
                      c.collation()));
      case SetDefault c ->
          Optional.of(new SetDefault(table(c.table()), column(c.table(), c.column()), c.value()));
      case DropDefault c ->
          Optional.of(new DropDefault(table(c.table()), column(c.table(), c.column())));
      case SetNotNull c ->
          Optional.of(new SetNotNull(table(c.table()), column(c.table(), c.column())));
      case DropNotNull c ->
          Optional.of(new DropNotNull(table(c.table()), column(c.table(), c.column())));
      case AddIdentity c ->
          Optional.of(
              new AddIdentity(
                  table(c.table()), column(c.table(), c.column()), c.how(), c.options()));
      case DropIdentity c ->
          Optional.of(
              new DropIdentity(table(c.table()), column(c.table(), c.column()), c.ifExists()));
      case DropExpression c ->
          Optional.of(
              new DropExpression(table(c.table()), column(c.table(), c.column()), c.ifExists()));
      case SetExpression c ->
          unless(
              names(c.expression(), c.table()),
              new SetExpression(table(c.table()), column(c.table(), c.column()), c.expression()));
      case AlterColumnOption c ->
          Optional.of(
              new AlterColumnOption(table(c.table()), column(c.table(), c.column()), c.text()));
      case AddConstraint c ->
          constraint(c.table(), c.constraint())
              .map(own -> new AddConstraint(table(c.table()), own, c.ifNotExists()));
      case DropConstraint c ->
          Optional.of(
              new DropConstraint(
                  table(c.table()), c.constraint(), c.meant(), c.ifExists(), c.cascade()));
      case RenameConstraint c ->
          Optional.of(new RenameConstraint(table(c.table()), c.constraint(), c.to()));
      case ValidateConstraint c ->
          Optional.of(new ValidateConstraint(table(c.table()), c.constraint()));
      case AlterConstraint c ->
          Optional.of(new AlterConstraint(table(c.table()), c.constraint(), c.text()));
      case CreateIndex c ->
          index(c.index())
              .map(own -> new CreateIndex(own, c.concurrently(), c.ifNotExists(), c.only()));
      case DropIndex c ->
          Optional.of(
              new DropIndex(
                  c.index(),
                  c.table().map(this::table),
                  c.concurrently(),
                  c.ifExists(),
                  c.cascade()));
      case RenameIndex c ->
          Optional.of(new RenameIndex(c.index(), c.table().map(this::table), c.to()));
      case AttachIndex c -> Optional.of(c);
      case AlterIndex c -> Optional.of(c);
      case HideIndex c -> Optional.of(new HideIndex(c.index(), table(c.table()), c.hidden()));
      case Reindex c ->
          Optional.of(
              new Reindex(
                  c.target(),
                  c.target() == Reindex.Target.TABLE ? table(c.name()) : c.name(),
                  c.concurrently()));
      // Rows that are kept hold on to what they were read from.
      case CreateView c ->
          unless(
              c.view().materialized()
                  && c.view().query().references().relations().stream().anyMatch(this::stands),
              c);
      case RefreshView c -> Optional.of(c);
      case CreateSequence c -> unless(c.ownedBy().map(o -> stands(o.table())).orElse(false), c);
      case AlterSequence c -> unless(c.ownedBy().map(o -> stands(o.table())).orElse(false), c);
      case CreateType c -> Optional.of(c);
      case AddEnumValue c -> Optional.of(c);
      case RenameEnumValue c -> Optional.of(c);
      case CreateDomain c -> Optional.of(c);
      case CreateRoutine c -> Optional.of(c);
      case CreateTrigger c -> trigger(c);
      case DropTrigger c ->
          Optional.of(
              new DropTrigger(c.trigger(), c.table().map(this::table), c.ifExists(), c.cascade()));
      case EnableTrigger c ->
          Optional.of(new EnableTrigger(c.kind(), table(c.table()), c.name(), c.firing()));
      case CreateObject c -> unless(c.on().map(this::stands).orElse(false), c);
      case AlterObject c -> unless(c.on().map(this::stands).orElse(false), c);
      case DropObject c -> unless(c.on().map(this::stands).orElse(false), c);
      case RenameObject c -> unless(c.on().map(this::stands).orElse(false), c);
      case MoveObject c -> Optional.of(c);
      case Insert c ->
          unless(
              isViewed(c.table()) && c.conflict().flatMap(Insert.Conflict::constraint).isPresent(),
              c);
      case Update c -> Optional.of(c);
      case Delete c -> Optional.of(c);
      case Merge c -> unless(isViewed(c.table()), c);
      case Truncate c ->
          Optional.of(new Truncate(c.tables().stream().map(this::table).toList(), c.cascade()));
      case Copy c -> unless(isViewed(c.table()), c);
      case Query c -> Optional.of(c);
      case SetParameter c -> Optional.of(c);
      case SetServerParameter c -> Optional.of(c);
      case UseSchema c -> Optional.of(c);
      case TransactionControl c -> Optional.of(c);
      case LockTable c -> Optional.of(c);
      case Grant c -> Optional.of(c);
      case Comment c -> unless(c.on().map(this::stands).orElse(false), c);
      case ChangeOwner c -> Optional.of(c);
      case Maintenance c -> Optional.of(c);
      case NoEffect c -> Optional.of(c);
      case Block c ->
          unless(c.changes().stream().anyMatch(inner -> !of(inner).equals(Optional.of(inner))), c);
      case Unrecognised c -> Optional.of(c);
    };
  }

  private static Optional<Change> unless(boolean waits, Change change) {
    return waits ? Optional.empty() : Optional.of(change);
  }

  private QualifiedName table(QualifiedName name) {
    return standIns.table(name, pre);
  }

  private Name column(QualifiedName table, Name name) {
    return standIns.column(table, name, pre);
  }

  private Position position(QualifiedName table, Position position) {
    return switch (position) {
      case Position.First first -> first;
      case Position.After after -> new Position.After(column(table, after.column()));
    };
  }

  private List<Name> columns(QualifiedName table, List<Name> names) {
    return names.stream().map(name -> column(table, name)).toList();
  }

  private boolean stands(QualifiedName table) {
    return standIns.stands(table, pre);
  }

  /** Whether its name is a view's, so far. */
  private boolean isViewed(QualifiedName table) {
    return !table(table).equals(table);
  }

  private boolean names(Fragment expression, QualifiedName table) {
    return standIns.names(expression, table, pre);
  }

  /** A new table has names of its own; only its foreign keys lead elsewhere. */
  private Optional<Change> created(CreateTable c) {
    Table table = c.table();
    if (c.copies().stream().anyMatch(like -> stands(like.table()))
        || table.parents().stream().anyMatch(this::stands)) {
      return Optional.empty();
    }
    List<Constraint> own =
        table.constraints().stream()
            .map(one -> one instanceof Constraint.ForeignKey key ? toParent(key) : one)
            .toList();
    return Optional.of(
        own.equals(table.constraints())
            ? c
            : new CreateTable(
                table.withConstraints(own),
                c.indexes(),
                c.copies(),
                c.query(),
                c.temporary(),
                c.unlogged(),
                c.storage(),
                c.ifNotExists(),
                c.ofType()));
  }

  private Constraint.ForeignKey toParent(Constraint.ForeignKey key) {
    return key.to(table(key.parent()), columns(key.parent(), key.parentColumns()));
  }

  private Optional<List<Constraint>> constraints(QualifiedName table, List<Constraint> all) {
    List<Constraint> own = new ArrayList<>();
    for (Constraint one : all) {
      Optional<Constraint> translated = constraint(table, one);
      if (translated.isEmpty()) {
        return Optional.empty();
      }
      own.add(translated.get());
    }
    return Optional.of(own);
  }

  private Optional<Constraint> constraint(QualifiedName table, Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey k -> Optional.of(k.over(columns(table, k.columns())));
      case Constraint.Unique k -> Optional.of(k.over(columns(table, k.columns())));
      case Constraint.ForeignKey k -> Optional.of(toParent(k).over(columns(table, k.columns())));
      case Constraint.Check k -> names(k.expression(), table) ? Optional.empty() : Optional.of(k);
      case Constraint.Exclude k -> names(k.definition(), table) ? Optional.empty() : Optional.of(k);
      case Constraint.NotNull k ->
          Optional.of(new Constraint.NotNull(k.name(), column(table, k.column()), k.validated()));
    };
  }

  private Optional<Index> index(Index index) {
    List<IndexColumn> keys = new ArrayList<>();
    for (IndexColumn key : index.columns()) {
      Optional<Name> plain = key.column();
      if (plain.isEmpty()) {
        if (names(key.key(), index.table())) {
          return Optional.empty();
        }
        keys.add(key);
      } else {
        keys.add(renamed(key, column(index.table(), plain.get())));
      }
    }
    if (index.predicate().map(p -> names(p, index.table())).orElse(false)) {
      return Optional.empty();
    }
    return Optional.of(
        new Index(
            index.name().map(n -> new QualifiedName(table(index.table()).schema(), n.name())),
            table(index.table()),
            index.unique(),
            index.method(),
            keys,
            columns(index.table(), index.include()),
            index.predicate(),
            index.nullsDistinct(),
            index.storage(),
            index.valid(),
            index.hidden()));
  }

  private IndexColumn renamed(IndexColumn key, Name column) {
    return key.column().equals(Optional.of(column))
        ? key
        : new IndexColumn(
            Optional.of(column), Fragment.literal(writer.quote(column)), key.modifiers());
  }

  /** What calls a function needs no names of columns, but WHEN and UPDATE OF do. */
  private Optional<Change> trigger(CreateTrigger c) {
    Trigger trigger = c.trigger();
    if (!stands(trigger.table())) {
      return Optional.of(c);
    }
    if (names(trigger.definition(), trigger.table())
        || trigger.timing().toUpperCase(Locale.ROOT).contains(" OF ")) {
      return Optional.empty();
    }
    return Optional.of(
        new CreateTrigger(
            new Trigger(
                trigger.name(),
                table(trigger.table()),
                trigger.timing(),
                trigger.function(),
                trigger.definition(),
                trigger.constraint()),
            c.orReplace(),
            c.ifNotExists(),
            c.definer()));
  }
}
