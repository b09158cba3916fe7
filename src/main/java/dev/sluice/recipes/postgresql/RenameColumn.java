package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer;
import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.plan.StandIn;
import dev.sluice.recipes.general.PartitionKeys;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.DropColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A column under two names while both versions run. The new name is borne by a copy, kept in step
 * with the column; when the old version is gone, the copy goes and the column itself gets the new
 * name, in one transaction that touches the catalog only.
 *
 * <p>Not the other way round, so that the copy would stay: all that hangs on the column (its index
 * and constraints with their names, default, sequence, NOT NULL, foreign keys that lead to it,
 * views, comment, grants) then stays where it is, and the table ends as a plain rename leaves it.
 * And nothing is lost by it: what goes is the copy.
 */
public final class RenameColumn implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.RenameColumn change)
        || at.phase() != Phase.PRE_DEPLOY
        || at.subject().kind() != Kind.RENAME
        || at.made(change.table())) {
      return Optional.empty();
    }
    Optional<Table> table = at.pre().table(change.table());
    Optional<Column> column = table.flatMap(t -> t.column(change.column()));
    if (table.isEmpty() || column.isEmpty()) {
      return Optional.of(unknown(change));
    }
    return Optional.of(
        refusal(at, table.get(), column.get())
            .<Proposal>map(why -> cannot(at, why))
            .orElseGet(() -> split(at, change, column.get())));
  }

  private static Undecided unknown(Change.RenameColumn change) {
    return new Undecided(
        change.table()
            + "."
            + change.column()
            + " is in no migration that Sluice has read, so its type is not known",
        List.of(
            "--connect, to read it from the database",
            "-- sluice: phase post-deploy: <reason>, where the new version works with the old name"));
  }

  /** Why no trigger can keep a copy in step; empty where one can. */
  private static Optional<String> refusal(Situation at, Table table, Column column) {
    if (column.generated().isPresent()) {
      return Optional.of("it is a generated column, whose value triggers do not see");
    }
    if (table.partitionKey().map(k -> PartitionKeys.names(k, column.name())).orElse(false)) {
      return Optional.of("it is in the partition key, which a trigger must not change");
    }
    boolean heirs = table.partitionKey().isEmpty() && !at.pre().childrenOf(table.name()).isEmpty();
    return heirs
        ? Optional.of("other tables inherit from it, and its triggers do not fire for theirs")
        : Optional.empty();
  }

  private static Undecided cannot(Situation at, String why) {
    return new Undecided(
        at.subject().object() + " cannot have two names for a while: " + why,
        List.of(
            "-- sluice: phase post-deploy: <reason>, where the new version works with both names",
            "two releases: add a column under the new name, write both, then drop the old one"));
  }

  private static Proposal split(Situation at, Change.RenameColumn change, Column column) {
    QualifiedName table = change.table();
    Sketch sketch = at.sketch();
    Writer writer = at.writer();
    Sync sync =
        new Sync(
            ColumnCopy.twoWay(at, table, change.to()),
            table,
            change.column(),
            change.to(),
            writer.quote(change.column()),
            writer.quote(change.to()));

    add(sketch, at, change, column);
    ColumnCopy copy =
        new ColumnCopy(at, sketch, Phase.PRE_DEPLOY, sync)
            .keepInStep("each version writes the column that it knows; the other one follows");
    copy.fill();
    new CopiedIndexes(at, table, change.column(), change.to()).build(sketch, Phase.PRE_DEPLOY);
    notes(sketch, at, change);
    copy.parity(Phase.POST_DEPLOY, "the copy must not be the only place of a value");
    sketch.add(swap(sketch, at, change, copy));
    ColumnName name = new ColumnName(at.pre().resolve(table), change.to());
    return sketch
        .there(Phase.PRE_DEPLOY)
        .standingIn(new StandIn.Copy(name, change.column()))
        .done();
  }

  private static void add(Sketch sketch, Situation at, Change.RenameColumn change, Column column) {
    AddColumn add =
        new AddColumn(
            change.table(),
            new Column(
                change.to(),
                ColumnTypes.stored(column.type()),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                column.collation(),
                ""),
            List.of(),
            false);
    String grants =
        new Privileges(at.writer()).ofColumn(change.table(), change.column(), change.to());
    sketch.add(
        sketch
            .ddl(Phase.PRE_DEPLOY, List.of(add), List.of(at.writer().write(add), grants))
            .titled("add column " + change.table() + "." + change.to())
            .because(
                "nullable and without default, so that NULL means: not written by the new version")
            .undoneBy(List.of(undoAdd(at, change)), Reversible.YES));
  }

  /** Never the column itself, which bears that name once the copy is gone. */
  private static String undoAdd(Situation at, Change.RenameColumn change) {
    Writer writer = at.writer();
    return """
        /* only while the copy is there: afterwards the column itself bears that name */
        DO $sluice$
        BEGIN
          IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s
              AND NOT attisdropped) THEN
            %s;
          END IF;
        END
        $sluice$"""
        .formatted(
            writer.literal(writer.quote(change.table())),
            writer.literal(change.column().text()),
            writer.write(new DropColumn(change.table(), change.to(), true, false)));
  }

  private static Draft swap(
      Sketch sketch, Situation at, Change.RenameColumn change, ColumnCopy copy) {
    QualifiedName table = at.afterwards(change.table());
    Change.RenameColumn rename = new Change.RenameColumn(table, change.column(), change.to());
    List<Change> own = List.of(new DropColumn(table, change.to(), false, false), rename);
    List<String> sql = new ArrayList<>(copy.dropStatements(Phase.POST_DEPLOY));
    own.forEach(c -> sql.add(at.writer().write(c)));
    List<Change> changes = new ArrayList<>(List.of(copy.theEnd(Phase.POST_DEPLOY)));
    changes.addAll(own);
    return sketch
        .ddl(Phase.POST_DEPLOY, changes, sql)
        .titled(
            "drop the copy, rename column "
                + new ColumnName(table, change.column())
                + " to "
                + change.to())
        .because("the copy goes and the column takes its name: all that hangs on the column stays")
        .undoneBy(
            List.of(
                at.writer().write(new Change.RenameColumn(table, change.to(), change.column()))),
            Reversible.YES);
  }

  private static void notes(Sketch sketch, Situation at, Change.RenameColumn change) {
    Schema pre = at.pre();
    Name column = change.column();
    pre.triggersOn(change.table()).stream()
        .filter(t -> t.timing().toUpperCase(Locale.ROOT).contains(" OF "))
        .filter(t -> t.timing().contains(column.text()))
        .forEach(
            t ->
                sketch.note(
                    "trigger "
                        + t.name()
                        + " fires on UPDATE OF "
                        + column
                        + ": not for updates of the new version, which name "
                        + change.to()));
    boolean unique =
        pre.allIndexesOn(change.table()).stream().anyMatch(i -> i.unique() && i.names(column));
    if (unique) {
      sketch.note(
          "while both columns are unique, two upserts of one value at the same moment can end in a"
              + " duplicate key error (23505) in either version");
    }
  }
}
