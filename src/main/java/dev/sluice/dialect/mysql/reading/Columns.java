package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.Timing;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Position;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One column's definition. */
final class Columns {

  /**
   * A column with what its definition makes besides it.
   *
   * @param constraints PRIMARY KEY, CHECK, and REFERENCES where the engine honours it
   * @param unique the index that UNIQUE makes; empty for none
   */
  record Defined(Column column, List<Constraint> constraints, Optional<Index> unique) {}

  /** Stands in a column's options where MySQL forgets its REFERENCES. */
  static final String IGNORED_REFERENCES = "/* REFERENCES, which MySQL ignores */";

  private final Cursor cursor;
  private final Target target;
  private final QualifiedName table;
  private final Name name;

  private boolean nullable = true;
  private boolean unique;
  private Optional<Fragment> defaultValue = Optional.empty();
  private Optional<Column.Generated> generated = Optional.empty();
  private Optional<Column.Identity> identity = Optional.empty();
  private Optional<String> collation = Optional.empty();
  private Optional<String> charset = Optional.empty();
  private Optional<String> onUpdate = Optional.empty();
  private Optional<String> comment = Optional.empty();
  private boolean invisible;
  private final List<String> options = new ArrayList<>();
  private final List<Constraint> constraints = new ArrayList<>();

  private Columns(Cursor cursor, Target target, QualifiedName table, Name name) {
    this.cursor = cursor;
    this.target = target;
    this.table = table;
    this.name = name;
  }

  /** From the type on. */
  static Defined read(Cursor cursor, Target target, QualifiedName table, Name name) {
    return new Columns(cursor, target, table, name).read();
  }

  /** FIRST, AFTER, or nothing. */
  static Optional<Position> position(Cursor cursor) {
    if (cursor.accept("FIRST")) {
      return Optional.of(new Position.First());
    }
    return cursor.accept("AFTER")
        ? Optional.of(new Position.After(cursor.plainName()))
        : Optional.empty();
  }

  private Defined read() {
    DataTypes.Read read = DataTypes.read(cursor);
    charset = read.charset();
    if (read.serial()) {
      serial();
    }
    while (attribute()) {}
    DataType type = read.type();
    Column column =
        new Column(
            name,
            type,
            nullable,
            defaultValue,
            generated,
            identity,
            collation,
            String.join(" ", options),
            new Column.Attributes(charset, onUpdate, invisible, comment));
    // MariaDB makes one key of both words.
    boolean primary = constraints.stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
    boolean own = unique && !(primary && target.isMariadb());
    return new Defined(column, constraints, own ? Optional.of(uniqueIndex()) : Optional.empty());
  }

  private void serial() {
    nullable = false;
    identity = Optional.of(Column.Identity.AUTO_INCREMENT);
    unique = true;
  }

  private Index uniqueIndex() {
    return new Index(
        Optional.empty(),
        table,
        true,
        "btree",
        List.of(new Index.IndexColumn(Optional.of(name), Fragment.literal(name.text()), "")),
        List.of(),
        Optional.empty(),
        true,
        "",
        true);
  }

