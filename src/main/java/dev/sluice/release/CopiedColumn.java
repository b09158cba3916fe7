package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Work;
import java.util.Optional;

/**
 * PostgreSQL places no column. A new type that would rewrite the table is planned as a copy of the
 * column, which comes last.
 */
final class CopiedColumn {
  private CopiedColumn() {}

  /** Where the column comes to stand; empty where no copy takes its place, or it is the last. */
  static Optional<String> remark(Placed at, Impact impact, Dialect dialect) {
    if (dialect.engine() != Engine.POSTGRESQL
        || impact.work() != Work.REWRITE
        || !(at.change() instanceof Change.AlterColumnType change)) {
      return Optional.empty();
    }
    return at.before()
        .table(change.table())
        .filter(t -> !t.columns().isEmpty())
        .filter(t -> !t.columns().getLast().name().equals(change.column()))
        .filter(t -> t.column(change.column()).isPresent())
        .map(
            t ->
                "where `plan` puts a copy in its place, it moves to the end of "
                    + change.table()
                    + ": INSERT and COPY without a list of columns, and reads of * by position,"
                    + " then mean other columns");
  }
}
