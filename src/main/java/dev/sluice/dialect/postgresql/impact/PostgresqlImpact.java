package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.OneByOne;
import dev.sluice.dialect.Stated;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The locks and the work of each change on PostgreSQL 12 to 18, as seen in {@code pg_locks}, in
 * file nodes and in row counts of real servers (manual, "Explicit Locking" and the page of each
 * command). Plain reads are not counted as locks.
 */
public final class PostgresqlImpact {

  private final EngineVersion version;
  private final Predicate<QualifiedName> isHarmless;

  /**
   * @param isHarmless of a function: it changes neither schema nor rows
   */
  public PostgresqlImpact(EngineVersion version, Predicate<QualifiedName> isHarmless) {
    this.version = version;
    this.isHarmless = isHarmless;
  }

  /** What it costs on the schema as it stands before it. */
  public Impact of(Change change, Schema before) {
    ColumnImpact columns = new ColumnImpact(before);
    ConstraintImpact constraints = new ConstraintImpact(before, version);
    TableImpact tables = new TableImpact(before);
    PartitionImpact partitions = new PartitionImpact(before);
    IndexImpact indexes = new IndexImpact(before, version);
    ObjectImpact objects = new ObjectImpact(before, version);
    RowImpact rows = new RowImpact(before, isHarmless);
    return switch (change) {
      case Change.CreateTable c -> tables.create(c);
      case Change.DropTable c -> tables.drop(c);
      case Change.RenameTable c -> objects.exclusive(c.table());
      case Change.MoveTable c -> objects.exclusive(c.table());
      case Change.AlterTable c -> tables.alter(c);
      case Change.AttachPartition c -> partitions.attach(c);
      case Change.DetachPartition c ->
          partitions.detach(c, Feature.DETACH_LOCKS_PARTITION.in(version));
      case Change.AddColumn c -> columns.add(c);
      case Change.DropColumn c -> columns.drop(c);
      case Change.RenameColumn c -> columns.catalogOnly(c.table());
      case Change.AlterColumnType c -> new TypeImpact(before, c).impact();
      case Change.SetDefault c -> columns.catalogOnly(c.table());
      case Change.DropDefault c -> columns.catalogOnly(c.table());
      case Change.SetNotNull c -> columns.setNotNull(c.table(), c.column());
      case Change.DropNotNull c -> columns.catalogOnly(c.table());
      case Change.AddIdentity c -> columns.catalogOnly(c.table());
      case Change.DropIdentity c -> columns.catalogOnly(c.table());
      case Change.DropExpression c -> columns.catalogOnly(c.table());
      case Change.SetExpression c -> columns.setExpression(c);
      case Change.AlterColumnOption c -> columns.option(c);
      case Change.AddConstraint c -> constraints.add(c);
      case Change.DropConstraint c -> constraints.drop(c);
      case Change.RenameConstraint c -> constraints.rename(c);
      case Change.ValidateConstraint c -> constraints.validate(c);
      case Change.AlterConstraint c -> constraints.alter(c);
      case Change.CreateIndex c -> indexes.create(c);
      case Change.DropIndex c -> indexes.drop(c);
      case Change.RenameIndex c -> indexes.rename(c);
      case Change.AttachIndex c -> indexes.attach(c);
      case Change.AlterIndex c -> indexes.alter(c);
      case Change.Reindex c -> indexes.reindex(c);
      case Change.CreateView c -> objects.createView(c);
      case Change.RefreshView c -> objects.refresh(c);
      case Change.CreateSequence c -> Impact.NONE;
      case Change.AlterSequence c -> objects.alterSequence(c);
      case Change.CreateType c -> Impact.NONE;
      case Change.AddEnumValue c -> Impact.NONE;
      case Change.RenameEnumValue c -> Impact.NONE;
      case Change.CreateDomain c -> Impact.NONE;
      case Change.CreateRoutine c -> objects.create(c);
      case Change.CreateTrigger c ->
          new LockSet(before)
              .onPartitions(c.trigger().table(), LockMode.SHARE_ROW_EXCLUSIVE)
              .doing(Work.INSTANT);
      case Change.DropTrigger c ->
          c.table()
              .filter(t -> !c.ifExists() || objects.mayHave(t, ObjectKind.TRIGGER, c.trigger()))
              .map(t -> new LockSet(before).onPartitions(t, LockMode.ACCESS_EXCLUSIVE))
              .map(l -> l.doing(Work.INSTANT))
              .orElse(Impact.NONE);
      case Change.EnableTrigger c ->
          c.kind() == ObjectKind.RULE
              ? objects.exclusive(c.table())
              : new LockSet(before)
                  .onPartitions(c.table(), LockMode.SHARE_ROW_EXCLUSIVE)
                  .doing(Work.INSTANT);
      case Change.CreateObject c -> objects.create(c);
      case Change.AlterObject c -> objects.alter(c);
      case Change.DropObject c -> objects.drop(c);
      case Change.RenameObject c -> objects.named(c.kind(), c.name(), c.on());
      case Change.MoveObject c -> objects.named(c.kind(), c.name(), Optional.empty());
      case Change.ChangeOwner c ->
          c.table()
              ? objects.exclusive(c.name())
              : objects.named(c.kind(), c.name(), Optional.empty());
      case Change.Insert c -> rows.insert(c);
      case Change.Update c -> rows.update(c);
      case Change.Delete c -> rows.delete(c);
      case Change.Merge c -> rows.writing(c.table(), Work.SCAN);
      case Change.Truncate c -> tables.truncate(c);
      case Change.Copy c -> rows.copy(c);
      case Change.Query c -> rows.query(c);
      case Change.SetParameter c -> Impact.NONE;
      case Change.TransactionControl c -> Impact.NONE;
      case Change.LockTable c ->
          new LockSet(before).onTrees(c.tables(), c.mode()).doing(Work.INSTANT);
      case Change.Grant c -> Impact.NONE;
      case Change.Comment c -> objects.comment(c);
      case Change.Maintenance c -> maintenance(c, before);
      case Change.NoEffect c ->
          c.command().strip().toLowerCase(Locale.ROOT).startsWith("discard all")
              ? Impact.NONE.outsideTransaction()
              : Impact.NONE;
      case Change.AlterPartitions c -> Impact.UNKNOWN;
      case Change.RedefineColumn c -> Impact.UNKNOWN;
      case Change.HideIndex c -> Impact.UNKNOWN;
      case Change.SetServerParameter c -> Impact.NONE.outsideTransaction();
      case Change.UseSchema c -> Impact.NONE;
      case Change.Block c -> block(c, before);
      case Change.Unrecognised c -> Impact.UNKNOWN;
    };
  }

