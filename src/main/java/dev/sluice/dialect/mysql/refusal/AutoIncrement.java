package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Column;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;

/** At most one column draws numbers, and InnoDB needs a key that begins with it. */
final class AutoIncrement {

  private final Outcome table;

  AutoIncrement(Outcome table) {
    this.table = table;
  }

  Optional<String> why() {
    // What was wrong before is not as it was read.
    boolean wasWrong = table.was().map(t -> wrong(t, table.before()).isPresent()).orElse(false);
    return wasWrong ? Optional.empty() : wrong(table.is(), table.after());
  }

  private Optional<String> wrong(Table of, Schema schema) {
    List<Name> drawing =
        of.columns().stream()
            .filter(c -> c.identity().equals(Optional.of(Column.Identity.AUTO_INCREMENT)))
            .map(Column::name)
            .toList();
    if (drawing.size() > 1) {
      return Optional.of(
          drawing.get(0)
              + " and "
              + drawing.get(1)
              + " would both be AUTO_INCREMENT (error 1075); a table has one such column");
    }
    return drawing.isEmpty() || !table.isInnodb() || isLed(drawing.getFirst(), of, schema)
        ? Optional.empty()
        : Optional.of(
            "no key would begin with "
                + drawing.getFirst()
                + ", which is AUTO_INCREMENT (error 1075); add one in the same statement");
  }

  private static boolean isLed(Name column, Table of, Schema schema) {
    return schema.allIndexesOn(of.name()).stream()
        .filter(i -> !i.method().equals("fulltext"))
        .map(Index::columns)
        .anyMatch(keys -> keys.getFirst().column().equals(Optional.of(column)));
  }
}
