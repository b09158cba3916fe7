package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Foreign keys, by themselves: their tables may come in any order. */
final class ForeignKeyTexts {

  private final Found found;

  ForeignKeyTexts(Found found) {
    this.found = found;
  }

  List<String> all() {
    List<String> texts = new ArrayList<>();
    found
        .all(Question.FOREIGN_KEYS)
        .forEach(
            (table, keys) -> {
              Map<String, List<Answer>> columns =
                  Found.bySecond(found.of(Question.FOREIGN_COLUMNS, table));
              for (Answer key : keys) {
                List<Answer> its = columns.getOrDefault(key.text(1), List.of());
                if (!its.isEmpty()) {
                  texts.add(text(table, key, its));
                }
              }
            });
    return texts;
  }

  private String text(String table, Answer key, List<Answer> columns) {
    Answer first = columns.getFirst();
    return "ALTER TABLE "
        + found.place(table)
        + " ADD CONSTRAINT "
        + Found.quote(key.text(1))
        + " FOREIGN KEY ("
        + names(columns, 2)
        + ") REFERENCES "
        + Quoting.quote(new Name(first.text(3)))
        + "."
        + Found.quote(first.text(4))
        + " ("
        + names(columns, 5)
        + ") ON DELETE "
        + key.text(3)
        + " ON UPDATE "
        + key.text(2);
  }

  private static String names(List<Answer> columns, int which) {
    return columns.stream().map(c -> Found.quote(c.text(which))).collect(Collectors.joining(", "));
  }
}
