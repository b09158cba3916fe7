package dev.sluice.recipes.mysql;

import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.BothVersions;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MODIFY under the same name. What the catalog alone or a rebuild beside the writers does runs as
 * it is written; what would copy the table while nobody writes takes the way of {@link ChangeType}.
 */
public final class RedefineColumn implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Change.RedefineColumn change)
        || change.renames()
        || at.made(change.table())) {
      return Optional.empty();
    }
    Optional<Undecided> both = BothVersions.undecided(at, at.subject());
    if (both.isPresent()) {
      return Optional.of(bothCannot(change, both.get()));
    }
    if (InStep.keeps(at, change.table(), change.column())) {
      return Optional.of(underTrigger(change));
    }
    Sketch sketch = at.sketch();
    Optional<Column> before = at.column(change.table(), change.column());
    Unfit unfit = new Unfit(at, change, before);
    Optional<Collated> collated = Collated.of(at, change.table(), before, change.definition());
    if (collated.flatMap(Collated::unsaid).isPresent()) {
      return Optional.of(
          ConvertTable.unsaid(new ColumnName(change.table(), change.column()).toString()));
    }
    unfit.lookEarly(sketch);
    collated.ifPresent(c -> c.lookEarly(sketch));
    unfit.verify(sketch, at.phase());
    collated.ifPresent(c -> c.verify(sketch, at.phase()));
    boolean copies = at.impact(change, at.schema()).blocksWritesForLong();
    if (!copies || before.isEmpty()) {
      return Optional.of(sketch.add(sketch.asWritten()).done());
    }
    Optional<String> why = ChangeType.refusal(at, change, before.get());
    if (why.isEmpty()) {
      return Optional.of(new ChangeType(at, change, before.get()).plan(sketch));
    }
    Proposal asWritten = sketch.add(sketch.asWritten()).done();
    return Optional.of(
        asWritten instanceof Undecided undecided
            ? new Undecided(
                new ColumnName(change.table(), change.column())
                    + " cannot change its type while it is used: "
                    + why.get()
                    + ". As it is written: "
                    + undecided.why(),
                undecided.choices())
            : asWritten);
  }

  private static Undecided underTrigger(Change.RedefineColumn change) {
    return new Undecided(
        new ColumnName(change.table(), change.column())
            + " is filled by a trigger until post-deploy, and defined anew in the same release",
        List.of("two releases: define it anew in the next one"));
  }

  /** The general ways out, and the one that lets both versions have their own type. */
  private static Undecided bothCannot(Change.RedefineColumn change, Undecided undecided) {
    List<String> choices = new ArrayList<>();
    choices.add(
        "another name for the new column: ADD COLUMN … "
            + change.definition().type()
            + ", with `-- sluice: up <table.new> \"<expression>\", down \"<expression>\"`, and DROP"
            + " COLUMN "
            + change.column());
    choices.addAll(undecided.choices().subList(1, undecided.choices().size()));
    return new Undecided(undecided.why(), choices);
  }
}
