package dev.sluice.release;

import dev.sluice.schema.Change;

/** The object of a change in one word, for reports. */
final class Objects {
  private Objects() {}

  /** Never empty; a change without an object is named by what it does. */
  static String of(Change change) {
    return change.label();
  }
}
