package dev.sluice.flyway;

import dev.sluice.migration.History.HistoryMismatch;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.callback.CallbackExecutor;
import org.flywaydb.core.internal.command.DbBaseline;
import org.flywaydb.core.internal.command.DbSchemas;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.info.MigrationInfoServiceImpl;
import org.flywaydb.core.internal.resolver.CompositeMigrationResolver;
import org.flywaydb.core.internal.schemahistory.SchemaHistory;
import org.flywaydb.core.internal.util.ValidatePatternUtils;

/**
 * What Flyway hands to one of its own commands, while it is connected. Its types are raw because
 * Flyway's are.
 */
@SuppressWarnings("rawtypes")
record FlywaySession(
    Configuration configuration,
    CompositeMigrationResolver resolver,
    SchemaHistory history,
    Database database,
    List<Schema> schemas,
    CallbackExecutor<Event> callbacks) {

  /** Files against rows, as {@code migrate} and {@code info} see them; to be refreshed. */
  MigrationInfoServiceImpl info(MigrationVersion target) {
    return info(target, ValidatePatternUtils.getIgnoreAllPattern());
  }

  /** The same, with what {@code validate} shall pass over. */
  MigrationInfoServiceImpl info(MigrationVersion target, ValidatePattern[] ignored) {
    return new MigrationInfoServiceImpl(
        resolver, history, database, configuration, target, configuration.isOutOfOrder(), ignored);
  }

  Collection<ResolvedMigration> resolved() {
    return resolver.resolveMigrations(configuration);
  }

  /** Whether {@code migrate} would begin with a baseline row. */
  boolean willBaseline() {
    return configuration.isBaselineOnMigrate() && !history.exists() && !occupied().isEmpty();
  }

  private List<Schema> occupied() {
    return schemas.stream().filter(schema -> schema.exists() && !schema.empty()).toList();
  }

  /**
   * The first part of Flyway's {@code migrate}: schemas, then a baseline where one is asked for,
   * then the table. Nothing where the table is there.
   */
  void createHistory() {
    if (configuration.isCreateSchemas()) {
      new DbSchemas(database, schemas.toArray(Schema[]::new), history, callbacks).create(false);
    }
    if (history.exists()) {
      return;
    }
    List<Schema> occupied = occupied();
    if (!occupied.isEmpty() && !configuration.isBaselineOnMigrate()) {
      throw new HistoryMismatch(
          "there is no "
              + configuration.getTable()
              + ", and "
              + occupied.stream().map(Schema::getName).collect(Collectors.joining(", "))
              + " is not empty: Flyway refuses to migrate a database that it has never seen\n"
              + "  fix: flyway baseline, or flyway.baselineOnMigrate=true");
    }
    if (!occupied.isEmpty()) {
      new DbBaseline(
              history,
              configuration.getBaselineVersion(),
              configuration.getBaselineDescription(),
              callbacks,
              database)
          .baseline();
    }
    history.create(false);
  }

  /** Deletes one row; the caller holds Flyway's lock. */
  void deleteRow(int rank) {
    try {
      database
          .getMainConnection()
          .getJdbcTemplate()
          .update(
              "DELETE FROM " + history + " WHERE " + database.quote("installed_rank") + " = ?",
              rank);
      history.clearCache();
    } catch (SQLException e) {
      throw new FlywaySqlException("Unable to delete a row of " + history, e);
    }
  }
}
