package dev.sluice.release;

import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What frees the new version, which runs for a while beside a column that is not yet dropped. */
final class Companions {
  private Companions() {}

  static List<String> ofDroppedColumn(QualifiedName table, Name column, Scene scene) {
    List<String> all = new ArrayList<>();
    Optional<Table> known = scene.table(table);
    Optional<Column> itself = scene.column(table, column);
    boolean inPrimaryKey = known.map(t -> t.primaryKey().contains(column)).orElse(false);
    if (itself.isEmpty() && scene.unseen(table)) {
      all.add("it was never seen: taken as NOT NULL without a default");
    }
    boolean refused = itself.map(c -> !c.mayBeOmitted()).orElse(scene.unseen(table));
    if (refused && inPrimaryKey) {
      all.add(
          "it is part of the primary key: INSERTs of the new version leave it out and are refused"
              + " until it is gone, and no default helps");
    } else if (refused) {
      all.add(
          "companion: it gets a default (`sluice: default \"<expression>\"`) or loses NOT NULL"
              + " before the deployment, because INSERTs of the new version leave it out");
    }
    known.ifPresent(t -> constraints(t, column, all));
    for (Index index : scene.before().indexesOn(table)) {
      if (index.names(column)) {
        all.add(
            "index " + index.name().map(n -> n.name().text()).orElse("on it") + " goes with it");
      }
    }
    for (View view : scene.before().viewsReading(table)) {
      if (view.query().references().names(scene.resolve(table), column)) {
        all.add("view " + view.name().name() + " reads it and goes before it");
      }
    }
    return all;
  }

  private static void constraints(Table table, Name column, List<String> all) {
    for (Constraint constraint : table.constraints()) {
      String name = constraint.name().map(n -> " " + n).orElse("");
      switch (constraint) {
        case Constraint.PrimaryKey ignored -> {}
        case Constraint.NotNull ignored -> {}
        case Constraint.Unique key when key.columns().contains(column) ->
            all.add(dropped("unique constraint" + name));
        case Constraint.ForeignKey key when key.columns().contains(column) ->
            all.add(dropped("foreign key" + name));
        case Constraint.Check check when names(check.expression().references(), column) ->
            all.add(dropped("CHECK" + name));
        case Constraint.Exclude exclude when names(exclude.definition().references(), column) ->
            all.add(dropped("exclusion constraint" + name));
        case Constraint.Unique ignored -> {}
        case Constraint.ForeignKey ignored -> {}
        case Constraint.Check ignored -> {}
        case Constraint.Exclude ignored -> {}
      }
    }
  }

  private static boolean names(References references, Name column) {
    return references.columns().stream().anyMatch(c -> c.name().equals(Optional.of(column)));
  }

  private static String dropped(String what) {
    return "companion: "
        + what
        + " is dropped before the deployment, because it would hold what the new version writes";
  }
}
