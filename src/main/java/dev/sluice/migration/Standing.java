package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the files stand in one database, as Flyway's history says; scripts are those of {@link
 * Migration#script()}.
 *
 * @param pending what {@code migrate} would run now, in that order
 * @param ran the files that the database has, in the order in which they came there: what a
 *     baseline stands for first; a repeatable one once, where its last run was, unless it is
 *     pending again
 * @param whole false where something ran that no file shows as it was then: one that was edited, is
 *     gone, or failed half-way
 * @param remarks what is amiss, by version
 */
public record Standing(
    List<String> pending, List<String> ran, boolean whole, List<Remark> remarks) {
  public Standing {
    pending = List.copyOf(pending);
    ran = List.copyOf(ran);
    remarks = List.copyOf(remarks);
  }

  /** The same once these files, which did run, stand in the history too. */
  public Standing afterRecording(List<String> scripts) {
    List<String> more = new ArrayList<>(ran);
    scripts.stream().filter(pending::contains).forEach(more::add);
    return new Standing(
        pending.stream().filter(s -> !scripts.contains(s)).toList(), more, whole, remarks);
  }

  /** Why Flyway would refuse to run, pending migrations aside; empty where it would not. */
  public List<Remark> objections() {
    return remarks.stream().filter(Remark::refused).toList();
  }
}
