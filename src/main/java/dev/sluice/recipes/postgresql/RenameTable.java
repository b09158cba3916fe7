package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.postgresql.impact.Feature;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.RenamedTable;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.Change.DropObject;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table under two names while both versions run: a simple view bears the new one, and can be
 * written through. When the old version is gone, the view goes and the table gets its name, in one
 * transaction: there is no moment without the name, and no row is copied.
 */
public final class RenameTable implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (at.phase() != Phase.PRE_DEPLOY || at.subject().kind() != Kind.RENAME) {
      return Optional.empty();
    }
    return switch (at.change()) {
      case Change.RenameTable c ->
          at.made(c.table())
              ? Optional.empty()
              : Optional.of(split(at, c, c.table(), c.table().withName(c.to())));
      case Change.MoveTable c ->
          at.made(c.table())
              ? Optional.empty()
              : Optional.of(split(at, c, c.table(), c.table().in(c.schema())));
      default -> Optional.empty();
    };
  }

  private static Proposal split(
      Situation at, Change rename, QualifiedName table, QualifiedName name) {
    Sketch sketch = at.sketch();
    String options =
        Feature.SECURITY_INVOKER_VIEWS.in(at.dialect().version())
            ? "WITH (security_invoker = true)"
            : "";
    CreateView view = RenamedTable.view(at, table, name, options);
    String grants = new Privileges(at.writer()).ofTable(table, name);
    sketch.add(
        sketch
            .ddl(Phase.PRE_DEPLOY, List.of(view), List.of(at.writer().write(view), grants))
            .titled("create view " + name + " over " + table)
            .because(
                "the new version reads and writes through it; the old one sees no difference"));
    sketch.add(swap(sketch, at, rename, name));
    notes(sketch, table, name);
    return sketch.there(Phase.PRE_DEPLOY).standingIn(RenamedTable.standIn(at, table, name)).done();
  }

  private static Draft swap(Sketch sketch, Situation at, Change rename, QualifiedName name) {
    DropObject dropView = new DropObject(ObjectKind.VIEW, name, Optional.empty(), "", false, false);
    List<String> sql = new ArrayList<>();
    sql.add(at.writer().write(dropView));
    sql.add(at.writer().write(rename));
    return sketch
        .ddl(Phase.POST_DEPLOY, List.of(dropView, rename), sql)
        .titled("drop view " + name + ", give its name to the table")
        .because("the view goes in the same transaction: no moment is without the name")
        .undoneBy(List.of(at.writer().write(back(at, rename))), Reversible.YES);
  }

  private static Change back(Situation at, Change rename) {
    return switch (rename) {
      case Change.RenameTable c ->
          new Change.RenameTable(c.table().withName(c.to()), c.table().name());
      case Change.MoveTable c ->
          new Change.MoveTable(
              c.table().in(c.schema()),
              at.pre().resolve(c.table()).schema().orElse(at.pre().defaultSchema()));
      default -> throw new IllegalStateException(rename.label() + " gives no table a name");
    };
  }

  private static void notes(Sketch sketch, QualifiedName table, QualifiedName name) {
    sketch.note(
        "until post-deploy "
            + name
            + " is a view: TRUNCATE, COPY, TABLESAMPLE, ON CONFLICT ON CONSTRAINT, foreign keys to"
            + " it, and before PostgreSQL 17 MERGE, do not work on it");
    sketch.note("functions that name " + table + " in their text break in post-deploy");
  }
}
