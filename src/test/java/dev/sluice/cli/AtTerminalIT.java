package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell.Terminal;
import dev.sluice.testing.Postgres;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal is asked and told. */
class AtTerminalIT {

  private static final String THERE = "SELECT count(*) FROM pg_class WHERE relname = 'a'";

  @TempDir Path here;
  private final Postgres.Database server = Postgres.freshDatabase();

  @BeforeEach
  void aReleaseIsOpen() throws Exception {
    Path db = Files.createDirectories(here.resolve("db/migration"));
    Files.writeString(db.resolve("V1__a.sql"), "create table a (id int primary key);\n");
    assertThat(sluice("", "plan", "--connect", "-o", "plan.json").code()).isZero();
    assertThat(sluice("", "apply", "plan.json", "--phase", "pre-deploy").code()).isZero();
  }

  @Test
  void anAbortBeginsWhenAPersonSaysYes() throws Exception {
    for (String no : new String[] {"", "n\n"}) {
      Outcome refused = sluice(no, "abort");
      assertThat(refused.code()).isEqualTo(3);
      assertThat(refused.err())
          .contains("is taken back, and its rows in Flyway's history are removed. Go on? [y/N]")
          .endsWith("nothing was changed\n");
      assertThat(server.ask(THERE)).isEqualTo("1");
    }
    Outcome aborted = sluice("y\n", "abort");
    assertThat(aborted.code()).isZero();
    assertThat(aborted.out()).contains(": 2 steps undone, ");
    assertThat(server.ask(THERE)).isEqualTo("0");
    assertThat(sluice("", "abort").err()).contains("no release is open on", "taken back already");
  }

  @Test
  void withYesNobodyIsAsked() throws Exception {
    assertThat(sluice("", "abort", "--yes").code()).isZero();
    assertThat(server.ask(THERE)).isEqualTo("0");
  }

  @Test
  void resumeSaysWhatComesNext() throws Exception {
    assertThat(sluice("", "pause").out()).endsWith("next: sluice resume\n");
    assertThat(sluice("", "resume").out())
        .contains(" goes on\nnext: replace every node", "--phase rolling --deployed");
  }

  private Outcome sluice(String said, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Shell shell =
        new Shell(
            here,
            here,
            Map.of("FLYWAY_URL", server.url()),
            new BufferedReader(new StringReader(said)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new Terminal(true, false, true),
            Clock.systemUTC());
    int code = Main.run(shell, args);
    return new Outcome(code, out.toString(), err.toString());
  }
}
