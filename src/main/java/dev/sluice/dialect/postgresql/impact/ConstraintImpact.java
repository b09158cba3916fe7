package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** What changes of constraints cost. */
final class ConstraintImpact {

  private final Schema schema;
  private final EngineVersion version;

  ConstraintImpact(Schema schema, EngineVersion version) {
    this.schema = schema;
    this.version = version;
  }

  Impact add(Change.AddConstraint change) {
    QualifiedName table = change.table();
    return switch (change.constraint()) {
      case Constraint.ForeignKey c ->
          keyed(table, LockMode.SHARE_ROW_EXCLUSIVE)
              .onPartitions(c.parent(), LockMode.SHARE_ROW_EXCLUSIVE)
              .doing(c.validated() ? Work.SCAN : Work.INSTANT);
      case Constraint.Check c -> exclusive(table, c.validated() ? Work.SCAN : Work.INSTANT);
      case Constraint.NotNull c ->
          exclusive(
              table, !c.validated() || isNotNull(table, c.column()) ? Work.INSTANT : Work.SCAN);
      // The children get NOT NULL from it.
      case Constraint.PrimaryKey c -> exclusive(table, primaryKey(table, c));
      case Constraint.Unique c ->
          keyed(table, LockMode.ACCESS_EXCLUSIVE)
              .doing(c.usingIndex().isPresent() ? Work.INSTANT : Work.BUILD);
      case Constraint.Exclude c -> keyed(table, LockMode.ACCESS_EXCLUSIVE).doing(Work.BUILD);
    };
  }

  /** An adopted index has its columns; each that may be NULL is scanned for. */
  private Work primaryKey(QualifiedName table, Constraint.PrimaryKey key) {
    if (key.usingIndex().isEmpty()) {
      return Work.BUILD;
    }
    QualifiedName resolved = schema.resolve(table);
    Optional<List<Name>> columns =
        schema
            .index(new QualifiedName(resolved.schema(), key.usingIndex().get()))
            .map(i -> i.columns().stream().flatMap(c -> c.column().stream()).toList());
    boolean proven =
        columns.isPresent() && columns.get().stream().allMatch(c -> isNotNull(table, c));
    return proven ? Work.INSTANT : Work.SCAN;
  }

  private boolean isNotNull(QualifiedName table, Name column) {
    return new NotNullProof(schema, column).holdsFor(table);
  }

  /** A key spans the partitions, and not the tables that merely inherit. */
  private LockSet keyed(QualifiedName table, LockMode mode) {
    LockSet locks = new LockSet(schema);
    return Feature.CONSTRAINT_LOCKS_CHILDREN.in(version)
        ? locks.onTree(table, mode)
        : locks.onPartitions(table, mode);
  }

  private Impact exclusive(QualifiedName table, Work work) {
    return new LockSet(schema).onTree(table, LockMode.ACCESS_EXCLUSIVE).doing(work);
  }

  /** A foreign key has its triggers on both tables. */
  Impact drop(Change.DropConstraint change) {
    LockSet locks = new LockSet(schema).onTree(change.table(), LockMode.ACCESS_EXCLUSIVE);
    Optional<Constraint> constraint =
        schema.table(change.table()).flatMap(t -> t.constraint(change.constraint()));
    if (constraint.isPresent()) {
      if (constraint.get() instanceof Constraint.ForeignKey key) {
        locks.onPartitions(key.parent(), LockMode.ACCESS_EXCLUSIVE);
      }
      if (change.cascade()) {
        dependingOn(change.table(), constraint.get())
            .forEach(t -> locks.onPartitions(t, LockMode.ACCESS_EXCLUSIVE));
      }
    }
    return locks.doing(Work.INSTANT);
  }

  /** The tables whose foreign keys rest on the key, and go with it. */
  private List<QualifiedName> dependingOn(QualifiedName table, Constraint key) {
    boolean isPrimary = key instanceof Constraint.PrimaryKey;
    return schema.foreignKeysTo(table).stream()
        .filter(
            r ->
                r.key().parentColumns().isEmpty()
                    ? isPrimary
                    : r.key().parentColumns().equals(key.columns()))
        .map(Schema.Referencing::table)
        .toList();
  }

  /** A CHECK has its name in every table below; the others have names of their own there. */
  Impact rename(Change.RenameConstraint change) {
    boolean alone =
        schema
            .table(change.table())
            .flatMap(t -> t.constraint(change.constraint()))
            .map(c -> !(c instanceof Constraint.Check))
            .orElse(false);
    LockSet locks = new LockSet(schema);
    return (alone
            ? locks.on(change.table(), LockMode.ACCESS_EXCLUSIVE)
            : locks.onTree(change.table(), LockMode.ACCESS_EXCLUSIVE))
        .doing(Work.INSTANT);
  }

  /** A foreign key that is enforced again reads every row, and gets its triggers on both tables. */
  Impact alter(Change.AlterConstraint change) {
    Optional<Constraint.ForeignKey> key =
        schema
            .table(change.table())
            .flatMap(t -> t.constraint(change.constraint()))
            .filter(Constraint.ForeignKey.class::isInstance)
            .map(Constraint.ForeignKey.class::cast);
    LockSet locks = new LockSet(schema).onTree(change.table(), LockMode.ACCESS_EXCLUSIVE);
    boolean enforced = change.enforced().orElse(false);
    boolean turns =
        change.enforced().isPresent()
            && key.map(Constraint.ForeignKey::enforced).map(is -> is != enforced).orElse(true);
    if (turns) {
      key.ifPresent(
          k ->
              locks.onPartitions(
                  k.parent(), enforced ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE));
    }
    return locks.doing(turns && enforced ? Work.SCAN : Work.INSTANT);
  }

  /** Reads every row, and lets both readers and writers pass. */
  Impact validate(Change.ValidateConstraint change) {
    LockSet locks = new LockSet(schema).on(change.table(), LockMode.SHARE_UPDATE_EXCLUSIVE);
    Optional<Constraint> constraint =
        schema.table(change.table()).flatMap(t -> t.constraint(change.constraint()));
    boolean done = constraint.map(ConstraintImpact::isValidated).orElse(false);
    if (done) {
      return locks.doing(Work.INSTANT);
    }
    locks.onTree(change.table(), LockMode.SHARE_UPDATE_EXCLUSIVE);
    if (constraint.isPresent() && constraint.get() instanceof Constraint.ForeignKey key) {
      locks.onPartitions(key.parent(), LockMode.ROW_SHARE);
    }
    return locks.doing(Work.SCAN);
  }

  private static boolean isValidated(Constraint constraint) {
    return switch (constraint) {
      case Constraint.ForeignKey c -> c.validated();
      case Constraint.Check c -> c.validated();
      case Constraint.NotNull c -> c.validated();
      case Constraint.PrimaryKey c -> true;
      case Constraint.Unique c -> true;
      case Constraint.Exclude c -> true;
    };
  }
}
