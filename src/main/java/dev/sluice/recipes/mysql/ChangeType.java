package dev.sluice.recipes.mysql;

import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.mysql.impact.Text;
import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Change.CreateTrigger;
import dev.sluice.schema.Change.DropColumn;
import dev.sluice.schema.Change.DropIndex;
import dev.sluice.schema.Change.DropTrigger;
import dev.sluice.schema.Change.RenameColumn;
import dev.sluice.schema.Change.RenameIndex;
import dev.sluice.schema.Change.SetDefault;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Position;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A column of another type under the same name, on whose new type both versions can work, or of a
 * narrower one that every value was found to fit, when one version lives. A column of that type is
 * filled beside the old one; then both swap their names in one statement, which is atomic. The
 * triggers copy from one name to the other, whichever column bears it.
 */
final class ChangeType {

  private static final String MARK = "sluice: of another type until the release is done";

  private final Situation at;
  private final Change.RedefineColumn change;
  private final Column before;
  private final Name shadow;

  ChangeType(Situation at, Change.RedefineColumn change, Column before) {
    this.at = at;
    this.change = change;
    this.before = before;
    this.shadow = Name.ignoringCase(Names.ours(at, change.column().text(), "other_type").text());
  }

  /** Why it has no such form; empty where it has. */
  static Optional<String> refusal(Situation at, Change.RedefineColumn change, Column before) {
    Table table = at.schema().table(change.table()).orElseThrow();
    Column after = change.definition();
    if (!change.constraints().isEmpty()
        || after.generated().isPresent()
        || (after.identity().isPresent() && before.identity().isEmpty())) {
      return Optional.of("what it is to be is more than a type");
    }
    Optional<String> held = new WhyNoCopy(at, table, before).ofType();
    if (held.isPresent()) {
      return held;
    }
    if (!before.nullable() && after.nullable()) {
      return Optional.of("it loses NOT NULL in the same statement");
    }
    if (!hasDefault(at, before) || !hasDefault(at, after)) {
      return Optional.of("no default is known for its type");
    }
    TypeChange type = at.dialect().typeChange(before, after.type(), at.schema());
    Text was = Text.of(before, table.properties());
    Text is = Text.of(after, table.properties());
    boolean texts = Types.isString(before.type()) && Types.isString(after.type());
    if (texts && !was.isHeldBy(is)) {
      return Optional.of(
          "not every text that it holds can be written in "
              + is.charset().orElse("the character set that the server has of its own"));
    }
    boolean wider = type == TypeChange.WIDENING || type == TypeChange.SAME;
    if (!wider
        && !AsText.fits(before.type(), after.type())
        && Unfit.values(at, before, after).isEmpty()) {
      return Optional.of("not every value of " + before.type() + " is one of " + after.type());
    }
    if (at.rowKey(change.table(), at.schema()).isEmpty()) {
      return Optional.of("the table has no key that finds its rows");
    }
    return Optional.empty();
  }

  private static boolean hasDefault(Situation at, Column column) {
    return column.mayBeOmitted() || Implicit.any(column.type(), at.dialect().engine()).isPresent();
  }

  Proposal plan(Sketch sketch) {
    Phase phase = at.phase();
    QualifiedName table = change.table();
    ColumnName name = new ColumnName(table, change.column());
    AddColumn add =
        new AddColumn(
            table,
            marked(omissible(change.definition()), shadow),
            List.of(),
            Optional.of(new Position.After(change.column())),
            false);
    sketch.add(
        untilSwapped(sketch.ddl(phase, add))
            .titled("add a column of type " + change.definition().type() + " for " + name)
            .because("filled beside the old one, while both versions write that"));
    for (CreateTrigger trigger : triggers()) {
      sketch.add(
          sketch
              .ddl(phase, trigger)
              .titled("create trigger that copies " + name)
              .because("every write reaches both columns"));
    }
    fill(sketch, phase, table, name);
    List<Index> copies = indexes(sketch.schema(phase));
    for (Index index : copies) {
      sketch.add(
          untilSwapped(sketch.ddl(phase, new CreateIndex(index, false, false, false)))
              .titled("create index " + index.name().orElseThrow().name() + " on " + table)
              .because("it takes the place of the old column's"));
    }
    lendDefault(sketch, phase, table, name);
    parity(sketch, phase, table, name);
    sketch.add(swap(sketch, phase, table, name, copies));
    giveNames(sketch, phase, table, copies);
    for (CreateTrigger trigger : triggers()) {
      sketch.add(
          sketch
              .ddl(
                  phase, new DropTrigger(trigger.trigger().name(), Optional.of(table), true, false))
              .titled("drop trigger that copies " + name)
              .because("the column has its new type")
              .staying());
    }
    finish(sketch, phase, table, name);
    return sketch.done();
  }

  /** Taken back only while the new column is not in the old one's place. */
  private Draft untilSwapped(Draft draft) {
    String waits = at.probes().commented(change.table(), shadow, MARK).orElseThrow();
    return draft.undoneBy(
        draft.care().undo().stream()
            .flatMap(u -> OnlyWhile.holds(waits, u, at.writer()).stream())
            .toList(),
        Reversible.YES);
  }

  private Column marked(Column column, Name name) {
    return column
        .withName(name)
        .withAttributes(
            new Column.Attributes(
                column.attributes().charset(), Optional.empty(), false, Optional.of(MARK)));
  }

  /** Statements leave the shadow out: where it takes no NULL it has some default for a while. */
  private Column omissible(Column column) {
    return column.mayBeOmitted()
        ? column
        : column.withDefault(
            Implicit.any(column.type(), at.dialect().engine()).map(Fragment::literal));
  }

