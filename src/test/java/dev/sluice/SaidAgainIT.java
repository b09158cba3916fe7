package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Launcher.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier run said is said again only where this one would say the same. */
class SaidAgainIT {

  private final Path here;
  private final Launcher keeping;
  private final Launcher forgetting;

  SaidAgainIT(@TempDir Path here) {
    this.here = here;
    keeping = new Launcher(here, Map.of("XDG_CACHE_HOME", here + "/kept"));
    forgetting = new Launcher(here, Map.of("SLUICE_CACHE_ENABLED", "false"));
  }

  @Test
  void whateverItHangsOnIsAnotherItIsSaidAnew() throws Exception {
    write("db/V1__a.sql", "CREATE TABLE a (id int, b text);\nCREATE INDEX ON a (id);\n");
    write("db/V2__b.sql", "ALTER TABLE a DROP COLUMN b;\nUPDATE a SET id = id + 1;\n");
    String[] plain = {"classify", "db", "--from", "2", "--engine", "postgresql"};
    String first = said(plain);
    assertThat(said(plain)).isEqualTo(first);
    assertThat(said("classify", "db", "--all", "--engine", "postgresql")).isNotEqualTo(first);
    assertThat(said("classify", "db", "--each", "--engine", "postgresql")).isNotEqualTo(first);
    assertThat(said("classify", "db", "--from", "2", "--engine", "postgresql:18"))
        .isNotEqualTo(first);
    assertThat(said("classify", "db", "--from", "2", "--engine", "mysql")).isNotEqualTo(first);
    assertThat(with(plain, "--format", "json")).isNotEqualTo(first);
    assertThat(with(plain, "--color", "always")).isNotEqualTo(first);
    assertThat(with(plain, "--unrecognised")).isNotEqualTo(first);
    assertThat(with(plain, "--data-changes", "pre-deploy")).isNotEqualTo(first);
    write("sluice.toml", "[plan]\ndata-changes = \"post-deploy\"\n");
    String set = said(plain);
    assertThat(set).isNotEqualTo(first);
    write("db/V1__a.sql", "CREATE TABLE a (id int, b text);\n");
    write("db/V2__b.sql", "ALTER TABLE a ADD COLUMN c text;\n");
    assertThat(said(plain)).isNotEqualTo(set);
    assertThat(said(plain)).isEqualTo(said(plain));
  }

  private String with(String[] command, String... more) throws Exception {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return said(all);
  }

  /** The same with what earlier runs kept and without. */
  private String said(String... command) throws Exception {
    Ended kept = keeping.run(command);
    assertThat(kept).isEqualTo(forgetting.run(command));
    assertThat(kept.code()).isZero();
    return kept.out();
  }

  private void write(String file, String text) throws Exception {
    Path path = here.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
