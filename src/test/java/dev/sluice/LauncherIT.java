package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From another directory. */
class LauncherIT {

  @TempDir private Path here;

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
  void anUnknownOptionEndsWith2() throws Exception {
    Ended ended = sluice("plan", "--form", "2");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("sluice: Unknown option: '--form'").contains("fix: ");
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

  /** More text than a pipe holds, and a reader that takes one line of it. */
  @Test
  void aReaderThatGoesAwayEarlyIsNoError() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "(\"$0\" plan \"$1\" --from 13 --engine postgresql --format json; echo $? >&2)"
                    + " | head -n 1",
                Path.of("bin/sluice").toAbsolutePath().toString(),
                Path.of("migrations-sample/postgresql").toAbsolutePath().toString())
            .directory(here.toFile())
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("{");
    assertThat(process.errorReader().lines()).containsExactly("0");
  }

  private Ended sluice(String... args) throws Exception {
    return new Launcher(here, Map.of()).run(args);
  }

  private void write(String name, String text) throws IOException {
    Path file = here.resolve(name);
    Files.createDirectories(here.resolve("db"));
    Files.writeString(file, text);
  }
}
