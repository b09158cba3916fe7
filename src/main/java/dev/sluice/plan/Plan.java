package dev.sluice.plan;

import dev.sluice.release.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A release as an ordered list of steps. What was reviewed is what runs: it holds final SQL, and no
 * secret.
 *
 * @param release a name for people: the date and the last version
 * @param fingerprint {@code sha256:…} over everything else in it that decides what runs
 * @param engine as in formats: {@code postgresql}
 * @param engineVersion that its SQL was written for; another major version needs another plan
 * @param migrations the files that it was made from
 * @param placeholders salted hashes of the values that {@code ${…}} in its SQL stand for, by
 *     placeholder
 * @param debt releases whose contract steps are still owed, by name; their steps come first
 * @param pointOfNoReturn id of the first step whose undo would lose something or break the old
 *     version; empty where there is none
 * @param conflicts an empty list where it can run
 * @param directivesNeeded an empty list where it can run
 * @param notes what a person should know before it runs; may be empty
 */
public record Plan(
    String release,
    String fingerprint,
    String engine,
    String engineVersion,
    List<Source> migrations,
    Map<String, String> placeholders,
    List<String> debt,
    List<Step> steps,
    Optional<String> pointOfNoReturn,
    List<Conflict> conflicts,
    List<DirectiveNeeded> directivesNeeded,
    List<Note> notes) {

  /** The version of the JSON form. Grows with each incompatible change. */
  public static final int FORMAT_VERSION = 1;

  public Plan {
    migrations = List.copyOf(migrations);
    placeholders = Map.copyOf(placeholders);
    debt = List.copyOf(debt);
    steps = List.copyOf(steps);
    conflicts = List.copyOf(conflicts);
    directivesNeeded = List.copyOf(directivesNeeded);
    notes = List.copyOf(notes);
  }

  /** Whether nothing stands in its way. */
  public boolean runnable() {
    return conflicts.isEmpty() && directivesNeeded.isEmpty();
  }

  Plan withFingerprint(String other) {
    return new Plan(
        release,
        other,
        engine,
        engineVersion,
        migrations,
        placeholders,
        debt,
        steps,
        pointOfNoReturn,
        conflicts,
        directivesNeeded,
        notes);
  }

  /**
   * A migration that it carries out.
   *
   * @param version empty for a repeatable one
   * @param checksum Flyway's
   */
  public record Source(
      Optional<String> version, String script, Optional<Integer> checksum, Kind kind) {}

  /** A place in a file with what stands there, placeholders as written. */
  public record Place(String file, int line, int column, String sql) {}

  /** Statements that cannot both keep their meaning and their phase. */
  public record Conflict(List<Place> statements, String why, List<String> waysOut) {
    public Conflict {
      statements = List.copyOf(statements);
      waysOut = List.copyOf(waysOut);
    }
  }

  /** A statement that only a person can decide on. */
  public record DirectiveNeeded(Place place, String why, List<String> choices) {
    public DirectiveNeeded {
      choices = List.copyOf(choices);
    }
  }

  /** A remark on a statement. */
  public record Note(Place place, String text) {}
}
