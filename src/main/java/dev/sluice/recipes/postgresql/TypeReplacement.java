package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.EarlyLook;
import dev.sluice.recipes.general.Names;
import dev.sluice.recipes.general.NotNullCheck;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.AlterColumnType;
import dev.sluice.schema.Change.AlterSequence;
import dev.sluice.schema.Change.DropColumn;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Change.RenameConstraint;
import dev.sluice.schema.Change.RenameIndex;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps by which a column of the new type is filled beside the old one and takes its place. */
final class TypeReplacement {

  private final Situation at;
  private final AlterColumnType change;
  private final Column column;
  private final QualifiedName table;
  private final Name old;
  private final Name next;
  private final Phase phase;
  private final Sketch sketch;
  private final Schema before;

  TypeReplacement(Situation at, AlterColumnType change, Column column) {
    this.at = at;
    this.change = change;
    this.column = column;
    this.table = change.table();
    this.old = change.column();
    this.next = Names.ours(at, old.text(), "new");
    this.phase = at.phase();
    this.sketch = at.sketch();
    this.before = at.schema();
  }

  Proposal plan() {
    everyValueFits();
    addColumn();
    ColumnCopy copy = new ColumnCopy(at, sketch, phase, sync());
    copy.keepInStep("what is written to " + old + " is written to the new column as well");
    copy.fill();
    if (!column.nullable()) {
      SetNotNull.proveFilled(sketch, at, phase, table, next);
    }
    indexes().forEach(i -> CreateIndexConcurrently.build(sketch, at, phase, copied(i), false));
    foreignKeys().forEach(this::copyKey);
    copy.parity(phase, "the old column goes in the next step");
    sketch.add(swap(copy));
    sketch.note(
        "when "
            + next
            + " takes the place of "
            + name()
            + ", a statement that a connection had prepared, and that reads the column or *, fails"
            + " there once: \"cached plan must not change result type\". Outside a transaction"
            + " pgjdbc prepares it again by itself, inside one only with autosave=conservative; else"
            + " that transaction is to be done again");
    sketch.note(
        name()
            + " stands at the end of "
            + table
            + " from then on: an INSERT or a COPY without a list of columns, and whoever reads * by"
            + " position, then means other columns. Statements that name their columns are not"
            + " concerned");
    checks().forEach(this::validate);
    return sketch.done();
  }

  /** What ALTER COLUMN TYPE itself would refuse is found before anything is changed. */
  private void everyValueFits() {
    Rows rows = new Rows(at, before);
    Optional<String> limit = AssignmentLimits.refused(value(), change.type(), before);
    if (change.using().isEmpty()) {
      limit.ifPresent(refused -> EarlyLook.forValues(sketch, at, change, refused));
    }
    limit.ifPresent(
        refused ->
            sketch.add(
                sketch
                    .verify(phase, table, rows.none(table, refused), rows.samples(table, refused))
                    .titled("verify that every value of " + name() + " fits " + change.type())
                    .because("a value that does not is refused, never cut off")));
  }

  /**
   * What is assigned to the new column. No cast: the assignment has the one that ALTER COLUMN TYPE
   * has, which refuses what an explicit cast cuts off.
   */
  private String value() {
    return change.using().map(u -> u.sql()).orElse(at.writer().quote(old));
  }

