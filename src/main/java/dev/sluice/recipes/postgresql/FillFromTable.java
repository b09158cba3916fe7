package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Lookup;
import dev.sluice.dialect.Writer.Follow;
import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.Fills;
import dev.sluice.recipes.general.Rows;
import dev.sluice.recipes.general.WithoutAlias;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An UPDATE that fills what this release adds from a row of another table. Run once it would miss
 * what the old version writes afterwards, in either table: a trigger on the own table looks the
 * value up for each row, one on the other table hands each changed value on.
 */
public final class FillFromTable implements Recipe {

  @Override
  public Optional<Proposal> plan(Situation at) {
    if (!(at.change() instanceof Update update)
        || at.subject().kind() != Kind.BACKFILL
        || at.phase() != Phase.PRE_DEPLOY
        || at.made(update.table())
        || at.reworded()
        || !at.alone()
        || at.decisions().placed()
        || Fills.ofOwnRow(WithoutAlias.of(update, at.dialect()))
        || !update.assignments().stream().allMatch(a -> isNew(at, update.table(), a.column()))) {
      return Optional.empty();
    }
    List<Lookup> lookups = at.dialect().lookups(at.subject().statement(), at.schema());
    return lookups.isEmpty() || !lookups.stream().allMatch(l -> isSteady(at, l))
        ? Optional.empty()
        : Optional.of(new Fill(at, update.table(), lookups).proposal());
  }

  /** Made by this release and filled by nothing else so far. */
  private static boolean isNew(Situation at, QualifiedName table, Name column) {
    return at.made(table, column)
        && at.schema().column(table, column).isPresent()
        && at.schema().column(table, column).flatMap(Column::defaultValue).isEmpty()
        && ColumnCopy.keeping(at, table, column).isEmpty();
  }

  /** One row at most is found, and asked twice it says the same. */
  private static boolean isSteady(Situation at, Lookup lookup) {
    Set<Name> keys = lookup.keys().stream().map(Lookup.Key::source).collect(Collectors.toSet());
    return at.schema().allIndexesOn(lookup.source()).stream().anyMatch(i -> identifies(i, keys))
        && !lookup.own().contains(lookup.column())
        && at.schema().table(lookup.source()).flatMap(Table::partitionKey).isEmpty()
        && !isVolatile(at, lookup.value())
        && !isVolatile(at, lookup.condition())
        && lookup.where().filter(w -> isVolatile(at, w)).isEmpty();
  }

  private static boolean isVolatile(Situation at, String sql) {
    Fragment fragment = at.dialect().expression(sql);
    return !fragment.references().complete() || at.dialect().isVolatile(fragment, at.schema());
  }

  private static boolean identifies(Index index, Set<Name> columns) {
    return index.unique()
        && index.predicate().isEmpty()
        && index.valid()
        && index.columns().stream().allMatch(c -> c.column().map(columns::contains).orElse(false));
  }

  /** The steps of one UPDATE. */
  private static final class Fill {

    private final Situation at;
    private final QualifiedName table;
    private final List<Lookup> lookups;
    private final Sketch sketch;

    Fill(Situation at, QualifiedName table, List<Lookup> lookups) {
      this.at = at;
      this.table = table;
      this.lookups = lookups;
      this.sketch = at.sketch();
    }

    Proposal proposal() {
      List<ColumnCopy> copies = new ArrayList<>();
      List<Follow> follows = new ArrayList<>();
      for (Lookup lookup : lookups) {
        copies.add(
            new ColumnCopy(at, sketch, Phase.PRE_DEPLOY, sync(lookup))
                .keepInStep("rows of the old version, which does not know it, are filled as well"));
        if (!at.made(lookup.source())) {
          follows.add(follow(lookup));
        }
      }
      sketch.add(
          sketch
              .backfill(Phase.PRE_DEPLOY, table, Optional.of(set()), pending())
              .titled("backfill " + columns())
              .because("rows that are there, in small batches")
              .goneWithAnother());
      if (!follows.isEmpty()) {
        sketch.note(
            "a row of "
                + table
                + " that is written in the same moment as the row that it looks up can keep the"
                + " value from before: the one does not see the other until both are committed");
      }
      filled(Phase.PRE_DEPLOY);
      filled(Phase.POST_DEPLOY);
      follows.forEach(this::end);
      copies.forEach(
          c ->
              sketch.add(c.release(Phase.POST_DEPLOY).because("the new version writes it itself")));
      return sketch.there(Phase.PRE_DEPLOY).done();
    }

    private Sync sync(Lookup lookup) {
      return new Sync(
          ColumnCopy.oneWay(at, table, lookup.column()),
          table,
          List.copyOf(new TreeSet<>(lookup.own())),
          lookup.column(),
          whole(lookup),
          "",
          Optional.of(table.name()));
    }

    /** The trigger on the other table, from where the value comes. */
    private Follow follow(Lookup lookup) {
      QualifiedName source = lookup.source();
      Follow follow =
          new Follow(
              at.writer()
                  .fit("zz_sluice_" + source.name() + "_" + table.name() + "_" + lookup.column()),
              table,
              type(lookup.column()),
              lookup,
              kept(lookup));
      Change.CreateTrigger made = made(follow);
      sketch.add(
          sketch
              .sql(
                  Phase.PRE_DEPLOY,
                  at.writer().createFollow(follow),
                  Impact.of(source, LockMode.SHARE_ROW_EXCLUSIVE, Work.INSTANT))
              .making(made)
              .titled("create sync trigger from " + source + " to " + name(lookup))
              .because("what the old version writes there belongs here, too")
              .doneWhen(at.probes().done(made).map(Condition::isDone))
              .undoneBy(at.writer().dropFollow(follow), Reversible.YES));
      ColumnCopy.waitForOlder(at, sketch, Phase.PRE_DEPLOY, source, follow.name());
      if (!isIndexed(lookup)) {
        sketch.note(
            "while the trigger is there, each row of "
                + source
                + " that is inserted, or changed in "
                + names(new TreeSet<>(lookup.needed()))
                + ", reads all of "
                + table
                + ": an index on "
                + names(lookup.keys().stream().map(Lookup.Key::own).toList())
                + " makes that short");
      }
      return follow;
    }

