package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SET in all its forms. */
final class Settings {

  private Settings() {}

  /** From SET on. */
  static List<Change> read(Cursor cursor, Target target, Manner manner, String earlier) {
    cursor.expect("SET");
    if (cursor.uses(Syntax.SET_STATEMENT, cursor.accept("STATEMENT"))) {
      // MariaDB: settings for the one statement behind FOR.
      cursor.skipTo("FOR");
      cursor.expect("FOR");
      return Statements.read(cursor.rest(), target, manner, earlier);
    }
    if (cursor.is("TRANSACTION")
        || (cursor.isAny("SESSION", "LOCAL", "GLOBAL") && cursor.ahead(1).is("TRANSACTION"))) {
      return transaction(cursor);
    }
    if (cursor.is("PASSWORD") || cursor.is("DEFAULT", "ROLE")) {
      cursor.rest();
      return List.of(
          new Change.AlterObject(
              ObjectKind.ROLE, QualifiedName.of("a user"), Optional.empty(), ""));
    }
    if (cursor.is("ROLE") || cursor.is("RESOURCE", "GROUP")) {
      String parameter = cursor.next().text().toLowerCase(Locale.ROOT);
      return List.of(new Change.SetParameter(parameter, List.of(cursor.rest()), false));
    }
    if (cursor.is("NAMES") || cursor.is("CHARACTER", "SET") || cursor.is("CHARSET")) {
      boolean names = cursor.next().is("NAMES");
      if (!names) {
        cursor.accept("SET");
      }
      String value = value(cursor);
      List<Change> changes = new ArrayList<>();
      changes.add(
          new Change.SetParameter(names ? "names" : "character set", List.of(value), false));
      if (cursor.accept(",")) {
        changes.addAll(assignments(cursor));
      }
      cursor.expectEnd();
      return changes;
    }
    List<Change> changes = assignments(cursor);
    cursor.expectEnd();
    return changes;
  }

  private static List<Change> transaction(Cursor cursor) {
    boolean server = cursor.accept("GLOBAL");
    cursor.acceptAny("SESSION", "LOCAL");
    cursor.expect("TRANSACTION");
    String mode = cursor.rest();
    return List.of(
        server
            ? new Change.SetServerParameter("transaction", List.of(mode))
            : new Change.TransactionControl("SET TRANSACTION " + mode));
  }

  private static List<Change> assignments(Cursor cursor) {
    List<Change> changes = new ArrayList<>();
    do {
      changes.add(assignment(cursor));
    } while (cursor.accept(","));
    return changes;
  }

  private static Change assignment(Cursor cursor) {
    boolean server =
        (cursor.accept("GLOBAL")
            || cursor.uses(Syntax.PERSIST, cursor.acceptAny("PERSIST", "PERSIST_ONLY")));
    if (!server) {
      cursor.acceptAny("SESSION", "LOCAL");
    }
    Token token = cursor.token();
    String parameter;
    if (token.kind() == Token.Kind.VARIABLE) {
      cursor.next();
      String written = token.text().toLowerCase(Locale.ROOT);
      server |= written.matches("@@(global|persist|persist_only)\\..*");
      parameter =
          written.startsWith("@@")
              ? written.replaceFirst("@@(?:(?:global|session|local|persist|persist_only)\\.)?", "")
              : written;
    } else {
      parameter = cursor.plainName().text().toLowerCase(Locale.ROOT);
      while (cursor.accept(".")) {
        parameter = parameter + "." + cursor.plainName().text().toLowerCase(Locale.ROOT);
      }
    }
    cursor.accept(":");
    cursor.expect("=");
    String value = value(cursor);
    List<String> values = value.equalsIgnoreCase("default") ? List.of() : List.of(value);
    return server
        ? new Change.SetServerParameter(parameter, values)
        : new Change.SetParameter(parameter, values, false);
  }

  private static String value(Cursor cursor) {
    int start = cursor.start();
    cursor.skipTo(",", ";");
    String value = cursor.since(start);
    if (value.isEmpty()) {
      throw cursor.unexpected();
    }
    return value;
  }
}
