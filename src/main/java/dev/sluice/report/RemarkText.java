package dev.sluice.report;

import dev.sluice.migration.Remark;

/** A remark for people: where, what, what it costs, how to put it right. */
public final class RemarkText {
  private RemarkText() {}

  /** With line ends. */
  public static String of(Remark remark, Style style) {
    String where = remark.where() + ": ";
    return (remark.refused() ? style.red(where) : style.yellow(where))
        + remark.what()
        + "\n  costs: "
        + remark.cost()
        + "\n  fix: "
        + remark.fix()
        + "\n";
  }
}
