package dev.sluice.flyway;

import dev.sluice.migration.Migration;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Stands for a migration whose class is not on our class path, so that Flyway counts it among what
 * is pending or applied. It is never run.
 */
record UnreadJavaMigration(Migration migration) implements JavaMigration {

  @Override
  @SuppressWarnings("NullAway") // Flyway's repeatable migrations have no version
  public MigrationVersion getVersion() {
    return migration.version().map(v -> MigrationVersion.fromVersion(v.text())).orElse(null);
  }

  @Override
  public String getDescription() {
    return migration.description();
  }

  @Override
  @SuppressWarnings("NullAway") // what Flyway's own base class answers
  public Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) {
    throw new IllegalStateException(migration.file() + " is run by Flyway, not by Sluice");
  }
}
