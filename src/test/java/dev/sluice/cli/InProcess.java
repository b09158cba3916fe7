package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A command in this process whose output nobody reads, for measuring. */
public final class InProcess {
  private InProcess() {}

  /** Runs it to its end, which is a good one. */
  public static void run(List<String> args) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Path here = Path.of("");
    Shell shell =
        new Shell(
            here,
            here,
            Map.of(),
            new BufferedReader(Reader.nullReader()),
            nowhere,
            nowhere,
            Terminal.NONE,
            Clock.systemUTC());
    assertThat(Main.run(shell, args.toArray(String[]::new))).isZero();
  }
}
