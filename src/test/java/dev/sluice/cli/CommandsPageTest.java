package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.Problem;
import dev.sluice.testing.MarkdownTable;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds docs/commands.md against the code. */
class CommandsPageTest {
  private static final Path PAGE = Path.of("docs/commands.md");

  @Test
  void everyCommandStandsOnThePageAndNoOther() {
    CommandLine line = new SluiceCommand().commandLine(Shell.ofProcess());
    assertThat(MarkdownTable.under(PAGE, "# Which commands are there?").rows())
        .extracting(row -> row.get(0))
        .containsExactlyInAnyOrderElementsOf(line.getSubcommands().keySet());
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
