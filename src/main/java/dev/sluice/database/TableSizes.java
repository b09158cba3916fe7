package dev.sluice.database;

import dev.sluice.dialect.Sizes;
import dev.sluice.schema.Statistics;
import dev.sluice.schema.Statistics.Size;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how large tables are. */
public final class TableSizes {

  private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

  private TableSizes() {}

  /**
   * Tables outside the catalog. Cheap: no table is read.
   *
   * @param schemas whose tables are meant; an engine whose databases hold schemas answers for all
   *     of its own
   */
  public static Statistics read(Session session, Collection<Name> schemas) {
    Map<QualifiedName, Size> sizes = new HashMap<>();
    Sizes texts = session.server().sizes();
    texts.prepare().forEach(session::execute);
    for (Row row : session.rows(texts.tables(List.copyOf(schemas)))) {
      QualifiedName table = QualifiedName.of(row.text(0), row.text(1));
      long rows = row.number(2) >= 0 ? row.number(2) : guess(session, table);
      sizes.put(table, new Size(rows, row.number(3)));
    }
    return new Statistics(sizes);
  }

  private static long guess(Session session, QualifiedName table) {
    String quoted = session.server().quote(table);
    String plan = session.server().sizes().guess(quoted).flatMap(session::ask).orElse("");
    Matcher rows = ROWS.matcher(plan);
    return rows.find() ? Long.parseLong(rows.group(1)) : 0;
  }
}
