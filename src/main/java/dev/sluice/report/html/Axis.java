package dev.sluice.report.html;

import dev.sluice.rehearse.Rehearsal.Span;
import java.time.Duration;
import java.time.Instant;

/**
 * Time from left to right.
 *
 * @param began at the left end
 * @param length of what is shown; longer than zero
 */
record Axis(Instant began, Duration length) {

  static Axis of(Span span) {
    return new Axis(span.began(), atLeastOneMilli(span.time()));
  }

  private static Duration atLeastOneMilli(Duration time) {
    return time.toMillis() < 1 ? Duration.ofMillis(1) : time;
  }

  /** The same beginning, but so long that {@code other} would fit, too: for charts to compare. */
  Axis asLongAs(Duration other) {
    return new Axis(began, length.compareTo(other) < 0 ? other : length);
  }

  /** From 0 at the left end to 1 at the right one; what lies outside is put at the end. */
  double at(Instant time) {
    return clamp(Duration.between(began, time));
  }

  /** Where {@code after} the beginning is. */
  double after(Duration after) {
    return clamp(after);
  }

  private double clamp(Duration after) {
    return Math.clamp((double) after.toMillis() / length.toMillis(), 0, 1);
  }

  /** Of a span: {@code left:…;width:…}, as a style. */
  String style(Span span) {
    double left = at(span.began());
    return "left:" + Html.percent(left) + ";width:" + Html.percent(at(span.ended()) - left);
  }

  /** A round distance between marks, so that there are some, and not many. */
  Duration step() {
    for (int seconds : new int[] {1, 2, 5, 10, 20, 30, 60, 120, 300, 600}) {
      if (length.toSeconds() / seconds <= 8) {
        return Duration.ofSeconds(seconds);
      }
    }
    return length.dividedBy(4);
  }
}
