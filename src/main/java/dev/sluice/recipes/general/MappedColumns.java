package dev.sluice.recipes.general;

import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Situation;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** The old columns that a directive maps to a new one. */
public final class MappedColumns {

  private MappedColumns() {}

  /** Those that {@code up} names, in the order of the table. */
  public static List<Name> named(Situation at, QualifiedName table, String up) {
    References references = at.dialect().expression(up).references();
    return at.pre().table(table).map(Table::columns).orElse(List.of()).stream()
        .map(Column::name)
        .filter(
            n -> references.columns().stream().anyMatch(c -> c.name().map(n::equals).orElse(false)))
        .toList();
  }

  /**
   * Why they cannot be mapped; empty where they can.
   *
   * @param place of the directive
   * @param back whether it says a way back
   */
  public static Optional<Undecided> unfit(
      ColumnName name, String place, boolean back, List<Name> sources) {
    if (!sources.isEmpty() && (!back || sources.size() == 1)) {
      return Optional.empty();
    }
    return Optional.of(
        new Undecided(
            place
                + ": \"up\" names "
                + (sources.isEmpty() ? "no column of " + name.table() : sources.toString())
                + "; a way back leads to exactly one column",
            List.of("-- sluice: up " + name + " \"<expression over one column>\", down \"…\"")));
  }
}
