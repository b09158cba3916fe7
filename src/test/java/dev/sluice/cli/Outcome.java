package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a command left behind. */
record Outcome(int code, String out, String err) {

  /** The same day whenever it is, and time that passes. */
  private static Clock today() {
    Clock clock = Clock.systemUTC();
    return Clock.offset(
        clock, Duration.between(clock.instant(), Instant.parse("2026-11-21T14:02:11Z")));
  }

  /** Runs a command in this process, in {@code directory} and with nothing in the environment. */
  static Outcome of(Path directory, String... args) {
    return of(directory, Map.of(), args);
  }

  /**
   * Holds for every command: no stack trace unless asked for, and messages only on standard error.
   */
  static Outcome of(Path directory, Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Shell shell =
        new Shell(
            directory,
            directory.resolve("no-home"),
            environment,
            new BufferedReader(Reader.nullReader()),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Terminal.NONE,
            today());
    int code = Main.run(shell, args);
    if (!List.of(args).contains("--debug")) {
      assertThat(err.toString()).doesNotContain("\tat ", "Exception");
    }
    return new Outcome(code, out.toString(), err.toString());
  }
}
