package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Migration;
import dev.sluice.plan.PlanSettings.Mark;
import dev.sluice.plan.Planner.Order;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Impact;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts what was planned into the order of its running, and makes the plan of it. */
final class Numbering {

  private static final String DEPLOY = "deploy";

  private final Dialect dialect;
  private final PlanSettings settings;
  private final Order order;
  private final List<Planned> planned;
  private final Verdicts verdicts;
  private final Placeholders placeholders;

  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, String> ids = new HashMap<>();
  private final Map<String, Integer> counters = new HashMap<>();

  Numbering(
      Dialect dialect,
      PlanSettings settings,
      Order order,
      List<Planned> planned,
      Verdicts verdicts) {
    this.dialect = dialect;
    this.settings = settings;
    this.order = order;
    this.planned = joined(planned);
    this.verdicts = verdicts;
    this.placeholders =
        order.release().migrations().stream()
            .map(m -> Placeholders.of(m, settings))
            .reduce(Placeholders.NONE, Placeholders::and);
  }

  Plan plan() {
    List<Migration> migrations = order.release().migrations();
    Optional<Debt> debt = order.debt().filter(owed -> !migrations.isEmpty());
    if (!migrations.isEmpty()) {
      debt.ifPresent(this::owed);
      phase(Phase.PRE_DEPLOY);
      List<String> marks =
          settings.mark() == Mark.AFTER_EXPAND ? history(Phase.PRE_DEPLOY) : List.of();
      steps.add(deploy(marks));
      phase(Phase.POST_DEPLOY);
      if (settings.mark() == Mark.AFTER_CONTRACT) {
        history(Phase.POST_DEPLOY);
      }
    }
    Map<String, List<Subject>> subjects = order.release().subjectsByScript();
    return PlanJson.sealed(
        new Plan(
            name(migrations),
            "",
            dialect.engine().id(),
            dialect.version().toString(),
            migrations.stream()
                .map(m -> source(m, subjects.getOrDefault(m.script(), List.of())))
                .toList(),
            placeholders.hashes(texts(), context(migrations)),
            debt.map(owed -> List.of(owed.release())).orElse(List.of()),
            steps,
            steps.stream()
                .filter(s -> s.phase() != Phase.DEBT && s.reversible() == Reversible.NO)
                .findFirst()
                .map(Step::id),
            verdicts.conflicts(),
            verdicts.directivesNeeded(),
            verdicts.notes()));
  }

  /** A file's rows change in one transaction where their statements stand next to each other. */
  private static List<Planned> joined(List<Planned> planned) {
    List<Planned> all = new ArrayList<>();
    Map<Integer, Integer> taken = new HashMap<>();
    for (Planned next : planned) {
      if (!all.isEmpty() && all.getLast().sharesTransactionWith(next)) {
        Planned last = all.removeLast();
        taken.put(next.number(), last.number());
        all.add(last.and(next));
      } else {
        all.add(next);
      }
    }
    return all.stream().map(p -> p.afterThose(taken)).toList();
  }

  private void phase(Phase phase) {
    for (Planned one : planned) {
      if (one.draft().phase() == phase) {
        steps.add(step(one));
      }
    }
  }

  /** They keep their ids, so a repeatable migration that is here again counts on behind them. */
  private void owed(Debt debt) {
    for (Step step : debt.steps()) {
      steps.add(step);
      int dot = step.id().lastIndexOf('.');
      counters.merge(
          step.id().substring(0, dot), Integer.parseInt(step.id().substring(dot + 1)), Math::max);
    }
  }

  private String nextId(Migration migration) {
    return migration.label() + "." + counters.merge(migration.label(), 1, Integer::sum);
  }

  private Step step(Planned one) {
    String id = nextId(one.migration());
    ids.put(one.number(), id);
    Draft draft = one.draft();
    List<String> dependsOn = new ArrayList<>();
    for (int number : one.sortedAfter()) {
      Optional.ofNullable(ids.get(number)).ifPresent(dependsOn::add);
    }
    if (draft.phase() == Phase.POST_DEPLOY) {
      dependsOn.add(DEPLOY);
    }
    return new Step(
        id,
        draft.phase(),
        draft.kind(),
        placeholders.hide(draft.title()),
        draft.asWritten() ? draft.action() : hidden(draft.action()),
        one.session(),
        dependsOn,
        one.subject().map(Numbering::origin),
        placeholders.hide(draft.why()),
        draft.cost().impact(),
        draft.cost().window(),
        draft.cost().estimate(),
        draft.care().conditions().stream().map(this::hidden).toList(),
        draft.care().doneWhen().map(this::hidden),
        draft.care().undo().stream().map(placeholders::hide).toList(),
        draft.care().reversible());
  }

