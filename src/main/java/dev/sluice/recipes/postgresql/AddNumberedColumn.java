package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Condition;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Names;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.AddIdentity;
import dev.sluice.schema.Change.AlterSequence;
import dev.sluice.schema.Change.CreateSequence;
import dev.sluice.schema.Change.DropDefault;
import dev.sluice.schema.Change.DropIdentity;
import dev.sluice.schema.Change.SetDefault;
import dev.sluice.schema.Column;
import dev.sluice.schema.Column.Identity;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A serial or identity column on a table with rows. The server would number every row under ACCESS
 * EXCLUSIVE; instead a sequence and a default number the new rows, and batches those that are
 * there. An identity is attached at the end, when no row lacks a number: it wants a column that is
 * NOT NULL and has no default, and its own sequence would begin at 1 again (measured on 13 to 18).
 */
final class AddNumberedColumn {

  private final Situation at;
  private final AddColumn change;
  private final QualifiedName table;
  private final Column column;
  private final Identity identity;

  AddNumberedColumn(Situation at, AddColumn change) {
    this.at = at;
    this.change = change;
    this.table = change.table();
    this.column = change.column();
    this.identity = column.identity().orElseThrow();
  }

  Proposal plan() {
    Sketch sketch = at.sketch();
    ColumnName name = new ColumnName(table, column.name());
    QualifiedName sequence = new QualifiedName(table.schema(), sequenceName());
    Column bare = Column.of(column.name(), column.type(), true);
    AddColumnApart.bare(sketch, at, table, bare);
    sketch.add(
        sketch
            .ddl(
                at.phase(),
                new CreateSequence(
                    sequence, "AS " + column.type().name(), Optional.of(name), false))
            .titled("create sequence " + sequence)
            .because("numbers for new rows, owned by the column")
            .goneWithAnother());
    Fragment next =
        at.dialect()
            .expression(
                "nextval(" + at.writer().literal(at.writer().quote(sequence)) + "::regclass)");
    sketch.add(
        sketch
            .ddl(at.phase(), new SetDefault(table, column.name(), next))
            .titled("set default of " + name + " to the next number")
            .because("set apart from the column, the default counts for new rows only")
            .goneWithAnother());
    AddColumnApart.fill(sketch, at, table, column.name(), next.sql());
    SetNotNull.forbidNulls(sketch, at, at.phase(), table, column.name());
    if (identity != Identity.SERIAL) {
      sketch.add(becomeIdentity(sketch, name, sequence));
    }
    AddColumnApart.constraints(sketch, at, change);
    return sketch.done();
  }

  /**
   * A serial's sequence keeps the name that the server would give it; an identity makes its own.
   */
  private Name sequenceName() {
    if (identity != Identity.SERIAL) {
      return Names.ours(at, table.name().text(), column.name().text(), "seq");
    }
    return at.dialect()
        .conventions()
        .sequence(at.afterwards(table), column.name(), new Names.TakenIn(at.schema(), table));
  }

  private Draft becomeIdentity(Sketch sketch, ColumnName name, QualifiedName sequence) {
    List<Change> changes =
        List.of(
            new DropDefault(table, column.name()),
            new AlterSequence(sequence, "OWNED BY NONE", Optional.empty()),
            new AddIdentity(table, column.name(), identity, ""));
    List<String> sql = new ArrayList<>(changes.stream().map(at.writer()::write).toList());
    sql.add(
        "SELECT setval(pg_get_serial_sequence("
            + at.writer().literal(at.writer().quote(table))
            + ", "
            + at.writer().literal(column.name().text())
            + "), (SELECT last_value FROM "
            + at.writer().quote(sequence)
            + "), (SELECT is_called FROM "
            + at.writer().quote(sequence)
            + "))");
    List<Change> all = new ArrayList<>(changes);
    Change drop =
        new Change.DropObject(ObjectKind.SEQUENCE, sequence, Optional.empty(), "", false, false);
    all.add(drop);
    sql.add(at.writer().write(drop));
    return sketch
        .ddl(at.phase(), all, sql)
        .titled("make " + name + " an identity column")
        .because("in one transaction, and counting on where the sequence stood")
        .doneWhen(
            at.probes()
                .done(new AddIdentity(table, column.name(), identity, ""))
                .map(Condition::isDone))
        .undoneBy(
            List.of(at.writer().write(new DropIdentity(table, column.name(), true))),
            Reversible.YES);
  }
}
