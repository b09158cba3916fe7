package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Writer;
import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.plan.StandIn;
import dev.sluice.plan.Window;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.DropColumn;
import dev.sluice.schema.Change.DropDefault;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Change.SetDefault;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A column under two names while both versions run. The new name is borne by a copy, kept in step
 * with the column. When the old version is gone, both swap their names in one statement, which is
 * atomic on both engines; the triggers mean the same before and after it, so that no write is lost
 * or refused at any moment. Then the triggers go, and the copy, which bears the old name by then.
 *
 * <p>Not the other way round, so that the copy would stay: all that hangs on the column (indexes,
 * foreign keys, default, NOT NULL, its place) then stays where it is.
 */
public final class RenameColumn implements Recipe {

  /** What tells the copy from the column while they bear each other's name. */
  private static final String MARK = "sluice: a copy until the release is done";

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (at.phase() != Phase.PRE_DEPLOY || at.subject().kind() != Kind.RENAME) {
      return Optional.empty();
    }
    return switch (at.change()) {
      case Change.RenameColumn c when !at.made(c.table()) ->
          Optional.of(split(at, c, at.sketch(), Optional.empty()));
      case RedefineColumn c when c.renames() && !at.made(c.table()) -> Optional.of(changed(at, c));
      default -> Optional.empty();
    };
  }

  /**
   * CHANGE says the whole definition again. It is a rename where it says the same; what only lets
   * more in comes first, by itself, and what only lets less in comes last.
   */
  private static Proposal changed(Situation at, RedefineColumn change) {
    QualifiedName table = change.table();
    Name name = change.column();
    Change.RenameColumn rename = new Change.RenameColumn(table, name, change.definition().name());
    Optional<Column> before = at.column(table, name);
    boolean only = change.constraints().isEmpty() && change.position().isEmpty();
    // A key refuses NULL whatever the definition says.
    boolean keyed = at.schema().table(table).map(t -> t.primaryKey().contains(name)).orElse(false);
    Column after = keyed ? change.definition().withNullable(false) : change.definition();
    if (only && before.map(c -> Same.but(at, c, after)).orElse(true)) {
      return split(at, rename, at.sketch(), Optional.empty());
    }
    if (only && before.map(c -> Same.orLess(at, c, after)).orElse(false)) {
      return split(at, rename, at.sketch(), Optional.of(after));
    }
    RedefineColumn alone =
        new RedefineColumn(
            table, name, after.withName(name), List.of(), Optional.empty(), change.ifExists());
    if (!only || !before.map(c -> Same.orMore(at, c, after)).orElse(false)) {
      return twoThings(at, change);
    }
    Sketch sketch = definedAnew(at, alone);
    return isShort(sketch) ? split(at, rename, sketch, Optional.empty()) : twoThings(at, change);
  }

  /** Beside the writers, or so short on this table that nobody is told. */
  private static boolean isShort(Sketch sketch) {
    return sketch.done() instanceof Proposal.Steps made
        && made.steps().stream().allMatch(s -> s.cost().window() == Window.NONE);
  }

  private static Sketch definedAnew(Situation at, RedefineColumn alone) {
    Sketch sketch = at.sketch();
    return sketch.add(
        sketch
            .ddl(Phase.PRE_DEPLOY, alone)
            .titled("redefine column " + new ColumnName(alone.table(), alone.column()))
            .because("before it is renamed: all that the old version writes fits in")
            .as(Kind.EXPAND));
  }

  private static Undecided twoThings(Situation at, RedefineColumn change) {
    return new Undecided(
        at.subject().object()
            + " is renamed to "
            + change.definition().name()
            + " and defined anew at once",
        List.of(
            "two statements: RENAME COLUMN in this release, MODIFY in the next",
            "-- sluice: phase post-deploy: <reason>, where the new version works with the old"
                + " name and definition"));
  }

  /**
   * @param least what it is to be when the old version is gone, where that takes less
   */
  private static Proposal split(
      Situation at, Change.RenameColumn change, Sketch sketch, Optional<Column> least) {
    Schema schema = sketch.schema(Phase.PRE_DEPLOY);
    Optional<Column> column = schema.column(change.table(), change.column());
    if (column.isEmpty()) {
      return new Undecided(
          change.table()
              + "."
              + change.column()
              + " is in no migration that Sluice has read, so its type is not known",
          List.of(
              "--url JDBC-URL, to read it from the database",
              "-- sluice: phase post-deploy: <reason>, where the new version works with the old"
                  + " name"));
    }
    Optional<Proposal> refused =
        new WhyNoCopy(at, schema.table(change.table()).orElseThrow(), column.get())
            .ofRename()
            .<Proposal>map(why -> cannot(at, why))
            .or(() -> InStep.withoutKey(at, change.table()));
    return refused.orElseGet(() -> steps(at, change, column.get(), sketch, least));
  }

  private static Undecided cannot(Situation at, String why) {
    return new Undecided(
        at.subject().object() + " cannot have two names for a while: " + why,
        List.of(
            "-- sluice: phase post-deploy: <reason>, where the new version works with the old name"
                + " as well",
            "two releases: add a column under the new name, write both, then drop the old one"));
  }

  private static Proposal steps(
      Situation at,
      Change.RenameColumn change,
      Column column,
      Sketch sketch,
      Optional<Column> least) {
    QualifiedName table = change.table();
    Writer writer = at.writer();
    Sync sync =
        new Sync(
            InStep.name(at, table, change.to()),
            table,
            change.column(),
            change.to(),
            writer.quote(change.column()),
            writer.quote(change.to()));
    Draft add =
        sketch
            .ddl(
                Phase.PRE_DEPLOY, new AddColumn(table, copy(column, change.to()), List.of(), false))
            .titled("add column " + new ColumnName(table, change.to()))
            .because(
                "nullable and without default, so that NULL means: not written by the new version");
    // Never the column itself, which bears that name once both have swapped.
    String isCopy = at.probes().commented(table, change.to(), MARK).orElseThrow();
    sketch.add(
        add.undoneBy(
            OnlyWhile.holds(isCopy, add.care().undo().getFirst(), writer), Reversible.YES));
    boolean lent = lendDefault(sketch, at, table, column);
    InStep step =
        new InStep(at, sketch, sync)
            .keep("each version writes the column that it knows; the other one follows")
            .fill();
    CopiedIndexes indexes = new CopiedIndexes(at, table, change.column(), change.to());
    indexes.build(sketch);

    QualifiedName after = at.afterwards(table);
    Optional<RedefineColumn> less =
        least.map(
            d -> new RedefineColumn(after, change.to(), d, List.of(), Optional.empty(), false));
    Column named = column.withName(change.to());
    // Once more later: here what is in the way can still be taken back.
    less.ifPresent(d -> new Unfit(at, d, Optional.of(named)).verify(sketch, Phase.POST_DEPLOY));
    step.parity(Phase.POST_DEPLOY, after, "the copy must not be the only place of a value");
    sketch.add(swap(sketch, at, change, after));
    step.release(Phase.POST_DEPLOY, after, "the column bears the new name: nobody writes the copy");
    if (lent) {
      sketch.add(
          sketch
              .ddl(Phase.POST_DEPLOY, new DropDefault(after, change.to()))
              .titled("drop default of " + new ColumnName(after, change.to()))
              .because("it was lent to the column for rows of the new version")
              .forGood());
    }
    indexes.drop(sketch, after);
    sketch.add(
        sketch
            .ddl(Phase.POST_DEPLOY, new DropColumn(after, change.column(), false, false))
            .titled("drop the copy, which bears the name " + change.column())
            .because("nobody names it any more")
            .forGood());
    less.ifPresent(d -> takesLess(sketch, at, d, named));
    return sketch
        .there(Phase.PRE_DEPLOY)
        .standingIn(
            new StandIn.Copy(new ColumnName(at.pre().resolve(table), change.to()), change.column()))
        .done();
  }

  private static void takesLess(Sketch sketch, Situation at, RedefineColumn change, Column column) {
    new Unfit(at, change, Optional.of(column)).verify(sketch, Phase.POST_DEPLOY);
    sketch.add(
        sketch
            .ddl(Phase.POST_DEPLOY, change)
            .titled("redefine column " + new ColumnName(change.table(), change.column()))
            .because("it takes less than the old version wrote")
            .as(Kind.CONTRACT));
  }

  private static Column copy(Column column, Name to) {
    return new Column(
        to,
        column.type(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        column.collation(),
        "",
        new Column.Attributes(
            column.attributes().charset(), Optional.empty(), false, Optional.of(MARK)));
  }

  /**
   * MariaDB refuses INSERT … SELECT that leaves out such a column before any trigger runs (error
   * 1364); MySQL does not. Seen on MariaDB 10.11 and 11.4, and on MySQL 8.0.31.
   */
  private static boolean lendDefault(
      Sketch sketch, Situation at, QualifiedName table, Column column) {
    if (at.dialect().engine() != Engine.MARIADB || column.mayBeOmitted()) {
      return false;
    }
    Fragment value = Fragment.literal(Implicit.any(column.type(), Engine.MARIADB).orElseThrow());
    ColumnName name = new ColumnName(table, column.name());
    sketch.add(
        sketch
            .ddl(Phase.PRE_DEPLOY, new SetDefault(table, column.name(), value))
            .titled("set default of " + name)
            .because(
                "the new version leaves it out, and INSERT … SELECT would be refused before the"
                    + " trigger fills it"));
    sketch.note(
        "until post-deploy an INSERT that gives neither "
            + name
            + " nor its new name is taken, with "
            + value.sql());
    return true;
  }

  private static Draft swap(
      Sketch sketch, Situation at, Change.RenameColumn change, QualifiedName table) {
    Name old = change.column();
    Name fresh = change.to();
    Name between = Name.ignoringCase("sluice_between");
    String sql =
        at.writer()
            .writeTogether(
                List.of(
                    new Change.RenameColumn(table, old, fresh),
                    new Change.RenameColumn(table, fresh, old)));
    // One statement swaps them; the schema takes one name after the other.
    List<Change> changes =
        List.of(
            new Change.RenameColumn(table, old, between),
            new Change.RenameColumn(table, fresh, old),
            new Change.RenameColumn(table, between, fresh));
    Draft draft = sketch.together(Phase.POST_DEPLOY, changes, sql);
    String done = draft.action() instanceof Action.Ddl d ? d.sql().getFirst() : sql;
    return draft
        .titled("swap the names of " + new ColumnName(table, old) + " and its copy " + fresh)
        .because(
            "the catalog only, in one statement: all that hangs on the column stays, and the"
                + " triggers work on")
        .doneWhen(marked(at, table, old))
        .undoneBy(List.of(done), Reversible.YES);
  }

  /** The copy bears the old name. */
  private static Optional<Condition> marked(Situation at, QualifiedName table, Name old) {
    return at.dialect().probes().commented(table, old, MARK).map(Condition::isDone);
  }
}
