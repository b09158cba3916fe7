package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.mysql.impact.Feature;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.recipes.general.RenamedTable;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.DropObject;
import dev.sluice.schema.Change.RenameObject;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A table under two names while both versions run: a simple view bears the new one, and can be
 * written through. When the old version is gone, one RENAME TABLE moves the view away and gives its
 * name to the table: no moment is without the name, and no row is copied.
 *
 * <p>RENAME TABLE takes its locks in the order of the names. Where that is the table before the
 * view, a statement that has opened the view and asks for the table makes a deadlock with it, gives
 * in, finds a table in place of the view, and fails with error 1356 (seen on MySQL 8.0.31 and
 * MariaDB 11.4.5). So the view is locked first on MySQL, and with it what is behind it; MariaDB
 * renames nothing under LOCK TABLES, and is told to wait for no lock.
 */
public final class RenameTable implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    return at.phase() == Phase.PRE_DEPLOY
            && at.subject().kind() == Kind.RENAME
            && at.change() instanceof Change.RenameTable change
            && !at.made(change.table())
        ? Optional.of(split(at, change))
        : Optional.empty();
  }

  private static Proposal split(Situation at, Change.RenameTable change) {
    QualifiedName table = change.table();
    QualifiedName name = table.withName(change.to());
    Sketch sketch = at.sketch();
    sketch.add(
        sketch
            // With the rights of who asks, as on the table.
            .ddl(Phase.PRE_DEPLOY, RenamedTable.view(at, table, name, "SQL SECURITY INVOKER"))
            .titled("create view " + name + " over " + table)
            .because(
                "the new version reads and writes through it; the old one sees no difference"));
    QualifiedName aside = table.withName(Names.ours(at, change.to().text(), "view"));
    String quoted = at.writer().quote(table);
    String fresh = at.writer().quote(name);
    String gone = at.writer().quote(aside);
    sketch.add(
        sketch
            .ddl(
                Phase.POST_DEPLOY,
                List.of(
                    new RenameObject(ObjectKind.VIEW, name, Optional.empty(), "", aside.name()),
                    change),
                swap(at, quoted, fresh, gone))
            .titled("give the name of the view " + name + " to the table")
            .because("both names change in one statement: no moment is without the new one")
            .undoneBy(
                List.of("RENAME TABLE " + fresh + " TO " + quoted + ", " + gone + " TO " + fresh),
                Reversible.YES));
    sketch.add(
        sketch
            .ddl(
                Phase.POST_DEPLOY,
                new DropObject(ObjectKind.VIEW, aside, Optional.empty(), "", false, false))
            .titled("drop the view, " + aside.name() + " by now")
            .because("the table bears its name")
            .forGood());
    sketch.note(
        "until post-deploy "
            + name
            + " is a view: TRUNCATE, USE INDEX, foreign keys to it and triggers on it do not work"
            + (at.dialect().engine() == Engine.MARIADB ? ", nor does INSERT … () VALUES ()" : ""));
    sketch.note(
        "routines, triggers and views that name "
            + table
            + " in their text break in post-deploy; privileges on "
            + table
            + " alone do not go over to "
            + name);
    return sketch.there(Phase.PRE_DEPLOY).standingIn(RenamedTable.standIn(at, table, name)).done();
  }

  private static List<String> swap(Situation at, String table, String view, String aside) {
    String names = " TO " + aside + ", " + table + " TO " + view;
    if (at.dialect().engine() == Engine.MARIADB) {
      return List.of("RENAME TABLE " + view + " NOWAIT" + names);
    }
    String rename = "RENAME TABLE " + view + names;
    return Feature.RENAME_UNDER_LOCK_TABLES.in(Engine.MYSQL, at.dialect().version())
        ? List.of("LOCK TABLES " + view + " WRITE", rename, "UNLOCK TABLES")
        : List.of(rename);
  }
}
