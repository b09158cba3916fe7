package dev.sluice.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.Database;
import dev.sluice.plan.Plan;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Measured.Failure;
import dev.sluice.rehearse.workload.Measured.OfCall;
import dev.sluice.rehearse.workload.Measured.Slice;
import dev.sluice.release.Phase;
import dev.sluice.testing.Shop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a rehearsal sees of a plan, good or bad. The plans are made by hand. */
class PlanRunIT {

  private static final Load.Settings LOAD = new Load.Settings(4, Duration.ofMillis(2), 300, 5);
  private static final Pace QUICK =
      new Pace(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1));
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static EmbeddedServer server;
  private static Sample sample;
  private static Rehearsal.Run good;

  @BeforeAll
  static void aServer() throws Exception {
    server = EmbeddedServer.start();
    sample = Sample.unpack(server.scratch());
    good = run(Shop.expandedByHand(), List.of("DROP TABLE coupons"));
  }

  @AfterAll
  static void noServer() {
    server.close();
  }

  @Test
  void bothVersionsWorkOnWhereThePlanIsGood() {
    assertThat(good.problem()).isEmpty();
    assertThat(failures(good)).isEmpty();
    assertThat(good.checks()).allMatch(Check::content).hasSize(5);
    assertThat(good.phases())
        .extracting(p -> p.phase())
        .containsExactly(Phase.PRE_DEPLOY, Phase.ROLLING, Phase.POST_DEPLOY);
  }

  @Test
  void theOldVersionIsGoneBeforeAnythingIsTakenAway() {
    Instant contracts = good.phases().getLast().span().began();
    assertThat(last(good.versions().old().measured())).isBefore(contracts);
    assertThat(last(good.versions().renewed().measured())).isAfter(contracts);
  }

  @Test
  void aPlanThatBreaksTheOldVersionIsFoundOut() throws Exception {
    List<String> bad = new ArrayList<>(Shop.expandedByHand());
    bad.remove(
        "CREATE VIEW deliveries AS SELECT id, order_id, carrier, tracking, shipped_at FROM shipments");
    bad.add("ALTER TABLE shipments RENAME TO deliveries");
    Rehearsal.Run run = run(bad, List.of());

    assertThat(run.versions().renewed().measured().failed()).isZero();
    assertThat(run.versions().old().measured().failed()).isPositive();
    assertThat(failures(run)).extracting(Failure::sqlState).containsOnly("42P01");
  }

  @Test
  void aStepThatFailsEndsIt() throws Exception {
    Rehearsal.Run run = run(List.of("ALTER TABLE nobody ADD COLUMN x integer"), List.of());

    assertThat(run.problem().orElse("")).contains("nobody");
    assertThat(run.steps()).hasSize(1);
    assertThat(failures(run)).isEmpty();
  }

  private static Rehearsal.Run run(List<String> before, List<String> after) throws Exception {
    Stage stage = Stage.build(server, sample, "shop_" + DATABASES.incrementAndGet());
    stage.fill(LOAD.rows());
    String version;
    try (Database database = Database.open(stage.address())) {
      version = database.version().toString();
    }
    Plan plan = HandMadePlan.of(sample, version, before, after);
    return new PlanRun(stage, plan, LOAD, QUICK, Clock.systemUTC(), scene -> {}).run();
  }

  private static List<Failure> failures(Rehearsal.Run run) {
    return run.versions().both().stream()
        .flatMap(version -> version.measured().calls().stream())
        .map(OfCall::failures)
        .flatMap(List::stream)
        .toList();
  }

  private static Instant last(Measured measured) {
    return measured.slices().stream().map(Slice::begins).reduce((a, b) -> b).orElseThrow();
  }
}
