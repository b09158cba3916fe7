package dev.sluice.recipes.general;

import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * Questions of a contract step, asked before the deployment as well: rows that are in the way
 * already are put right while everything can still be taken back.
 */
public final class EarlyLook {

  private static final String WHY =
      "what is in the way already is found while all can be taken back; it is asked again before"
          + " the step that needs it";

  private EarlyLook() {}

  /** Adds it for a unique index; nothing where the rows are not yet what they will be. */
  public static void forDuplicates(Sketch sketch, Situation at, Index index) {
    forDuplicates(
        sketch,
        at,
        index,
        index.columns().stream()
            .flatMap(c -> c.column().stream())
            .map(at.writer()::quote)
            .toList());
  }

  /**
   * The same, of other values.
   *
   * @param values what the index keeps of each of its columns, as SQL
   */
  public static void forDuplicates(Sketch sketch, Situation at, Index index, List<String> values) {
    List<Optional<Name>> keys = index.columns().stream().map(Index.IndexColumn::column).toList();
    if (!index.unique()
        || index.predicate().isPresent()
        || keys.stream().anyMatch(Optional::isEmpty)
        || !isAsItWillBe(at, index.table(), keys.stream().flatMap(Optional::stream).toList())) {
      return;
    }
    QualifiedName table = at.beforehand(index.table());
    Rows rows = new Rows(at, sketch.schema(Phase.PRE_DEPLOY));
    sketch.add(
        sketch
            .verify(
                Phase.PRE_DEPLOY,
                table,
                rows.noDuplicates(table, values, Optional.empty(), index.nullsDistinct()),
                rows.duplicates(table, values, Optional.empty(), index.nullsDistinct()))
            .titled(
                "look early whether "
                    + table
                    + " has duplicates for "
                    + index.name().map(n -> n.name().text()).orElse("a unique index"))
            .because(WHY));
  }

  /** Adds it for a type that refuses values. */
  public static void forValues(
      Sketch sketch, Situation at, Change.AlterColumnType change, String refused) {
    if (!isAsItWillBe(at, change.table(), List.of(change.column()))) {
      return;
    }
    QualifiedName table = at.beforehand(change.table());
    Rows rows = new Rows(at, sketch.schema(Phase.PRE_DEPLOY));
    sketch.add(
        sketch
            .verify(
                Phase.PRE_DEPLOY, table, rows.none(table, refused), rows.samples(table, refused))
            .titled(
                "look early whether every value of "
                    + table
                    + "."
                    + change.column()
                    + " fits "
                    + change.type())
            .because(WHY));
  }

  /** Whether the columns bear their names in pre-deploy, and the release changes no row before. */
  private static boolean isAsItWillBe(Situation at, QualifiedName table, List<Name> columns) {
    Schema pre = at.pre();
    QualifiedName resolved = at.subject().before().resolve(table);
    List<Subject> subjects = at.release().subjects();
    return at.phase() == Phase.POST_DEPLOY
        && !at.standsIn(table)
        && !at.made(table)
        && columns.stream().noneMatch(c -> at.made(table, c))
        && pre.table(at.beforehand(table))
            .map(t -> columns.stream().allMatch(c -> t.column(c).isPresent()))
            .orElse(false)
        && subjects.subList(0, subjects.indexOf(at.subject())).stream()
            .noneMatch(s -> changesRows(s, resolved));
  }

  private static boolean changesRows(Subject subject, QualifiedName table) {
    Optional<QualifiedName> changed =
        switch (subject.change()) {
          case Change.Update c -> Optional.of(c.table());
          case Change.Delete c -> Optional.of(c.table());
          case Change.Merge c -> Optional.of(c.table());
          case Change.Truncate c -> c.tables().stream().findFirst();
          default -> Optional.empty();
        };
    boolean unknown =
        subject.change() instanceof Change.Block
            || subject.change() instanceof Change.Query
            || subject.change() instanceof Change.Unrecognised;
    return unknown || changed.map(c -> subject.before().resolve(c).equals(table)).orElse(false);
  }
}
