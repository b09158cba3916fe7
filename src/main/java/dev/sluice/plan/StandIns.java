package dev.sluice.plan;

import dev.sluice.dialect.Writer;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renames that are split over the phases, and what later statements, which are written in the new
 * names, mean in pre-deploy.
 */
public record StandIns(List<StandIn> all) {

  static final StandIns NONE = new StandIns(List.of());

  public StandIns {
    all = List.copyOf(all);
  }

  StandIns and(StandIn one) {
    if (one instanceof StandIn.None) {
      return this;
    }
    List<StandIn> more = new ArrayList<>(all);
    more.add(one);
    return new StandIns(more);
  }

  /** The table behind the name; the name itself where no view stands in for it. */
  public QualifiedName table(QualifiedName name, Schema pre) {
    QualifiedName resolved = pre.resolve(name);
    for (StandIn one : all.reversed()) {
      if (one instanceof StandIn.View view && view.name().equals(resolved)) {
        return name.schema().isPresent()
            ? view.table()
            : new QualifiedName(Optional.empty(), view.table().name());
      }
    }
    return name;
  }

  /** The name that a view bears for the table until it gets it; its own where none does. */
  QualifiedName afterwards(QualifiedName table, Schema pre) {
    QualifiedName resolved = pre.resolve(table);
    for (StandIn one : all.reversed()) {
      if (one instanceof StandIn.View view && view.table().equals(resolved)) {
        return table.schema().isPresent()
            ? view.name()
            : new QualifiedName(Optional.empty(), view.name().name());
      }
    }
    return table;
  }

  /** The views that stand in for a table. */
  List<StandIn.View> viewsOf(QualifiedName table, Schema pre) {
    QualifiedName resolved = pre.resolve(table);
    List<StandIn.View> views = new ArrayList<>();
    for (StandIn one : all) {
      if (one instanceof StandIn.View view && view.table().equals(resolved)) {
        views.add(view);
      }
    }
    return views;
  }

  /** The column that will bear the name; the name itself where no copy stands in for it. */
  public Name column(QualifiedName table, Name column, Schema pre) {
    ColumnName name = new ColumnName(pre.resolve(table(table, pre)), column);
    for (StandIn one : all.reversed()) {
      if (one instanceof StandIn.Copy copy && copy.name().equals(name)) {
        return copy.original();
      }
    }
    return column;
  }

  /** Whether any stand-in bears that name, as a table or as a column of it. */
  boolean stands(QualifiedName table, Schema pre) {
    QualifiedName resolved = pre.resolve(table(table, pre));
    return all.stream()
        .anyMatch(
            one ->
                switch (one) {
                  case StandIn.None none -> false;
                  case StandIn.View view -> view.table().equals(resolved);
                  case StandIn.Copy copy -> copy.name().table().equals(resolved);
                });
  }

  /** Whether the expression over a row of the table names a column that a copy stands in for. */
  boolean names(Fragment expression, QualifiedName table, Schema pre) {
    QualifiedName resolved = pre.resolve(table(table, pre));
    return all.stream()
        .anyMatch(
            one ->
                one instanceof StandIn.Copy copy
                    && copy.name().table().equals(resolved)
                    && names(expression.references(), copy.name().column()));
  }

  private static boolean names(References references, Name column) {
    return !references.complete()
        || references.columns().stream().anyMatch(c -> c.name().map(column::equals).orElse(true));
  }

  /**
   * The change in the names that exist in pre-deploy. Empty where it holds an expression over a
   * column that still bears another name: such text is not rewritten, it waits for post-deploy.
   * What only queries (rows, views, routines) stays as it is.
   */
  public Optional<Change> inPreDeploy(Change change, Schema pre, Writer writer) {
    return all.isEmpty() ? Optional.of(change) : new Translation(this, pre, writer).of(change);
  }
}
