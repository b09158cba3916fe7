package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.SqlText;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions that a predicate joins with AND, as tokens. Where it cannot tell, the whole is one
 * condition: it may miss that something is implied, never claims it.
 */
final class Conjuncts {

  private Conjuncts() {}

  static List<List<String>> of(String predicate) {
    List<List<String>> conjuncts = new ArrayList<>();
    collect(SqlText.tokens(predicate), conjuncts);
    return conjuncts;
  }

  private static void collect(List<String> tokens, List<List<String>> conjuncts) {
    List<String> bare = unwrapped(tokens);
    List<List<String>> parts = split(bare, "and");
    // OR binds weaker than AND, and the AND of BETWEEN is none.
    if (parts.size() == 1 || split(bare, "or").size() > 1 || split(bare, "between").size() > 1) {
      conjuncts.add(bare);
    } else {
      parts.forEach(p -> collect(p, conjuncts));
    }
  }

  /** The parts between a word that stands outside parentheses. */
  static List<List<String>> split(List<String> tokens, String word) {
    List<List<String>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depthOf(tokens.get(i));
      if (depth == 0 && tokens.get(i).equals(word)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }

  /** Without the parentheses around all of it. */
  static List<String> unwrapped(List<String> tokens) {
    List<String> bare = tokens;
    while (bare.size() > 2 && bare.get(0).equals("(") && closing(bare) == bare.size() - 1) {
      bare = bare.subList(1, bare.size() - 1);
    }
    return bare;
  }

  private static int closing(List<String> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depthOf(tokens.get(i));
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static int depthOf(String token) {
    return switch (token) {
      case "(", "[" -> 1;
      case ")", "]" -> -1;
      default -> 0;
    };
  }
}
