package dev.sluice.report.html;

import dev.sluice.rehearse.Rehearsal.ApplicationRun;
import dev.sluice.rehearse.Rehearsal.PhaseRun;
import dev.sluice.rehearse.Rehearsal.Span;
import dev.sluice.rehearse.Rehearsal.Versions;
import dev.sluice.rehearse.workload.Measured;
import dev.sluice.rehearse.workload.Measured.Slice;
import dev.sluice.report.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long statements took, quarter second by quarter second: of each the longest, on a scale where
 * each line is ten times the one below. Text stands beside the drawing, so that it keeps its size
 * on a narrow screen.
 */
final class LatencyChart {

  /** What users do not notice; the bound that a release is held to. */
  private static final double BOUND_MILLIS = 200;

  private static final double LOWEST_MILLIS = 0.1;
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 200;

  private final Html html;
  private final Axis axis;
  private final double highestMillis;

  /**
   * @param longest the longest statement that must fit
   */
  LatencyChart(Html html, Axis axis, Duration longest) {
    this.html = html;
    this.axis = axis;
    this.highestMillis =
        Math.max(1000, Math.pow(10, Math.ceil(Math.log10((double) longest.toMillis()))));
  }

  /** The longest statement of all of these. */
  static Duration longest(Stream<Versions> runs) {
    return runs.flatMap(versions -> versions.both().stream())
        .flatMap(version -> version.measured().slices().stream())
        .map(Slice::longest)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /**
   * @param bands drawn behind, with their names above
   */
  void write(String title, Versions versions, List<Band> bands) {
    html.open("figure", "class", "chart");
    html.element("figcaption", title);
    html.open("div", "class", "plot");
    for (Band band : bands) {
      html.open("div", "class", "band " + band.kind(), "style", axis.style(band.span()));
      html.element("span", band.name()).close();
    }
    for (double millis = 1; millis <= highestMillis; millis *= 10) {
      line("tick", millis, millis < 1000 ? Words.time((long) millis) : (long) millis / 1000 + " s");
    }
    line("bound", BOUND_MILLIS, Words.time((long) BOUND_MILLIS));
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        title);
    drawing("old", versions.old());
    drawing("new", versions.renewed());
    html.close().close();
    marks();
    html.close();
  }

  /**
   * A stretch of time.
   *
   * @param kind what the style sheet calls it
   */
  record Band(String name, String kind, Span span) {
    static Band of(PhaseRun phase) {
      return new Band(phase.phase().id(), phase.phase().id(), phase.span());
    }
  }

  private void line(String kind, double millis, String name) {
    html.open("div", "class", kind, "style", "bottom:" + Html.percent(height(millis)));
    html.element("span", name).close();
  }

  private void drawing(String kind, ApplicationRun version) {
    StringBuilder bars = new StringBuilder();
    StringBuilder failures = new StringBuilder();
    double width = WIDTH * axis.after(Measured.SLICE);
    for (Slice slice : version.measured().slices()) {
      double left = WIDTH * axis.at(slice.begins());
      double height = HEIGHT * height(slice.longest().toNanos() / 1e6);
      rectangle(bars, left, HEIGHT - height, width, height);
      if (slice.failed() > 0) {
        rectangle(failures, left, 0, width, 8);
      }
    }
    if (!bars.isEmpty()) {
      html.open("path", "class", kind, "d", bars.toString()).close();
    }
    if (!failures.isEmpty()) {
      html.open("path", "class", "failed", "d", failures.toString()).close();
    }
  }

  private static void rectangle(
      StringBuilder path, double left, double top, double width, double height) {
    path.append(
        String.format(Locale.ROOT, "M%.1f,%.1fh%.1fv%.1fh-%.1fz", left, top, width, height, width));
  }

  private void marks() {
    html.open("div", "class", "axis", "aria-hidden", "true");
    Duration step = axis.step();
    for (Duration at = Duration.ZERO; at.compareTo(axis.length()) < 0; at = at.plus(step)) {
      html.element("span", at.toSeconds() + " s", "style", "left:" + Html.percent(axis.after(at)));
    }
    html.close();
  }

  /** From 0 at the bottom to 1 at the top. */
  private double height(double millis) {
    double decades = Math.log10(highestMillis / LOWEST_MILLIS);
    return Math.clamp(Math.log10(Math.max(millis, LOWEST_MILLIS) / LOWEST_MILLIS) / decades, 0, 1);
  }
}
