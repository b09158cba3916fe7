package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell.Terminal;
import dev.sluice.testing.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands that README shows, as they stand there. */
class ReadmeIT {

  @TempDir Path here;
  private final Postgres.Database server = Postgres.freshDatabase();

  @Test
  void theLifeOfAReleaseIsAsPrintedFromAnEmptyDatabaseOn() throws Exception {
    Path db = Files.createDirectories(here.resolve("db/migration"));
    Files.writeString(
        db.resolve("V1__shop.sql"), "create table orders (id int primary key, note text);\n");
    life();
    assertThat(columns()).isEqualTo("id, note");
    Files.writeString(
        db.resolve("V2__cents.sql"),
        "alter table orders add column cents int;\nalter table orders drop column note;\n");
    life();
    assertThat(columns()).isEqualTo("cents, id");
    Flyway flyway =
        Flyway.configure()
            .dataSource(server.dataSource())
            .locations("filesystem:" + db.toAbsolutePath())
            .load();
    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
    assertThat(flyway.migrate().migrationsExecuted).isZero();
  }

  private void life() throws IOException {
    List<String> commands = commands();
    assertThat(commands).hasSize(6);
    String last = "";
    for (String command : commands) {
      last = run(command.split(" "));
    }
    assertThat(last).contains(": done\n");
  }

  private static List<String> commands() throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String block = page.substring(page.indexOf("<!-- run: life -->"));
    return block
        .substring(0, block.indexOf("<!-- end -->"))
        .lines()
        .filter(line -> line.startsWith("bin/sluice "))
        .map(line -> line.replaceFirst("^bin/sluice ", "").replaceFirst("#.*", "").strip())
        .toList();
  }

  /** At a terminal, where a person says yes to what is asked. */
  private String run(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Shell shell =
        new Shell(
            here,
            here,
            Map.of("FLYWAY_URL", server.url()),
            new BufferedReader(new StringReader("y\ny\n")),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new Terminal(true, false, true),
            Clock.systemUTC());
    assertThat(Main.run(shell, command)).as("%s: %s", List.of(command), err).isZero();
    return out.toString();
  }

  private String columns() throws Exception {
    return server.ask(
        "SELECT string_agg(attname, ', ' ORDER BY attname) FROM pg_attribute WHERE attrelid ="
            + " 'orders'::regclass AND attnum > 0 AND NOT attisdropped");
  }
}
