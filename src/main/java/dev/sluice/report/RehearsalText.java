package dev.sluice.report;

import dev.sluice.plan.Action;
import dev.sluice.rehearse.Rehearsal;
import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.rehearse.Rehearsal.Circumstances;
import dev.sluice.rehearse.Rehearsal.PhaseRun;
import dev.sluice.rehearse.Rehearsal.Plain;
import dev.sluice.rehearse.Rehearsal.TimedStep;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Measured.Failure;
import dev.sluice.rehearse.workload.Measured.OfCall;
import dev.sluice.rehearse.workload.Measured.Stall;
import dev.sluice.release.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A rehearsal for who just watched it: steps, what both versions saw, and the verdict last. */
public final class RehearsalText {

  private static final int TITLE = 44;
  private static final int SHOWN_FAILURES = 5;
  private static final int MESSAGE = 90;

  private final Rehearsal rehearsal;
  private final Style style;
  private final StringBuilder text = new StringBuilder();

  private RehearsalText(Rehearsal rehearsal, Style style) {
    this.rehearsal = rehearsal;
    this.style = style;
  }

  public static String of(Rehearsal rehearsal, Style style) {
    return new RehearsalText(rehearsal, style).write();
  }

  private String write() {
    steps();
    versions();
    rehearsal.plain().ifPresent(this::plain);
    failures("", rehearsal.run().versions().both());
    measuring();
    verdict();
    return text.toString();
  }

  private void steps() {
    Columns table = new Columns(List.of("step", "what", "lock", "time", "tries", "rows"), "   >>>");
    for (Phase phase : Phase.values()) {
      List<TimedStep> steps =
          rehearsal.run().steps().stream().filter(s -> s.step().phase() == phase).toList();
      if (!steps.isEmpty()) {
        table.heading(style.bold(phase.id()) + took(phase));
        steps.stream().filter(s -> !isRecord(s)).forEach(step -> table.row(cells(step)));
        records(steps.stream().filter(RehearsalText::isRecord).toList()).ifPresent(table::row);
      }
    }
    table.lines().forEach(this::line);
  }

  private static boolean isRecord(TimedStep step) {
    return step.step().action() instanceof Action.RecordHistory;
  }

  /** All of them on one line: they are alike, and lock nothing that an application uses. */
  private static Optional<List<String>> records(List<TimedStep> records) {
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(
            List.of(
                "",
                "Flyway's history gets " + Words.count(records.size(), "row"),
                "–",
                Words.time(records.stream().mapToLong(r -> r.report().time().toMillis()).sum()),
                String.valueOf(
                    records.stream().mapToInt(r -> r.report().attempts()).max().orElse(0)),
                ""));
  }

  private String took(Phase phase) {
    return rehearsal.run().phases().stream()
        .filter(p -> p.phase() == phase)
        .findFirst()
        .map(PhaseRun::span)
        .map(span -> "  " + Words.time(span.time().toMillis()))
        .orElse("");
  }

  private static List<String> cells(TimedStep step) {
    return List.of(
        step.step().id(),
        Words.oneLine(step.step().title(), TITLE),
        LockWords.strongest(step).map(LockWords::of).orElse("–"),
        Words.time(step.report().time().toMillis()),
        String.valueOf(step.report().attempts()),
        step.report().rows().map(Words::grouped).orElse(""));
  }

  private void versions() {
    Columns table =
        new Columns(List.of("version", "statements", "failed", "longest stall", ""), " >>> ");
    for (ApplicationRun version : rehearsal.run().versions().both()) {
      Measured measured = version.measured();
      table.row(
          List.of(
              measured.application(),
              Words.grouped(measured.statements()),
              Words.grouped(measured.failed()),
              Words.time(measured.longestStallMillis()),
              measured.longestStall().map(Stall::call).map(c -> "in \"" + c + "\"").orElse("")));
    }
    line("");
    table.lines().forEach(this::line);
  }

  private void plain(Plain plain) {
    Columns table =
        new Columns(
            List.of("the same release by", "failed: old", "new", "longest stall: old", "new"),
            " >>>>");
    table.row(compared("Sluice", rehearsal.run().versions()));
    table.row(compared("plain Flyway", plain.versions()));
    line("");
    table.lines().forEach(this::line);
    line(
        "plain Flyway ran "
            + Words.count(plain.migrations(), "migration")
            + " in "
            + Words.time(plain.migrating().time().toMillis())
            + (plain.refusals().isEmpty()
                ? ""
                : ", " + Words.count(plain.refusals().size(), "attempt") + " in vain")
            + plain.problem().map(p -> ", and did not get through: " + p).orElse(""));
    failures("by plain Flyway, ", plain.versions().both());
  }

  private static List<String> compared(String by, Rehearsal.Versions versions) {
    Measured old = versions.old().measured();
    Measured renewed = versions.renewed().measured();
    return List.of(
        by,
        Words.grouped(old.failed()),
        Words.grouped(renewed.failed()),
        Words.time(old.longestStallMillis()),
        Words.time(renewed.longestStallMillis()));
  }

  /** Which calls failed, the most frequent first. */
  private void failures(String by, List<ApplicationRun> versions) {
    for (ApplicationRun version : versions) {
      List<OfCall> failed =
          version.measured().calls().stream()
              .filter(call -> call.failed() > 0)
              .sorted(Comparator.comparingLong(OfCall::failed).reversed())
              .toList();
      if (!failed.isEmpty()) {
        line(by + version.measured().application() + " version:");
        failed.stream().limit(SHOWN_FAILURES).forEach(this::failure);
        if (failed.size() > SHOWN_FAILURES) {
          line("  and " + Words.count(failed.size() - SHOWN_FAILURES, "more call"));
        }
      }
    }
  }

  private void failure(OfCall call) {
    Failure first = call.failures().getFirst();
    line(
        "  %s of %s \"%s\": %s"
            .formatted(
                Words.grouped(call.failed()),
                Words.grouped(call.count()),
                call.name(),
                Words.oneLine(first.message(), MESSAGE)));
  }

  private void measuring() {
    Circumstances how = rehearsal.circumstances();
    line("");
    line(
        style.dim(
            "measured on %s, %s, %s; %s customers and as many orders; %s, one connection each, %d ms between calls"
                .formatted(
                    how.server(),
                    Words.count(how.processors(), "processor"),
                    String.join(
                        ", ",
                        how.settings().stream()
                            .filter(s -> s.name().equals("fsync"))
                            .map(s -> "fsync " + s.value())
                            .toList()),
                    Words.grouped(how.load().rows()),
                    Words.count(how.load().workers(), "worker"),
                    how.load().pause().toMillis())));
    line(style.dim("a stall: " + Measured.STALL));
  }

  private void verdict() {
    line("");
    List<String> wrong = new ArrayList<>();
    rehearsal.run().problem().ifPresent(wrong::add);
    long failed = rehearsal.run().versions().failed();
    if (failed > 0) {
      wrong.add(Words.count(failed, "statement") + " failed");
    }
    for (Check check : rehearsal.run().checks()) {
      if (!check.content()) {
        wrong.add(check.phase().id() + ": " + check.question() + ": " + check.answer());
      }
    }
    if (wrong.isEmpty()) {
      line(
          style.green("done: ")
              + "release "
              + rehearsal.plan().release()
              + ", "
              + Words.count(rehearsal.run().steps().size(), "step")
              + " in "
              + Words.time(rehearsal.run().span().time().toMillis())
              + ", 0 failed statements");
    } else {
      wrong.forEach(what -> line(style.red("not done: ") + what));
    }
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
