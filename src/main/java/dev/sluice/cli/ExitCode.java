package dev.sluice.cli;

import dev.sluice.sql.Problem;

/** What scripts rely on; the table stands in docs/commands.md. */
final class ExitCode {
  static final int CLEAN = 0;

  /** Findings, a conflict, or a directive needed. */
  static final int FINDINGS = 1;

  /** Wrong use, settings, files, a stale plan, or a database that cannot be reached. */
  static final int WRONG_USE = 2;

  static final int GATE_CLOSED = 3;
  static final int STEP_FAILED = 4;
  static final int BUSY = 5;

  /** A bug of ours. */
  static final int BUG = 70;

  /** The JVM itself ends with it at Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(Problem.Reason reason) {
    return switch (reason) {
      case USE, SETTINGS, FILES, PLAN, DATABASE, HISTORY -> WRONG_USE;
      case GATE -> GATE_CLOSED;
      case STEP -> STEP_FAILED;
      case BUSY -> BUSY;
    };
  }
}
