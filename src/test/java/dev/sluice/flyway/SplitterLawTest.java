package dev.sluice.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cache.Cache;
import dev.sluice.flyway.FlywaySettings.Placeholders;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Source;
import dev.sluice.sql.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laws of splitting, on texts that nobody would write. The oracle is Flyway's own parser. */
class SplitterLawTest {

  private static final List<String> PARTS =
      List.of(
          "SELECT 1",
          "SELECT (1, 2)",
          "(SELECT 1)",
          "'a;b'",
          "\"c;d\"",
          "$$ e;f $$",
          "E'\\';'",
          "-- g;h\n",
          "/* i;j /* k */ */",
          "/*!40101 SET x */",
          "# l\n",
          ";",
          ";\n",
          ";;",
          " ",
          "\n",
          "\r\n",
          "\u00a0",
          "\t",
          "${x}",
          "${e}",
          "${s}",
          "CREATE TABLE t (a int)",
          "\nDELIMITER //\n",
          "//",
          "\nDELIMITER ;\n",
          ";COPY t FROM STDIN;\n1\t2;\n\\.\n",
          "\ufeff",
          "é😀",
          "CREATE INDEX CONCURRENTLY i ON t (a)");

  /** Parentheses that nothing pairs: Flyway drops what consists of them alone. */
  private static final List<String> UNPAIRED = List.of("(", ")");

  private static final Map<String, String> VALUES =
      Map.of("x", "va;lue", "e", "", "s", "'q;' -- r\n");

  private static final Placeholders PLACEHOLDERS = new Placeholders(true, "${", "}", ":", VALUES);

  @TempDir Path temp;

  @Test
  void anyTextOfPostgreSqlIsSplitAsFlywaySplitsIt() {
    anyTextIsSplitAsFlywaySplitsIt("postgresql");
  }

  @Test
  void anyTextOfMySqlIsSplitAsFlywaySplitsIt() {
    anyTextIsSplitAsFlywaySplitsIt("mysql");
  }

  @Test
  void anyTextOfMariaDbIsSplitAsFlywaySplitsIt() {
    anyTextIsSplitAsFlywaySplitsIt("mariadb");
  }

  private void anyTextIsSplitAsFlywaySplitsIt(String engine) {
    FlywaySettings settings = new Folder(temp).settings();
    ClassicConfiguration ours = Configurations.offline(settings);
    ClassicConfiguration flyways = Configurations.offline(settings);
    flyways.setPlaceholderReplacement(true);
    flyways.setPlaceholders(VALUES);
    Random random = new Random(7);
    int read = 0;
    for (int round = 0; round < 4000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        text.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      boolean paired = random.nextInt(4) > 0;
      if (!paired) {
        text.insert(random.nextInt(text.length() + 1), UNPAIRED.get(random.nextInt(2)));
      }
      String sql = text.toString().replaceAll("\ufeff+", "\ufeff");
      Source source = new Source("x.sql", sql);
      List<String> expected;
      try {
        expected = flyway(sql, reader(engine, flyways));
      } catch (FlywayException e) {
        assertThatThrownBy(() -> split(source, settings, reader(engine, ours)))
            .as(sql)
            .isInstanceOf(Problem.class);
        continue;
      }
      List<Statement> statements = split(source, settings, reader(engine, ours));
      assertThat(statements).as("%s", sql).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        String own = statements.get(i).sql();
        // An opening parenthesis that Flyway forgets is ours to keep; all else is its text.
        assertThat(expected.get(i))
            .as("%s", sql)
            .contains(own.replaceFirst("(?s)^[()].*?(?=\\w|$)", ""));
      }
      if (paired && !sql.contains("${x}") && !sql.contains("${s}")) {
        Folder.everyCharacterIsAccountedFor(statements, engine);
        read++;
      }
    }
    assertThat(read).isGreaterThan(500);
  }

  private static FlywayParsers.Reader reader(String engine, ClassicConfiguration configuration) {
    return switch (engine) {
      case "postgresql" -> FlywayParsers.postgresql(configuration);
      case "mysql" -> FlywayParsers.mysql(configuration);
      default -> FlywayParsers.mariadb(configuration);
    };
  }

  private static List<Statement> split(
      Source source, FlywaySettings settings, FlywayParsers.Reader reader) {
    Expansion expansion = Expansion.of(source, PLACEHOLDERS, VALUES);
    return new Splitter(source, expansion, reader, Cache.none())
        .split(settings.running(), Optional.empty());
  }

  private static List<String> flyway(String text, FlywayParsers.Reader reader) {
    List<String> statements = new ArrayList<>();
    try (SqlStatementIterator iterator = reader.parser().parse(new TextResource(text))) {
      while (iterator.hasNext()) {
        statements.add(iterator.next().getSql());
      }
    }
    return statements;
  }
}
