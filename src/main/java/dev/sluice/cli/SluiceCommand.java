package dev.sluice.cli;

import dev.sluice.sql.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The command above all others, with the options that all of them take. */
@Command(
    name = "sluice",
    header =
        "Zero-downtime schema migrations for Flyway: what each statement does to a running application, and a plan that no user notices.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionText.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Flyway's settings are read where Flyway reads them; -X.flyway.KEY=VALUE sets",
      "one, as in -X.flyway.table=history."
    })
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

  // Hidden: its help would read -X=.flyway.KEY=VALUE. The footer says it right.
  @Option(names = "-X", scope = ScopeType.INHERIT, hidden = true)
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

  /**
   * By whole key: {@code flyway.table}.
   *
   * @throws Problem where an option is not {@code -X.flyway.KEY=VALUE}
   */
  Map<String, String> flyway() {
    Map<String, String> keys = new TreeMap<>();
    flyway.forEach(
        (key, value) -> {
          if (!key.startsWith(".flyway.") && !key.startsWith(".environments.")) {
            throw new Problem(
                Problem.Reason.USE,
                "-X" + key + ": no setting of Flyway's\n  fix: write -X.flyway.KEY=VALUE");
          }
          keys.put(key.substring(1), value);
        });
    return keys;
  }

  CommandLine commandLine(Shell shell) {
    CommandLine line =
        new CommandLine(this)
            .addSubcommand(new DemoCommand(this, shell))
            .addSubcommand(new ClassifyCommand(this, shell))
            .addSubcommand(new PlanCommand(this, shell))
            .addSubcommand(new RewriteCommand(this, shell))
            .addSubcommand(new StatsCommand(this, shell))
            .addSubcommand(new ApplyCommand(this, shell))
            .addSubcommand(new StatusCommand(this, shell))
            .addSubcommand(new AbortCommand(this, shell))
            .addSubcommand(new PauseCommand(this, shell))
            .addSubcommand(new ResumeCommand(this, shell));
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new VersionText());
    }
    return line.addSubcommand(new AutoComplete.GenerateCompletion())
        .registerConverter(Color.class, new Choice<>(Color.class))
        .registerConverter(FormatOption.Format.class, new Choice<>(FormatOption.Format.class))
        .registerConverter(PlanCommand.Format.class, new Choice<>(PlanCommand.Format.class))
        .setOut(shell.out())
        .setErr(shell.err())
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((e, args) -> Main.wrongUse(e, shell))
        .setExecutionExceptionHandler((e, command, parsed) -> Main.failure(e, debug, shell));
  }

  private int execute(ParseResult parsed) {
    if (debug) {
      // Read by logback.xml at the first line that anybody logs.
      System.setProperty("sluice.log", "debug");
    }
    return new RunLast().execute(parsed);
  }
}
