package dev.sluice.schema;

/** How long a change holds its locks, by what it must do to the rows. In order of cost. */
public enum Work {
  /** The catalog only, however large the table. */
  INSTANT,
  /** Every row is read. */
  SCAN,
  /** An index is built. */
  BUILD,
  /** The whole table is written anew, with its indexes. */
  REWRITE;

  /** The costlier of both. */
  public Work max(Work other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
