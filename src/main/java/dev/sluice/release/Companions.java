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
import java.util.stream.Collectors;

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
    List<Name> key = known.map(Table::primaryKey).orElse(List.of());
    if (inPrimaryKey && key.size() > 1 && scene.dialect().conventions().indexOutlivesItsColumn()) {
      all.add(
          "the primary key stays, on "
              + key.stream()
                  .filter(c -> !c.equals(column))
                  .map(Name::text)
                  .collect(Collectors.joining(", "))
              + " alone: duplicates there stop the statement");
    }
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
    scene.before().indexesOn(table).stream()
        .filter(i -> i.names(column))
        .forEach(i -> all.addAll(index(i, column, itself, scene)));
    boolean held = scene.dialect().conventions().viewsHoldWhatTheyRead();
    for (View view : scene.before().viewsReading(table)) {
      if (view.query().references().names(scene.resolve(table), column)) {
        all.add(
            "view "
                + view.name().name()
                + (held
                    ? " reads it and goes before it"
                    : " reads it, stays behind and fails from then on: CREATE OR REPLACE it without"
                        + " the column before"));
      }
    }
    return all;
  }

  private static List<String> index(
      Index index, Name column, Optional<Column> itself, Scene scene) {
    String name = index.name().map(n -> n.name().text()).orElse("on it");
    if (!scene.dialect().conventions().indexOutlivesItsColumn()) {
      return List.of("index " + name + " goes with it");
    }
    List<String> rest =
        index.columns().stream()
            .filter(c -> !c.column().equals(Optional.of(column)))
            .map(c -> c.column().map(Name::text).orElse("an expression"))
            .toList();
    String what = (index.unique() ? "unique index " : "index ") + name;
    List<String> all = new ArrayList<>();
    boolean filled = itself.map(c -> !KindOfColumnChange.staysNull(c)).orElse(true);
    if (index.unique() && filled) {
      all.add(dropped(what));
    }
    if (rest.isEmpty()) {
      all.add(what + " goes with it");
    } else {
      all.add(
          what
              + " stays, on "
              + String.join(", ", rest)
              + (index.unique() ? " alone: duplicates there stop the statement" : " alone"));
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
