package dev.sluice.rehearse.workload;

import java.util.List;

/** Where the value of a parameter comes from. */
public sealed interface Draw {

  /** A whole number, each as likely as the other, both ends included. */
  record Range(Size from, Size to) implements Draw {}

  /** One of these texts. */
  record OneOf(List<String> values) implements Draw {
    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("nothing to choose from");
      }
    }
  }

  /** Lower-case letters, this many. */
  record Text(int length) implements Draw {}

  /** One of the values that this worker keeps under the parameter's name; it stays there. */
  record Kept() implements Draw {}

  /** As {@link Kept}, but nobody draws it again: for what the call deletes. */
  record Taken() implements Draw {}

  /** The column of this name in the first row that an earlier statement of the call gives back. */
  record Returned() implements Draw {}

  /** The number of rows that the run was started with: {@code :rows}. */
  record Rows() implements Draw {}

  /** A number that can follow the size of the run. */
  sealed interface Size {

    /** Its value where the run has {@code rows} rows. */
    long of(long rows);

    /** The same in every run. */
    record Exactly(long number) implements Size {
      @Override
      public long of(long rows) {
        return number;
      }
    }

    /** {@code rows} or {@code rows/10}; at least 1, so that a small run has something to draw. */
    record PartOfRows(long divisor) implements Size {
      public PartOfRows {
        if (divisor < 1) {
          throw new IllegalArgumentException("divisor is " + divisor + "; it must be at least 1");
        }
      }

      @Override
      public long of(long rows) {
        return Math.max(1, rows / divisor);
      }
    }
  }
}
