package dev.sluice.execute;

import dev.sluice.migration.History;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Remark;
import dev.sluice.migration.Standing;
import java.util.ArrayList;
import java.util.List;

/** A history without a database, for tests of all that is not the history. */
final class MemoryHistory implements History {

  final List<Applied> rows = new ArrayList<>();
  final List<String> pending = new ArrayList<>();
  final List<Remark> objections = new ArrayList<>();
  boolean created;

  @Override
  public List<Applied> applied() {
    return List.copyOf(rows);
  }

  @Override
  public Standing standing() {
    return new Standing(pending, List.of(), true, objections);
  }

  @Override
  public void create() {
    created = true;
  }

  @Override
  public void record(Migration migration) {
    if (rows.stream().noneMatch(r -> r.script().equals(migration.script()))) {
      rows.add(
          new Applied(
              rows.size() + 1,
              migration.version(),
              migration.description(),
              "SQL",
              migration.script(),
              migration.checksum(),
              true));
    }
  }

  @Override
  public void remove(Migration migration) {
    if (rows.isEmpty() || !rows.getLast().script().equals(migration.script())) {
      throw new HistoryMismatch(migration.script() + " is not the newest row");
    }
    rows.removeLast();
  }
}
