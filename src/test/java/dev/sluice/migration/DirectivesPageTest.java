package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/directives.md}: what stands there is what is read. */
class DirectivesPageTest {

  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @TempDir Path temp;

  @Test
  void everyExampleIsRead() throws IOException {
    List<String> read = new ArrayList<>();
    Matcher examples = SQL.matcher(Files.readString(Path.of("docs/directives.md")));
    while (examples.find()) {
      String sql = examples.group(1);
      List<Directive> directives = Directives.of(migration(sql)).all();
      assertThat(directives).hasSize((int) sql.lines().filter(l -> l.startsWith("--")).count());
      directives.forEach(d -> read.add(d.getClass().getSimpleName()));
    }
    assertThat(read).contains("RunIn", "Fill", "Default", "Mapping");
  }

  @Test
  void everyDirectiveStandsOnThePage() throws IOException {
    String page = Files.readString(Path.of("docs/directives.md"));
    assertThat(
            page.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("^\\| `(\\w+).*", "$1")))
        .containsExactlyInAnyOrder("phase", "fill", "default", "up", "allow")
        .hasSameSizeAs(Directive.class.getPermittedSubclasses());
  }

  private Migration migration(String sql) throws IOException {
    Files.writeString(temp.resolve("V42__x.sql"), sql);
    FlywaySettings settings =
        FlywaySettings.read(
            new FlywaySettings.Sources(temp, temp.resolve("home"), Map.of(), Map.of()));
    return FlywayMigrations.read(settings, "postgresql", List.of(temp)).all().get(0);
  }
}
