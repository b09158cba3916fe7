package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.mysql.writing.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Primary key and indexes of one table as CREATE TABLE spells them. */
final class KeyTexts {

  private final Found found;
  private final boolean innodb;

  /**
   * @param innodb where HASH is no choice of the user's: MariaDB calls a unique key on long values
   *     so
   */
  KeyTexts(Found found, boolean innodb) {
    this.found = found;
    this.innodb = innodb;
  }

  /**
   * @param period name, first and last column of the table's period of time; empty for none
   */
  List<String> of(String table, Optional<Answer> period) {
    List<String> texts = new ArrayList<>();
    Found.bySecond(found.of(Question.KEYS, table))
        .forEach((name, keys) -> texts.add(of(name, keys, period)));
    return texts;
  }

  private String of(String name, List<Answer> keys, Optional<Answer> period) {
    Answer first = keys.getFirst();
    String kind = first.text(6);
    List<String> parts = keys.stream().map(this::part).collect(Collectors.toList());
    period
        .filter(p -> isOfPeriod(keys, p))
        .ifPresent(
            p -> {
              parts.removeLast();
              parts.removeLast();
              parts.add(Found.quote(p.text(1)) + " WITHOUT OVERLAPS");
            });
    String head =
        name.equals("PRIMARY")
            ? "PRIMARY KEY"
            : switch (kind) {
                  case "FULLTEXT" -> "FULLTEXT KEY ";
                  case "SPATIAL" -> "SPATIAL KEY ";
                  case "VECTOR" -> "VECTOR KEY ";
                  default -> first.text(2).equals("0") ? "UNIQUE KEY " : "KEY ";
                }
                + Found.quote(name);
    String hidden = found.engine() == Engine.MARIADB ? " IGNORED" : " INVISIBLE";
    return head
        + " ("
        + String.join(", ", parts)
        + ")"
        + (kind.equals("HASH") && !innodb ? " USING HASH" : "")
        + first
            .optional(7)
            .filter(c -> !c.isEmpty())
            .map(c -> " COMMENT " + Quoting.plainLiteral(c))
            .orElse("")
        + (first.text(8).equals("1") ? hidden : "");
  }

  private String part(Answer key) {
    boolean whole = key.text(6).equals("SPATIAL") || key.text(6).equals("FULLTEXT");
    return key.optional(3)
            .map(
                column ->
                    Found.quote(column)
                        + key.optional(5).filter(l -> !whole).map(l -> "(" + l + ")").orElse(""))
            .orElseGet(() -> "(" + found.expression(key.text(9)) + ")")
        + (key.text(4).equals("D") ? " DESC" : "");
  }

  /** Its last two keys are then the period's end and its beginning. */
  private static boolean isOfPeriod(List<Answer> keys, Answer period) {
    int size = keys.size();
    return size > 2
        && keys.getFirst().text(2).equals("0")
        && keys.get(size - 2).text(3).equals(period.text(3))
        && keys.get(size - 1).text(3).equals(period.text(2));
  }
}