  private void addColumn() {
    AddColumn add =
        new AddColumn(
            table,
            new Column(
                next,
                change.type(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                change.collation(),
                ""),
            List.of(),
            false);
    String settings = new Privileges(at.writer()).andSettingsOfColumn(table, old, next);
    sketch.add(
        sketch
            .ddl(phase, List.of(add), List.of(at.writer().write(add), settings))
            .titled("add column " + new ColumnName(table, next) + " of type " + change.type())
            .because("it takes the name when it is filled"));
  }

  private Sync sync() {
    List<Name> sources =
        change
            .using()
            .map(
                u ->
                    before.table(table).map(Table::columns).orElse(List.of()).stream()
                        .map(Column::name)
                        .filter(
                            n ->
                                u.references().columns().stream()
                                    .anyMatch(c -> c.name().map(n::equals).orElse(true)))
                        .toList())
            .orElse(List.of(old));
    return new Sync(ColumnCopy.oneWay(at, table, next), table, sources, next, value(), "");
  }

  private ColumnName name() {
    return new ColumnName(table, old);
  }

  private List<Index> indexes() {
    return new CopiedIndexes(at, table, old, next).of(before);
  }

  private Index copied(Index index) {
    return new CopiedIndexes(at, table, old, next).onCopy(index).orElseThrow();
  }

  private List<Constraint> constraints() {
    return before.table(table).map(Table::constraints).orElse(List.of());
  }

  private List<Constraint.ForeignKey> foreignKeys() {
    return constraints().stream()
        .filter(Constraint.ForeignKey.class::isInstance)
        .map(Constraint.ForeignKey.class::cast)
        .filter(k -> k.columns().contains(old))
        .toList();
  }

  private List<Constraint.Check> checks() {
    return constraints().stream()
        .filter(Constraint.Check.class::isInstance)
        .map(Constraint.Check.class::cast)
        .filter(
            k ->
                k.expression().references().columns().stream()
                    .anyMatch(c -> c.name().map(old::equals).orElse(true)))
        .toList();
  }

  private Name nameOf(Constraint constraint) {
    return before.nameOf(table, constraint);
  }

  private Name ours(Name name) {
    return Names.ours(at, name.text(), "new");
  }

  private void copyKey(Constraint.ForeignKey key) {
    Constraint.ForeignKey copy =
        key.named(ours(nameOf(key)))
            .over(key.columns().stream().map(c -> c.equals(old) ? next : c).toList())
            .to(at.spoken(key.parent()), key.parentColumns())
            .validated(key.enforced());
    AddForeignKey.add(sketch, at, phase, table, copy);
  }

  /** Catalog only: each part was proved or built before. */
  private Draft swap(ColumnCopy copy) {
    List<String> sql = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    boolean views =
        before.viewsReading(table).stream()
            .anyMatch(v -> v.query().references().names(before.resolve(table), old));
    DependentViews dependents = new DependentViews(at.writer(), table, old);
    if (views) {
      sql.add(dependents.remember());
      sql.add(dependents.drop());
    }
    sql.addAll(copy.dropStatements(phase));
    changes.add(copy.theEnd(phase));
    ownedSequence()
        .ifPresent(
            s ->
                write(
                    new AlterSequence(s, "", Optional.of(new ColumnName(table, next))),
                    sql,
                    changes));
    write(new DropColumn(table, old, false, false), sql, changes);
    write(new Change.RenameColumn(table, next, old), sql, changes);
    indexes().forEach(i -> takeIndex(i, sql, changes));
    foreignKeys()
        .forEach(k -> write(new RenameConstraint(table, ours(nameOf(k)), nameOf(k)), sql, changes));
    checks()
        .forEach(
            k ->
                write(new AddConstraint(table, k.named(nameOf(k)).validated(false)), sql, changes));
    defaultValue().ifPresent(d -> write(d, sql, changes));
    if (!column.nullable()) {
      write(new Change.SetNotNull(table, old), sql, changes);
      write(
          new DropConstraint(table, NotNullCheck.name(at, table, next), false, false),
          sql,
          changes);
    }
    if (views) {
      sql.add(dependents.makeAgain());
    }
    Draft draft =
        sketch
            .ddl(phase, changes, sql)
            .titled("replace " + name() + " by " + next)
            .because("one transaction that changes the catalog only; all it needs is proved")
            .doneWhen(
                at.probes()
                    .done(
                        new AlterColumnType(
                            table, old, change.type(), Optional.empty(), change.collation()))
                    .map(Condition::isDone))
            .undoneBy(
                List.of(), phase == Phase.PRE_DEPLOY ? Reversible.UNTIL_WRITTEN : Reversible.NO)
            .costing(atOnce());
    return views
        ? draft
        : at.probes()
            .dependents(name())
            .map(q -> draft.onlyIf(new Condition(q, "0")))
            .orElse(draft);
  }

  private Optional<Change> defaultValue() {
    return column
        .defaultValue()
        .<Change>map(d -> new Change.SetDefault(table, old, d))
        .or(() -> column.identity().flatMap(i -> ownedSequence()).map(this::numbering));
  }

  private Impact atOnce() {
    Impact impact = Impact.of(table, LockMode.ACCESS_EXCLUSIVE, Work.INSTANT);
    for (Constraint.ForeignKey key : foreignKeys()) {
      impact = impact.alsoLocking(key.parent(), LockMode.ACCESS_EXCLUSIVE);
    }
    return impact;
  }

  private void write(Change one, List<String> sql, List<Change> changes) {
    sql.add(at.writer().write(one));
    changes.add(one);
  }

  /** A constraint adopts its index and gives it its own name; any other index is renamed. */
  private void takeIndex(Index index, List<String> sql, List<Change> changes) {
    QualifiedName built = copied(index).name().orElseThrow();
    Optional<Constraint> constraint = before.constraintOf(index);
    if (constraint.isPresent() && constraint.get() instanceof Constraint.Unique unique) {
      write(
          new AddConstraint(
              table,
              new Constraint.Unique(
                  Optional.of(nameOf(unique)),
                  List.of(),
                  true,
                  Optional.of(built.name()),
                  unique.timing(),
                  "")),
          sql,
          changes);
    } else {
      write(new RenameIndex(built, Optional.of(table), before.nameOf(index).name()), sql, changes);
    }
  }

  private void validate(Constraint.Check check) {
    sketch.add(
        sketch
            .ddl(phase, new Change.ValidateConstraint(table, nameOf(check)))
            .titled("validate check constraint " + nameOf(check))
            .because("reads every row while reads and writes go on"));
  }

  /** The sequence that goes with the column, if it is not handed over first. */
  private Optional<QualifiedName> ownedSequence() {
    ColumnName owner = new ColumnName(before.resolve(table), old);
    return before.othersOn(table).stream()
        .filter(o -> o.name().kind() == ObjectKind.SEQUENCE)
        .filter(o -> o.owner().equals(Optional.of(owner)))
        .map(o -> at.spoken(o.name().name()))
        .findFirst();
  }

  private Change numbering(QualifiedName sequence) {
    return new Change.SetDefault(
        table,
        old,
        at.dialect()
            .expression(
                "nextval(" + at.writer().literal(at.writer().quote(sequence)) + "::regclass)"));
  }
}
