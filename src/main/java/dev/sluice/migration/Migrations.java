package dev.sluice.migration;

import java.util.List;

/** All that Flyway would find in its locations, read once. */
public interface Migrations {

  /**
   * Versioned, baseline, Java and script migrations by version, then repeatables by description.
   */
  List<Migration> all();

  /**
   * What lies beside migrations: callbacks and undo files, which Flyway runs and Sluice never
   * plans, and what neither reads.
   */
  List<Bystander> bystanders();

  /** Files that people take for migrations, and that nobody reads; by name. */
  default List<Remark> remarks() {
    return List.of();
  }

  /**
   * A file that lies among migrations, and that Sluice does not plan.
   *
   * @param what in words: {@code callback beforeMigrate}, {@code undo migration}
   * @param runs whether Flyway runs it
   */
  record Bystander(String file, String what, boolean runs) {}
}
