package dev.sluice.migration;

import java.util.List;

/** All that Flyway would find in its locations, read once. */
public interface Migrations {

  /**
   * Versioned, baseline, Java and script migrations by version, then repeatables by description.
   */
  List<Migration> all();

  /**
   * What Flyway would run besides migrations: callbacks, undo files. Named in every plan, never
   * planned.
   */
  List<Bystander> bystanders();

  /**
   * A file that Flyway knows and Sluice does not plan.
   *
   * @param what in words: {@code callback beforeMigrate}, {@code undo migration}
   */
  record Bystander(String file, String what) {}
}
