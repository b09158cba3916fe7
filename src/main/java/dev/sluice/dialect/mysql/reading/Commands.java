package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What defines nothing: locks, transactions, settings, upkeep, and what only shows. */
final class Commands {

  private Commands() {}

  /** Empty where it is none of these. */
  static Optional<List<Change>> read(Cursor cursor, Target target, Manner manner, String earlier) {
    return switch (cursor.token().word()) {
      case "USE" -> {
        cursor.next();
        Change use = new Change.UseSchema(cursor.name());
        cursor.expectEnd();
        yield Optional.of(List.of(use));
      }
      case "SET" -> Optional.of(Settings.read(cursor, target, manner, earlier));
      case "LOCK" ->
          cursor.ahead(1).is("TABLE") || cursor.ahead(1).is("TABLES")
              ? Optional.of(lock(cursor))
              : nothing(cursor);
      case "UNLOCK", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "XA" ->
          transaction(cursor);
      case "OPTIMIZE" -> upkeep(cursor, Change.Maintenance.Kind.OPTIMIZE);
      case "REPAIR" -> upkeep(cursor, Change.Maintenance.Kind.REPAIR);
      case "CHECK" -> upkeep(cursor, Change.Maintenance.Kind.CHECK);
      case "ANALYZE" -> analyze(cursor, target, manner, earlier);
      case "SHOW",
          "DESCRIBE",
          "DESC",
          "EXPLAIN",
          "HELP",
          "FLUSH",
          "KILL",
          "CHECKSUM",
          "CACHE",
          "HANDLER",
          "SIGNAL",
          "GET",
          "PURGE",
          "RESET",
          "BINLOG",
          "INSTALL",
          "UNINSTALL",
          "BACKUP",
          "STOP",
          "CHANGE" ->
          nothing(cursor);
      default -> Optional.empty();
    };
  }

  private static Optional<List<Change>> nothing(Cursor cursor) {
    return Optional.of(List.of(new Change.NoEffect(cursor.rest())));
  }

  private static Optional<List<Change>> transaction(Cursor cursor) {
    boolean server = cursor.is("START") && !cursor.ahead(1).is("TRANSACTION");
    String command = cursor.rest();
    return Optional.of(
        List.of(server ? new Change.NoEffect(command) : new Change.TransactionControl(command)));
  }

  /** One change for each mode. */
  private static List<Change> lock(Cursor cursor) {
    cursor.next();
    cursor.next();
    List<QualifiedName> read = new ArrayList<>();
    List<QualifiedName> written = new ArrayList<>();
    do {
      QualifiedName table = cursor.table();
      cursor.accept("AS");
      if (!cursor.isAny("READ", "WRITE", "LOW_PRIORITY")) {
        cursor.name();
      }
      if (cursor.accept("READ")) {
        cursor.accept("LOCAL");
        read.add(table);
      } else {
        cursor.accept("LOW_PRIORITY");
        cursor.expect("WRITE");
        cursor.accept("CONCURRENT");
        written.add(table);
      }
    } while (cursor.accept(","));
    if (cursor.accept("NOWAIT")) {
    } else if (cursor.accept("WAIT")) {
      cursor.number();
    }
    cursor.expectEnd();
    List<Change> changes = new ArrayList<>();
    if (!written.isEmpty()) {
      changes.add(new Change.LockTable(written, LockMode.MYSQL_EXCLUSIVE));
    }
    if (!read.isEmpty()) {
      changes.add(new Change.LockTable(read, LockMode.MYSQL_SHARED));
    }
    return changes;
  }

  private static Optional<List<Change>> upkeep(Cursor cursor, Change.Maintenance.Kind kind) {
    cursor.next();
    cursor.acceptAny("NO_WRITE_TO_BINLOG", "LOCAL");
    if (!cursor.acceptAny("TABLE", "TABLES")) {
      return nothing(cursor);
    }
    List<QualifiedName> tables = cursor.tables();
    cursor.rest();
    return Optional.of(List.of(new Change.Maintenance(kind, tables)));
  }

  /** ANALYZE TABLE; MariaDB's ANALYZE in front of another statement runs that one. */
  private static Optional<List<Change>> analyze(
      Cursor cursor, Target target, Manner manner, String earlier) {
    boolean tables =
        cursor.ahead(1).is("TABLE")
            || cursor.ahead(1).is("TABLES")
            || cursor.ahead(1).is("LOCAL")
            || cursor.ahead(1).is("NO_WRITE_TO_BINLOG");
    if (tables) {
      return upkeep(cursor, Change.Maintenance.Kind.ANALYZE);
    }
    cursor.next();
    if (cursor.accept("FORMAT", "=")) {
      cursor.next();
    }
    return Optional.of(Statements.read(cursor.rest(), target, manner, earlier));
  }
}
