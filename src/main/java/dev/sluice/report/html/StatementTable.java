package dev.sluice.report.html;

import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.workload.Measured.Failure;
import dev.sluice.rehearse.workload.Measured.OfCall;
import dev.sluice.rehearse.workload.Workload.BoundSql;
import dev.sluice.report.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Everything that one version sent, so that a reader can see what it names, and what came of it.
 */
final class StatementTable {

  private final Html html;

  StatementTable(Html html) {
    this.html = html;
  }

  void write(ApplicationRun version) {
    html.open("div", "class", "cards").open("table");
    html.open("thead").open("tr").element("th", "Call", "scope", "col");
    for (String title : List.of("Sent", "Failed", "p50", "p95", "p99", "Longest")) {
      html.element("th", title, "scope", "col", "class", "number");
    }
    html.close().close().open("tbody");
    version.measured().calls().stream()
        .sorted(Comparator.comparingLong(OfCall::count).reversed().thenComparing(OfCall::name))
        .forEach(call -> row(version, call));
    html.close().close().close();
  }

  private void row(ApplicationRun version, OfCall call) {
    html.open("tr");
    html.open("td", "class", "wide").open("details").element("summary", call.name());
    html.element("pre", sql(version, call)).close();
    for (Failure failure : call.failures()) {
      html.element(
          "p",
          Words.grouped(failure.count()) + " × " + failure.sqlState() + ": " + failure.message(),
          "class",
          "bad small");
    }
    html.close();
    number("Sent", Words.grouped(call.count()), "");
    number("Failed", Words.grouped(call.failed()), call.failed() > 0 ? " bad" : "");
    number("p50", time(call.micros(50)), "");
    number("p95", time(call.micros(95)), "");
    number("p99", time(call.micros(99)), "");
    number("Longest", time(call.micros(100)), "");
    html.close();
  }

  private static String sql(ApplicationRun version, OfCall call) {
    return version.workload().call(call.name()).stream()
        .flatMap(c -> c.statements().stream())
        .map(BoundSql::sql)
        .map(sql -> sql + ";")
        .collect(Collectors.joining("\n\n"));
  }

  private void number(String label, String text, String kind) {
    html.element("td", text, "class", "number" + kind, "data-label", label);
  }

  /** Milliseconds, as precise as it takes to tell fast from very fast. */
  private static String time(long micros) {
    return micros < 100_000
        ? String.format(Locale.ROOT, "%.1f ms", micros / 1000.0)
        : Words.time(micros / 1000);
  }
}
