package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sluice} as it was built, in processes of its own, from another directory. */
class LauncherIT {

  @TempDir Path here;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void theJarIsOfThisBuild() throws IOException {
    Path jar = Path.of("target/sluice.jar");
    assertThat(jar).as("built in the phase before").exists();
    // Maven leaves a jar alone whose classes came out the same; the launcher would build it again.
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
  }

  @Test
  void classifiesWithNothingButMigrations() throws Exception {
    write("db/V1__a.sql", "create table a (id int);");
    write("db/V2__b.sql", "alter table a add column b int;");
    Ended ended =
        sluice("classify", "db", "--from", "2", "--engine", "postgresql", "--format", "json");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("\"change\" : \"AddColumn\"", "\"object\" : \"a.b\"");
  }

  @Test
  void aWrongFileNameEndsWith2() throws Exception {
    write("db/V1_a.sql", "create table a (id int);");
    Ended ended = sluice("plan", "db", "--all", "--engine", "postgresql");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("db/V1_a.sql: ").doesNotContain("Exception", "\tat ");
  }

  @Test
  void aDatabaseThatIsDownEndsWith2() throws Exception {
    Ended ended = sluice("status", "--url", "jdbc:postgresql://localhost:1/shop");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("jdbc:postgresql://localhost:1/shop: no server takes connections there")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void namesThatAreNotAsciiAreReadInEveryLocale() throws Exception {
    write("db/V1__prüfung_ß.sql", "create table größe (id int);");
    Ended ended = sluice("classify", "db", "--all", "--engine", "postgresql");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("db/V1__prüfung_ß.sql", "größe");
  }

  @Test
  void completionIsAScriptForTheShell() throws Exception {
    Ended ended = sluice("generate-completion");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("#!/usr/bin/env bash").contains("classify", "--since");
  }

  private Ended sluice(String... args) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Path.of("bin/sluice").toAbsolutePath().toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(here.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(FLYWAY|SLUICE)_.*|LC_.*|LANG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("HOME", here.toString());
    Path err = here.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  private void write(String name, String text) throws IOException {
    Path file = here.resolve(name);
    Files.createDirectories(here.resolve("db"));
    Files.writeString(file, text);
  }
}
