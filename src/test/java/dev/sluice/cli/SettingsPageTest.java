package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.MarkdownTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds docs/settings.md against the code. */
class SettingsPageTest {

  @Test
  void thePageHasEveryKeyWithItsDefault() {
    Map<String, String> page = new LinkedHashMap<>();
    MarkdownTable.under(Path.of("docs/settings.md"), "# Which settings are there?")
        .rows()
        .forEach(row -> page.put(row.get(0), row.get(1).replace("–", "")));
    Map<String, String> code = new LinkedHashMap<>();
    Sections.all().forEach(section -> code.putAll(section.written()));
    assertThat(page).isEqualTo(code);
  }
}
