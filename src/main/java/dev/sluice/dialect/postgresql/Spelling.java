package dev.sluice.dialect.postgresql;

import dev.sluice.dialect.postgresql.reading.DataTypes;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether two texts say the same where one is as a person wrote it and the other as the server
 * prints it: with casts in every constant, parentheses around everything, {@code = ANY (ARRAY[…])}
 * for IN. Errs on the side of the same: it cannot ask the server.
 */
final class Spelling {

  /** Where the server prints another form than was written; then only the columns are compared. */
  private static final Set<String> PRINTED_OTHERWISE =
      Set.of(
          "extract",
          "date_part",
          "substring",
          "trim",
          "btrim",
          "ltrim",
          "rtrim",
          "position",
          "overlay",
          "timezone",
          "at",
          "case",
          "similar",
          "row",
          "overlaps",
          "select",
          "nullif",
          "greatest",
          "least",
          "normalize",
          "collation",
          "xmlserialize",
          "interval",
          "array");

  private static final Set<String> TYPE_WORDS =
      Set.of(
          "varying",
          "precision",
          "with",
          "without",
          "time",
          "zone",
          "year",
          "month",
          "day",
          "hour",
          "minute",
          "second",
          "to");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

  /** What stands for itself behind a backslash. */
  private static final Set<String> PLAIN = Set.of("'", "\"", "\\");

  private static final Set<String> NOISE = Set.of("(", ")", "[", "]", ";");

  /** A word or sign, or a literal; one that a cast turned into another type may be printed anew. */
  private record Piece(String text, boolean literal, boolean loose) {
    boolean says(Piece other) {
      return text.equals(other.text) || (literal && other.literal && (loose || other.loose));
    }
  }

  private final List<String> tokens;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;

  private Spelling(String sql) {
    tokens = inRange(SqlText.tokens(sql).stream().map(Spelling::quotedPlainly).toList());
  }

