package dev.sluice.rehearse;

import dev.sluice.execute.StepReport;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.rehearse.workload.Load;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.release.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rehearsal was like: all that its reports are made from.
 *
 * @param run of the plan, under load
 * @param plain the same release by plain Flyway; empty where nobody asked for it
 */
public record Rehearsal(Plan plan, Circumstances circumstances, Run run, Optional<Plain> plain) {

  /** Whether everything is done, no statement failed, and Flyway was content throughout. */
  public boolean ok() {
    return run.problem().isEmpty()
        && run.versions().failed() == 0
        && run.checks().stream().allMatch(Check::content);
  }

  /**
   * On what it was measured.
   *
   * @param server as it calls itself: {@code PostgreSQL 17.11}
   * @param settings of the server that bear on times, as it shows them
   * @param processors that this machine has
   */
  public record Circumstances(
      String server, List<Setting> settings, Load.Settings load, Pace pace, int processors) {
    public Circumstances {
      settings = List.copyOf(settings);
    }

    /** One of the server's settings. */
    public record Setting(String name, String value) {}
  }

  /**
   * The plan's run.
   *
   * @param steps in the order in which they were come to
   * @param problem why it ended early; empty where it did not
   */
  public record Run(
      Span span,
      List<PhaseRun> phases,
      List<TimedStep> steps,
      Versions versions,
      List<Check> checks,
      Optional<String> problem) {
    public Run {
      phases = List.copyOf(phases);
      steps = List.copyOf(steps);
      checks = List.copyOf(checks);
    }
  }

  /**
   * The release as plain Flyway runs it: the whole of it first, then the same hand-over.
   *
   * @param span of all that was measured
   * @param migrating from Flyway's start to its end, tries in vain included
   * @param migrations that it ran
   * @param refusals what Flyway said in tries that failed; each was tried again
   * @param problem why it never came to its end; empty where it did
   */
  public record Plain(
      Span span,
      Span migrating,
      int migrations,
      Versions versions,
      List<String> refusals,
      Optional<String> problem) {
    public Plain {
      refusals = List.copyOf(refusals);
    }
  }

  /** From when to when. */
  public record Span(Instant began, Instant ended) {
    public Duration time() {
      return Duration.between(began, ended);
    }
  }

  /** A phase with what was dwelt in it. */
  public record PhaseRun(Phase phase, Span span) {}

  /** A step; where it failed, {@code report} holds what is known of it. */
  public record TimedStep(Step step, Span span, StepReport report) {}

  /** What both versions of the application saw. */
  public record Versions(ApplicationRun old, ApplicationRun renewed) {

    public long failed() {
      return old.measured().failed() + renewed.measured().failed();
    }

    public List<ApplicationRun> both() {
      return List.of(old, renewed);
    }
  }

  /** What one version sent, and what came of it. */
  public record ApplicationRun(Workload workload, Measured measured) {}

  /**
   * A question asked of somebody else than Sluice.
   *
   * @param phase at whose end, or in which, it was asked
   */
  public record Check(Phase phase, String question, boolean content, String answer) {}
}