  /** The old column is left out by everyone as soon as it bears the other name. */
  private void lendDefault(Sketch sketch, Phase phase, QualifiedName table, ColumnName name) {
    if (before.mayBeOmitted()) {
      return;
    }
    Fragment value = omissible(before).defaultValue().orElseThrow();
    sketch.add(
        untilSwapped(sketch.ddl(phase, new SetDefault(table, change.column(), value)))
            .titled("set default of " + name)
            .because("under the other name nobody gives it a value, until it goes"));
    sketch.note(
        "from the default to the swap of the names an INSERT without " + name + " is taken");
  }

  /** They mean the same under swapped names: what the column gets, the other one gets. */
  private List<CreateTrigger> triggers() {
    List<CreateTrigger> all = new ArrayList<>();
    String base = "zz_sluice_" + change.table().name() + "_" + change.column() + "_type_";
    for (String event : List.of("INSERT", "UPDATE")) {
      all.add(
          new CreateTrigger(
              new Trigger(
                  at.writer().fit(base + (event.equals("INSERT") ? "ins" : "upd")),
                  change.table(),
                  "BEFORE " + event,
                  Optional.empty(),
                  Fragment.literal(
                      "FOR EACH ROW SET NEW."
                          + at.writer().quote(shadow)
                          + " = NEW."
                          + at.writer().quote(change.column())),
                  false),
              false));
    }
    return all;
  }

  private String apart() {
    return at.writer()
        .wouldChange(
            at.writer().quote(shadow),
            at.writer().quote(change.column()),
            Optional.of(change.definition().type()));
  }

  private void fill(Sketch sketch, Phase phase, QualifiedName table, ColumnName name) {
    StringBuilder set = new StringBuilder();
    set.append(at.writer().quote(shadow)).append(" = ").append(at.writer().quote(change.column()));
    for (Column column : at.schema().table(table).map(Table::columns).orElse(List.of())) {
      if (column.attributes().onUpdate().isPresent()) {
        String own = at.writer().quote(column.name());
        set.append(", ").append(own).append(" = ").append(own);
      }
    }
    sketch.add(
        sketch
            .backfill(phase, table, Optional.of(set.toString()), apart())
            .titled("fill the new column for " + name)
            .because("rows that are there, in small batches")
            .goneWithAnother());
  }

  private void parity(Sketch sketch, Phase phase, QualifiedName table, ColumnName name) {
    Rows rows = new Rows(at, sketch.schema(phase));
    sketch.add(
        sketch
            .verify(phase, table, rows.none(table, apart()), rows.samples(table, apart()))
            .titled("verify that both columns for " + name + " hold the same")
            .because("the old one goes"));
  }

  private List<Index> indexes(Schema schema) {
    return new CopiedIndexes(at, change.table(), change.column(), shadow).copied(schema, true);
  }

  private Draft swap(
      Sketch sketch, Phase phase, QualifiedName table, ColumnName name, List<Index> copies) {
    Name between = Name.ignoringCase("sluice_between");
    Name column = change.column();
    Draft draft =
        sketch.together(
            phase,
            List.of(
                new RenameColumn(table, column, between),
                new RenameColumn(table, shadow, column),
                new RenameColumn(table, between, shadow)),
            at.writer()
                .writeTogether(
                    List.of(
                        new RenameColumn(table, column, shadow),
                        new RenameColumn(table, shadow, column))));
    String again = draft.action() instanceof Action.Ddl ddl ? ddl.sql().getFirst() : "";
    return draft
        .titled("swap the names of " + name + " and the new column")
        .because("the catalog only, in one statement")
        .doneWhen(at.probes().commented(table, column, MARK).map(Condition::isDone))
        .undoneBy(OnlyWhile.holds(whole(copies), again, at.writer()), Reversible.UNTIL_WRITTEN);
  }

  /** Whether the old column still has all that it had: its triggers, and indexes by their names. */
  private String whole(List<Index> copies) {
    List<Change> still = new ArrayList<>(triggers());
    copies.forEach(i -> still.add(new CreateIndex(i, false, false, false)));
    return still.stream()
        .map(c -> "(" + at.probes().done(c).orElseThrow() + ")")
        .collect(Collectors.joining(" AND ", "SELECT ", ""));
  }

  /** While the triggers still fill the old column, whose unique index would refuse the rest. */
  private void giveNames(Sketch sketch, Phase phase, QualifiedName table, List<Index> copies) {
    List<Index> former = new CopiedIndexes(at, table, change.column(), shadow).of(at.schema());
    for (int i = 0; i < former.size(); i++) {
      Name own = at.schema().nameOf(former.get(i)).name();
      QualifiedName copied = copies.get(i).name().orElseThrow();
      sketch.add(
          sketch
              .together(
                  phase,
                  List.of(
                      new DropIndex(table.withName(own), Optional.of(table), false, false, false),
                      new RenameIndex(copied, Optional.of(table), own)))
              .titled("give the name of index " + own + " to the new one")
              .because("in one statement: no query is without either")
              .staying());
    }
  }

  private void finish(Sketch sketch, Phase phase, QualifiedName table, ColumnName name) {
    sketch.add(
        sketch
            .ddl(phase, new DropColumn(table, shadow, false, false))
            .titled("drop the column of the old type of " + name)
            .because("nobody names it")
            .staying());
    sketch.add(
        sketch
            .ddl(phase, change)
            .titled("define " + name + " as it is written")
            .because("its comment was Sluice's; the type stays, so that only the catalog changes")
            .staying());
  }
}
