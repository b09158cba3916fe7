package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Indexes, in CREATE INDEX, CREATE TABLE and ALTER TABLE. */
final class Indexes {

  /** What kind of index the words in front of INDEX ask for. */
  record Kind(boolean unique, String method) {
    static final Kind PLAIN = new Kind(false, "btree");
    static final Kind UNIQUE = new Kind(true, "btree");
  }

  private Indexes() {}

  /** FULLTEXT, SPATIAL, VECTOR with INDEX or KEY behind it or not; empty where none stands here. */
  static Optional<Kind> special(Cursor cursor) {
    boolean special = cursor.isAny("FULLTEXT", "SPATIAL") || cursor.is("VECTOR", "INDEX");
    if (!special && !cursor.is("VECTOR", "KEY")) {
      return Optional.empty();
    }
    cursor.uses(Syntax.VECTOR_INDEX, cursor.is("VECTOR"));
    return Optional.of(new Kind(false, cursor.next().text().toLowerCase(Locale.ROOT)));
  }

  /** From the name on, which may be missing. */
  static Index read(Cursor cursor, Kind kind, QualifiedName table, Optional<Name> symbol) {
    Optional<Name> name = symbol;
    if (cursor.isName() && !cursor.is("(") && !isType(cursor)) {
      name = Optional.of(cursor.plainName());
    }
    Optional<String> type = type(cursor);
    return build(cursor, kind, table, name, type);
  }

  // USING and TYPE are no names of an index where a type and the keys follow.
  private static boolean isType(Cursor cursor) {
    return cursor.isAny("USING", "TYPE") && isMethod(cursor.ahead(1));
  }

  private static boolean isMethod(Token token) {
    return token.is("BTREE") || token.is("HASH") || token.is("RTREE");
  }

  /** USING BTREE; empty where none is given. */
  static Optional<String> type(Cursor cursor) {
    if (!isType(cursor)) {
      return Optional.empty();
    }
    cursor.next();
    return Optional.of(cursor.next().text().toLowerCase(Locale.ROOT));
  }

  static Index build(
      Cursor cursor,
      Kind kind,
      QualifiedName table,
      Optional<Name> name,
      Optional<String> typeInFront) {
    List<IndexColumn> keys = keys(cursor);
    Options options = options(cursor);
    Optional<String> type = options.type().or(() -> typeInFront);
    boolean plainTree = kind.method().equals("btree");
    return new Index(
        name.map(table::withName),
        table,
        kind.unique(),
        // InnoDB makes a tree whatever is asked for; HASH is honoured by MEMORY.
        plainTree ? type.filter(t -> !t.equals("rtree")).orElse(kind.method()) : kind.method(),
        keys,
        List.of(),
        Optional.empty(),
        true,
        options.storage(),
        true,
        options.hidden());
  }

  static List<IndexColumn> keys(Cursor cursor) {
    List<IndexColumn> keys = new ArrayList<>();
    cursor.expect("(");
    do {
      keys.add(key(cursor));
    } while (cursor.accept(","));
    cursor.expect(")");
    return keys;
  }

  private static IndexColumn key(Cursor cursor) {
    int start = cursor.start();
    Optional<Name> column = Optional.empty();
    Fragment key;
    if (cursor.uses(Syntax.EXPRESSION_KEY, cursor.is("("))) {
      Fragment inner = Expressions.parenthesised(cursor);
      key = new Fragment(cursor.since(start), inner.references());
    } else {
      Name name = cursor.ownName();
      column = Optional.of(name);
      // Without its quotes: the same column is the same key, however written.
      key = Fragment.literal(name.text());
    }
    int behind = cursor.start();
    boolean modified = false;
    if (column.isPresent() && cursor.accept("(")) {
      cursor.number();
      cursor.expect(")");
      modified = true;
    }
    // MariaDB: the last part of a unique key may hold a period.
    modified |= cursor.accept("WITHOUT", "OVERLAPS");
    if (cursor.accept("DESC")) {
      modified = true;
    } else if (cursor.accept("ASC") && !modified) {
      return new IndexColumn(column, key, "");
    }
    return new IndexColumn(column, key, modified ? cursor.since(behind) : "");
  }

  /**
   * What follows the keys.
   *
   * @param storage as written, without visibility and type
   */
  record Options(Optional<String> type, boolean hidden, String storage) {}

  static Options options(Cursor cursor) {
    Optional<String> type = Optional.empty();
    boolean hidden = false;
    List<String> storage = new ArrayList<>();
    while (true) {
      int start = cursor.start();
      Optional<String> here = type(cursor);
      if (here.isPresent()) {
        type = here;
        continue;
      }
      Optional<Boolean> hides = hidden(cursor);
      if (hides.isPresent()) {
        hidden = hides.get();
      } else if (option(cursor)) {
        storage.add(cursor.since(start));
      } else {
        return new Options(type, hidden, String.join(" ", storage));
      }
    }
  }

  /** INVISIBLE, or MariaDB's IGNORED; empty where nothing is said of it. */
  static Optional<Boolean> hidden(Cursor cursor) {
    if (cursor.isAny("VISIBLE", "INVISIBLE")) {
      cursor.uses(Syntax.INVISIBLE_INDEX, true);
      return Optional.of(cursor.next().is("INVISIBLE"));
    }
    boolean not = cursor.is("NOT", "IGNORED") && cursor.accept("NOT");
    return cursor.uses(Syntax.IGNORED, cursor.accept("IGNORED"))
        ? Optional.of(!not)
        : Optional.empty();
  }

  private static boolean option(Cursor cursor) {
    if (cursor.accept("KEY_BLOCK_SIZE")) {
      cursor.accept("=");
      cursor.number();
    } else if (cursor.accept("COMMENT")) {
      cursor.string();
    } else if (cursor.accept("WITH", "PARSER")) {
      cursor.plainName();
    } else if (cursor.acceptAny("ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE")) {
      cursor.accept("=");
      cursor.string();
    } else if (cursor.acceptAny("CLUSTERING", "M", "DISTANCE")) {
      cursor.accept("=");
      cursor.next();
    } else {
      return false;
    }
    return true;
  }

  /**
   * CREATE INDEX; the cursor stands behind CREATE and OR REPLACE.
   *
   * @param manner takes up WAIT, ALGORITHM and LOCK
   */
  static Change.CreateIndex create(Cursor cursor, Manner manner) {
    cursor.acceptAny("ONLINE", "OFFLINE");
    Kind kind = cursor.accept("UNIQUE") ? Kind.UNIQUE : special(cursor).orElse(Kind.PLAIN);
    cursor.expect("INDEX");
    boolean ifNotExists = cursor.ifNotExists(Syntax.IF_EXISTS_OF_INDEX);
    Name name = cursor.ownName();
    Optional<String> type = type(cursor);
    cursor.expect("ON");
    QualifiedName table = cursor.ownTable();
    Index index = build(cursor, kind, table, Optional.of(name), type);
    manner.all(cursor);
    cursor.expectEnd();
    return new Change.CreateIndex(index, false, ifNotExists, false);
  }
}
