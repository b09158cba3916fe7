package dev.sluice.flyway;

import java.util.List;

/** Where Flyway's parser splits a text. */
record Extents(List<Extent> all) {
  Extents {
    all = List.copyOf(all);
  }

  /**
   * A statement's parts in the text.
   *
   * @param end behind its last token
   * @param dataStart behind the line of COPY … FROM STDIN; 0 for other statements
   * @param dataEnd in front of the line that closes the data
   * @param behind where it leaves off, with its data
   * @param next where the space before the next statement begins: behind the delimiter
   * @param transactional whether Flyway takes it for one that runs in a transaction
   */
  record Extent(
      int start,
      int end,
      int dataStart,
      int dataEnd,
      int behind,
      int next,
      boolean transactional) {}
}