  /**
   * What each change of one statement costs. ALTER TABLE takes the strongest of its locks at the
   * start, holds it to the end, and drops before it does anything else (tablecmds.c, "passes").
   */
  public List<Impact> ofStatement(List<Change> changes, Stated stated, Schema before) {
    List<Impact> impacts = ofStatement(changes, before);
    return stated.only()
        ? IntStream.range(0, changes.size())
            .mapToObj(i -> ofOne(changes.get(i), impacts.get(i), before))
            .toList()
        : impacts;
  }

  /**
   * With ONLY: a column is dropped in what inherits all the same, where it is then no longer
   * inherited.
   */
  private static Impact ofOne(Change change, Impact whole, Schema before) {
    if (whole.locks().isEmpty() || change instanceof Change.DropColumn) {
      return whole;
    }
    QualifiedName table = whole.locks().getFirst().relation();
    Set<QualifiedName> below = new HashSet<>();
    below(table, before, below);
    return new Impact(
        whole.locks().stream().filter(l -> !below.contains(before.resolve(l.relation()))).toList(),
        whole.work(),
        whole.algorithm(),
        whole.transactional());
  }

  private static void below(QualifiedName table, Schema schema, Set<QualifiedName> found) {
    for (Table child : schema.childrenOf(table)) {
      if (found.add(child.name())) {
        below(child.name(), schema, found);
      }
    }
  }

