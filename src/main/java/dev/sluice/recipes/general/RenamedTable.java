package dev.sluice.recipes.general;

import dev.sluice.plan.Situation;
import dev.sluice.plan.StandIn;
import dev.sluice.plan.StandInView;
import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.Column;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** A table that bears its new name as a view until the old version is gone. */
public final class RenamedTable {

  private RenamedTable() {}

  /**
   * The view, over the columns that both versions know it by.
   *
   * @param options as {@link dev.sluice.schema.View#options}
   */
  public static CreateView view(
      Situation at, QualifiedName table, QualifiedName name, String options) {
    List<Name> there =
        at.pre().table(table).map(Table::columns).orElse(List.of()).stream()
            .map(Column::name)
            .toList();
    List<Name> columns =
        at.subject().before().table(at.afterwards(table)).filter(Table::complete).stream()
            .flatMap(t -> t.columns().stream())
            .map(Column::name)
            .filter(there::contains)
            .toList();
    return new CreateView(
        StandInView.of(name, table, at.pre().resolve(table), columns, options, at.writer()),
        false,
        false,
        false);
  }

  /** What later statements, which say the new name, mean before post-deploy. */
  public static StandIn standIn(Situation at, QualifiedName table, QualifiedName name) {
    return new StandIn.View(
        name.schema().isPresent() ? name : at.pre().resolve(table).withName(name.name()),
        at.pre().resolve(table));
  }
}
