package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Stale;
import dev.sluice.release.Kind;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterColumnType;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of another type under the same name. Both versions use the one name, so it is online
 * only where statements of the old version work on the new type as well (integer to bigint), or
 * where it is done while one version lives. Then a column of the new type is filled beside the old
 * one, and takes its place in one transaction that touches the catalog only.
 */
public final class ChangeType implements Recipe {

  private static final String ASIDE =
      "views that read it are dropped and made again in the same transaction";

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof AlterColumnType change) || at.made(change.table())) {
      return Optional.empty();
    }
    Optional<Name> copy = copy(at);
    if (copy.isPresent()) {
      return Optional.of(ofBoth(at, change, copy.get()));
    }
    if (at.impact(change, at.schema()).work() == Work.INSTANT) {
      return underViews(at, change);
    }
    Optional<Proposal> unchecked = new CheckedType(at, change).plan();
    if (unchecked.isPresent() && views(at, change).isEmpty()) {
      return unchecked;
    }
    Optional<Column> column = at.column(change.table(), change.column());
    if (at.subject().kind() == Kind.REPLACE
        && !column.map(c -> ColumnTypes.takesAll(c.type(), change.type())).orElse(false)) {
      return Optional.of(bothCannot(change, column));
    }
    List<String> reasons =
        column.map(c -> refusals(at, change, c)).orElse(List.of("it was never seen"));
    return Optional.of(
        reasons.isEmpty()
            ? new TypeReplacement(at, change, column.orElseThrow()).plan()
            : inOneGo(at, change, reasons));
  }

  /** The column that bears the name until the renamed one gets it; empty where none does. */
  private static Optional<Name> copy(Situation at) {
    return at.reworded() && at.subject().change() instanceof AlterColumnType text
        ? Optional.of(text.column()).filter(c -> !c.equals(column(at)))
        : Optional.empty();
  }

  private static Name column(Situation at) {
    return ((AlterColumnType) at.change()).column();
  }

  /** The copy of a renamed column takes what the new version writes: it needs the type as well. */
  private static Proposal ofBoth(Situation at, AlterColumnType change, Name copy) {
    QualifiedName table = change.table();
    AlterColumnType ofCopy =
        new AlterColumnType(table, copy, change.type(), Optional.empty(), change.collation());
    boolean instant =
        change.using().isEmpty()
            && at.impact(change, at.schema()).work() == Work.INSTANT
            && at.impact(ofCopy, at.schema()).work() == Work.INSTANT;
    Optional<Trigger> keeping = ColumnCopy.keeping(at, table, copy);
    if (!instant || keeping.isEmpty() || isViewed(at, change) || isViewed(at, ofCopy)) {
      return afterRename(at, change, copy);
    }
    Sync sync =
        new Sync(
            keeping.get().name(),
            table,
            change.column(),
            copy,
            at.writer().quote(change.column()),
            at.writer().quote(copy));
    // A session that ran the function keeps its plans, which know the columns' types as they were.
    List<String> sql = new ArrayList<>(at.writer().dropSync(sync));
    sql.add(at.writer().write(change));
    sql.add(at.writer().write(ofCopy));
    sql.addAll(at.writer().createSync(sync));
    Sketch sketch = at.sketch();
    return sketch
        .add(
            sketch
                .ddl(at.phase(), List.of(change, ofCopy), sql)
                .titled(
                    "change type of "
                        + new ColumnName(table, change.column())
                        + " and of its copy "
                        + copy
                        + " to "
                        + change.type())
                .because(
                    "the catalog only; the new version writes the copy, the old one the column"))
        .done();
  }

  private static boolean isViewed(Situation at, AlterColumnType change) {
    return !views(at, change).isEmpty();
  }

  private static Undecided afterRename(Situation at, AlterColumnType change, Name copy) {
    String renaming =
        at.release().subjects().stream()
            .filter(s -> s.change() instanceof Change.RenameColumn r && r.to().equals(copy))
            .map(s -> " by " + s.statement().place())
            .findFirst()
            .orElse("");
    return new Undecided(
        new ColumnName(change.table(), change.column())
            + " is renamed to "
            + copy
            + renaming
            + " and changes its type by "
            + at.subject().statement().place()
            + ": until post-deploy there is a copy under the new name, and it cannot take the type"
            + " without a rewrite while both versions write it",
        List.of(
            "two releases: rename in this one, change the type in the next",
            "-- sluice: phase post-deploy: <reason>, on this statement, where the new version works"
                + " with the old type until then"));
  }

  /** The server changes no column that a view reads: views step aside for that transaction. */
  private static Optional<Proposal> underViews(Situation at, AlterColumnType change) {
    List<View> views = views(at, change);
    if (views.isEmpty()) {
      return Optional.empty();
    }
    Optional<Undecided> kept = kept(views, change);
    if (kept.isPresent()) {
      return Optional.of(kept.get());
    }
    Sketch sketch = at.sketch();
    return Optional.of(
        sketch.add(aroundViews(sketch, at, change).because("the catalog only; " + ASIDE)).done());
  }

  private static List<View> views(Situation at, AlterColumnType change) {
    QualifiedName table = at.schema().resolve(change.table());
    return at.schema().viewsReading(change.table()).stream()
        .filter(v -> v.query().references().names(table, change.column()))
        .toList();
  }

  /** A view that keeps its rows does not step aside. */
  private static Optional<Undecided> kept(List<View> views, AlterColumnType change) {
    return views.stream()
        .filter(View::materialized)
        .findFirst()
        .map(
            keeping ->
                new Undecided(
                    "materialized view "
                        + keeping.name()
                        + " reads "
                        + new ColumnName(change.table(), change.column())
                        + ", so that the server does not change its type, and it would be missing"
                        + " from its DROP to its CREATE",
                    List.of(
                        "-- sluice: phase post-deploy: <reason>, on this statement and on the DROP"
                            + " and CREATE of the view: each then runs by itself")));
  }

  private static Draft aroundViews(Sketch sketch, Situation at, AlterColumnType change) {
    DependentViews dependents = new DependentViews(at.writer(), change.table(), change.column());
    return sketch.ddl(
        at.phase(),
        List.of(change),
        List.of(
            dependents.remember(),
            dependents.drop(),
            at.writer().write(change),
            dependents.makeAgain()));
  }

  private static Undecided bothCannot(AlterColumnType change, Optional<Column> column) {
    ColumnName name = new ColumnName(change.table(), change.column());
    return new Undecided(
        "both versions say "
            + name
            + ", and it cannot be "
            + column.map(c -> c.type().text()).orElse("what it was")
            + " for the one and "
            + change.type().text()
            + " for the other",
        List.of(
            "another name for the new column: ADD COLUMN … "
                + change.type().text()
                + ", with `-- sluice: up <table.new> \"<expression>\", down \"<expression>\"`, and"
                + " DROP COLUMN "
                + change.column(),
            "-- sluice: phase pre-deploy: <reason>, where the old version works with "
                + change.type().text(),
            "-- sluice: phase post-deploy: <reason>, where the new version works with both"));
  }

  /** What the swap cannot carry over; empty where it can all. */
  private static List<String> refusals(Situation at, AlterColumnType change, Column column) {
    Schema schema = at.schema();
    Name name = change.column();
    Table table = schema.table(change.table()).orElseThrow();
    List<String> why = new ArrayList<>();
    if (table.primaryKey().contains(name)) {
      why.add("it is in the primary key");
    }
    if (schema.foreignKeysTo(change.table()).stream()
        .anyMatch(k -> leadsTo(k.key(), table, name))) {
      why.add("foreign keys lead to it");
    }
    if (table.partitionKey().isPresent() || !table.parents().isEmpty()) {
      why.add("the table is partitioned");
    } else if (!schema.childrenOf(table.name()).isEmpty()) {
      why.add("other tables inherit from it");
    }
    if (column.generated().isPresent()
        || table.columns().stream()
            .anyMatch(
                c ->
                    c.generated()
                        .map(g -> names(g.expression().references(), name))
                        .orElse(false))) {
      why.add("generated columns hang on it");
    }
    if (column.identity().map(i -> i != Column.Identity.SERIAL).orElse(false)) {
      why.add("it is an identity column");
    }
    for (Constraint constraint : table.constraints()) {
      if (constraint instanceof Constraint.Exclude exclude
          && names(exclude.definition().references(), name)) {
        why.add("an exclusion constraint names it");
      }
      if (constraint instanceof Constraint.Unique key
          && key.withoutOverlaps()
          && key.columns().contains(name)) {
        why.add("a key WITHOUT OVERLAPS names it");
      }
      if (constraint instanceof Constraint.ForeignKey key
          && key.period()
          && key.columns().contains(name)) {
        why.add("a foreign key with PERIOD names it");
      }
      if (constraint instanceof Constraint.Check check
          && names(check.expression().references(), name)
          && Stale.is(at.dialect(), check.expression())) {
        why.add("a CHECK on it was written before its columns were renamed");
      }
    }
    for (Index index : schema.allIndexesOn(change.table())) {
      if (index.names(name)
          && new CopiedIndexes(at, change.table(), name, name).onCopy(index).isEmpty()) {
        why.add("index " + schema.nameOf(index).name() + " computes with it");
      }
    }
    for (View view : schema.viewsReading(change.table())) {
      if (view.materialized() && view.query().references().names(table.name(), name)) {
        why.add("materialized view " + view.name() + " reads it");
      }
    }
    return why;
  }

  private static boolean leadsTo(Constraint.ForeignKey key, Table parent, Name column) {
    return (key.parentColumns().isEmpty() ? parent.primaryKey() : key.parentColumns())
        .contains(column);
  }

  private static boolean names(References references, Name column) {
    return !references.complete()
        || references.columns().stream().anyMatch(c -> c.name().map(column::equals).orElse(true));
  }

  /** As it is written: a small table bears it, in a window. */
  private static Proposal inOneGo(Situation at, AlterColumnType change, List<String> reasons) {
    List<View> views = views(at, change);
    Optional<Undecided> kept = kept(views, change);
    if (kept.isPresent()) {
      return kept.get();
    }
    Sketch sketch = at.sketch();
    Draft step =
        views.isEmpty()
            ? sketch.asWritten()
            : aroundViews(sketch, at, change).because("rewrites the table; " + ASIDE);
    Proposal proposal = sketch.add(step).done();
    return proposal instanceof Undecided undecided
        ? new Undecided(
            new ColumnName(change.table(), change.column())
                + " cannot change its type while it is used: "
                + String.join(", ", reasons)
                + ". As it is written: "
                + undecided.why(),
            undecided.choices())
        : proposal;
  }
}
