package dev.sluice.dialect.postgresql.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL text taken apart into tokens, without understanding it. */
public final class SqlText {

  private static final Pattern TOKEN =
      Pattern.compile(
          String.join(
              "|",
              "\\s+",
              "--[^\\n]*",
              "/\\*.*?\\*/",
              "[eE]'(?:[^'\\\\]++|''|\\\\.)*+'",
              "(?:[nNbBxX]|[uU]&)?'(?:[^']++|'')*+'",
              "\\$((?:[A-Za-z_\\x80-\\uffff][\\w\\x80-\\uffff]*)?)\\$.*?\\$\\1\\$",
              "(?:[uU]&)?\"(?:[^\"]++|\"\")*+\"",
              "[A-Za-z_\\x80-\\uffff][\\w$\\x80-\\uffff]*",
              "\\d[\\w.]*|\\.\\d[\\w.]*",
              "::|."),
          Pattern.DOTALL);

  private SqlText() {}

  /**
   * The tokens, without white space and comments; words in lower case, strings and quoted
   * identifiers as they stand, every other character by itself ({@code ::} is one token).
   */
  public static List<String> tokens(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      String token = matcher.group();
      if (token.isBlank() || token.startsWith("--") || token.startsWith("/*")) {
        continue;
      }
      tokens.add(isWord(token) ? token.toLowerCase(Locale.ROOT) : token);
    }
    return tokens;
  }

  /** The words that stand outside any parentheses and brackets, in lower case. */
  public static List<String> wordsOutside(String sql) {
    List<String> words = new ArrayList<>();
    int depth = 0;
    for (String token : tokens(sql)) {
      switch (token) {
        case "(", "[" -> depth++;
        case ")", "]" -> depth--;
        default -> {
          if (depth == 0 && isWord(token)) {
            words.add(token);
          }
        }
      }
    }
    return words;
  }

  /** Whether the token is a key word or a plain identifier, not a string, number or sign. */
  public static boolean isWord(String token) {
    return (Character.isLetter(token.charAt(0)) || token.charAt(0) == '_')
        && !token.endsWith("'")
        && !token.endsWith("\"");
  }
}