  /** See {@link dev.sluice.dialect.Dialect#sameExpression}. */
  static boolean same(Fragment one, Fragment other) {
    Spelling first = new Spelling(one.sql());
    Spelling second = new Spelling(other.sql());
    if (first.isPrintedOtherwise()
        || second.isPrintedOtherwise()
        || first.isOfOldNames(one)
        || second.isOfOldNames(other)) {
      return columns(one).equals(columns(other));
    }
    List<Piece> a = first.pieces();
    List<Piece> b = second.pieces();
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).says(b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** See {@link dev.sluice.dialect.Dialect#sameType}. */
  static boolean same(DataType one, DataType other) {
    String a = one.name();
    String b = other.name();
    boolean sameName = a.equals(b) || a.endsWith("." + b) || b.endsWith("." + a);
    return sameName
        && arguments(one).equals(arguments(other))
        && (one.dimensions() > 0) == (other.dimensions() > 0);
  }

  private static List<String> arguments(DataType type) {
    return type.arguments().stream().map(a -> String.join("", SqlText.tokens(a))).toList();
  }

  private static Set<String> columns(Fragment fragment) {
    return fragment.references().columns().stream()
        .map(References.Column::name)
        .flatMap(Optional::stream)
        .map(Name::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Whether a column was renamed since: its text says the old name, and what it refers to the new.
   */
  private boolean isOfOldNames(Fragment fragment) {
    Set<String> words =
        tokens.stream()
            .map(t -> t.startsWith("\"") ? t.substring(1, t.length() - 1).replace("\"\"", "\"") : t)
            .collect(Collectors.toSet());
    return !words.containsAll(columns(fragment));
  }

  /** {@code $$a$$} and {@code E'a'} as the catalog shows them: {@code 'a'}. */
  private static String quotedPlainly(String token) {
    if (token.startsWith("$") && token.length() > 3) {
      int open = token.indexOf('$', 1) + 1;
      return "'" + token.substring(open, token.length() - open).replace("'", "''") + "'";
    }
    boolean escapes = token.length() > 2 && (token.startsWith("e'") || token.startsWith("E'"));
    return escapes && ESCAPE.matcher(token).results().allMatch(e -> PLAIN.contains(e.group(1)))
        ? ESCAPE
            .matcher(token.substring(1))
            .replaceAll(e -> Matcher.quoteReplacement(e.group(1).equals("'") ? "''" : e.group(1)))
        : token;
  }

  private boolean isPrintedOtherwise() {
    Set<String> words = new HashSet<>(tokens);
    // IN is printed as = ANY (ARRAY[…]), which pieces() knows.
    boolean list = words.contains("any") || words.contains("all");
    return words.stream()
        .anyMatch(w -> PRINTED_OTHERWISE.contains(w) && !(list && w.equals("array")));
  }

  /** {@code a BETWEEN 1 AND 2} as {@code a >= 1 AND a <= 2}, where a is one token. */
  private static List<String> inRange(List<String> tokens) {
    List<String> plain = new ArrayList<>(tokens);
    for (int i = 1; i < plain.size(); i++) {
      int and = plain.subList(i, plain.size()).indexOf("and") + i;
      if (plain.get(i).equals("between") && and > i && !plain.get(i - 1).equals("not")) {
        String subject = plain.get(i - 1);
        plain.set(i, ">");
        plain.add(i + 1, "=");
        plain.addAll(and + 2, List.of(subject, "<", "="));
      }
    }
    return plain;
  }

  private List<Piece> pieces() {
    while (at < tokens.size()) {
      piece();
    }
    for (int i = 0; i + 1 < pieces.size(); i++) {
      boolean one = i + 2 == pieces.size() || !pieces.get(i + 2).text.equals(",");
      if (pieces.get(i).text.equals("in") && pieces.get(i + 1).literal && one) {
        equal(i);
      }
    }
    return pieces;
  }

  /** A list of one is printed as a comparison. */
  private void equal(int in) {
    boolean not = in > 0 && pieces.get(in - 1).text.equals("not");
    pieces.set(in, new Piece(not ? ">" : "=", false, false));
    if (not) {
      pieces.set(in - 1, new Piece("<", false, false));
    }
  }

  /** The words in front of the list's first value. */
  private void list(int words) {
    at += words;
    while (at < tokens.size() && (tokens.get(at).equals("(") || tokens.get(at).equals("array"))) {
      at++;
    }
  }

  private void piece() {
    String token = tokens.get(at);
    if (token.equals("::")) {
      cast();
    } else if (NOISE.contains(token)) {
      at++;
    } else if (token.equals("cast")) {
      at++;
    } else if (token.equals("as")) {
      at++;
      type();
    } else if (token.equals(".")) {
      // Only the last part of a name counts.
      if (!pieces.isEmpty()) {
        pieces.removeLast();
      }
      at++;
    } else if (follows("=", "any")) {
      put("in");
      list(2);
    } else if (follows("<", ">", "all")) {
      put("not");
      put("in");
      list(3);
    } else if (follows("!", "=")) {
      put("<");
      put(">");
      at += 2;
    } else if (like()) {
      at++;
    } else if (isNumber(token)) {
      number(token);
    } else if (token.endsWith("'") || token.startsWith("$")) {
      literal(token);
    } else if (DataTypes.isBuiltIn(token)
        && at + 1 < tokens.size()
        && tokens.get(at + 1).startsWith("'")) {
      // DATE '2025-01-01'
      at++;
      literal(tokens.get(at));
      loosen();
    } else {
      put(token.startsWith("\"") ? token.substring(1, token.length() - 1) : token);
      at++;
    }
  }

  private boolean like() {
    boolean not = follows("!", "~", "~");
    if (!not && !follows("~", "~")) {
      return false;
    }
    at += not ? 2 : 1;
    if (not) {
      put("not");
    }
    boolean anyCase = at + 1 < tokens.size() && tokens.get(at + 1).equals("*");
    put(anyCase ? "ilike" : "like");
    at += anyCase ? 1 : 0;
    return true;
  }

  private void number(String token) {
    boolean negative =
        !pieces.isEmpty()
            && pieces.getLast().text.equals("-")
            && (pieces.size() == 1 || isSign(pieces.get(pieces.size() - 2).text));
    if (negative) {
      pieces.removeLast();
    }
    pieces.add(new Piece(plain((negative ? "-" : "") + token), true, false));
    at++;
  }

  private static boolean isSign(String text) {
    return text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0));
  }

  private static boolean isNumber(String token) {
    return Character.isDigit(token.charAt(0))
        || (token.length() > 1 && token.charAt(0) == '.' && Character.isDigit(token.charAt(1)));
  }

  private void literal(String token) {
    int open = token.indexOf('\'');
    String text = open < 0 ? token : token.substring(open + 1, token.length() - 1);
    pieces.add(
        new Piece(
            text.equals("t") ? "true" : text.equals("f") ? "false" : plain(text), true, false));
    at++;
  }

  /** {@code 1.50} and {@code 1.5} are one number. */
  private static String plain(String number) {
    try {
      return new BigDecimal(number).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return number;
    }
  }

  private void cast() {
    at++;
    String type = at < tokens.size() ? tokens.get(at) : "";
    if (!type.equals("text") && !type.equals("character") && !type.equals("bpchar")) {
      loosen();
    }
    type();
  }

  /** Skips one, with what belongs to it. */
  private void type() {
    at++;
    while (at < tokens.size()) {
      String token = tokens.get(at);
      boolean behindDot = tokens.get(at - 1).equals(".");
      if (token.equals("(")) {
        at = Math.max(at, tokens.subList(at, tokens.size()).indexOf(")") + at) + 1;
      } else if (behindDot || ".[]".contains(token) || TYPE_WORDS.contains(token)) {
        at++;
      } else {
        return;
      }
    }
  }

  private void loosen() {
    if (!pieces.isEmpty()
        && pieces.getLast().literal
        && !NUMBER.matcher(pieces.getLast().text).matches()) {
      pieces.add(new Piece(pieces.removeLast().text, true, true));
    }
  }

  private void put(String text) {
    boolean truth = text.equals("true") || text.equals("false");
    pieces.add(new Piece(text, truth, false));
  }

  private boolean follows(String... expected) {
    return at + expected.length <= tokens.size()
        && tokens.subList(at, at + expected.length).equals(List.of(expected));
  }
}
