package dev.sluice.execute;

import dev.sluice.database.Row;
import dev.sluice.database.Session;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Walking.ByPlace;
import dev.sluice.execute.Watermark.Page;
import dev.sluice.execute.Watermark.Position;
import java.util.List;
import java.util.Optional;

/**
 * From page to page, for tables without a key. A row that is updated meanwhile moves to another
 * page, an earlier one too: it may be missed, so passes go on until one finds nothing.
 *
 * @param table quoted
 * @param rowsPerPage about
 */
record PlaceWalk(ByPlace places, EngineVersion version, String table, int rowsPerPage)
    implements Walk {

  @Override
  public Optional<Piece> next(Session session, Optional<Position> from, int rows) {
    // Asked each time: a table grows at its end while it is walked over.
    List<Row> relations = session.rows(places.relations(), table);
    String alias = session.ask(places.alias(), table).orElse(table);
    boolean reached = from.isEmpty();
    for (Row relation : relations) {
      String name = relation.text(0);
      long page = 0;
      if (from.isPresent() && from.get() instanceof Page at && at.relation().equals(name)) {
        reached = true;
        page = at.page();
      }
      long pages = relation.number(1);
      if (reached && page < pages) {
        long end = Math.min(pages, page + Math.max(1, rows / rowsPerPage));
        return Optional.of(
            new Piece(
                places.only(name, alias),
                places.inPages(page, end, version),
                (end - page) * rowsPerPage,
                new Page(name, end)));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean meetsEveryRow() {
    return false;
  }
}
