package dev.sluice.database;

import dev.sluice.schema.Statistics;
import dev.sluice.schema.Statistics.Size;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how large tables are. */
public final class TableSizes {

  private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

  private TableSizes() {}

  /** All tables outside the catalog. Cheap: no table is read. */
  public static Statistics read(Session session) {
    Map<QualifiedName, Size> sizes = new HashMap<>();
    for (Row row : session.rows(session.server().monitoring().sizes())) {
      QualifiedName table = QualifiedName.of(row.text(0), row.text(1));
      long rows = row.number(2) >= 0 ? row.number(2) : guess(session, table);
      sizes.put(table, new Size(rows, row.number(3)));
    }
    return new Statistics(sizes);
  }

  private static long guess(Session session, QualifiedName table) {
    String quoted = session.server().quote(table);
    String plan = session.ask(session.server().monitoring().guessRows(quoted)).orElse("");
    Matcher rows = ROWS.matcher(plan);
    return rows.find() ? Long.parseLong(rows.group(1)) : 0;
  }
}
