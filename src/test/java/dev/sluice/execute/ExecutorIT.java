package dev.sluice.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.execute.Progress.Waiting;
import dev.sluice.execute.Report.Ending;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.plan.Debt;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Reversible;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.testing.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutorIT {

  private static final Plan WHOLE =
      Steps.plan(
          Steps.ddl("42.1", "CREATE TABLE a (id int)").undo("DROP TABLE a"),
          Steps.deploy("42.2"),
          Steps.ddl("42.3", "DROP TABLE old").in(Phase.POST_DEPLOY).reversible(Reversible.NO));

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private boolean exists(String table) {
    return bench.ask("SELECT to_regclass('" + table + "')::text").isPresent();
  }

  private static Problem problem(Report report) {
    assertThat(report.ending()).isEqualTo(Ending.ENDED_EARLY);
    return report.problem().orElseThrow();
  }

  private static Plan plan(Plan of, String engineVersion, List<String> debt) {
    return plan(of, engineVersion, debt, of.steps());
  }

  private static Plan plan(Plan of, String engineVersion, List<String> debt, List<Step> steps) {
    return Steps.fingerprinted(
        new Plan(
            of.release(),
            "",
            of.engine(),
            engineVersion,
            of.migrations(),
            of.placeholders(),
            debt,
            steps,
            of.pointOfNoReturn(),
            of.conflicts(),
            of.directivesNeeded(),
            of.notes()));
  }

  @Test
  void phasesRunOneByOneAndThePlanForTheLaterOnesComesFromTheJournal() throws Exception {
    bench.execute("CREATE TABLE old (id int)");
    assertThat(bench.run(WHOLE, Phase.PRE_DEPLOY).ending()).isEqualTo(Ending.FINISHED);
    assertThat(bench.history.created).as("Flyway's history comes before the journal").isTrue();
    assertThat(exists("a") && exists("old")).isTrue();
    assertThat(bench.release().phase()).isEqualTo(Phase.PRE_DEPLOY);
    Executor later = new Executor(bench.environment());
    assertThat(later.run(Set.of(Phase.ROLLING)).ok()).isTrue();
    assertThat(bench.ledger().last("42.2").orElseThrow().message())
        .contains("declared by the test");
    assertThat(later.run(Set.of(Phase.POST_DEPLOY)).ok()).isTrue();
    assertThat(exists("old")).isFalse();
    assertThat(bench.release().state()).isEqualTo(JournaledRelease.State.DONE);
    assertThat(later.run(Set.of(Phase.POST_DEPLOY)).ending()).isEqualTo(Ending.NOTHING_TO_DO);
    bench.history.pending.add("V43__more.sql");
    assertThatThrownBy(() -> later.run(Set.of(Phase.POST_DEPLOY)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no release is open on jdbc:postgresql:")
        .hasMessageContaining("pending: V43__more.sql");
  }

  @Test
  void aFinishedPlanRunAgainChangesNothingAndSaysSo() throws Exception {
    bench.execute("CREATE TABLE old (id int)");
    bench.finished(WHOLE);
    String before = fingerprint();
    Report again = bench.run(WHOLE);
    assertThat(again.ending()).isEqualTo(Ending.NOTHING_TO_DO);
    assertThat(again.ok()).isTrue();
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void aFinishedPhaseRunAgainChangesNothingAndSaysSo() throws Exception {
    bench.execute("CREATE TABLE old (id int)");
    bench.run(WHOLE, Phase.PRE_DEPLOY);
    String before = fingerprint();
    Report again = bench.run(WHOLE, Phase.PRE_DEPLOY);
    assertThat(again.ending()).isEqualTo(Ending.NOTHING_TO_DO);
    assertThat(again.steps()).singleElement().satisfies(s -> assertThat(s.attempts()).isZero());
    assertThat(fingerprint()).isEqualTo(before);
  }

  /** Which transactions wrote what is in the journal, and which relations there are. */
  private String fingerprint() {
    return bench
        .ask(
            "SELECT (SELECT string_agg(xmin::text, ',' ORDER BY id) FROM sluice.release) || ' ' ||"
                + " (SELECT string_agg(xmin::text, ',' ORDER BY id) FROM sluice.step) || ' ' ||"
                + " (SELECT string_agg(xmin::text, ',' ORDER BY oid) FROM pg_class)")
        .orElseThrow();
  }

  @Test
  void noPhaseBeginsWhileOneBeforeItOwesSomething() {
    assertThatThrownBy(() -> bench.run(WHOLE, Phase.POST_DEPLOY))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.GATE))
        .hasMessageContaining("step 42.1 (step 42.1) of pre-deploy is not done")
        .hasMessageContaining(
            "fix: first run `sluice apply PLAN --phase pre-deploy`, then `sluice apply --phase"
                + " rolling --deployed` when every node runs the new version");
    assertThat(exists("a")).isFalse();
    assertThat(bench.ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'sluice'"))
        .contains("0");
  }

  @Test
  void theRollOutWaitsForWhoDoesIt() throws Exception {
    bench.execute("CREATE TABLE old (id int)");
    bench.rollout = Rollout.declared(Optional.empty());
    Report report = bench.run(WHOLE);
    assertThat(problem(report).reason()).isEqualTo(Reason.GATE);
    assertThat(problem(report))
        .hasMessageContaining("step 42.2 (step 42.2) waits for a person")
        .hasMessageContaining("--deployed");
    bench.rollout = (plan, step) -> new Rollout.Answer.Failed("node 2 stayed unhealthy");
    assertThat(problem(bench.run(WHOLE))).hasMessageContaining("node 2 stayed unhealthy");
    assertThat(exists("old")).isTrue();
    bench.rollout = Rollout.declared(Optional.of("ann"));
    bench.finished(WHOLE);
  }

  @Test
  void nothingIrreversibleIsDoneBeforeAPersonSaysYes() throws Exception {
    bench.execute("CREATE TABLE old (id int)");
    List<String> asked = new ArrayList<>();
    bench.confirmation =
        new Confirmation() {
          @Override
          public boolean proceed(Plan plan, Step first) {
            asked.add(first.id());
            return asked.size() > 1;
          }

          @Override
          public boolean doneByHand(Plan plan, Step step, String reason) {
            return false;
          }
        };
    assertThat(problem(bench.run(WHOLE)))
        .hasMessageContaining("step 42.3 (step 42.3) not started: nothing from here on");
    assertThat(exists("old")).isTrue();
    bench.finished(WHOLE);
    assertThat(asked).containsExactly("42.3", "42.3");
    assertThat(exists("old")).isFalse();
  }

  @Test
  void aConditionThatDoesNotHoldKeepsTheStepFromStarting() throws Exception {
    bench.execute("CREATE TABLE flags (ok int)");
    Plan plan =
        Steps.plan(
            Steps.ddl("42.1", "CREATE TABLE a (id int)"),
            Steps.ddl("42.2", "CREATE TABLE b (id int)")
                .provided("SELECT count(*) FROM flags WHERE ok = 1"));
    Report report = bench.run(plan);
    assertThat(problem(report).reason()).isEqualTo(Reason.GATE);
    assertThat(problem(report))
        .hasMessageContaining("step 42.2 (step 42.2) not started: gate closed: the answer is 0")
        .hasMessageContaining("asked: SELECT count(*) FROM flags");
    assertThat(bench.ledger().last("42.2")).isEmpty();
    bench.execute("INSERT INTO flags VALUES (1)");
    bench.finished(plan);
  }

  private static final String NONE_WITHOUT =
      "SELECT CASE WHEN EXISTS (SELECT FROM orders WHERE reference IS NULL) THEN 0 ELSE 1 END";

  private static final Optional<String> THOSE_WITHOUT =
      Optional.of("SELECT id, reference FROM orders WHERE reference IS NULL");

  @Test
  void aVerificationThatFailsShowsRows() throws Exception {
    bench.execute("CREATE TABLE orders (id int, reference text); INSERT INTO orders VALUES (7)");
    Report report =
        bench.run(Steps.plan(Steps.verify("42.1", NONE_WITHOUT, THOSE_WITHOUT, Duration.ZERO)));
    assertThat(problem(report).reason()).isEqualTo(Reason.STEP);
    assertThat(problem(report)).hasMessageContaining("such as: id=7, reference=NULL");
  }

  @Test
  void aVerificationThatIsPatientWaitsForItsAnswer() throws Exception {
    bench.execute("CREATE TABLE orders (id int, reference text); INSERT INTO orders VALUES (7)");
    CompletableFuture<Report> run =
        bench.runAside(
            Steps.plan(Steps.verify("42.1", NONE_WITHOUT, THOSE_WITHOUT, Duration.ofSeconds(30))));
    Bench.await(() -> !bench.events(Waiting.class).isEmpty());
    bench.execute("UPDATE orders SET reference = 'x'");
    assertThat(run.get().problem()).isEmpty();
  }

  @Test
  void aFailedStepIsJournaledWithTheServersCodeAndRunAgain() throws Exception {
    Plan plan = Steps.plan(Steps.ddl("42.1", "CREATE TABLE b (id int)", "DROP TABLE missing"));
    assertThat(problem(bench.run(plan)))
        .hasMessageContaining("step 42.1 (step 42.1) failed: ERROR: table \"missing\" does not");
    Entry failed = bench.ledger().last("42.1").orElseThrow();
    assertThat(failed.state()).isEqualTo(Entry.State.FAILED);
    assertThat(failed.code()).contains("42P01");
    assertThat(exists("b")).isFalse();
    bench.execute("CREATE TABLE missing (id int)");
    bench.finished(plan);
    assertThat(bench.ledger().attempts("42.1")).isEqualTo(2);
  }

  @Test
  void aStepThatNeedsAWindowIsRefusedUntilItIsDoneByHand() throws Exception {
    Plan plan =
        Steps.plan(
            Steps.ddl("42.1", "CREATE TABLE a (id int)")
                .window(Window.READ_ONLY)
                .doneWhen("SELECT count(*) FROM pg_class WHERE relname = 'a'"));
    assertThat(problem(bench.run(plan)))
        .hasMessageContaining("needs a read-only window, and no gate is set up");
    bench.execute("CREATE TABLE a (id int)");
    assertThat(bench.run(plan).ok()).isTrue();
    assertThat(bench.ledger().last("42.1").orElseThrow().message()).contains("found done");
  }

  @Test
  void whatAPersonDoesIsWaitedForAndSeen() throws Exception {
    Plan plan =
        Steps.plan(
            Steps.manual("42.1", "run the Java migration V42 with Flyway")
                .doneWhen("SELECT count(*) FROM pg_class WHERE relname = 'a'"));
    assertThat(problem(bench.run(plan)))
        .hasMessageContaining("waits for a person")
        .hasMessageContaining("run the Java migration V42");
    bench.execute("CREATE TABLE a (id int)");
    assertThat(bench.run(plan).ok()).isTrue();
  }

  @Test
  void aPlanForAnotherMajorVersionIsRefused() {
    assertThatThrownBy(() -> bench.run(plan(WHOLE, "12", List.of())))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.PLAN))
        .hasMessageContaining("the plan was made for postgresql 12, the server is postgresql 17");
    Plan patched = plan(WHOLE, "17.1", List.of());
    assertThat(bench.run(patched, Phase.PRE_DEPLOY).ok()).isTrue();
  }

  @Test
  void anotherReleaseIsOnlyBegunWhereItTakesOverWhatIsOwed() throws Exception {
    bench.execute("CREATE TABLE old (id int)");
    bench.run(WHOLE, Phase.PRE_DEPLOY);
    Plan next = Steps.plan(Steps.ddl("43.1", "CREATE TABLE c (id int)"));
    assertThatThrownBy(() -> bench.run(next))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("release 2026-11-21-42 is open since ")
        .hasMessageContaining("begun by ann@test");
    Plan owing = plan(next, "17", List.of("2026-11-21-42"));
    assertThatThrownBy(() -> bench.run(owing))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.PLAN))
        .hasMessageContaining("not every node runs its new version");
    bench.run(WHOLE, Phase.ROLLING);
    assertThatThrownBy(() -> bench.run(owing))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("owes something else by now than when the plan was made");
    List<Step> steps = new ArrayList<>(Debt.of(WHOLE, bench.ledger()::done).orElseThrow().steps());
    steps.addAll(next.steps());
    bench.finished(plan(next, "17", owing.debt(), steps));
    assertThat(exists("old")).isFalse();
    assertThatThrownBy(() -> bench.run(WHOLE, Phase.POST_DEPLOY))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("a later release took over");
  }

  @Test
  void settingsOfTheFileHoldForItsStepAndNoOther() {
    Step.Session session =
        new Step.Session(
            Optional.of("pg_temp, public"), Optional.empty(), List.of("SET work_mem = '7MB'"));
    Plan plan =
        Steps.plan(
            Steps.ddl("42.1", "CREATE TABLE public.a AS SELECT current_setting('work_mem') AS s")
                .under(session),
            Steps.alone("42.2", "CREATE TABLE public.b AS SELECT current_setting('work_mem') AS s")
                .under(session),
            Steps.ddl(
                "42.3",
                "CREATE TABLE c AS SELECT current_setting('work_mem') || current_schema() AS s"));
    bench.finished(plan);
    assertThat(bench.ask("SELECT s FROM a")).contains("7MB");
    assertThat(bench.ask("SELECT s FROM b")).contains("7MB");
    assertThat(bench.ask("SELECT s FROM c")).contains("4MBpublic");
  }

  @Test
  void whoIsInterruptedEndsSoonAndTheJournalSaysWhere() throws Exception {
    Plan plan = Steps.plan(Steps.ddl("42.1", "SELECT pg_sleep(30)"));
    CompletableFuture<Report> run = new CompletableFuture<>();
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  Report report = bench.run(plan);
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                  run.complete(report);
                });
    Bench.await(
        () ->
            bench
                .ask("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)'")
                .filter("1"::equals)
                .isPresent());
    worker.interrupt();
    assertThat(run.get().ending()).isEqualTo(Ending.STOPPED);
    Entry last = bench.ledger().last("42.1").orElseThrow();
    assertThat(last.state()).isEqualTo(Entry.State.INTERRUPTED);
    assertThat(last.message()).contains("stopped on request");
    assertThat(bench.events(Progress.Interrupted.class)).hasSize(1);
  }

  @Test
  void aStepThatIsDoneStaysDoneWhoeverStopsTheWorkBehindIt() throws Exception {
    bench.execute("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1)");
    Plan plan =
        Steps.plan(Steps.backfill("42.1", "t", List.of("id"), "n = id", "n IS DISTINCT FROM id"));
    bench.also =
        event -> {
          if (event instanceof Progress.Done) {
            bench.stop.request();
          }
        };
    assertThat(bench.run(plan).ending()).isEqualTo(Ending.STOPPED);
    assertThat(bench.ledger().last("42.1").orElseThrow().state()).isEqualTo(Entry.State.DONE);
  }
}
