package dev.sluice.dialect;

/** What changing a column's type means for its values and for who reads and writes them. */
public enum TypeChange {
  /** The same type in other words. */
  SAME,
  /**
   * Every value of the old type is one of the new, stored alike: the old version reads and writes
   * on.
   */
  WIDENING,
  /**
   * Stored alike or cheaply checked, but the new type refuses values that the old version still
   * writes.
   */
  NARROWING,
  /** Stored differently: every row is written anew. */
  CONVERSION
}
