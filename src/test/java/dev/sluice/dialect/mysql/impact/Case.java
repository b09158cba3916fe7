package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement and the tables that it runs on, of a file of {@code src/test/resources/impact}.
 *
 * @param tables statements that make them
 * @param setting what the session sets before it; empty for nothing
 */
record Case(List<String> tables, Optional<String> setting, String sql) {

  private static final Pattern LINE = Pattern.compile("(?:(mysql|mariadb) )?(?:\\[([^]]+)] )?(.+)");

  /** Those of a file that an engine takes, in their order. */
  static List<Case> of(String file, Engine engine) {
    List<Case> cases = new ArrayList<>();
    List<String> tables = List.of();
    for (String line : text(file).lines().map(String::strip).toList()) {
      if (line.startsWith("= ")) {
        tables = List.of(line.substring(2).split(";;", -1));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw new IllegalArgumentException(line);
        }
        String only = matcher.group(1);
        if (only == null || only.equals(engine.id())) {
          cases.add(new Case(tables, Optional.ofNullable(matcher.group(2)), matcher.group(3)));
        }
      }
    }
    return cases;
  }

  private static String text(String file) {
    try (InputStream stream =
        Objects.requireNonNull(Case.class.getResourceAsStream("/impact/" + file))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which one it is, in reports. */
  @Override
  public String toString() {
    return setting.map(s -> "[" + s + "] ").orElse("") + sql;
  }
}
