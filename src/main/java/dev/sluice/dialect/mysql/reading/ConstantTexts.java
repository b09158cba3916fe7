package dev.sluice.dialect.mysql.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The texts that an expression can have, where all of them are known before it runs. */
final class ConstantTexts {

  private static final int MOST = 16;

  private final Variables variables;
  private final int depth;

  /** What the variables of a session hold at one place. */
  interface Variables {
    Optional<Assignment> of(String variable);
  }

  /**
   * What a variable was last set to.
   *
   * @param before what they held when it was
   */
  record Assignment(String expression, Variables before) {}

  private ConstantTexts(Variables variables, int depth) {
    this.variables = variables;
    this.depth = depth;
  }

  /** Empty where one of them is not known. */
  static Optional<List<String>> of(Assignment source) {
    try {
      return new ConstantTexts(source.before(), 0).whole(source.expression());
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  private Optional<List<String>> whole(String sql) {
    if (depth > MOST) {
      return Optional.empty();
    }
    Cursor cursor = new Cursor(sql);
    Optional<List<String>> texts = one(cursor);
    return cursor.isEnd() ? texts : Optional.empty();
  }

  private Optional<List<String>> inner(String sql) {
    return new ConstantTexts(variables, depth + 1).whole(sql);
  }

  private Optional<List<String>> one(Cursor cursor) {
    Token token = cursor.token();
    return switch (token.kind()) {
      case STRING -> Optional.of(List.of(cursor.string()));
      case NUMBER -> Optional.of(List.of(cursor.number()));
      case VARIABLE -> {
        cursor.next();
        yield variables
            .of(token.text())
            .flatMap(a -> new ConstantTexts(a.before(), depth + 1).whole(a.expression()));
      }
      case WORD -> word(cursor);
      case SIGN -> cursor.is("(") ? inner(cursor.parenthesised()) : Optional.empty();
      case QUOTED, END -> Optional.empty();
    };
  }

  private Optional<List<String>> word(Cursor cursor) {
    if (cursor.accept("SELECT")) {
      int start = cursor.start();
      cursor.skipTo("FROM");
      String expression = cursor.since(start);
      cursor.rest();
      return inner(expression);
    }
    if (cursor.accept("CASE")) {
      return choice(cursor);
    }
    boolean call = cursor.ahead(1).is("(");
    String name = cursor.next().word();
    if (!call) {
      return Optional.empty();
    }
    List<String> arguments = split(cursor.parenthesised());
    return switch (name) {
      case "IF" -> arguments.size() == 3 ? either(arguments.subList(1, 3)) : Optional.empty();
      case "IFNULL", "COALESCE" -> either(arguments);
      case "CONCAT" -> joined(arguments);
      default -> Optional.empty();
    };
  }

  /** CASE without its conditions. */
  private Optional<List<String>> choice(Cursor cursor) {
    List<String> results = new ArrayList<>();
    cursor.skipTo("THEN", "ELSE", "END");
    while (cursor.acceptAny("THEN", "ELSE")) {
      int start = cursor.start();
      cursor.skipTo("WHEN", "ELSE", "END");
      results.add(cursor.since(start));
      if (cursor.is("WHEN")) {
        cursor.skipTo("THEN");
      }
    }
    return cursor.accept("END") ? either(results) : Optional.empty();
  }

  private Optional<List<String>> either(List<String> expressions) {
    List<String> all = new ArrayList<>();
    for (String expression : expressions) {
      Optional<List<String>> texts = inner(expression);
      if (texts.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(texts.get());
    }
    return Optional.of(all);
  }

  private Optional<List<String>> joined(List<String> expressions) {
    List<String> all = List.of("");
    for (String expression : expressions) {
      Optional<List<String>> texts = inner(expression);
      if (texts.isEmpty() || all.size() * texts.get().size() > MOST) {
        return Optional.empty();
      }
      List<String> before = all;
      all = before.stream().flatMap(b -> texts.get().stream().map(t -> b + t)).toList();
    }
    return Optional.of(all);
  }

  private static List<String> split(String arguments) {
    List<String> parts = new ArrayList<>();
    Cursor cursor = new Cursor(arguments);
    while (!cursor.isEnd()) {
      int start = cursor.start();
      cursor.skipTo(",");
      parts.add(cursor.since(start));
      cursor.accept(",");
    }
    return parts;
  }
}