  private List<Impact> ofStatement(List<Change> changes, Schema before) {
    List<Integer> order =
        IntStream.range(0, changes.size())
            .boxed()
            .sorted(Comparator.comparing(i -> !isDrop(changes.get(i))))
            .toList();
    Impact[] impacts = new Impact[changes.size()];
    Map<QualifiedName, LockMode> strongest = new HashMap<>();
    Schema schema = before;
    for (int i : order) {
      impacts[i] = of(changes.get(i), schema);
      for (Lock lock : impacts[i].locks()) {
        strongest.merge(schema.resolve(lock.relation()), lock.mode(), PostgresqlImpact::stronger);
      }
      if (i != order.getLast()) {
        schema = schema.after(changes.get(i));
      }
    }
    if (!Feature.REFERENCES_BY_CLAUSE.in(version)
        && changes.stream().anyMatch(PostgresqlImpact::hasReferencesChecked)) {
      for (int i = 0; i < impacts.length; i++) {
        if (isReference(changes.get(i))) {
          impacts[i] = impacts[i].withWork(impacts[i].work().max(Work.SCAN));
        }
      }
    }
    return Arrays.stream(impacts).map(i -> withLocks(i, strongest, before)).toList();
  }

  private static boolean hasReferencesChecked(Change change) {
    return change instanceof Change.AddColumn add
        ? add.column().defaultValue().isPresent()
        : change instanceof Change.AddConstraint key
            && key.constraint() instanceof Constraint.ForeignKey;
  }

  private static boolean isReference(Change change) {
    return change instanceof Change.AddColumn add
        && add.constraints().stream().anyMatch(Constraint.ForeignKey.class::isInstance);
  }

  private static boolean isDrop(Change change) {
    return change instanceof Change.DropConstraint || change instanceof Change.DropColumn;
  }

  private static LockMode stronger(LockMode one, LockMode other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Impact withLocks(
      Impact impact, Map<QualifiedName, LockMode> strongest, Schema before) {
    List<Lock> locks =
        impact.locks().stream()
            .map(
                l ->
                    new Lock(
                        l.relation(),
                        strongest.getOrDefault(before.resolve(l.relation()), l.mode())))
            .toList();
    return new Impact(locks, impact.work(), impact.algorithm(), impact.transactional());
  }

  private static Impact maintenance(Change.Maintenance change, Schema before) {
    List<QualifiedName> tables =
        change.tables().isEmpty()
            ? before.tables().stream().map(Table::name).toList()
            : change.tables();
    LockSet locks = new LockSet(before);
    return switch (change.kind()) {
      case ANALYZE -> locks.onTrees(tables, LockMode.SHARE_UPDATE_EXCLUSIVE).doing(Work.SCAN);
      case VACUUM ->
          locks
              .onTrees(tables, LockMode.SHARE_UPDATE_EXCLUSIVE)
              .doing(Work.SCAN)
              .outsideTransaction();
      case VACUUM_FULL ->
          locks.onTrees(tables, LockMode.ACCESS_EXCLUSIVE).doing(Work.REWRITE).outsideTransaction();
      case CLUSTER -> {
        Impact impact = locks.onTrees(tables, LockMode.ACCESS_EXCLUSIVE).doing(Work.REWRITE);
        yield change.tables().isEmpty() ? impact.outsideTransaction() : impact;
      }
      case CHECKPOINT -> Impact.NONE;
      case OPTIMIZE, REPAIR, CHECK -> Impact.UNKNOWN;
    };
  }

  private Impact block(Change.Block block, Schema before) {
    Impact start = block.unknown().isEmpty() ? Impact.NONE : Impact.UNKNOWN;
    return OneByOne.impact(start, block.changes(), before, this::of);
  }
}
