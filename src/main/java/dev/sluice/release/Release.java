package dev.sluice.release;

import dev.sluice.migration.Migration;
import dev.sluice.schema.Change;
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
   * Changes that put an enum in the place of another one, with the values that it gets by that.
   *
   * @param subjects in order
   * @param additions what adds the values to the type as it is
   */
  public record WiderEnum(List<Subject> subjects, List<Change.AddEnumValue> additions) {}

  /** Where all that comes of several changes is that an enum has more values. */
  public List<WiderEnum> widerEnums() {
    return EnumSwap.in(
            subjects.stream().map(Subject::change).toList(),
            i -> subjects.get(i).migration().script(),
            i -> subjects.get(i).before(),
            after)
        .stream()
        .map(s -> new WiderEnum(subjects.subList(s.first(), s.last() + 1), s.additions()))
        .toList();
  }

  /**
   * A name that is dropped, or renamed away, and given again; or a trigger, and the one that does
   * the same in its place. Where both have the same phase, they run in one transaction, or the name
   * is missing in between.
   */
  public record Redefinition(Subject dropped, Subject made) {}
}
