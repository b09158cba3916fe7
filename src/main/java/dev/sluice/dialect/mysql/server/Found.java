package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the catalog answered about one schema, by the table that it is about. */
final class Found {

  private final Engine engine;
  private final Name schema;
  private final Map<Question, Map<String, List<Answer>>> answers = new EnumMap<>(Question.class);

  Found(Engine engine, Name schema, Map<Question, List<Answer>> rows) {
    this.engine = engine;
    this.schema = schema;
    rows.forEach((question, all) -> answers.put(question, byFirst(all)));
  }

  private static Map<String, List<Answer>> byFirst(List<Answer> rows) {
    Map<String, List<Answer>> grouped = new LinkedHashMap<>();
    for (Answer row : rows) {
      grouped.computeIfAbsent(row.text(0), x -> new ArrayList<>()).add(row);
    }
    return grouped;
  }

  Engine engine() {
    return engine;
  }

  Name schema() {
    return schema;
  }

  /** Everything of one kind, by table or object, in the order asked for. */
  Map<String, List<Answer>> all(Question question) {
    return answers.getOrDefault(question, Map.of());
  }

  /** What is about one table or object; may be empty. */
  List<Answer> of(Question question, String name) {
    return all(question).getOrDefault(name, List.of());
  }

  /** An object of this schema, quoted. */
  String place(String name) {
    return Quoting.quote(schema) + "." + quote(name);
  }

  static String quote(String name) {
    return Quoting.quote(new Name(name));
  }

  /** Rows that are about one thing, which the second column names, together. */
  static Map<String, List<Answer>> bySecond(List<Answer> rows) {
    Map<String, List<Answer>> grouped = new LinkedHashMap<>();
    for (Answer row : rows) {
      grouped.computeIfAbsent(row.text(1), x -> new ArrayList<>()).add(row);
    }
    return grouped;
  }

  /**
   * An expression as it was stored. MySQL shows it as the inside of a string literal, with
   * backslashes before its quotes and its own backslashes; MariaDB as it is.
   */
  String expression(String shown) {
    if (engine == Engine.MARIADB || shown.indexOf('\\') < 0) {
      return shown;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c == '\\' && i + 1 < shown.length()) {
        i++;
        char escaped = shown.charAt(i);
        text.append(
            switch (escaped) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case '0' -> '\0';
              case 'Z' -> '\u001a';
              default -> escaped;
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
