package dev.sluice.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command above all others, with the options that all of them take. */
@Command(
    name = "sluice",
    header =
        "Zero-downtime schema migrations for Flyway: what each statement does to a running application, and a plan that no user notices.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionText.class,
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = false)
final class SluiceCommand {

  /** When reports are coloured. */
  enum Color {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Sluice's settings; without it, sluice.toml where there is one.")
  private Optional<String> config = Optional.empty();

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      defaultValue = "auto",
      description = "auto, always or never; auto: on a terminal, unless NO_COLOR is set.")
  private Color color = Color.AUTO;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and Flyway's log.")
  private boolean debug;

  @Option(
      names = "-X",
      paramLabel = ".flyway.KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "One of Flyway's settings, as in -X.flyway.table=history.")
  private Map<String, String> flyway = new TreeMap<>();

  boolean debug() {
    return debug;
  }

  Color color() {
    return color;
  }

  Optional<String> config() {
    return config;
  }

  Map<String, String> flyway() {
    return flyway;
  }

  CommandLine commandLine(Shell shell) {
    CommandLine line =
        new CommandLine(this)
            .addSubcommand(new AutoComplete.GenerateCompletion())
            .setOut(shell.out())
            .setErr(shell.err())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
            .setParameterExceptionHandler((e, args) -> Main.wrongUse(e, shell))
            .setExecutionExceptionHandler((e, command, parsed) -> Main.failure(e, debug, shell));
    return line;
  }
}
