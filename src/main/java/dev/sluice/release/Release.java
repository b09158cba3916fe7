package dev.sluice.release;

import dev.sluice.migration.Migration;
import dev.sluice.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What goes out together.
 *
 * @param migrations the pending ones, in the order Flyway would run them
 * @param subjects all their changes, in order
 * @param before the schema that the old version runs on
 * @param after the schema that plain Flyway would leave
 * @param settings what the team decided once
 */
public record Release(
    List<Migration> migrations,
    List<Subject> subjects,
    Schema before,
    Schema after,
    ReleaseSettings settings) {
  public Release {
    migrations = List.copyOf(migrations);
    subjects = List.copyOf(subjects);
  }

  /** The changes of each migration, by its script; none for a migration that changes nothing. */
  public Map<String, List<Subject>> subjectsByScript() {
    return subjects.stream().collect(Collectors.groupingBy(s -> s.migration().script()));
  }

  /** Names that it takes away and gives again: both statements are one change. */
  public List<Redefinition> redefinitions() {
    return Redefinitions.in(
            subjects.stream().map(Subject::change).toList(),
            subjects.stream().map(Subject::effects).toList(),
            subjects.stream().map(Subject::before).toList())
        .stream()
        .map(p -> new Redefinition(subjects.get(p.dropped()), subjects.get(p.made())))
        .toList();
  }

  /**
   * Changes that draw a column's numbers from an identity instead of a default, in order: they run
   * in one transaction, or INSERTs in between are refused.
   */
  public List<List<Subject>> renumberings() {
    return Renumbering.in(
            subjects.stream().map(Subject::change).toList(),
            i -> subjects.get(i).migration().script(),
            i -> subjects.get(i).before())
        .stream()
        .map(r -> subjects.subList(r.first(), r.last() + 1))
        .toList();
  }

  /**
   * A name that is dropped, or renamed away, and given again; or a trigger, and the one that does
   * the same in its place. Where both have the same phase, they run in one transaction, or the name
   * is missing in between.
   */
  public record Redefinition(Subject dropped, Subject made) {}
}
