package dev.sluice.flyway;

import dev.sluice.migration.Migration;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of Flyway's history, and which of the files that it sees, are those of a migration.
 */
final class Rows {

  /** What Flyway stores where an engine takes no empty description. */
  private static final String NO_DESCRIPTION = "<< no description >>";

  private Rows() {}

  /** In order of application; those of a repeatable migration are as many as its runs. */
  static List<AppliedMigration> of(Migration migration, FlywaySession session) {
    return session.history().allAppliedMigrations().stream()
        .filter(row -> !row.getType().isSynthetic())
        .filter(row -> same(migration, row.getVersion(), row.getDescription()))
        .toList();
  }

  static boolean belongs(Migration migration, ResolvedMigration resolved) {
    boolean baseline = migration.type() == Migration.Type.BASELINE;
    return baseline == resolved.getType().isBaseline()
        && same(migration, resolved.getVersion(), resolved.getDescription());
  }

  private static boolean same(
      Migration migration, @Nullable MigrationVersion version, String description) {
    return migration
        .version()
        .map(v -> version != null && MigrationVersion.fromVersion(v.text()).equals(version))
        .orElse(version == null && stored(migration.description()).equals(stored(description)));
  }

  private static String stored(String description) {
    return description.isEmpty() ? NO_DESCRIPTION : description;
  }

  /**
   * Whether the row was written for the text that {@code migration} has. Of a repeatable one either
   * checksum may be that of the text before its placeholders were resolved.
   */
  static boolean sameText(Migration migration, FlywaySession session, AppliedMigration row) {
    Optional<Integer> stored = Optional.ofNullable(row.getChecksum());
    return stored.equals(migration.checksum())
        || session.resolved().stream()
            .filter(resolved -> belongs(migration, resolved))
            .anyMatch(
                resolved ->
                    migration.checksum().map(resolved::checksumMatches).orElse(false)
                        && stored.map(resolved::checksumMatches).orElse(false));
  }
}
