package dev.sluice.recipes.general;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table goes after the deployment. Its foreign keys go before it: they would refuse the new
 * version's deletes of parents, whose children it does not know any more, and DROP TABLE would take
 * ACCESS EXCLUSIVE on each parent at once. CASCADE is never used: what is known to hang on the
 * table is dropped by name, and the server refuses where there is more.
 */
public final class DropTable implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.DropTable change)
        || at.phase() != Phase.POST_DEPLOY
        || at.made(change.table())) {
      return Optional.empty();
    }
    Sketch sketch = at.sketch();
    QualifiedName table = change.table();
    freeParents(sketch, table);
    if (change.cascade()) {
      dropDependents(at, sketch, table);
    }
    sketch.add(
        sketch
            .ddl(Phase.POST_DEPLOY, new Change.DropTable(table, change.ifExists(), false))
            .titled("drop table " + table)
            .because("nobody names it any more; its rows go with it")
            .forGood());
    return Optional.of(sketch.done());
  }

  /** Adds the steps that let the new version delete the parents of its rows. */
  static void freeParents(Sketch sketch, QualifiedName table) {
    Schema schema = sketch.schema(Phase.PRE_DEPLOY);
    for (Constraint constraint : schema.table(table).map(Table::constraints).orElse(List.of())) {
      if (constraint instanceof Constraint.ForeignKey key
          && !schema.resolve(key.parent()).equals(schema.resolve(table))) {
        Name name = schema.nameOf(table, key);
        sketch.add(
            sketch
                .ddl(Phase.PRE_DEPLOY, new DropConstraint(table, name, false, false))
                .titled("drop foreign key " + name + " of " + table)
                .because(
                    "the new version deletes rows of "
                        + key.parent()
                        + " and knows nothing of their "
                        + table));
        if (key.onDelete() == Constraint.Action.CASCADE) {
          sketch.note(
              name
                  + " deletes rows of "
                  + table
                  + " with their parent: from now on they stay until the table goes");
        }
      }
    }
  }

  private static void dropDependents(Situation at, Sketch sketch, QualifiedName table) {
    Schema schema = sketch.schema(Phase.POST_DEPLOY);
    for (Schema.Referencing child : schema.foreignKeysTo(table)) {
      if (!child.table().equals(schema.resolve(table))) {
        Name name = schema.nameOf(child.table(), child.key());
        // A child that goes too: its own drop wants its keys gone before the deployment.
        Phase phase = goesToo(at, child.table()) ? Phase.PRE_DEPLOY : Phase.POST_DEPLOY;
        sketch.add(
            sketch
                .ddl(phase, new DropConstraint(child.table(), name, false, false))
                .titled("drop foreign key " + name + " of " + child.table())
                .because("CASCADE would take it along"));
      }
    }
    for (View view : readers(schema, table)) {
      sketch.add(
          sketch
              .ddl(
                  Phase.POST_DEPLOY,
                  new Change.DropObject(
                      view.materialized() ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW,
                      view.name(),
                      Optional.empty(),
                      "",
                      false,
                      false))
              .titled("drop view " + view.name())
              .because("CASCADE would take it along"));
    }
  }

  private static boolean goesToo(Situation at, QualifiedName child) {
    Schema schema = at.subject().before();
    return !at.made(child)
        && at.release().subjects().stream()
            .map(Subject::change)
            .anyMatch(
                c ->
                    c instanceof Change.DropTable drop
                        && schema.resolve(drop.table()).equals(child));
  }

  /** All views that read it, themselves or through others; each before those that it reads. */
  private static List<View> readers(Schema schema, QualifiedName relation) {
    Set<View> readers = new LinkedHashSet<>();
    List<QualifiedName> open = new ArrayList<>(List.of(relation));
    while (!open.isEmpty()) {
      for (View view : schema.viewsReading(open.removeFirst())) {
        // Moved behind what it reads.
        readers.remove(view);
        readers.add(view);
        open.add(view.name());
      }
    }
    return List.copyOf(readers).reversed();
  }
}
