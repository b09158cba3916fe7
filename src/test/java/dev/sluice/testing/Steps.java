package dev.sluice.testing;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds steps from the SQL that runs, and plans from steps. */
public final class Steps {

  private final String id;
  private final Action action;
  private Phase phase = Phase.PRE_DEPLOY;
  private Step.Session session = Step.Session.PLAIN;
  private Impact impact = Impact.NONE;
  private Window window = Window.NONE;
  private Optional<Step.Estimate> estimate = Optional.empty();
  private List<Condition> conditions = List.of();
  private Optional<Condition> doneWhen = Optional.empty();
  private List<String> undo = List.of();
  private Reversible reversible = Reversible.YES;

  private Steps(String id, Action action) {
    this.id = id;
    this.action = action;
  }

  /** Statements in one transaction. */
  public static Steps ddl(String id, String... sql) {
    return new Steps(id, new Action.Ddl(List.of(sql), true));
  }

  /** Statements outside a transaction. */
  public static Steps alone(String id, String... sql) {
    return new Steps(id, new Action.Ddl(List.of(sql), false));
  }

  public static Steps backfill(
      String id, String table, List<String> key, String change, String where) {
    return new Steps(id, new Action.Backfill(table, key, Optional.of(change), where));
  }

  /** Each row once, by its key. */
  public static Steps once(String id, String table, List<String> key, String change, String where) {
    return new Steps(
        id, new Action.Backfill(table, key, Optional.of(change), Optional.empty(), where, true));
  }

  public static Steps purge(String id, String table, List<String> key, String where) {
    return new Steps(id, new Action.Backfill(table, key, Optional.empty(), where));
  }

  /** Asks until {@code sql} answers 1. */
  public static Steps verify(String id, String sql, Optional<String> samples, Duration patience) {
    return new Steps(id, new Action.Verify(List.of(Condition.isDone(sql)), samples, patience));
  }

  public static Steps deploy(String id) {
    return new Steps(id, new Action.Deploy()).in(Phase.ROLLING);
  }

  public static Steps manual(String id, String reason) {
    return new Steps(id, new Action.Manual(reason));
  }

  public static Steps of(String id, Action action) {
    return new Steps(id, action);
  }

  public Steps in(Phase other) {
    phase = other;
    return this;
  }

  public Steps locking(String table, LockMode mode, Work work) {
    QualifiedName relation =
        mode.name().startsWith("MYSQL")
            ? QualifiedName.of(table)
            : QualifiedName.of("public", table);
    Impact one = Impact.of(relation, mode, work);
    boolean transactional = !(action instanceof Action.Ddl ddl) || ddl.transactional();
    impact = transactional ? one : one.outsideTransaction();
    return this;
  }

  /** On a table of that size. */
  public Steps touching(long rows, long bytes) {
    estimate = Optional.of(new Step.Estimate(rows, bytes, 1));
    return this;
  }

  public Steps under(Step.Session other) {
    session = other;
    return this;
  }

  public Steps window(Window other) {
    window = other;
    return this;
  }

  /** Asked right before: must answer 1. */
  public Steps provided(String sql) {
    conditions = List.of(Condition.isDone(sql));
    return this;
  }

  public Steps doneWhen(String sql) {
    doneWhen = Optional.of(Condition.isDone(sql));
    return this;
  }

  public Steps undo(String... sql) {
    undo = List.of(sql);
    return this;
  }

  public Steps reversible(Reversible other) {
    reversible = other;
    return this;
  }

  public Step step() {
    return new Step(
        id,
        phase,
        Kind.EXPAND,
        "step " + id,
        action,
        session,
        List.of(),
        Optional.empty(),
        "",
        impact,
        window,
        estimate,
        conditions,
        doneWhen,
        undo,
        reversible);
  }

  /** A plan of these steps, for the PostgreSQL that tests run on. */
  public static Plan plan(Steps... steps) {
    return plan(Map.of(), List.of(), steps);
  }

  /** A plan of these steps for a server. */
  public static Plan plan(Engine engine, EngineVersion version, Steps... steps) {
    Plan plan = plan(steps);
    return fingerprinted(
        new Plan(
            plan.release(),
            "",
            engine.id(),
            version.toString(),
            plan.migrations(),
            plan.placeholders(),
            plan.debt(),
            plan.steps(),
            plan.pointOfNoReturn(),
            plan.conflicts(),
            plan.directivesNeeded(),
            plan.notes()));
  }

  /**
   * @param placeholders hashes, by name
   * @param migrations the files that it was made from
   */
  public static Plan plan(
      Map<String, String> placeholders, List<Plan.Source> migrations, Steps... steps) {
    List<Step> built = new ArrayList<>(Arrays.stream(steps).map(Steps::step).toList());
    Optional<String> point =
        built.stream().filter(s -> s.reversible() == Reversible.NO).map(Step::id).findFirst();
    Plan plan =
        new Plan(
            "2026-11-21-42",
            "",
            "postgresql",
            "17",
            migrations,
            placeholders,
            List.of(),
            built,
            point,
            List.of(),
            List.of(),
            List.of());
    return fingerprinted(plan);
  }

  /** The same plan with the fingerprint that it should have. */
  public static Plan fingerprinted(Plan plan) {
    return new Plan(
        plan.release(),
        PlanJson.fingerprint(plan),
        plan.engine(),
        plan.engineVersion(),
        plan.migrations(),
        plan.placeholders(),
        plan.debt(),
        plan.steps(),
        plan.pointOfNoReturn(),
        plan.conflicts(),
        plan.directivesNeeded(),
        plan.notes());
  }
}
