package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Expressions inside definitions: cut out, with the names in them. */
final class Expressions {

  private static final Set<String> CURRENT_TIME =
      Set.of("CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP");

  private Expressions() {}

  /** Between parentheses, without them. */
  static Fragment parenthesised(Cursor cursor) {
    return of(cursor.parenthesised());
  }

  /** One with a subquery, which only a grammar can read, is left to it. */
  static Fragment of(String sql) {
    return new Fragment(sql, references(sql, Map.of()));
  }

  static References references(String sql, Map<Name, QualifiedName> aliases) {
    return holdsQuery(sql) ? Queries.expression(sql) : Mentions.in(sql, aliases);
  }

  static boolean holdsQuery(String sql) {
    return Scanner.tokens(sql).stream().anyMatch(t -> t.is("SELECT"));
  }

  /**
   * What stands behind DEFAULT: a literal, a call, or anything in parentheses. MariaDB takes a call
   * and NEXT VALUE FOR without them.
   */
  static Fragment ofDefault(Cursor cursor) {
    int start = cursor.start();
    if (cursor.is("(")) {
      Fragment inner = parenthesised(cursor);
      return new Fragment(cursor.since(start), inner.references());
    }
    if (cursor.accept("NEXT", "VALUE", "FOR") || cursor.accept("PREVIOUS", "VALUE", "FOR")) {
      cursor.uses(Syntax.SEQUENCE, true);
      QualifiedName sequence = cursor.table();
      return new Fragment(
          cursor.since(start),
          new References(
              Set.of(sequence),
              Set.of(),
              Set.of(),
              Set.of(QualifiedName.of("nextval")),
              Set.of(),
              true));
    }
    cursor.acceptAny("+", "-");
    Token first = cursor.token();
    switch (first.kind()) {
      case NUMBER -> cursor.next();
      case STRING -> cursor.string();
      case WORD -> {
        cursor.next();
        if (cursor.isString() && isIntroducer(first)) {
          cursor.string();
        } else if (cursor.is("(")) {
          cursor.uses(Syntax.BARE_DEFAULT, !CURRENT_TIME.contains(first.word()));
          cursor.parenthesised();
        }
      }
      case QUOTED, VARIABLE, SIGN, END -> throw cursor.unexpected();
    }
    String sql = cursor.since(start);
    return first.kind() == Token.Kind.WORD && sql.endsWith(")") ? of(sql) : Fragment.literal(sql);
  }

  private static boolean isIntroducer(Token word) {
    return word.text().startsWith("_")
        || Set.of("X", "B", "N", "DATE", "TIME", "TIMESTAMP").contains(word.word());
  }

  /** {@code CURRENT_TIMESTAMP(6)} and its other names, as written. */
  static Optional<String> currentTime(Cursor cursor) {
    int start = cursor.start();
    if (!CURRENT_TIME.contains(cursor.token().word())) {
      return Optional.empty();
    }
    cursor.next();
    if (cursor.is("(")) {
      cursor.parenthesised();
    }
    return Optional.of(cursor.since(start));
  }
}
