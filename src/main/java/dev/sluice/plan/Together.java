package dev.sluice.plan;

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
    return sketch
        .add(
            sketch
                .ddl(at.phase(), changes, sql)
                .titled("run " + sql.size() + " statements together")
                .because("they make sense in one transaction only")
                .doneWhen(Optional.empty())
                .staying())
        .done();
  }
}
