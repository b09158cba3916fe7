package dev.sluice.flyway;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Flyway's configuration object, from our settings. */
final class Configurations {

  /** What Flyway waits for its lock at most, in seconds; each try is one. */
  private static final int LOCK_RETRIES = 50;

  private Configurations() {}

  /**
   * For names, encodings, checksums and the parser; knows no database. Placeholders are configured
   * and not replaced: the text that Flyway's parser gets is resolved already.
   */
  static ClassicConfiguration offline(FlywaySettings settings) {
    ClassicConfiguration configuration = new ClassicConfiguration();
    configuration.setPluginRegister(new OfflinePlugins(settings.files().baselinePrefix()));
    apply(settings, configuration);
    configuration.setPlaceholderReplacement(false);
    return configuration;
  }

  /**
   * For Flyway's history.
   *
   * @param locations directories that are there, in Flyway's notation
   */
  static ClassicConfiguration connected(
      FlywaySettings settings, List<String> locations, DataSource dataSource) {
    ClassicConfiguration configuration = new ClassicConfiguration();
    apply(settings, configuration);
    configuration
        .getConfigurationExtension(BaselineMigrationConfigurationExtension.class)
        .setBaselineMigrationPrefix(settings.files().baselinePrefix());
    // In an open transaction, as is Flyway's default, its lock would make every CREATE INDEX
    // CONCURRENTLY on the server wait for it.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    configuration.setLocationsAsStrings(locations.toArray(String[]::new));
    configuration.setDataSource(dataSource);
    configuration.setLockRetryCount(LOCK_RETRIES);
    return configuration;
  }

  private static void apply(FlywaySettings settings, ClassicConfiguration configuration) {
    FlywaySettings.ScriptFiles files = settings.files();
    FlywaySettings.Placeholders placeholders = settings.placeholders();
    FlywaySettings.HistoryTable history = settings.history();
    FlywaySettings.Running running = settings.running();
    try {
      configuration.setSqlMigrationPrefix(files.versionedPrefix());
      configuration.setRepeatableSqlMigrationPrefix(files.repeatablePrefix());
      configuration.setSqlMigrationSeparator(files.separator());
      configuration.setSqlMigrationSuffixes(files.suffixes().toArray(String[]::new));
      configuration.setEncoding(files.encoding());
      configuration.setDetectEncoding(files.detectEncoding());
      configuration.setPlaceholderReplacement(placeholders.replacement());
      configuration.setPlaceholderPrefix(placeholders.prefix());
      configuration.setPlaceholderSuffix(placeholders.suffix());
      configuration.setPlaceholderSeparator(placeholders.separator());
      configuration.setPlaceholders(placeholders.values());
      configuration.setTable(history.table());
      configuration.setSchemas(history.schemas().toArray(String[]::new));
      configuration.setShouldCreateSchemas(history.createSchemas());
      configuration.setBaselineOnMigrate(history.baseline().onMigrate());
      configuration.setBaselineVersion(history.baseline().version());
      configuration.setBaselineDescription(history.baseline().description());
      configuration.setMixed(running.mixed());
      configuration.setExecuteInTransaction(running.executeInTransaction());
      configuration.setOutOfOrder(running.outOfOrder());
      configuration.setIgnoreMigrationPatterns(
          running.ignoreMigrationPatterns().toArray(String[]::new));
      history.defaultSchema().ifPresent(configuration::setDefaultSchema);
      history.tablespace().ifPresent(configuration::setTablespace);
      history.installedBy().ifPresent(configuration::setInstalledBy);
      running.target().ifPresent(configuration::setTargetAsString);
      running.initSql().ifPresent(configuration::setInitSql);
    } catch (FlywayException e) {
      throw new Problem(Reason.SETTINGS, "Flyway refuses its settings: " + e.getMessage(), e);
    }
  }
}
