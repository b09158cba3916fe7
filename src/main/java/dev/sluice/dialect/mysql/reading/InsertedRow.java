package dev.sluice.dialect.mysql.reading;

/** The first row of an INSERT or REPLACE that lists no columns: its values are the columns'. */
public final class InsertedRow {

  private InsertedRow() {}

  /** How many values it has; 0 for every other statement, and for {@code VALUES ()}. */
  public static int values(String sql) {
    try {
      return values(new Cursor(sql));
    } catch (Unreadable other) {
      return 0;
    }
  }

  private static int values(Cursor cursor) throws Unreadable {
    if (!cursor.acceptAny("INSERT", "REPLACE")) {
      return 0;
    }
    cursor.acceptAny("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY");
    cursor.accept("IGNORE");
    cursor.accept("INTO");
    cursor.ownTable();
    if (cursor.accept("PARTITION")) {
      cursor.parenthesised();
    }
    if (cursor.is("(") && cursor.ahead(1).is(")")) {
      cursor.expect("(", ")");
    }
    if (!cursor.acceptAny("VALUES", "VALUE") || !cursor.accept("(") || cursor.is(")")) {
      return 0;
    }
    int values = 0;
    do {
      cursor.skipTo(",", ")");
      values++;
    } while (cursor.accept(","));
    return values;
  }
}
