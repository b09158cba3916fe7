package dev.sluice.dialect.mysql.reading;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A place among the tokens of a statement. {@code is} looks, {@code accept} goes on where it fits,
 * {@code expect} and the readers of names and literals stop reading where it does not.
 */
final class Cursor {

  private final String text;
  private final List<Token> tokens;
  private final Set<Syntax> used = EnumSet.noneOf(Syntax.class);
  private final List<String> reserved = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private int at;

  Cursor(String text) {
    this.text = text;
    this.tokens = Scanner.tokens(text);
  }

  Token token() {
    return tokens.get(at);
  }

  /** The token that many places on; the end for what lies behind it. */
  Token ahead(int places) {
    return tokens.get(Math.min(at + places, tokens.size() - 1));
  }

  /** The token read last. */
  Token before() {
    return tokens.get(Math.max(at - 1, 0));
  }

  Token next() {
    Token token = token();
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  boolean isEnd() {
    return token().kind() == Token.Kind.END;
  }

  /** Whether these words or signs come next, in this order. */
  boolean is(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!ahead(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean isAny(String... words) {
    for (String word : words) {
      if (token().is(word)) {
        return true;
      }
    }
    return false;
  }

  boolean accept(String... words) {
    boolean is = is(words);
    if (is) {
      at += words.length;
    }
    return is;
  }

  boolean acceptAny(String... words) {
    boolean is = isAny(words);
    if (is) {
      at++;
    }
    return is;
  }

  void expect(String... words) {
    for (String word : words) {
      if (!accept(word)) {
        throw unexpected();
      }
    }
  }

  /** The rest must be nothing but semicolons. */
  void expectEnd() {
    while (accept(";")) {}
    if (!isEnd()) {
      throw unexpected();
    }
  }

  Unreadable unexpected() {
    return Place.of(text, token());
  }

  boolean ifExists() {
    return accept("IF", "EXISTS");
  }

  boolean ifNotExists() {
    return accept("IF", "NOT", "EXISTS");
  }

  /** Where not every server understands the words. */
  boolean ifExists(Syntax syntax) {
    return uses(syntax, ifExists());
  }

  /** Where not every server understands the words. */
  boolean ifNotExists(Syntax syntax) {
    return uses(syntax, ifNotExists());
  }

  /** Takes it up if it was read; gives whether it was. */
  boolean uses(Syntax syntax, boolean read) {
    if (read) {
      used.add(syntax);
    }
    return read;
  }

  /** What was read so far that not every server understands. */
  Set<Syntax> used() {
    return used;
  }

  /** Whether {@code ->} or {@code ->>} stands anywhere. */
  boolean hasArrow() {
    for (int i = 1; i < tokens.size(); i++) {
      Token dash = tokens.get(i - 1);
      if (dash.is("-") && tokens.get(i).is(">") && tokens.get(i).start() == dash.end()) {
        return true;
      }
    }
    return false;
  }

  /** Takes up that an INSERT has a row of more or fewer values than it needs. */
  void otherCount(int needed, int values) {
    if (needed != values && refusals.isEmpty()) {
      refusals.add(
          "a row of the INSERT has "
              + values
              + (values == 1 ? " value" : " values")
              + " for "
              + needed
              + (needed == 1 ? " column" : " columns")
              + " (error 1136)");
    }
  }

  /** Why any server refuses what was read; empty where nothing is known against it. */
  List<String> refusals() {
    return refusals;
  }

  // ---- names ----

  /** Whether a name can stand here: any word, for a reserved one the server itself refuses. */
  boolean isName() {
    return token().kind() == Token.Kind.WORD
        || token().kind() == Token.Kind.QUOTED
        || (token().kind() == Token.Kind.STRING && token().text().startsWith("\""));
  }

  private String identifier() {
    if (!isName()) {
      throw unexpected();
    }
    Token token = next();
    String name = token.kind() == Token.Kind.WORD ? token.text() : Literals.name(token.text());
    if (name.isEmpty()) {
      throw unexpected();
    }
    return name;
  }

  /** Of a table, database or trigger: its case counts. */
  Name name() {
    return new Name(identifier());
  }

  /** Of a column, index, constraint, partition, routine or event: its case does not count. */
  Name plainName() {
    return Name.ignoringCase(identifier());
  }

  /** As {@link #plainName}; a bare word that a server keeps for itself is noted. */
  Name ownName() {
    noteReserved();
    return plainName();
  }

  /** As {@link #table}; a bare word that a server keeps for itself is noted. */
  QualifiedName ownTable() {
    // Behind a dot any word is a name.
    if (!ahead(1).is(".")) {
      noteReserved();
    }
    return table();
  }

  private void noteReserved() {
    if (token().kind() == Token.Kind.WORD && ReservedWords.has(token().text())) {
      reserved.add(token().text());
    }
  }

  /** Bare words that were read as names, and that a server keeps for itself. */
  List<String> reserved() {
    return reserved;
  }

  QualifiedName table() {
    return qualified(this::name);
  }

  /** Of a routine or event. */
  QualifiedName routine() {
    return qualified(this::plainName);
  }

  private QualifiedName qualified(Supplier<Name> last) {
    if (ahead(1).is(".")) {
      Name schema = name();
      expect(".");
      return new QualifiedName(Optional.of(schema), last.get());
    }
    return new QualifiedName(Optional.empty(), last.get());
  }

  List<QualifiedName> tables() {
    List<QualifiedName> tables = new ArrayList<>();
    do {
      tables.add(table());
    } while (accept(","));
    return tables;
  }

  /** Names between parentheses. */
  List<Name> columns() {
    List<Name> names = new ArrayList<>();
    expect("(");
    do {
      names.add(ownName());
    } while (accept(","));
    expect(")");
    return names;
  }

  /** Names without parentheres, separated by commas. */
  List<Name> plainNames() {
    List<Name> names = new ArrayList<>();
    do {
      names.add(plainName());
    } while (accept(","));
    return names;
  }

  // ---- literals and pieces ----

  boolean isString() {
    return token().kind() == Token.Kind.STRING;
  }

  /** The value of a string; several in a row are one. */
  String string() {
    if (!isString()) {
      throw unexpected();
    }
    StringBuilder value = new StringBuilder();
    while (isString()) {
      value.append(Literals.value(next().text()));
    }
    return value.toString();
  }

  String number() {
    if (token().kind() != Token.Kind.NUMBER) {
      throw unexpected();
    }
    return next().text();
  }

  int start() {
    return token().start();
  }

  /** As written from {@code start} up to the token read last, without the space around it. */
  String since(int start) {
    int end = before().end();
    return at == 0 || end <= start ? "" : text.substring(start, end).strip();
  }

  /** As written from here to the end, without semicolons; the cursor then stands there. */
  String rest() {
    int start = start();
    while (!isEnd()) {
      next();
    }
    return withoutSemicolons(text.substring(start));
  }

  static String withoutSemicolons(String sql) {
    String stripped = sql.strip();
    while (stripped.endsWith(";")) {
      stripped = stripped.substring(0, stripped.length() - 1).strip();
    }
    return stripped;
  }

  /** What the parentheses hold that open here, as written; the cursor then stands behind them. */
  String parenthesised() {
    expect("(");
    int start = before().end();
    int depth = 1;
    while (!isEnd()) {
      Token token = next();
      if (token.is("(")) {
        depth++;
      } else if (token.is(")") && --depth == 0) {
        return text.substring(start, token.start()).strip();
      }
    }
    throw unexpected();
  }

  /** Goes on to one of the words or signs outside of parentheses, or to the end. */
  void skipTo(String... ends) {
    int depth = 0;
    while (!isEnd()) {
      if (depth == 0 && isAny(ends)) {
        return;
      }
      Token token = next();
      if (token.is("(")) {
        depth++;
      } else if (token.is(")")) {
        depth--;
      }
    }
  }

  /** Whether one of the words stands anywhere from here on. */
  boolean holds(String... words) {
    for (int i = at; i < tokens.size(); i++) {
      for (String word : words) {
        if (tokens.get(i).is(word)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the word stands from here on outside of parentheses. */
  boolean hasOutside(String word) {
    int mark = mark();
    skipTo(word);
    boolean has = is(word);
    back(mark);
    return has;
  }

  /** To come back to with {@link #back}. */
  int mark() {
    return at;
  }

  void back(int mark) {
    at = mark;
  }

  /** The whole statement. */
  String text() {
    return text;
  }
}
