package dev.sluice.dialect.mysql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expression as both a person and the catalogs would spell it: names without quotes and tables,
 * functions under one name, literals by their value, without parentheses. May make different ones
 * the same, as {@code (a + b) * c} and {@code a + b * c}; the catalogs put parentheses where nobody
 * wrote any.
 */
final class Spelling {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?is)(?<string>(?<mark>(?:_\\w+\\s*|\\b[nxb])?)(?<literal>'(?:[^'\\\\]|\\\\.|'')*'"
              + "|\"(?:[^\"\\\\]|\\\\.|\"\")*\"))"
              + "|`(?<quoted>(?:[^`]|``)*)`"
              + "|(?<hex>\\b0x[0-9a-f]+)"
              + "|(?<number>(?:\\b\\d+(?:\\.\\d*)?|\\.\\d+)(?:e[+-]?\\d+)?)"
              + "|(?<word>[\\w$\\u0080-\\uffff]+)"
              + "|(?<sign><=>|<>|!=|<=|>=|->>|->|&&|\\|\\||<<|>>|[^\\s()])");

  private static final Map<String, String> ONE_NAME =
      Map.ofEntries(
          Map.entry("!=", "<>"),
          Map.entry("&&", "and"),
          Map.entry("||", "or"),
          Map.entry("!", "not"),
          Map.entry("mod", "%"),
          Map.entry("true", "1"),
          Map.entry("false", "0"),
          Map.entry("current_date", "curdate"),
          Map.entry("current_time", "curtime"),
          Map.entry("current_timestamp", "now"),
          Map.entry("localtime", "now"),
          Map.entry("localtimestamp", "now"),
          Map.entry("lcase", "lower"),
          Map.entry("ucase", "upper"),
          Map.entry("substring", "substr"),
          Map.entry("mid", "substr"),
          Map.entry("character_length", "char_length"),
          Map.entry("octet_length", "length"),
          Map.entry("power", "pow"),
          Map.entry("ceiling", "ceil"),
          Map.entry("dayofmonth", "day"),
          Map.entry("schema", "database"),
          Map.entry("rlike", "regexp"),
          Map.entry("json_merge", "json_merge_preserve"));

  private static final Map<String, String> SHIFTS =
      Map.of("date_add", "+", "adddate", "+", "date_sub", "-", "subdate", "-");

  private static final Set<String> NOTHING_SAID = Set.of("asc", "using");

  // Fractions of a second are cut to what the column keeps.
  private static final Pattern DAY =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?(?:\\.\\d*)?)?");
  private static final Pattern TIME =
      Pattern.compile("(-?)(\\d{1,3}):(\\d{1,2})(?::(\\d{1,2}))?(?:\\.\\d*)?");

  private Spelling() {}

  static boolean same(String one, String other) {
    return canonical(one).equals(canonical(other));
  }

  /** The tokens that count, in order. */
  static List<String> canonical(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(sql);
    Optional<String> shift = Optional.empty();
    boolean modulo = false;
    while (token.find()) {
      String text = text(token);
      if (SHIFTS.containsKey(text)) {
        // DATE_ADD(a, INTERVAL 1 DAY) is shown as a + INTERVAL 1 DAY.
        shift = Optional.of(SHIFTS.get(text));
      } else if (text.equals("interval") && shift.isPresent() && last(tokens).equals(",")) {
        tokens.set(tokens.size() - 1, shift.get());
        tokens.add(text);
        shift = Optional.empty();
      } else if (text.equals("%") && sql.startsWith("(", token.end())) {
        // So is MOD(a, b).
        modulo = true;
      } else if (text.equals(",") && modulo) {
        tokens.add("%");
        modulo = false;
      } else {
        add(tokens, text);
      }
    }
    return simplified(tokens);
  }

  private static String last(List<String> tokens) {
    return tokens.isEmpty() ? "" : tokens.getLast();
  }

  private static void add(List<String> tokens, String text) {
    switch (text) {
      case "regexp", "->", "->>" -> {
        // What stands in front is an argument of the function that it is shown as.
        notInFront(tokens);
        String left = tokens.isEmpty() ? "" : tokens.removeLast();
        if (text.equals("->>")) {
          tokens.add("json_unquote");
        }
        tokens.add(text.equals("regexp") ? "regexp_like" : "json_extract");
        tokens.add(left);
        tokens.add(",");
      }
      case "like", "in", "between" -> {
        notInFront(tokens);
        tokens.add(text);
      }
      case "for" -> {
        int size = tokens.size();
        if (size >= 2 && tokens.subList(size - 2, size).equals(List.of("next", "value"))) {
          tokens.removeLast();
          tokens.set(size - 2, "nextval");
        } else {
          tokens.add(text);
        }
      }
      default -> {
        String before = last(tokens);
        if (before.equals(".")) {
          // A column's table, a sequence's database.
          tokens.removeLast();
          tokens.removeLast();
        } else if (before.equals("charset")) {
          tokens.removeLast();
          return;
        }
        tokens.add(text);
      }
    }
  }

  /** {@code c NOT LIKE} is shown as {@code NOT c LIKE}. */
  private static void notInFront(List<String> tokens) {
    int size = tokens.size();
    if (size >= 2 && tokens.getLast().equals("not")) {
      tokens.removeLast();
      tokens.add(size - 2, "not");
    }
  }

  private static List<String> simplified(List<String> tokens) {
    tokens.removeIf(NOTHING_SAID::contains);
    List<String> simple = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean one = i + 2 == tokens.size() || (i + 2 < tokens.size() && !isComma(tokens, i + 2));
      if (token.equals("in") && one) {
        // A list of one is shown as a comparison.
        int left = simple.size() - 2;
        boolean not = left >= 0 && simple.get(left).equals("not");
        if (not) {
          simple.remove(left);
        }
        simple.add(not ? "<>" : "=");
      } else if (isTest(tokens, i)) {
        // A condition that is a column by itself is shown as 0 <> column, or 0 = column.
        if (tokens.get(i + 1).equals("=")) {
          simple.add("not");
        }
        i++;
      } else {
        simple.add(token);
      }
    }
    if (simple.size() == 3 && simple.subList(1, 3).equals(List.of("=", "0"))) {
      return List.of("not", simple.getFirst());
    }
    return simple.size() == 2 && simple.getFirst().equals("-")
        ? List.of("-" + simple.get(1))
        : simple;
  }

  private static boolean isComma(List<String> tokens, int at) {
    return tokens.get(at).equals(",");
  }

  private static boolean isTest(List<String> tokens, int at) {
    return at + 2 < tokens.size()
        && tokens.get(at).equals("0")
        && (tokens.get(at + 1).equals("<>") || tokens.get(at + 1).equals("="))
        && tokens.get(at + 2).matches("[a-z_]\\w*");
  }

  private static String text(Matcher token) {
    if (token.group("string") != null) {
      return literal(token.group("mark").strip(), token.group("literal"));
    }
    if (token.group("quoted") != null) {
      return token.group("quoted").replace("``", "`").toLowerCase(Locale.ROOT);
    }
    if (token.group("hex") != null) {
      return bytes(token.group("hex").substring(2));
    }
    if (token.group("number") != null) {
      return number(token.group("number"));
    }
    String word = token.group().toLowerCase(Locale.ROOT);
    return ONE_NAME.getOrDefault(word, word);
  }

  private static String literal(String mark, String literal) {
    String quote = literal.substring(0, 1);
    String inner = literal.substring(1, literal.length() - 1).replace(quote + quote, quote);
    if (mark.equalsIgnoreCase("b")) {
      return inner.isEmpty() ? "0" : number(new BigInteger(inner, 2).toString());
    }
    if (mark.equalsIgnoreCase("x")) {
      return bytes(inner);
    }
    return value(unescaped(inner));
  }

  private static String unescaped(String inner) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '\\' && i + 1 < inner.length()) {
        i++;
        char escaped = inner.charAt(i);
        text.append(
            switch (escaped) {
              case 'n' -> "\n";
              case 't' -> "\t";
              case 'r' -> "\r";
              case '0' -> "\0";
              case 'b' -> "\b";
              case 'Z' -> "\u001a";
              case '%', '_' -> "\\" + escaped;
              default -> String.valueOf(escaped);
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** What a text means where a number or a time is kept; else itself. */
  private static String value(String padded) {
    String text = padded.replaceFirst("\0+$", "");
    if (text.matches("[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?")) {
      return number(text);
    }
    Matcher day = DAY.matcher(text);
    if (day.matches()) {
      return String.format(
          Locale.ROOT,
          "%s-%s-%s %s:%s:%s",
          day.group(1),
          two(day.group(2)),
          two(day.group(3)),
          two(day.group(4)),
          two(day.group(5)),
          two(day.group(6)));
    }
    Matcher time = TIME.matcher(text);
    return time.matches()
        ? time.group(1) + two(time.group(2)) + ":" + two(time.group(3)) + ":" + two(time.group(4))
        : "'" + text.toLowerCase(Locale.ROOT) + "'";
  }

  private static String two(@Nullable String digits) {
    return digits == null ? "00" : digits.length() == 1 ? "0" + digits : digits;
  }

  private static String number(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /** The bytes as text: what is kept of a text in a binary column is shown in digits. */
  private static String bytes(String digits) {
    if (digits.length() % 2 != 0 || !digits.matches("[0-9a-fA-F]*")) {
      return "0x" + digits.toLowerCase(Locale.ROOT);
    }
    String text = new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
    return value(text);
  }
}
