package dev.sluice.recipes.general;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Draft;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Recipe;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change.Delete;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Column;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * UPDATE and DELETE of a whole table hold every row that they touch until they end. In batches each
 * row is held for a moment. Only for what is judged row by row, and reads no other table. What is
 * not to be done twice goes by the primary key, on which each row is met once.
 */
public final class ChangeRowsInBatches implements Recipe {

  private static final String READS_TABLES = "it reads tables, which change between two batches";

  /** Functions whose result they leave as it is. */
  private static final Set<String> SETTLING =
      Set.of("lower", "upper", "trim", "btrim", "ltrim", "rtrim", "initcap", "abs");

  @Override
  public Optional<Proposal> plan(Situation at) {
    return switch (at.change()) {
      case Update update when !at.made(update.table()) ->
          update(at, WithoutAlias.of(update, at.dialect()));
      case Delete delete when !at.made(delete.table()) ->
          delete(at, WithoutAlias.of(delete, at.dialect()));
      default -> Optional.empty();
    };
  }

  private static Optional<Proposal> update(Situation at, Update update) {
    if (isShort(at)) {
      return Optional.empty();
    }
    Optional<String> why = whyNotByRow(update).or(() -> keyless(at, update.table()));
    boolean again = !hangsOnItself(at, update);
    if (why.isEmpty() && !again) {
      why = whyNotOnce(at, update);
    }
    if (why.isPresent()) {
      return Optional.of(inOneStatement(at, update.table(), why.get()));
    }
    String set =
        update.assignments().stream()
            .map(a -> at.writer().quote(a.column()) + " = " + a.value().sql())
            .collect(Collectors.joining(", "));
    return Optional.of(again ? again(at, update, set) : once(at, update, set));
  }

  private static Proposal again(Situation at, Update update, String set) {
    String differs =
        update.assignments().stream()
            .map(a -> wouldChange(at, update.table(), a))
            .collect(Collectors.joining(" OR "));
    String where =
        update.where().map(w -> "(" + w.sql() + ") AND (" + differs + ")").orElse(differs);
    return batches(at, update.table(), Optional.of(set), where);
  }

  private static String wouldChange(Situation at, QualifiedName table, Assignment assignment) {
    return at.writer()
        .wouldChange(
            at.writer().quote(assignment.column()),
            assignment.value().sql(),
            at.column(itself(at, table), assignment.column()).map(Column::type));
  }

  private static Proposal once(Situation at, Update update, String set) {
    Sketch sketch = at.sketch();
    String where = update.where().map(w -> w.sql()).orElse("TRUE");
    Draft draft =
        sketch
            .once(at.phase(), itself(at, update.table()), set, where)
            .titled("update rows of " + update.table())
            .because(
                "in batches by key, each row once: a batch and how far it came are written in one"
                    + " transaction, so that no row is changed twice");
    return sketch
        .add(kept(at, draft))
        .note("a row that is inserted while the batches run is changed as well, if it is met")
        .done();
  }

  private static Proposal inOneStatement(Situation at, QualifiedName table, String why) {
    Sketch sketch = at.sketch();
    return sketch.add(sketch.inOneStatement(table, why)).done();
  }

  /** A few rows by a unique key. */
  private static boolean isShort(Situation at) {
    return at.impact(at.change(), at.schema()).work() == Work.INSTANT;
  }

  private static Optional<String> whyNotByRow(Update update) {
    if (update.alias().isPresent()) {
      return Optional.of(called(update.alias().get()));
    }
    return !update.from().isEmpty() || readsTables(update.references())
        ? Optional.of(READS_TABLES)
        : Optional.empty();
  }

  private static String called(Name alias) {
    return "it calls the table " + alias;
  }

  /** PostgreSQL finds rows by their place where nothing else tells them. */
  private static Optional<String> keyless(Situation at, QualifiedName table) {
    boolean found =
        at.dialect().engine() == Engine.POSTGRESQL
            || !at.rowKey(itself(at, table), at.schema()).isEmpty();
    return found
        ? Optional.empty()
        : Optional.of("the table has no key by which batches find its rows");
  }

  private static Optional<String> whyNotOnce(Situation at, Update update) {
    List<Name> key =
        at.schema().table(itself(at, update.table())).map(Table::primaryKey).orElse(List.of());
    if (key.isEmpty()) {
      return Optional.of(
          "done twice it would not give the same, and "
              + update.table()
              + " has no primary key by which each row is met once");
    }
    return update.assignments().stream().map(Assignment::column).anyMatch(key::contains)
        ? Optional.of("it changes the primary key")
        : Optional.empty();
  }

  private static Optional<Proposal> delete(Situation at, Delete delete) {
    if (isShort(at)) {
      return Optional.empty();
    }
    if (delete.alias().isPresent()) {
      return Optional.of(inOneStatement(at, delete.table(), called(delete.alias().get())));
    }
    if (!delete.using().isEmpty() || readsTables(delete.references())) {
      return Optional.of(inOneStatement(at, delete.table(), READS_TABLES));
    }
    Optional<String> keyless = keyless(at, delete.table());
    if (keyless.isPresent()) {
      return Optional.of(inOneStatement(at, delete.table(), keyless.get()));
    }
    return Optional.of(
        batches(
            at, delete.table(), Optional.empty(), delete.where().map(w -> w.sql()).orElse("TRUE")));
  }

  private static Proposal batches(
      Situation at, QualifiedName table, Optional<String> set, String where) {
    Sketch sketch = at.sketch();
    Draft draft =
        sketch
            .backfill(at.phase(), itself(at, table), set, where)
            .titled((set.isPresent() ? "update rows of " : "delete rows of ") + table)
            .because("in batches: each row is locked for a moment, not until the last one is done");
    return sketch.add(kept(at, draft)).done();
  }

  private static QualifiedName itself(Situation at, QualifiedName table) {
    return at.phase() == Phase.PRE_DEPLOY ? at.beforehand(table) : table;
  }

  /** What the rows held before is gone. Before the deployment that was decided to harm nobody. */
  private static Draft kept(Situation at, Draft draft) {
    return at.phase() == Phase.POST_DEPLOY ? draft.forGood() : draft.staying();
  }

  /**
   * A table may change between two batches, its own by the batch before, and then they would not be
   * one statement.
   */
  private static boolean readsTables(References references) {
    return !references.complete() || !references.relations().isEmpty();
  }

  /**
   * Done twice, such an UPDATE would not give the same: {@code price = price * 2}. The same goes
   * for values that no two calls agree on.
   */
  private static boolean hangsOnItself(Situation at, Update update) {
    Set<Name> assigned =
        update.assignments().stream().map(Assignment::column).collect(Collectors.toSet());
    return update.assignments().stream()
        .filter(a -> !settles(at, a))
        .map(Assignment::value)
        .anyMatch(
            value ->
                at.dialect().isVolatile(value, at.schema())
                    || value.references().columns().stream()
                        .anyMatch(c -> c.name().map(assigned::contains).orElse(true)));
  }

  /** {@code email = lower(email)}: done twice, it is as done once. */
  private static boolean settles(Situation at, Assignment assignment) {
    String value = assignment.value().sql().strip().toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    String column = at.writer().quote(assignment.column());
    // MySQL's names have no case.
    String bare = assignment.column().key();
    return column.equals(column.toLowerCase(Locale.ROOT))
        && SETTLING.stream()
            .anyMatch(
                f -> value.equals(f + "(" + column + ")") || value.equals(f + "(" + bare + ")"));
  }
}
