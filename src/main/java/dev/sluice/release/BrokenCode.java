package dev.sluice.release;

import dev.sluice.schema.Fragment;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Triggers and routines that name a column which goes or gets another name: MySQL and MariaDB let
 * it go, and their bodies fail from then on (error 1054).
 */
final class BrokenCode {
  private BrokenCode() {}

  /** What is to be said where a column gets another name or goes. */
  static List<String> remarks(QualifiedName table, Name column, Scene scene) {
    if (scene.dialect().conventions().viewsHoldWhatTheyRead()) {
      return List.of();
    }
    QualifiedName resolved = scene.resolve(table);
    List<String> remarks = new ArrayList<>();
    for (Trigger trigger : scene.before().triggersOn(resolved)) {
      if (names(trigger.definition(), resolved, column)) {
        remarks.add(
            "the trigger "
                + trigger.name()
                + " names it: every "
                + String.join(" and ", trigger.events())
                + " of "
                + resolved.name()
                + " fails from then on (error 1054); drop it before, and make it anew without the"
                + " name");
      }
    }
    for (Routine routine : scene.before().routines()) {
      boolean there =
          routine.definition().references().read().contains(resolved)
              || routine.definition().references().writes().contains(resolved);
      if (there && names(routine.definition(), resolved, column)) {
        remarks.add(
            routine.name().name()
                + " names it in its body, and fails for whoever calls it from then on (error 1054)");
      }
    }
    return remarks;
  }

  /** Where its names are not known, by its words. */
  private static boolean names(Fragment body, QualifiedName table, Name column) {
    return body.references().complete()
        ? body.references().names(table, column)
        : Pattern.compile(
                "(?<![\\w$])" + Pattern.quote(column.text()) + "(?![\\w$])",
                Pattern.CASE_INSENSITIVE)
            .matcher(body.sql())
            .find();
  }
}