  private Action hidden(Action action) {
    return switch (action) {
      case Action.Ddl ddl ->
          new Action.Ddl(ddl.sql().stream().map(placeholders::hide).toList(), ddl.transactional());
      case Action.Backfill backfill ->
          new Action.Backfill(
              placeholders.hide(backfill.table()),
              backfill.key().stream().map(placeholders::hide).toList(),
              backfill.change().map(placeholders::hide),
              backfill
                  .copy()
                  .map(
                      c ->
                          new Action.Backfill.Copy(
                              placeholders.hide(c.into()),
                              placeholders.hide(c.row()),
                              placeholders.hide(c.then()))),
              placeholders.hide(backfill.where()),
              backfill.once());
      case Action.Verify verify ->
          new Action.Verify(
              verify.conditions().stream().map(this::hidden).toList(),
              verify.samples().map(placeholders::hide),
              verify.patience());
      case Action.Deploy deploy -> deploy;
      case Action.RecordHistory history -> history;
      case Action.Manual manual -> manual;
    };
  }

  private Condition hidden(Condition condition) {
    return new Condition(placeholders.hide(condition.sql()), condition.expect());
  }

  private static Step.Origin origin(Subject subject) {
    Statement statement = subject.statement();
    return new Step.Origin(
        statement.source().file(),
        statement.location().line(),
        statement.location().column(),
        statement.shown());
  }

  /** In version order, repeatables last: the order in which Flyway would write its rows. */
  private List<String> history(Phase phase) {
    List<Migration> migrations = order.release().migrations();
    List<String> own = new ArrayList<>();
    Stream.concat(
            migrations.stream().filter(m -> m.version().isPresent()),
            migrations.stream().filter(m -> m.version().isEmpty()))
        .filter(Migration::readable)
        .forEach(
            m -> {
              String id = nextId(m);
              own.add(id);
              steps.add(
                  plain(
                      id,
                      phase,
                      "record " + m.label() + " in Flyway's history",
                      new Action.RecordHistory(
                          m.version().map(v -> v.text()),
                          m.description(),
                          historyType(m),
                          m.script(),
                          m.checksum()),
                      "a node that runs Flyway when it starts finds nothing to do",
                      List.of()));
            });
    return own;
  }

  /** Flyway's word for it in the column {@code type}. */
  private static String historyType(Migration migration) {
    return switch (migration.type()) {
      case VERSIONED, REPEATABLE -> "SQL";
      case BASELINE -> "SQL_BASELINE";
      case JAVA -> "JDBC";
      case SCRIPT -> "SCRIPT";
    };
  }

  private static Step deploy(List<String> dependsOn) {
    return plain(
        DEPLOY,
        Phase.ROLLING,
        "replace the old version by the new one",
        new Action.Deploy(),
        "both versions work from here until the last node is replaced",
        dependsOn);
  }

  private static Step plain(
      String id, Phase phase, String title, Action action, String why, List<String> dependsOn) {
    return new Step(
        id,
        phase,
        Kind.NONE,
        title,
        action,
        Step.Session.PLAIN,
        dependsOn,
        Optional.empty(),
        why,
        Impact.NONE,
        Window.NONE,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        Reversible.YES);
  }

  private static Plan.Source source(Migration migration, List<Subject> subjects) {
    return new Plan.Source(
        migration.version().map(v -> v.text()),
        migration.script(),
        migration.checksum(),
        Kind.together(subjects.stream().map(Subject::kind)));
  }

  private String name(List<Migration> migrations) {
    String last =
        migrations.stream()
            .filter(m -> m.version().isPresent())
            .reduce((a, b) -> b)
            .or(() -> migrations.stream().reduce((a, b) -> b))
            .map(m -> m.version().map(v -> v.text()).orElse(m.description()))
            .orElse("nothing");
    return order.date() + "-" + last;
  }

  /** All that is sent to the server, and so may hold a placeholder. */
  private List<String> texts() {
    return steps.stream().flatMap(Numbering::texts).distinct().toList();
  }

  static Stream<String> texts(Step step) {
    Stream<String> action =
        switch (step.action()) {
          case Action.Ddl ddl -> ddl.sql().stream();
          case Action.Backfill backfill ->
              Stream.concat(
                  Stream.of(backfill.table(), backfill.where()),
                  Stream.concat(
                      backfill.change().stream(),
                      backfill.copy().stream().map(Action.Backfill.Copy::into)));
          case Action.Verify verify ->
              Stream.concat(
                  verify.conditions().stream().map(Condition::sql), verify.samples().stream());
          case Action.Deploy deploy -> Stream.of();
          case Action.RecordHistory history -> Stream.of();
          case Action.Manual manual -> Stream.of();
        };
    return Stream.of(
            action,
            step.undo().stream(),
            step.conditions().stream().map(Condition::sql),
            step.doneWhen().map(Condition::sql).stream(),
            step.session().searchPath().stream(),
            step.session().role().stream(),
            step.session().parameters().stream())
        .flatMap(texts -> texts);
  }

  private static String context(List<Migration> migrations) {
    StringBuilder context = new StringBuilder();
    migrations.forEach(
        m -> context.append(m.script()).append(' ').append(m.checksum()).append('\n'));
    return context.toString();
  }
}
