package dev.sluice.rewrite;

import dev.sluice.migration.Migration;
import dev.sluice.release.Phase;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Trivia;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the author wrote between the statements of a migration.
 *
 * @param ofStatements for each statement the comments before it, and behind it on its last line
 * @param atEnd behind the last statement
 */
record AuthorsComments(List<List<String>> ofStatements, List<String> atEnd) {

  private static final Pattern DIRECTIVE =
      Pattern.compile("(?is)--+\\s*sluice\\s*:?\\s*((allow|phase|up|fill|default)\\b.*)");

  /** Those of one migration. */
  static AuthorsComments of(Migration migration, boolean mysql) {
    List<Statement> statements = migration.statements();
    if (statements.isEmpty()) {
      return new AuthorsComments(List.of(), List.of());
    }
    String text = statements.getFirst().source().text();
    Trivia trivia = new Trivia(mysql);
    List<List<String>> of = new ArrayList<>();
    int from = 0;
    for (Statement statement : statements) {
      List<String> before = new ArrayList<>();
      List<String> behind = of.isEmpty() ? before : of.getLast();
      collect(text, from, statement.span().start(), trivia, behind, before);
      of.add(before);
      from = statement.span().end();
    }
    List<String> atEnd = new ArrayList<>();
    collect(text, from, text.length(), trivia, of.getLast(), atEnd);
    return new AuthorsComments(of, atEnd);
  }

  /** What is no comment there is a delimiter. */
  private static void collect(
      String text, int from, int to, Trivia trivia, List<String> sameLine, List<String> others) {
    int at = from;
    while (at < to) {
      int next = trivia.skipOne(text, at, to);
      if (next > at && !text.substring(at, next).isBlank()) {
        boolean same = text.substring(from, at).indexOf('\n') < 0;
        (same ? sameLine : others).add(text.substring(at, next));
      }
      at = Math.max(at + 1, next);
    }
  }

  /**
   * As it may stand before a step: a directive that is carried out, or speaks of another phase, is
   * none any more.
   */
  static String kept(String comment, Phase phase) {
    Matcher directive = DIRECTIVE.matcher(comment);
    if (!directive.matches()) {
      return comment;
    }
    boolean stands =
        switch (directive.group(2).toLowerCase(Locale.ROOT)) {
          case "allow" -> true;
          case "phase" -> directive.group(1).toLowerCase(Locale.ROOT).contains(phase.id());
          default -> false;
        };
    return stands ? comment : "-- carried out: " + directive.group(1);
  }
}
