package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several statements as one step, in one transaction, as they are written. */
final class Together {

  private Together() {}

  /**
   * Whether clauses of one statement make sense in no other: MySQL and MariaDB take a column that
   * counts only with the key that finds its numbers (error 1075).
   */
  static boolean needsAll(Dialect dialect, List<Subject> clauses) {
    return dialect.engine() != Engine.POSTGRESQL
        && clauses.size() > 1
        && clauses.stream().anyMatch(s -> isCounter(s.change()));
  }

  private static boolean isCounter(Change change) {
    return change instanceof Change.AddColumn add && add.column().identity().isPresent();
  }

  static Proposal of(Situation at, List<List<Subject>> statements) {
    if (statements.size() == 1) {
      return clauses(at, statements.getFirst());
    }
    List<Change> changes = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    for (List<Subject> clauses : statements) {
      if (!(clauses.getFirst().change() instanceof Change.TransactionControl)) {
        clauses.forEach(s -> changes.add(s.change()));
        sql.add(clauses.getFirst().statement().shown());
      }
    }
    Sketch sketch = at.sketch();
    Draft draft = sketch.ddl(at.phase(), changes, sql);
    if (sql.size() > 1 && at.dialect().engine() != Engine.POSTGRESQL) {
      if (changes.stream().anyMatch(Together::commits)) {
        return apart(at);
      }
      draft = draft.running(new Action.Ddl(sql, true));
    }
    return sketch
        .add(
            draft
                .titled("run " + sql.size() + " statements together")
                .because("they make sense in one transaction only")
                .doneWhen(Optional.empty())
                .staying())
        .done();
  }

  private static Proposal clauses(Situation at, List<Subject> clauses) {
    List<Change> changes = clauses.stream().map(Subject::change).toList();
    Change counter = changes.stream().filter(Together::isCounter).findFirst().orElseThrow();
    Sketch sketch = at.sketch();
    Draft whole = sketch.together(at.phase(), changes, at.subject().statement().shown());
    boolean keysOnly = changes.stream().allMatch(c -> c.equals(counter) || isKey(c));
    return sketch
        .add(
            (keysOnly ? undone(at, whole, (Change.AddColumn) counter) : whole.staying())
                .because("a column that counts is taken only together with its key"))
        .done();
  }

  /** Its key goes with the column, and could not go before it. */
  private static Draft undone(Situation at, Draft whole, Change.AddColumn counter) {
    Schema there = at.phases().in(at.phase());
    for (Change change : whole.changes()) {
      there = there.after(change);
    }
    Change drop = new Change.DropColumn(counter.table(), counter.column().name(), false, false);
    return at.impact(drop, there).blocksWritesForLong()
        ? whole.staying()
        : whole.undoneBy(
            List.of(at.stating(at.writer().write(drop), List.of(drop), there)), Reversible.YES);
  }

  private static boolean isKey(Change change) {
    return change instanceof Change.CreateIndex
        || (change instanceof Change.AddConstraint add
            && (add.constraint() instanceof Constraint.PrimaryKey
                || add.constraint() instanceof Constraint.Unique));
  }

  /** MySQL and MariaDB end the transaction before such a statement, and behind it. */
  private static boolean commits(Change change) {
    return switch (change) {
      case Change.CreateTable c -> !c.temporary();
      case Change.DropTable c -> !c.temporary();
      case Change.Insert c -> false;
      case Change.Update c -> false;
      case Change.Delete c -> false;
      case Change.Query c -> false;
      case Change.SetParameter c -> false;
      default -> true;
    };
  }

  private static Proposal apart(Situation at) {
    return new Proposal.Undecided(
        "the statements from "
            + at.subject().statement().place()
            + " on need one session, and the server commits in the middle of them: what fails then"
            + " is half done",
        List.of(
            "a table that is not temporary, dropped at the end",
            "two files: one with what changes the schema, one with the rest"));
  }
}
