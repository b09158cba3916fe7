package dev.sluice.plan;

import dev.sluice.dialect.Engine;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several statements as one step, in one transaction, as they are written. */
final class Together {

  private Together() {}

  static Proposal of(Situation at, List<List<Subject>> statements) {
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
