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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the JVM's start-up cache is made from: short commands over SQL of every common kind, for
 * each engine, so that their classes are in it. {@code bin/sluice} runs it after a build.
 */
final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("sluice-training");
    try {
      Path postgresql = migrations(directory, "postgresql");
      Path mysql = migrations(directory, "mysql");
      for (String format : List.of("text", "json")) {
        // Twice: what was read is kept below the directory, and found there the second time.
        for (int run = 0; run < 2; run++) {
          run(directory, "classify", postgresql, "postgresql", format);
          run(directory, "classify", mysql, "mysql", format);
          run(directory, "classify", mysql, "mariadb", format);
        }
        run(directory, "plan", postgresql, "postgresql", format);
      }
    } catch (UncheckedIOException e) {
      // Whatever was loaded until here is worth keeping.
      return;
    } finally {
      delete(directory);
    }
  }

  private static Path migrations(Path directory, String engine) throws IOException {
    Path migrations = Files.createDirectory(directory.resolve(engine));
    try (InputStream sql =
        Objects.requireNonNull(Training.class.getResourceAsStream("training/" + engine + ".sql"))) {
      Files.copy(sql, migrations.resolve("V1__training.sql"));
    }
    return migrations;
  }

  private static void run(
      Path directory, String command, Path migrations, String engine, String format) {
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
    String from = migrations.toString();
    Main.run(shell, command, from, "--all", "--engine", engine, "--format", format);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(directory)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
