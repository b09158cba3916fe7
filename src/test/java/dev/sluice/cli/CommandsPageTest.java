package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.Problem;
import dev.sluice.testing.Block;
import dev.sluice.testing.MarkdownTable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Holds docs/commands.md against the code. */
class CommandsPageTest {
  private static final Path PAGE = Path.of("docs/commands.md");

  private final CommandLine line = new SluiceCommand().commandLine(Shell.ofProcess());

  @Test
  void everyCommandStandsOnThePageAndNoOther() {
    assertThat(MarkdownTable.under(PAGE, "# Which commands are there?").rows())
        .extracting(row -> row.get(0))
        .containsExactlyElementsOf(line.getSubcommands().keySet());
  }

  @Test
  void everyOptionStandsOnThePageWithItsDefault() {
    StringBuilder text = new StringBuilder();
    line.getSubcommands().forEach((name, command) -> text.append(section(name, command)));
    new Block(PAGE, "options").check(text + "\n");
  }

  @Test
  void whatEveryCommandTakesStandsThereOnce() {
    new Block(PAGE, "options of all").check("\n" + table(line.getCommandSpec().options()) + "\n");
  }

  private String section(String name, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<String> common =
        line.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
    List<ArgSpec> own =
        Stream.<ArgSpec>concat(
                spec.positionalParameters().stream(),
                spec.options().stream()
                    .filter(option -> !common.contains(option.longestName()))
                    .sorted(Comparator.comparing(OptionSpec::longestName)))
            .toList();
    return "\n### `sluice "
        + name
        + "`\n\n"
        + Stream.of(spec.usageMessage().description())
            .map(CommandsPageTest::expanded)
            .collect(Collectors.joining(" "))
        + "\n"
        + (own.isEmpty() ? "" : "\n" + table(own));
  }

  // picocli's own command speaks of itself in variables, of its parent, and over several lines.
  private static String expanded(String description) {
    return description
        .replace("${ROOT-COMMAND-NAME}", "sluice")
        .replace("${PARENT-COMMAND-FULL-NAME:-the parent command of this command}", "sluice")
        .replaceAll("%n|\\s+", " ")
        .strip();
  }

  private static String table(List<? extends ArgSpec> args) {
    return "| option | default | meaning |\n|---|---|---|\n"
        + args.stream()
            .filter(arg -> !arg.hidden())
            .map(
                arg ->
                    "| `%s` | %s | %s |\n"
                        .formatted(names(arg), byDefault(arg), String.join(" ", arg.description())))
            .collect(Collectors.joining());
  }

  private static String names(ArgSpec arg) {
    return switch (arg) {
      case OptionSpec option ->
          String.join(", ", option.names())
              + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
      case PositionalParamSpec parameter -> parameter.paramLabel();
      default -> throw new AssertionError(arg);
    };
  }

  private static String byDefault(ArgSpec arg) {
    Object value = arg.defaultValue() == null ? arg.initialValue() : arg.defaultValue();
    boolean none =
        value == null
            || value instanceof Boolean
            || value.equals(Optional.empty())
            || value.equals(Path.of(""))
            || value.equals(List.of());
    return none ? "–" : "`" + value + "`";
  }

  @Test
  void everyExitCodeStandsOnThePageAndNoOther() {
    List<Integer> page =
        MarkdownTable.under(PAGE, "## What does an exit code mean?").rows().stream()
            .map(row -> Integer.valueOf(row.get(0)))
            .toList();
    TreeSet<Integer> code =
        new TreeSet<>(
            List.of(ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.BUG, ExitCode.INTERRUPTED));
    for (Problem.Reason reason : Problem.Reason.values()) {
      code.add(ExitCode.of(reason));
    }
    assertThat(page).containsExactlyElementsOf(code);
  }
}
