package dev.sluice.plan;

import dev.sluice.dialect.Writer;
import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A view that bears a new name for a table, and shows its columns one by one. */
public final class StandInView {

  private StandInView() {}

  /**
   * @param table as it is written
   * @param resolved the same table
   * @param columns in order; empty for all that there are
   * @param options as {@link View#options}
   */
  public static View of(
      QualifiedName name,
      QualifiedName table,
      QualifiedName resolved,
      List<Name> columns,
      String options,
      Writer writer) {
    Set<References.Column> read = new LinkedHashSet<>();
    columns.forEach(c -> read.add(new References.Column(Optional.of(resolved), Optional.of(c))));
    if (columns.isEmpty()) {
      read.add(new References.Column(Optional.of(resolved), Optional.empty()));
    }
    String list =
        columns.isEmpty()
            ? "*"
            : columns.stream().map(writer::quote).collect(Collectors.joining(", "));
    Fragment query =
        new Fragment(
            "SELECT " + list + " FROM " + writer.quote(table),
            new References(Set.of(resolved), Set.of(), read, Set.of(), Set.of(), true));
    return new View(name, List.of(), query, false, options);
  }

  /** The same view with one column more, the last. */
  static CreateView with(View view, QualifiedName table, Name column, Writer writer) {
    String sql = view.query().sql();
    int from = sql.lastIndexOf(" FROM ");
    boolean all = sql.startsWith("SELECT * FROM ");
    References one =
        new References(
            Set.of(table),
            Set.of(),
            Set.of(new References.Column(Optional.of(table), Optional.of(column))),
            Set.of(),
            Set.of(),
            true);
    Fragment query =
        new Fragment(
            all ? sql : sql.substring(0, from) + ", " + writer.quote(column) + sql.substring(from),
            view.query().references().and(one));
    return new CreateView(
        new View(view.name(), List.of(), query, false, view.options()), true, false, false);
  }
}
