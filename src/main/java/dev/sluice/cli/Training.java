package dev.sluice.cli;

import dev.sluice.cli.Shell.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * What the JVM's start-up cache is made from: short commands over SQL of every common kind, so that
 * their classes are in it. {@code bin/sluice} runs it after a build.
 */
final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("sluice-training");
    Path file = directory.resolve("V1__training.sql");
    try (InputStream sql =
        Objects.requireNonNull(Training.class.getResourceAsStream("training.sql"))) {
      Files.copy(sql, file);
    }
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Shell shell =
        new Shell(
            directory,
            directory,
            Map.of(),
            new BufferedReader(Reader.nullReader()),
            nowhere,
            nowhere,
            Terminal.NONE,
            Clock.systemUTC());
    try {
      for (String format : new String[] {"text", "json"}) {
        for (String command : new String[] {"classify", "plan"}) {
          Main.run(shell, command, ".", "--all", "--engine", "postgresql", "--format", format);
        }
      }
    } catch (UncheckedIOException e) {
      // Whatever was loaded until here is worth keeping.
      return;
    } finally {
      Files.delete(file);
      Files.delete(directory);
    }
  }
}
