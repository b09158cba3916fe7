package dev.sluice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of an expression or query, for comparing shapes: strings, quoted names, numbers, plain
 * words in lower case, and single signs. Comments are left out.
 */
public final class Words {

  private static final Pattern WORD =
      Pattern.compile(
          "--[^\\n]*|/\\*(?s:.*?)\\*/"
              + "|('(?:[^']|'')*')"
              + "|(\"(?:[^\"]|\"\")*\")"
              + "|(`(?:[^`]|``)*`)"
              + "|(\\d+(?:\\.\\d+)?)"
              + "|([\\p{L}_][\\p{L}\\d_$]*)"
              + "|(::|<=|>=|<>|!=|\\S)");

  private Words() {}

  public static List<String> of(String sql) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(sql);
    while (matcher.find()) {
      if (matcher.group(5) != null) {
        words.add(matcher.group(5).toLowerCase(Locale.ROOT));
      } else if (matcher.group(3) != null) {
        // Between backticks stand names of MySQL and MariaDB: the case of a column does not count.
        String name = matcher.group(3).toLowerCase(Locale.ROOT);
        words.add('"' + name.substring(1, name.length() - 1).replace("``", "`") + '"');
      } else if (!matcher.group().startsWith("--") && !matcher.group().startsWith("/*")) {
        words.add(matcher.group());
      }
    }
    return words;
  }

  /** Without the parentheses around the whole. */
  public static List<String> stripped(List<String> words) {
    List<String> rest = words;
    while (rest.size() > 1 && rest.getFirst().equals("(") && closing(rest, 0) == rest.size() - 1) {
      rest = rest.subList(1, rest.size() - 1);
    }
    return rest;
  }

  /** Where the parenthesis at {@code open} is closed; -1 where it is not. */
  public static int closing(List<String> words, int open) {
    int depth = 0;
    for (int at = open; at < words.size(); at++) {
      switch (words.get(at)) {
        case "(", "[" -> depth++;
        case ")", "]" -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Parts between {@code separator} outside all parentheses; never empty. */
  public static List<List<String>> split(List<String> words, String separator) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int depth = 0;
    for (String word : words) {
      switch (word) {
        case "(", "[" -> depth++;
        case ")", "]" -> depth--;
        default -> {}
      }
      if (depth == 0 && word.equals(separator)) {
        parts.add(part);
        part = new ArrayList<>();
      } else {
        part.add(word);
      }
    }
    parts.add(part);
    return parts;
  }
}