  private boolean attribute() {
    int start = cursor.start();
    if (cursor.accept("NOT", "NULL")) {
      nullable = false;
    } else if (cursor.accept("NULL")) {
      nullable = true;
    } else if (cursor.accept("DEFAULT")) {
      defaultValue = Optional.of(Expressions.ofDefault(cursor));
    } else if (cursor.accept("ON", "UPDATE")) {
      onUpdate = Expressions.currentTime(cursor);
      if (onUpdate.isEmpty()) {
        throw cursor.unexpected();
      }
    } else if (cursor.accept("AUTO_INCREMENT")) {
      identity = Optional.of(Column.Identity.AUTO_INCREMENT);
      nullable = false;
    } else if (cursor.accept("SERIAL", "DEFAULT", "VALUE")) {
      serial();
    } else if (cursor.accept("UNIQUE")) {
      cursor.accept("KEY");
      unique = true;
    } else if (cursor.accept("PRIMARY")) {
      cursor.accept("KEY");
      primaryKey();
    } else if (cursor.accept("KEY")) {
      primaryKey();
    } else if (cursor.accept("COMMENT")) {
      comment = Optional.of(cursor.string()).filter(c -> !c.isEmpty());
    } else if (cursor.accept("COLLATE")) {
      cursor.accept("=");
      collation = Optional.of(word());
    } else if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHARSET")) {
      cursor.accept("=");
      charset = Optional.of(word());
    } else if (cursor.accept("ASCII")) {
      charset = Optional.of("latin1");
    } else if (cursor.accept("UNICODE")) {
      charset = Optional.of("ucs2");
    } else if (cursor.accept("BYTE")) {
      charset = Optional.of("binary");
    } else if (cursor.accept("BINARY")) {
      // The binary collation of the character set.
      options.add("BINARY");
    } else if (cursor.accept("VISIBLE")) {
      invisible = false;
    } else if (cursor.uses(Syntax.INVISIBLE_COLUMN, cursor.accept("INVISIBLE"))) {
      invisible = true;
    } else if (cursor.isAny("GENERATED", "AS")) {
      generated();
    } else if (cursor.is("CONSTRAINT") || cursor.is("CHECK")) {
      check();
    } else if (cursor.is("REFERENCES")) {
      references();
    } else {
      return option(start);
    }
    return true;
  }

  /** What is said of how the column is kept: written again as it is. */
  private boolean option(int start) {
    if (cursor.uses(Syntax.COLUMN_FORMAT, cursor.acceptAny("COLUMN_FORMAT", "STORAGE"))) {
      cursor.plainName();
    } else if (cursor.acceptAny("ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE")) {
      cursor.accept("=");
      cursor.string();
    } else if (cursor.uses(Syntax.SRID, cursor.accept("SRID"))) {
      cursor.number();
    } else if (cursor.uses(Syntax.REF_SYSTEM_ID, cursor.accept("REF_SYSTEM_ID"))) {
      cursor.expect("=");
      cursor.number();
    } else if (cursor.accept("COMPRESSED")) {
      if (cursor.accept("=")) {
        cursor.plainName();
      }
    } else if (!cursor.uses(Syntax.VERSIONING, versioning())
        && !cursor.accept("NOT", "SECONDARY")) {
      return false;
    }
    options.add(cursor.since(start));
    return true;
  }

  private boolean versioning() {
    return cursor.accept("WITH", "SYSTEM", "VERSIONING")
        || cursor.accept("WITHOUT", "SYSTEM", "VERSIONING");
  }

  private String word() {
    return cursor.isString()
        ? cursor.string().toLowerCase(Locale.ROOT)
        : cursor.plainName().text().toLowerCase(Locale.ROOT);
  }

  private void primaryKey() {
    nullable = false;
    constraints.add(
        new Constraint.PrimaryKey(
            Optional.of(Constraints.PRIMARY),
            List.of(name),
            Optional.empty(),
            Timing.IMMEDIATE,
            ""));
  }

  private void generated() {
    if (cursor.accept("GENERATED")) {
      cursor.expect("ALWAYS");
    }
    cursor.expect("AS");
    if (cursor.uses(Syntax.ROW_START, cursor.accept("ROW"))) {
      String end = cursor.token().word();
      if (!cursor.acceptAny("START", "END")) {
        throw cursor.unexpected();
      }
      nullable = false;
      generated = Optional.of(new Column.Generated(Fragment.literal("ROW " + end), true));
      return;
    }
    Fragment expression = Expressions.parenthesised(cursor);
    boolean stored =
        cursor.accept("STORED") || cursor.uses(Syntax.PERSISTENT, cursor.accept("PERSISTENT"));
    if (!stored) {
      cursor.accept("VIRTUAL");
    }
    generated = Optional.of(new Column.Generated(expression, stored));
  }

  /** MariaDB names the CHECK of a column after the column. */
  private void check() {
    Optional<Name> given = Constraints.symbol(cursor);
    cursor.expect("CHECK");
    Constraint.Check check = Constraints.check(cursor, given);
    constraints.add(given.isEmpty() && target.isMariadb() ? check.named(name) : check);
  }

  /** Older servers read it and forget it. */
  private void references() {
    Constraint.ForeignKey key =
        Constraints.references(cursor, Optional.empty(), List.of(name), Optional.empty());
    if (target.keepsInlineReferences()) {
      constraints.add(key);
    } else {
      options.add(IGNORED_REFERENCES);
    }
  }
}
