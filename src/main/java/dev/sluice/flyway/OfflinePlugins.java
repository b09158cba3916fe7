package dev.sluice.flyway;

import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension;
import org.flywaydb.core.api.migration.baseline.BaselineResourceTypeProvider;
import org.flywaydb.core.extensibility.Plugin;
import org.flywaydb.core.internal.plugin.PluginRegister;
import org.flywaydb.core.internal.resource.CoreResourceTypeProvider;
import org.flywaydb.core.internal.sqlscript.ShouldExecuteEvaluator;

/**
 * The few of Flyway's plugins that names, text and checksums need. Flyway itself looks for plugins
 * in every jar of the class path and makes all of them, its connectors to databases included: a
 * third of what reading one file would cost.
 */
final class OfflinePlugins extends PluginRegister {

  private final List<Plugin> plugins;

  OfflinePlugins(String baselinePrefix) {
    BaselineMigrationConfigurationExtension baseline =
        new BaselineMigrationConfigurationExtension();
    baseline.setBaselineMigrationPrefix(baselinePrefix);
    this.plugins =
        List.of(new CoreResourceTypeProvider(), new BaselineResourceTypeProvider(), baseline);
  }

  @Override
  public <T extends Plugin> List<T> getInstancesOf(Class<T> type) {
    return plugins.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public <T extends Plugin> T getExact(Class<T> type) {
    return getInstanceOf(type);
  }

  @Override
  public <T extends Plugin> T getInstanceOf(Class<T> type) {
    return getInstancesOf(type).stream()
        .findFirst()
        .orElseThrow(
            () ->
                type == ShouldExecuteEvaluator.class
                    ? new FlywayException("shouldExecute needs one of Flyway's paid editions")
                    : new IllegalStateException("Flyway asks for " + type + " to read files"));
  }
}
