package dev.sluice.release;

import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * Views that keep the name of what goes: MySQL and MariaDB let it go, and refuse to read the view
 * from then on (seen on MySQL 8.0.31 and MariaDB 11.4.5).
 */
final class BrokenViews {
  private BrokenViews() {}

  /** What is to be said where a table or view gets another name or goes. */
  static List<String> remarks(QualifiedName table, Scene scene) {
    return remarks(table, Optional.empty(), scene);
  }

  /** What is to be said where a column gets another name or goes. */
  static List<String> remarks(QualifiedName table, Name column, Scene scene) {
    return remarks(table, Optional.of(column), scene);
  }

  private static List<String> remarks(QualifiedName table, Optional<Name> column, Scene scene) {
    if (scene.dialect().conventions().viewsHoldWhatTheyRead()) {
      return List.of();
    }
    QualifiedName resolved = scene.resolve(table);
    List<String> views =
        scene.before().viewsReading(resolved).stream()
            .filter(v -> column.map(c -> v.query().references().names(resolved, c)).orElse(true))
            .map(View::name)
            .map(v -> v.name().text())
            .toList();
    if (views.isEmpty()) {
      return List.of();
    }
    String one = "the view " + views.getFirst() + " reads it by this name, and fails";
    String more = "the views " + String.join(", ", views) + " read it by this name, and fail";
    return List.of(
        (views.size() == 1 ? one : more)
            + " for whoever reads "
            + (views.size() == 1 ? "it" : "them")
            + " from then on (error 1356), until made anew");
  }
}
