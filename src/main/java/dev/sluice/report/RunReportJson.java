package dev.sluice.report;

import dev.sluice.report.RunReport.LockRun;
import dev.sluice.report.RunReport.StepRun;
import dev.sluice.report.RunReport.VersionRun;
import dev.sluice.report.RunReport.WindowRun;

/** {@code report.json}. */
public final class RunReportJson {
  private RunReportJson() {}

  public static String of(RunReport report) {
    return Json.object(json -> write(json, report));
  }

  /** The fields of every such report; more may follow them. */
  static void write(Json json, RunReport report) {
    json.text("release", report.release());
    json.flag("ok", report.ok());
    json.objects("versions", report.versions(), version -> version(json, version));
    json.objects("steps", report.steps(), step -> step(json, step));
    json.objects("windows", report.windows(), window -> window(json, window));
  }

  static void version(Json json, VersionRun version) {
    json.text("name", version.name());
    json.number("statements", version.statements());
    json.number("failed", version.failed());
    json.number("longestStallMillis", version.longestStallMillis());
  }

  private static void step(Json json, StepRun step) {
    json.text("id", step.id());
    json.number("attempts", step.attempts());
    json.number("millis", step.millis());
    json.number("rows", step.rows());
    json.objects("locks", step.locks(), lock -> lock(json, lock));
  }

  private static void lock(Json json, LockRun lock) {
    json.text("relation", lock.relation());
    json.text("mode", lock.mode());
    json.number("millis", lock.millis());
  }

  private static void window(Json json, WindowRun window) {
    json.text("step", window.step());
    json.text("kind", window.kind());
    json.number("millis", window.millis());
    json.number("held", window.held());
    json.number("longestHoldMillis", window.longestHoldMillis());
    json.number("refused", window.refused());
  }
}
