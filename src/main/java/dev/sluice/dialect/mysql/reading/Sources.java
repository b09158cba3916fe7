package dev.sluice.dialect.mysql.reading;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of an UPDATE or DELETE, by the name that each goes by there. */
final class Sources {

  private final Map<Name, QualifiedName> tables = new LinkedHashMap<>();
  private final Map<Name, Boolean> aliased = new LinkedHashMap<>();

  private boolean skipped;

  private Sources() {}

  /** Table references with their joins, up to one of the ends. */
  static Sources read(Cursor cursor, String... ends) {
    Sources sources = new Sources();
    sources.list(cursor, ends);
    return sources;
  }

  private void list(Cursor cursor, String... ends) {
    boolean expected = true;
    while (!cursor.isEnd() && !cursor.isAny(ends) && !cursor.is(")")) {
      if (expected) {
        one(cursor, ends);
        expected = false;
      } else if (cursor.accept(",")) {
        expected = true;
      } else if (cursor.acceptAny("JOIN", "STRAIGHT_JOIN")) {
        expected = true;
      } else if (cursor.accept("(")) {
        skipParentheses(cursor);
        skipped = true;
      } else {
        // ON …, USING (…), LEFT, NATURAL and index hints.
        cursor.next();
        skipped = true;
      }
    }
    skipped |= expected;
  }

  private void one(Cursor cursor, String... ends) {
    if (cursor.accept("LATERAL")) {}
    if (cursor.is("(")) {
      boolean query = cursor.ahead(1).is("SELECT") || cursor.ahead(1).is("WITH");
      if (query) {
        cursor.parenthesised();
        alias(cursor, ends);
      } else {
        cursor.expect("(");
        list(cursor, ends);
        cursor.expect(")");
      }
      return;
    }
    QualifiedName table = cursor.table();
    if (cursor.accept("PARTITION")) {
      cursor.parenthesised();
    }
    Optional<Name> alias = alias(cursor, ends);
    tables.put(alias.orElse(table.name()), table);
    aliased.put(alias.orElse(table.name()), alias.isPresent());
  }

  private static Optional<Name> alias(Cursor cursor, String... ends) {
    boolean as = cursor.accept("AS");
    boolean ended =
        cursor.isAny(ends)
            || cursor.isAny(
                "JOIN",
                "INNER",
                "LEFT",
                "RIGHT",
                "CROSS",
                "NATURAL",
                "STRAIGHT_JOIN",
                "ON",
                "USING",
                "USE",
                "FORCE",
                "IGNORE",
                "WHERE",
                "SET");
    return cursor.isName() && (as || !ended) ? Optional.of(cursor.name()) : Optional.empty();
  }

  private static void skipParentheses(Cursor cursor) {
    int depth = 1;
    while (depth > 0 && !cursor.isEnd()) {
      Token token = cursor.next();
      if (token.is("(")) {
        depth++;
      } else if (token.is(")")) {
        depth--;
      }
    }
  }

  /** By alias, or by its own name where it has none. */
  Map<Name, QualifiedName> byName() {
    return tables;
  }

  /** Whether more stands there than tables. */
  boolean skipped() {
    return skipped;
  }

  List<QualifiedName> all() {
    return tables.values().stream().distinct().toList();
  }

  /** The name that a table goes by, where that is not its own. */
  Optional<Name> aliasOf(Name known) {
    return aliased.getOrDefault(known, false) ? Optional.of(known) : Optional.empty();
  }
}