    private boolean isIndexed(Lookup lookup) {
      Set<Name> keys = lookup.keys().stream().map(Lookup.Key::own).collect(Collectors.toSet());
      return at.schema().allIndexesOn(table).stream()
          .filter(i -> i.predicate().isEmpty() && i.valid() && !i.columns().isEmpty())
          .anyMatch(i -> i.columns().getFirst().column().map(keys::contains).orElse(false));
    }

    private void end(Follow follow) {
      Change.DropTrigger end =
          new Change.DropTrigger(follow.name(), Optional.of(follow.lookup().source()), true, false);
      sketch.add(
          sketch
              .sql(
                  Phase.POST_DEPLOY,
                  at.writer().dropFollow(follow),
                  Impact.of(follow.lookup().source(), LockMode.ACCESS_EXCLUSIVE, Work.INSTANT))
              .making(end)
              .titled(
                  "drop sync trigger from "
                      + follow.lookup().source()
                      + " to "
                      + name(follow.lookup()))
              .because("the new version writes it itself")
              .doneWhen(at.probes().done(end).map(Condition::isDone))
              .undoneBy(at.writer().createFollow(follow), Reversible.YES));
    }

    private static Change.CreateTrigger made(Follow follow) {
      QualifiedName source = follow.lookup().source();
      return new Change.CreateTrigger(
          new Trigger(
              follow.name(),
              source,
              "AFTER INSERT OR UPDATE",
              Optional.of(new QualifiedName(source.schema(), follow.name())),
              new Fragment("", References.NONE),
              false),
          false);
    }

    private String set() {
      return lookups.stream()
          .map(l -> at.writer().quote(l.column()) + " = " + value(l))
          .collect(Collectors.joining(", "));
    }

    /** False for a row that is filled, so that a second run changes nothing. */
    private String pending() {
      return any(
          lookups.stream()
              .map(
                  l ->
                      matched(l)
                          + at.writer()
                              .differ(
                                  own(l.column()),
                                  "CAST(" + value(l) + " AS " + type(l.column()) + ")"))
              .toList());
    }

    /** Adds the question whether a row lacks a value that there is. */
    private void filled(Phase when) {
      QualifiedName there = when == Phase.PRE_DEPLOY ? table : at.afterwards(table);
      String missing =
          any(
              lookups.stream()
                  .map(l -> "(" + own(l.column()) + " IS NULL AND " + value(l) + " IS NOT NULL)")
                  .toList());
      Rows rows = new Rows(at, sketch.schema(when));
      sketch.add(
          sketch
              .verify(when, there, rows.none(there, missing), rows.samples(there, missing))
              .titled("verify that no row lacks " + columns())
              .because("the trigger must not go while a row is missing its value"));
    }

    private String any(List<String> conditions) {
      String any =
          conditions.size() == 1
              ? conditions.getFirst()
              : conditions.stream().collect(Collectors.joining(") OR (", "(", ")"));
      // The same for all: it is one UPDATE.
      return lookups.getFirst().where().map(w -> "(" + w + ") AND (" + any + ")").orElse(any);
    }

    private String matched(Lookup lookup) {
      return lookup.keeps() ? exists(lookup) + " AND " : "";
    }

    /** What the row is given, whichever it is. */
    private String whole(Lookup lookup) {
      return lookup
          .where()
          .map(
              w ->
                  "CASE WHEN "
                      + w
                      + " THEN "
                      + kept(lookup)
                      + " ELSE "
                      + own(lookup.column())
                      + " END")
          .orElse(kept(lookup));
    }

    /** What a row that is updated is given. */
    private String kept(Lookup lookup) {
      return lookup.keeps()
          ? "CASE WHEN "
              + exists(lookup)
              + " THEN "
              + value(lookup)
              + " ELSE "
              + own(lookup.column())
              + " END"
          : value(lookup);
    }

    private String value(Lookup lookup) {
      return "(SELECT " + lookup.value() + from(lookup) + ")";
    }

    private String exists(Lookup lookup) {
      return "EXISTS (SELECT 1" + from(lookup) + ")";
    }

    private String from(Lookup lookup) {
      return " FROM "
          + at.writer().quote(lookup.source())
          + (lookup.sourceRow().equals(lookup.source().name())
              ? ""
              : " AS " + at.writer().quote(lookup.sourceRow()))
          + " WHERE "
          + lookup.condition();
    }

    private String own(Name column) {
      return at.writer().quote(table.name()) + "." + at.writer().quote(column);
    }

    private String type(Name column) {
      return ColumnTypes.stored(at.schema().column(table, column).orElseThrow().type()).text();
    }

    private String columns() {
      return lookups.stream()
          .map(this::name)
          .map(Object::toString)
          .collect(Collectors.joining(", "));
    }

    private ColumnName name(Lookup lookup) {
      return new ColumnName(table, lookup.column());
    }

    private static String names(Iterable<Name> names) {
      List<String> all = new ArrayList<>();
      names.forEach(n -> all.add(n.toString()));
      return String.join(", ", all);
    }
  }
}
