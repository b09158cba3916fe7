package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Column;
import java.util.Optional;

/** Columns that are computed when they are read, and would be kept, or the other way round. */
final class Generations {

  private final Altered table;

  Generations(Altered table) {
    this.table = table;
  }

  Optional<String> why() {
    return table.changes().stream()
        .filter(RedefineColumn.class::isInstance)
        .map(RedefineColumn.class::cast)
        .flatMap(c -> table.table().column(c.column()).flatMap(was -> why(was, c)).stream())
        .findFirst();
  }

  private Optional<String> why(Column was, RedefineColumn change) {
    boolean before = isVirtual(was);
    boolean after = isVirtual(change.definition());
    return before == after
        ? Optional.empty()
        : Optional.of(
            change.column()
                + (before
                    ? " is VIRTUAL, and would be kept in rows"
                    : " is kept in rows, and would be VIRTUAL")
                + " (error "
                + (table.mariadb() ? "1907" : "3106")
                + "); drop it and add it anew");
  }

  private static boolean isVirtual(Column column) {
    return column.generated().map(g -> !g.stored()).orElse(false);
  }
}
