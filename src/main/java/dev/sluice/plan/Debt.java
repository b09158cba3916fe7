package dev.sluice.plan;

import dev.sluice.dialect.Reader;
import dev.sluice.dialect.Reading;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a release still owes whose every node runs its new version: the next one begins with it.
 *
 * @param release its name
 * @param steps those of its post-deploy that are not done, under the ids that they have there
 */
public record Debt(String release, List<Step> steps) {

  public Debt {
    steps = List.copyOf(steps);
  }

  /**
   * The debt of a release.
   *
   * @param done whether a step of it is done, by id
   * @return empty where nothing is owed, or its roll-out is not over, which only it can end; and
   *     where a step needs a placeholder, whose value only the release's own files vouch for
   */
  public static Optional<Debt> of(Plan plan, Predicate<String> done) {
    List<Step> owed = plan.steps().stream().filter(s -> !done.test(s.id())).toList();
    boolean rolledOut = owed.stream().allMatch(s -> s.phase() == Phase.POST_DEPLOY);
    boolean plain =
        owed.stream()
            .flatMap(Numbering::texts)
            .noneMatch(text -> plan.placeholders().keySet().stream().anyMatch(text::contains));
    if (owed.isEmpty() || !rolledOut || !plain) {
      return Optional.empty();
    }
    Set<String> ids = owed.stream().map(Step::id).collect(Collectors.toSet());
    return Optional.of(
        new Debt(plan.release(), owed.stream().map(step -> asDebt(step, ids)).toList()));
  }

  /** The debt that a plan begins with; empty where it has none. */
  public static Optional<Debt> in(Plan plan) {
    return plan.debt().stream()
        .findFirst()
        .map(
            release ->
                new Debt(
                    release, plan.steps().stream().filter(s -> s.phase() == Phase.DEBT).toList()));
  }

  /** What it needs besides is done already. */
  private static Step asDebt(Step step, Set<String> owed) {
    return new Step(
        step.id(),
        Phase.DEBT,
        step.kind(),
        step.title(),
        step.action(),
        step.session(),
        step.dependsOn().stream().filter(owed::contains).toList(),
        step.origin(),
        step.why(),
        step.impact(),
        step.window(),
        step.estimate(),
        step.conditions(),
        step.doneWhen(),
        step.undo(),
        step.reversible());
  }

  /** The files whose rows in Flyway's history are owed too; mostly none. */
  public List<String> scripts() {
    return steps.stream()
        .flatMap(
            s ->
                s.action() instanceof Action.RecordHistory record
                    ? Optional.of(record.script()).stream()
                    : Optional.<String>empty().stream())
        .toList();
  }

  /** What a database has once it is paid: what the next release begins with. */
  public Schema after(Schema schema, Reader reader) {
    Schema paid = schema;
    for (Step step : steps) {
      if (step.action() instanceof Action.Ddl ddl) {
        for (String sql : step.session().statements()) {
          paid = after(paid, sql, reader);
        }
        for (String sql : ddl.sql()) {
          paid = after(paid, sql, reader);
        }
        paid = paid.atNextSession();
      }
    }
    return paid;
  }

  private static Schema after(Schema schema, String sql, Reader reader) {
    Reading reading = reader.read(Statement.of(sql));
    Schema after = schema;
    for (Change change : reading.changes()) {
      after = reading.after(change, after);
    }
    return after;
  }
}
