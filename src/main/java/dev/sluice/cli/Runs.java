package dev.sluice.cli;

import dev.sluice.database.Database;
import dev.sluice.database.Stop;
import dev.sluice.execute.Confirmation;
import dev.sluice.execute.Environment;
import dev.sluice.execute.ExecuteSettings;
import dev.sluice.execute.Ports;
import dev.sluice.execute.Rollout;
import dev.sluice.flyway.FlywayHistory;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.report.ApplyProgress;
import java.util.Optional;

/** What a command that carries a plan out, or takes it back, works with. */
record Runs(
    SluiceCommand sluice,
    Shell shell,
    Project project,
    Database database,
    FlywayMigrations migrations) {

  Environment environment(Rollout rollout, Confirmation confirmation, Stop stop) {
    ApplyProgress progress =
        new ApplyProgress(
            shell.err(),
            shell.style(sluice.color(), shell.terminal().err()),
            shell.terminal().err(),
            shell.clock());
    Ports ports =
        new Ports(
            new FlywayHistory(project.flyway(), migrations, database.dataSource()),
            Optional.of(migrations),
            rollout,
            confirmation,
            progress);
    return new Environment(
        database,
        project.journal(database),
        ports,
        new ExecuteSettings(
            project.settings().of(Sections.LOCK),
            project.settings().of(Sections.BACKFILL),
            project.settings().of(Sections.THROTTLE)),
        project.placeholders(migrations),
        shell.who(),
        stop);
  }
}
