package dev.sluice.report.html;

import dev.sluice.plan.Action;
import dev.sluice.rehearse.Rehearsal;
import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.Rehearsal.Check;
import dev.sluice.rehearse.Rehearsal.Circumstances;
import dev.sluice.rehearse.Rehearsal.Plain;
import dev.sluice.rehearse.Rehearsal.Versions;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Measured.Stall;
import dev.sluice.report.Words;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code report.html}. */
public final class RehearsalPage {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Rehearsal rehearsal;
  private final Html html = new Html();

  private RehearsalPage(Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  public static String of(Rehearsal rehearsal) {
    return new RehearsalPage(rehearsal).write();
  }

  private String write() {
    Page.open(html, "Sluice: " + rehearsal.plan().release() + ", " + failedWords());
    headline();
    versions();
    if (rehearsal.plain().isPresent()) {
      comparison(rehearsal.plain().get());
    }
    latency();
    timeline();
    steps();
    checks();
    statements();
    measuring();
    return Page.close(html);
  }

  private String failedWords() {
    return Words.grouped(rehearsal.run().versions().failed()) + " failed statements";
  }

  private void headline() {
    Rehearsal.Run run = rehearsal.run();
    html.open("header", "class", rehearsal.ok() ? "good" : "bad");
    html.element(
        "p",
        "Rehearsal of release "
            + rehearsal.plan().release()
            + " on "
            + rehearsal.circumstances().server(),
        "class",
        "over");
    html.element("h1", failedWords());
    html.element(
        "p",
        "%s of %s in %s, while both versions of the application were at work"
            .formatted(
                Words.count(run.steps().size(), "step"),
                Words.count(rehearsal.plan().migrations().size(), "migration"),
                Words.time(run.span().time().toMillis())));
    run.problem().ifPresent(problem -> html.element("pre", "not done: " + problem));
    run.checks().stream()
        .filter(check -> !check.content())
        .forEach(
            check ->
                html.element(
                    "pre", check.phase().id() + ": " + check.question() + ": " + check.answer()));
    html.close();
  }

  private void versions() {
    html.open("section", "class", "tiles");
    tile("The old version", "old", rehearsal.run().versions().old());
    tile("The new version", "new", rehearsal.run().versions().renewed());
    html.close();
  }

  private void tile(String title, String kind, ApplicationRun version) {
    Measured measured = version.measured();
    html.open("article", "class", "tile " + kind).element("h2", title).open("dl");
    figure("statements", Words.grouped(measured.statements()), "");
    figure("failed", Words.grouped(measured.failed()), measured.failed() > 0 ? "bad" : "good");
    figure("longest stall", Words.time(measured.longestStallMillis()), "");
    html.close();
    measured
        .longestStall()
        .map(Stall::call)
        .ifPresent(call -> html.element("p", "the longest in “" + call + "”", "class", "dim"));
    html.close();
  }

  private void figure(String name, String value, String kind) {
    html.open("div").element("dt", name).element("dd", value, "class", kind).close();
  }

  private void comparison(Plain plain) {
    html.open("section").element("h2", "The same release by plain Flyway");
    html.element(
        "p",
        "On the same server with the same rows and the same load: flyway migrate first, then the"
            + " same hand-over from the old version to the new one, half by half, with the same"
            + " pauses. How much fails depends on how long a roll-out takes; here it is seconds.");
    html.open("div", "class", "scroll").open("table", "class", "compare");
    html.open("thead").open("tr").element("th", "");
    html.element("th", "Sluice", "scope", "col", "class", "number");
    html.element("th", "plain Flyway", "scope", "col", "class", "number");
    html.close().close().open("tbody");
    Versions ours = rehearsal.run().versions();
    Versions theirs = plain.versions();
    compared(
        "failed, old version", ours.old().measured().failed(), theirs.old().measured().failed());
    compared(
        "failed, new version",
        ours.renewed().measured().failed(),
        theirs.renewed().measured().failed());
    row(
        "longest stall, old version",
        Words.time(ours.old().measured().longestStallMillis()),
        Words.time(theirs.old().measured().longestStallMillis()));
    row(
        "longest stall, new version",
        Words.time(ours.renewed().measured().longestStallMillis()),
        Words.time(theirs.renewed().measured().longestStallMillis()));
    row(
        "time for the migrations",
        Words.time(migrating(rehearsal.run()).toMillis()),
        Words.time(plain.migrating().time().toMillis()));
    html.close().close().close();
    plain.refusals().stream()
        .map(refusal -> "Flyway failed, and was started again: " + refusal)
        .forEach(refusal -> html.element("pre", refusal));
    plain.problem().ifPresent(problem -> html.element("pre", "It never got through: " + problem));
    html.close();
  }

  private void compared(String what, long ours, long theirs) {
    html.open("tr").element("th", what, "scope", "row");
    html.element("td", Words.grouped(ours), "class", ours > 0 ? "number bad" : "number good");
    html.element("td", Words.grouped(theirs), "class", theirs > 0 ? "number bad" : "number good");
    html.close();
  }

  private void row(String what, String ours, String theirs) {
    html.open("tr").element("th", what, "scope", "row");
    html.element("td", ours, "class", "number").element("td", theirs, "class", "number").close();
  }

  /** All steps, without what was dwelt between the phases. */
  private static Duration migrating(Rehearsal.Run run) {
    return run.steps().stream()
        .filter(s -> !(s.step().action() instanceof Action.Deploy))
        .map(s -> s.span().time())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void latency() {
    html.open("section").element("h2", "How long statements took");
    html.open("p", "class", "legend");
    html.element("span", "old version", "class", "key old");
    html.element("span", "new version", "class", "key new");
    html.element("span", "failed statements", "class", "key failed");
    html.close();
    Optional<Plain> plain = rehearsal.plain();
    Axis axis =
        Axis.of(rehearsal.run().span())
            .asLongAs(plain.map(p -> p.span().time()).orElse(Duration.ZERO));
    Duration longest =
        LatencyChart.longest(
            Stream.concat(
                Stream.of(rehearsal.run().versions()), plain.map(Plain::versions).stream()));
    new LatencyChart(html, axis, longest)
        .write(
            plain.isPresent() ? "By Sluice" : "Longest statement in each quarter of a second",
            rehearsal.run().versions(),
            rehearsal.run().phases().stream().map(LatencyChart.Band::of).toList());
    if (plain.isPresent()) {
      new LatencyChart(html, new Axis(plain.get().span().began(), axis.length()), longest)
          .write(
              "By plain Flyway",
              plain.get().versions(),
              List.of(new LatencyChart.Band("flyway migrate", "migrate", plain.get().migrating())));
    }
    html.element(
        "p",
        "Each bar is the longest statement that began in a quarter of a second; each line is ten"
            + " times the one below it.",
        "class",
        "dim small");
    html.close();
  }

  private void timeline() {
    html.open("section").element("h2", "What ran when");
    html.open("p", "class", "legend");
    html.element("span", "statements", "class", "key ddl");
    html.element("span", "rows in batches", "class", "key backfill");
    html.element("span", "checks", "class", "key verify");
    html.close();
    new StepTimeline(html, rehearsal.run()).write();
    html.close();
  }

  private void steps() {
    html.open("section").element("h2", "Every step");
    new StepTable(html, rehearsal.run()).write();
    html.close();
  }

  private void checks() {
    html.open("section").element("h2", "What others said meanwhile");
    html.open("ul", "class", "checks");
    for (Check check : rehearsal.run().checks()) {
      html.open("li", "class", check.content() ? "good" : "bad");
      html.open("span").element("b", check.phase().id()).text(" ");
      html.element("code", check.question()).text(" ").close();
      html.element("span", check.answer()).close();
    }
    html.close().close();
  }

  private void statements() {
    html.open("section").element("h2", "What the old version sent");
    html.element("p", "It names nothing that the release makes.", "class", "dim");
    new StatementTable(html).write(rehearsal.run().versions().old());
    html.close();
    html.open("section").element("h2", "What the new version sent");
    html.element("p", "It names nothing that the release takes away.", "class", "dim");
    new StatementTable(html).write(rehearsal.run().versions().renewed());
    html.close();
    if (rehearsal.plain().isPresent()) {
      Versions theirs = rehearsal.plain().get().versions();
      html.open("section").open("details").element("summary", "The same under plain Flyway");
      html.element("h3", "The old version");
      new StatementTable(html).write(theirs.old());
      html.element("h3", "The new version");
      new StatementTable(html).write(theirs.renewed());
      html.close().close();
    }
  }

  private void measuring() {
    Circumstances how = rehearsal.circumstances();
    html.open("section").element("h2", "How it was measured").open("dl", "class", "facts");
    fact("when", TIME.format(rehearsal.run().span().began()));
    fact(
        "server",
        how.server() + " on this machine, with " + Words.count(how.processors(), "processor"));
    fact(
        "its settings",
        String.join(", ", how.settings().stream().map(s -> s.name() + " " + s.value()).toList()));
    fact(
        "rows",
        Words.grouped(how.load().rows())
            + " customers and as many orders, filled and analysed before");
    fact(
        "load",
        "%s, one connection each, %d ms between two calls; each waits for its answer"
            .formatted(Words.count(how.load().workers(), "worker"), how.load().pause().toMillis()));
    fact(
        "hand-over",
        "half of the workers, %s, then the rest; a worker ends its session and opens one of the new version"
            .formatted(Words.time(how.pace().mixed().toMillis())));
    fact("a stall", Measured.STALL);
    fact(
        "a failure",
        "a call whose first error made it roll back; nothing is tried again by the application");
    fact(
        "a lock's time",
        "from the moment nobody stood in the way any more to the commit, so at most");
    html.close().close();
  }

  private void fact(String name, String value) {
    html.element("dt", name).element("dd", value);
  }
}
