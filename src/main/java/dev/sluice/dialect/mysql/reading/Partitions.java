package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterPartitions.Operation;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Partitions, which have names within their table and are no tables of their own. */
final class Partitions {

  private Partitions() {}

  /** PARTITION BY with its definitions, up to the end or a query. */
  static Fragment by(Cursor cursor) {
    int start = cursor.start();
    cursor.expect("PARTITION", "BY");
    Set<References.Column> columns = new LinkedHashSet<>();
    columns.addAll(method(cursor).columns());
    if (cursor.accept("PARTITIONS")) {
      cursor.number();
    }
    if (cursor.accept("SUBPARTITION", "BY")) {
      columns.addAll(method(cursor).columns());
      if (cursor.accept("SUBPARTITIONS")) {
        cursor.number();
      }
    }
    if (cursor.is("(")) {
      definitions(cursor);
    }
    return new Fragment(
        cursor.since(start), new References(Set.of(), Set.of(), columns, Set.of(), Set.of(), true));
  }

  private static References method(Cursor cursor) {
    cursor.accept("LINEAR");
    if (cursor.accept("KEY")) {
      if (cursor.accept("ALGORITHM")) {
        cursor.accept("=");
        cursor.number();
      }
      return Mentions.in(cursor.parenthesised());
    }
    if (cursor.accept("SYSTEM_TIME")) {
      cursor.skipTo("(", "PARTITIONS", "SUBPARTITION", ";", ",");
      return References.NONE;
    }
    if (!cursor.acceptAny("HASH", "RANGE", "LIST")) {
      throw cursor.unexpected();
    }
    cursor.accept("COLUMNS");
    return Mentions.in(cursor.parenthesised());
  }

  private static void definitions(Cursor cursor) {
    cursor.parenthesised();
  }

  /** The operation that stands here; empty where none does. */
  static Optional<Change> alter(Cursor cursor, QualifiedName table) {
    int start = cursor.start();
    Optional<Operation> operation = operation(cursor);
    if (operation.isEmpty()) {
      return Optional.empty();
    }
    Operation which = operation.get();
    List<Name> names = List.of();
    Optional<QualifiedName> other = Optional.empty();
    switch (which) {
      case ADD -> {
        cursor.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL");
        cursor.ifNotExists();
        if (cursor.accept("PARTITIONS")) {
          cursor.number();
        } else {
          names = List.copyOf(named(cursor));
        }
      }
      case DROP -> {
        cursor.ifExists();
        names = cursor.plainNames();
      }
      case COALESCE -> {
        cursor.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL");
        cursor.number();
      }
      case REORGANIZE -> {
        cursor.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL");
        if (!cursor.isEnd() && !cursor.is(";")) {
          names = cursor.plainNames();
          cursor.expect("INTO");
          definitions(cursor);
        }
      }
      case EXCHANGE -> {
        names = List.of(cursor.plainName());
        cursor.expect("WITH", "TABLE");
        other = Optional.of(cursor.table());
        if (cursor.acceptAny("WITH", "WITHOUT")) {
          cursor.expect("VALIDATION");
        }
      }
      case CONVERT_IN -> {
        other = Optional.of(cursor.table());
        cursor.expect("TO", "PARTITION");
        names = List.of(cursor.plainName());
        cursor.skipTo(",", ";", "WITH", "WITHOUT");
        if (cursor.acceptAny("WITH", "WITHOUT")) {
          cursor.expect("VALIDATION");
        }
      }
      case CONVERT_OUT -> {
        names = List.of(cursor.plainName());
        cursor.expect("TO", "TABLE");
        other = Optional.of(cursor.table());
      }
      case TRUNCATE,
          REBUILD,
          OPTIMIZE,
          ANALYZE,
          CHECK,
          REPAIR,
          DISCARD_TABLESPACE,
          IMPORT_TABLESPACE -> {
        names = all(cursor);
        if (which == Operation.DISCARD_TABLESPACE || which == Operation.IMPORT_TABLESPACE) {
          cursor.expect("TABLESPACE");
        }
        while (cursor.acceptAny("QUICK", "FAST", "MEDIUM", "EXTENDED", "CHANGED", "USE_FRM")) {}
      }
    }
    return Optional.of(new Change.AlterPartitions(table, which, names, other, cursor.since(start)));
  }

  private static Optional<Operation> operation(Cursor cursor) {
    if (cursor.accept("CONVERT", "TABLE")) {
      return Optional.of(Operation.CONVERT_IN);
    }
    if (cursor.accept("CONVERT", "PARTITION")) {
      return Optional.of(Operation.CONVERT_OUT);
    }
    if (!cursor.ahead(1).is("PARTITION")) {
      return Optional.empty();
    }
    Optional<Operation> operation =
        switch (cursor.token().word()) {
          case "ADD" -> Optional.of(Operation.ADD);
          case "DROP" -> Optional.of(Operation.DROP);
          case "TRUNCATE" -> Optional.of(Operation.TRUNCATE);
          case "REORGANIZE" -> Optional.of(Operation.REORGANIZE);
          case "COALESCE" -> Optional.of(Operation.COALESCE);
          case "EXCHANGE" -> Optional.of(Operation.EXCHANGE);
          case "REBUILD" -> Optional.of(Operation.REBUILD);
          case "OPTIMIZE" -> Optional.of(Operation.OPTIMIZE);
          case "ANALYZE" -> Optional.of(Operation.ANALYZE);
          case "CHECK" -> Optional.of(Operation.CHECK);
          case "REPAIR" -> Optional.of(Operation.REPAIR);
          case "DISCARD" -> Optional.of(Operation.DISCARD_TABLESPACE);
          case "IMPORT" -> Optional.of(Operation.IMPORT_TABLESPACE);
          default -> Optional.empty();
        };
    if (operation.isPresent()) {
      cursor.next();
      cursor.next();
    }
    return operation;
  }

  private static List<Name> all(Cursor cursor) {
    cursor.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL");
    return cursor.accept("ALL") ? List.of() : cursor.plainNames();
  }

  /** The names of the partitions that are defined between parentheses. */
  private static List<Name> named(Cursor cursor) {
    List<Name> names = new java.util.ArrayList<>();
    cursor.expect("(");
    do {
      cursor.expect("PARTITION");
      names.add(cursor.plainName());
      cursor.skipTo(",", ")");
    } while (cursor.accept(","));
    cursor.expect(")");
    return names;
  }
}
