package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names in an expression without subqueries, found token by token. Errs on the side of too
 * many: a word that could be a column is one.
 */
final class Mentions {

  /** Words of expressions that no unquoted column can bear, and units and types that none does. */
  private static final Set<String> WORDS =
      Set.of(
          ("AND OR NOT XOR IS NULL TRUE FALSE UNKNOWN LIKE ESCAPE REGEXP RLIKE IN BETWEEN DIV MOD"
                  + " CASE WHEN THEN ELSE END INTERVAL COLLATE BINARY AS ASC DESC DISTINCT ALL ANY"
                  + " EXISTS USING FROM FOR WITH INTO SEPARATOR ORDER GROUP BY HAVING WHERE LIMIT"
                  + " OFFSET SELECT VALUES VALUE DEFAULT SET ON DUPLICATE KEY UPDATE UNION SOUNDS"
                  + " CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME CURRENT_USER LOCALTIME"
                  + " LOCALTIMESTAMP UTC_DATE UTC_TIME UTC_TIMESTAMP"
                  + " DAY_HOUR DAY_MICROSECOND DAY_MINUTE DAY_SECOND HOUR_MICROSECOND HOUR_MINUTE"
                  + " HOUR_SECOND MINUTE_MICROSECOND MINUTE_SECOND SECOND_MICROSECOND YEAR_MONTH"
                  + " CHAR UNSIGNED SIGNED DECIMAL CHARACTER CHARSET ARRAY MEMBER OF OVER"
                  + " PARTITION ROWS RANGE PRECEDING FOLLOWING UNBOUNDED LEADING TRAILING BOTH"
                  + " ROW STORED VIRTUAL RETURNING EXCEPT INTERSECT TABLE JOIN NATURAL INNER LEFT RIGHT"
                  + " CROSS OUTER LATERAL RECURSIVE IGNORE")
              .split(" "));

  /** What stands in front of a parenthesis and calls nothing. */
  private static final Set<String> NO_CALLS =
      Set.of(
          ("AND OR NOT XOR IN BETWEEN DIV MOD WHEN THEN ELSE CASE AS ANY ALL EXISTS USING ON WHERE"
                  + " LIKE REGEXP RLIKE OVER OF BY VALUES VALUE ROW INTERVAL SELECT DISTINCT BINARY"
                  + " CHAR DECIMAL VARCHAR FROM SET")
              .split(" "));

  private final Map<Name, QualifiedName> aliases;
  private final Set<QualifiedName> relations = new LinkedHashSet<>();
  private final Set<References.Column> columns = new LinkedHashSet<>();
  private final Set<QualifiedName> functions = new LinkedHashSet<>();

  private Mentions(Map<Name, QualifiedName> aliases) {
    this.aliases = aliases;
  }

  /** Of an expression over the rows around it. */
  static References in(String sql) {
    return in(sql, Map.of());
  }

  /**
   * @param aliases what the names in front of a dot mean
   */
  static References in(String sql, Map<Name, QualifiedName> aliases) {
    Mentions mentions = new Mentions(aliases);
    mentions.collect(Scanner.tokens(sql));
    return mentions.references();
  }

  static Fragment fragment(String sql) {
    return new Fragment(sql, in(sql));
  }

  /**
   * Of a whole statement that a grammar takes, but whose tree is not read: all that it may name.
   */
  static References ofStatement(String sql) {
    List<Token> tokens = Scanner.tokens(sql);
    Map<Name, QualifiedName> known = new HashMap<>();
    Mentions mentions = new Mentions(known);
    Set<QualifiedName> writes = new LinkedHashSet<>();
    for (int i = 0; i < tokens.size() - 1; i++) {
      Token token = tokens.get(i);
      boolean source = token.is("FROM") || token.is("JOIN") || token.is("TABLE");
      boolean target = token.is("INTO") || token.is("UPDATE");
      if ((source || target) && isName(tokens.get(i + 1)) && !tokens.get(i + 1).is("SET")) {
        QualifiedName name = relation(tokens, i + 1);
        (target ? writes : mentions.relations).add(name);
      }
    }
    mentions.collect(tokens);
    References names = mentions.references();
    return new References(
        names.relations(), writes, names.columns(), names.functions(), Set.of(), true);
  }

  private static QualifiedName relation(List<Token> tokens, int at) {
    boolean qualified = tokens.get(at + 1).is(".") && at + 2 < tokens.size() - 1;
    return qualified
        ? new QualifiedName(
            Optional.of(new Name(text(tokens.get(at)))), new Name(text(tokens.get(at + 2))))
        : new QualifiedName(Optional.empty(), new Name(text(tokens.get(at))));
  }

  private References references() {
    return new References(relations, Set.of(), columns, functions, Set.of(), true);
  }

  private void collect(List<Token> tokens) {
    int at = 0;
    while (at < tokens.size()) {
      Token token = tokens.get(at);
      if (!isName(token)) {
        at++;
        continue;
      }
      int parts = 1;
      while (at + 2 * parts < tokens.size()
          && tokens.get(at + 2 * parts - 1).is(".")
          && isName(tokens.get(at + 2 * parts))) {
        parts++;
      }
      int last = at + 2 * (parts - 1);
      Token behind = tokens.get(Math.min(last + 1, tokens.size() - 1));
      if (behind.is("(")) {
        call(tokens, at, parts);
      } else if (behind.kind() == Token.Kind.STRING && parts == 1) {
        // An introducer, or DATE '…'.
      } else if (parts > 1 || !isKeyword(token)) {
        column(tokens, at, parts);
      }
      at = last + 1;
    }
  }

  private void call(List<Token> tokens, int at, int parts) {
    Token last = tokens.get(at + 2 * (parts - 1));
    if (parts == 1 && NO_CALLS.contains(last.word())) {
      return;
    }
    Name name = Name.ignoringCase(lowerCase(last));
    functions.add(
        parts == 1
            ? new QualifiedName(Optional.empty(), name)
            : new QualifiedName(
                Optional.of(new Name(text(tokens.get(at + 2 * (parts - 2))))), name));
  }

  // The engine's own functions go by one spelling.
  private static String lowerCase(Token name) {
    return name.kind() == Token.Kind.WORD
        ? name.text().toLowerCase(java.util.Locale.ROOT)
        : text(name);
  }

  private void column(List<Token> tokens, int at, int parts) {
    Name name = Name.ignoringCase(text(tokens.get(at + 2 * (parts - 1))));
    Optional<QualifiedName> table = Optional.empty();
    if (parts > 1) {
      Name qualifier = new Name(text(tokens.get(at + 2 * (parts - 2))));
      QualifiedName written =
          parts > 2
              ? new QualifiedName(Optional.of(new Name(text(tokens.get(at)))), qualifier)
              : new QualifiedName(Optional.empty(), qualifier);
      table = Optional.of(aliases.getOrDefault(qualifier, written));
    }
    columns.add(new References.Column(table, Optional.of(name)));
  }

  private static boolean isKeyword(Token token) {
    return WORDS.contains(token.word()) || token.word().startsWith("_");
  }

  private static boolean isName(Token token) {
    return (token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED)
        && !text(token).isEmpty();
  }

  private static String text(Token token) {
    return token.kind() == Token.Kind.QUOTED ? Literals.name(token.text()) : token.text();
  }
}
