package dev.sluice.report;

import dev.sluice.rehearse.Rehearsal;
import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.rehearse.Rehearsal.Circumstances;
import dev.sluice.rehearse.Rehearsal.PhaseRun;
import dev.sluice.rehearse.Rehearsal.Plain;
import dev.sluice.rehearse.Rehearsal.Span;
import dev.sluice.rehearse.Rehearsal.Versions;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Measured.Failure;
import dev.sluice.rehearse.workload.Measured.OfCall;
import dev.sluice.rehearse.workload.Workload.BoundSql;
import dev.sluice.report.RunReport.VersionRun;
import java.time.Duration;
import java.util.List;

/** {@code report.json} of a rehearsal: what every run's says, then what was measured, and how. */
public final class RehearsalJson {

  private final Rehearsal rehearsal;
  private final Json json;

  private RehearsalJson(Rehearsal rehearsal, Json json) {
    this.rehearsal = rehearsal;
    this.json = json;
  }

  public static String of(Rehearsal rehearsal) {
    return Json.object(json -> new RehearsalJson(rehearsal, json).write());
  }

  private void write() {
    Rehearsal.Run run = rehearsal.run();
    RunReportJson.write(
        json,
        new RunReport(
            rehearsal.plan().release(),
            rehearsal.ok(),
            versions(run.versions()),
            run.steps().stream().map(s -> RunReport.step(s.report())).toList(),
            List.of()));
    json.text("problem", run.problem());
    json.number("millis", millis(run.span()));
    json.objects("phases", run.phases(), this::phase);
    json.objects("checks", run.checks(), this::check);
    workloads(run.versions());
    json.object("measured", m -> measured(rehearsal.circumstances()));
    rehearsal.plain().ifPresent(plain -> json.object("plainFlyway", p -> plain(plain)));
  }

  private static List<VersionRun> versions(Versions versions) {
    return versions.both().stream()
        .map(ApplicationRun::measured)
        .map(
            m ->
                new VersionRun(m.application(), m.statements(), m.failed(), m.longestStallMillis()))
        .toList();
  }

  private void phase(PhaseRun phase) {
    json.text("phase", phase.phase().id());
    json.number(
        "afterMillis",
        Duration.between(rehearsal.run().span().began(), phase.span().began()).toMillis());
    json.number("millis", millis(phase.span()));
  }

  private void check(Check check) {
    json.text("phase", check.phase().id());
    json.text("question", check.question());
    json.flag("content", check.content());
    json.text("answer", check.answer());
  }

  private void workloads(Versions versions) {
    json.objects(
        "workloads",
        versions.both(),
        version -> {
          json.text("version", version.measured().application());
          json.objects("calls", version.measured().calls(), call -> call(version, call));
        });
  }

  private void call(ApplicationRun version, OfCall call) {
    json.text("name", call.name());
    json.texts(
        "sql",
        version.workload().call(call.name()).stream()
            .flatMap(c -> c.statements().stream())
            .map(BoundSql::sql)
            .toList());
    json.number("sent", call.count());
    json.number("statements", call.statements());
    json.number("failed", call.failed());
    json.object("micros", m -> latency(call));
    json.objects("failures", call.failures(), this::failure);
  }

  private void latency(OfCall call) {
    json.number("p50", call.micros(50));
    json.number("p95", call.micros(95));
    json.number("p99", call.micros(99));
    json.number("max", call.micros(100));
  }

  private void failure(Failure failure) {
    json.text("sqlState", failure.sqlState());
    json.number("count", failure.count());
    json.text("message", failure.message());
  }

  private void measured(Circumstances how) {
    json.text("server", how.server());
    json.object("settings", s -> how.settings().forEach(one -> json.text(one.name(), one.value())));
    json.number("rows", how.load().rows());
    json.number("workers", how.load().workers());
    json.number("pauseMillis", how.load().pause().toMillis());
    json.number("processors", how.processors());
    json.text("stall", Measured.STALL);
  }

  private void plain(Plain plain) {
    json.objects(
        "versions", versions(plain.versions()), version -> RunReportJson.version(json, version));
    json.number("migrations", plain.migrations());
    json.number("migratingMillis", millis(plain.migrating()));
    json.texts("refusals", plain.refusals());
    json.text("problem", plain.problem());
    json.number("millis", millis(plain.span()));
    workloads(plain.versions());
  }

  private static long millis(Span span) {
    return span.time().toMillis();
  }
}
