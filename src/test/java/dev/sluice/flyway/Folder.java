package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migration.Migration;
import dev.sluice.sql.Source;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Trivia;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A working directory with migrations in {@code sql}, and what is read from it. */
final class Folder {

  private final Path directory;
  private final Map<String, String> overrides = new HashMap<>();

  Folder(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** A migration, in UTF-8. */
  Folder with(String name, String text) {
    return with(name, text, StandardCharsets.UTF_8);
  }

  Folder with(String name, String text, Charset charset) {
    return write("sql/" + name, text.getBytes(charset));
  }

  /** Any file, from the working directory. */
  Folder write(String path, byte[] content) {
    try {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Folder write(String path, String content) {
    return write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** One of Flyway's settings, as from the command line. */
  Folder set(String key, String value) {
    overrides.put("flyway." + key, value);
    return this;
  }

  FlywaySettings settings() {
    return FlywaySettings.read(
        new FlywaySettings.Sources(directory, directory.resolve("home"), Map.of(), overrides));
  }

  FlywayMigrations read(String engine) {
    FlywayMigrations migrations = FlywayMigrations.read(settings(), engine, List.of());
    migrations.all().forEach(m -> everyCharacterIsAccountedFor(m.statements(), engine));
    return migrations;
  }

  /** The one migration there is. */
  Migration only(String engine) {
    List<Migration> all = read(engine).all();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** What is shown of each statement of the one migration there is. */
  List<String> statements(String engine) {
    return only(engine).statements().stream().map(Statement::shown).toList();
  }

  /**
   * The law of every file: in order, each character belongs to one statement, or to white space,
   * comments, delimiters and empty placeholders between them; and what a statement says of itself
   * agrees with the file.
   */
  static void everyCharacterIsAccountedFor(List<Statement> statements, String engine) {
    int from = 0;
    for (Statement statement : statements) {
      Source source = statement.source();
      String text = source.text();
      int start = statement.span().start();
      assertThat(start).as("%s", statement).isGreaterThanOrEqualTo(from);
      onlyBetweenStatements(text.substring(from, start), engine, statement.toString());
      assertThat(text.substring(from, start)).endsWith(statement.comments());
      assertThat(text.substring(start)).startsWith(statement.shown());
      assertThat(statement.location()).isEqualTo(source.locate(start));
      assertThat(statement.shown()).isEqualTo(statement.shown().strip());
      from = statement.span().end();
    }
    if (!statements.isEmpty()) {
      Source source = statements.get(0).source();
      onlyBetweenStatements(source.text().substring(from), engine, "the end of " + source.file());
    }
  }

  private static void onlyBetweenStatements(String gap, String engine, String what) {
    Trivia trivia = new Trivia(!engine.equals("postgresql"));
    StringBuilder rest = new StringBuilder();
    for (int at = 0; at < gap.length(); ) {
      int next = trivia.skipOne(gap, at, gap.length());
      if (next == at) {
        rest.append(gap.charAt(at));
        next = at + 1;
      }
      at = next;
    }
    assertThat(rest.toString().replaceAll("(?i)delimiter|\ufeff", ""))
        .as("between statements, before %s", what)
        .matches("(?:[;/$]|\\$\\{\\w+})*");
  }
}
