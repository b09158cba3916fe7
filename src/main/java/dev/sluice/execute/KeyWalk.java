package dev.sluice.execute;

import dev.sluice.database.Row;
import dev.sluice.database.Session;
import dev.sluice.dialect.Walking;
import dev.sluice.dialect.Walking.Column;
import dev.sluice.execute.Watermark.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From key to key: each piece is found where the last one ended, however many came before. */
record KeyWalk(Walking walking, String table, List<Column> key) implements Walk {

  @Override
  public Optional<Piece> next(Session session, Optional<Position> from, int rows) {
    List<String> start = from.map(KeyWalk::values).orElse(List.of());
    return session.rows(walking.pieceEnd(table, key, start, rows)).stream()
        .findFirst()
        .map(row -> piece(start, row));
  }

  private static List<String> values(Position position) {
    return switch (position) {
      case Watermark.Key at -> at.values();
      case Watermark.Page page ->
          throw new IllegalStateException(page + " is no place of a walk by key");
    };
  }

  private Piece piece(List<String> start, Row row) {
    List<String> end = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      end.add(row.text(i));
    }
    if (end.equals(start)) {
      throw new StepFailed(
          "the walk over "
              + table
              + " does not get beyond the key "
              + String.join(", ", end)
              + ": the server orders its keys otherwise than it compares them\n"
              + "  fix: give it another unique key");
    }
    return new Piece(
        table, walking.inPiece(key, start, end), row.number(key.size()), new Watermark.Key(end));
  }

  @Override
  public boolean meetsEveryRow() {
    return true;
  }
}
