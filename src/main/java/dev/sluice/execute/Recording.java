package dev.sluice.execute;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Version;
import dev.sluice.plan.Action.RecordHistory;
import java.util.List;
import java.util.Optional;

/** The migration that a step records: the file's where there are files, else what the plan says. */
final class Recording {

  private Recording() {}

  static Migration migration(Optional<Migrations> files, RecordHistory action) {
    return files
        .flatMap(
            all -> all.all().stream().filter(m -> m.script().equals(action.script())).findFirst())
        .orElseGet(() -> asPlanned(action));
  }

  private static Migration asPlanned(RecordHistory action) {
    return new Migration(
        action.version().map(Version::parse),
        action.description(),
        type(action),
        action.script(),
        action.script(),
        action.checksum(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  // Flyway's names for types; a repeatable one is SQL too, and has no version.
  private static Migration.Type type(RecordHistory action) {
    return switch (action.type()) {
      case "SQL" ->
          action.version().isPresent() ? Migration.Type.VERSIONED : Migration.Type.REPEATABLE;
      case "SQL_BASELINE" -> Migration.Type.BASELINE;
      case "JDBC" -> Migration.Type.JAVA;
      case "SCRIPT" -> Migration.Type.SCRIPT;
      default ->
          throw new IllegalArgumentException(
              "the plan records " + action.script() + " as " + action.type() + ", no type of ours");
    };
  }
}
