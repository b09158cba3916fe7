package dev.sluice.release;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Standing;
import dev.sluice.migration.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which migrations have run and which will, in that order: where a database was asked, the order in
 * which they came there, otherwise that of versions. A baseline stands for all versions up to its
 * own: on a new database it runs instead of them; on one that has them it never runs, and only
 * spares the replay their files.
 *
 * @param whole whether what has run is known from the files
 * @param known whether what repeatable migrations made in earlier runs is among what has run: no
 *     file shows what they were then
 * @param onEmptyDatabase whether nothing was there before the pending ones
 */
record Running(
    List<Migration> applied,
    List<Migration> pending,
    boolean whole,
    boolean known,
    boolean onEmptyDatabase) {

  private static final Comparator<Migration> ORDER =
      Comparator.comparing((Migration m) -> m.version().isEmpty())
          .thenComparing(m -> m.version().orElse(new Version("0")))
          .thenComparing(Migration::description);

  static Running of(List<Migration> all, Pending pending) {
    if (pending instanceof Pending.All) {
      return new Running(
          List.of(), fromBaseline(all, newest(all, Optional.empty())), true, true, true);
    }
    if (pending instanceof Pending.Recorded recorded) {
      Standing standing = recorded.standing();
      return new Running(
          named(standing.ran(), all),
          named(standing.pending(), all),
          standing.whole(),
          false,
          false);
    }
    Optional<Pending.Since> since =
        pending instanceof Pending.Since s ? Optional.of(s) : Optional.empty();
    List<Migration> later =
        all.stream()
            .filter(m -> m.type() != Migration.Type.BASELINE)
            .filter(pending::includes)
            .toList();
    List<Migration> earlier =
        Stream.concat(
                all.stream()
                    .filter(m -> m.type() == Migration.Type.BASELINE || !pending.includes(m)),
                since.stream().flatMap(s -> s.past().stream()))
            .sorted(ORDER)
            .toList();
    Optional<Version> first =
        later.stream().flatMap(m -> m.version().stream()).min(Comparator.naturalOrder());
    return new Running(
        fromBaseline(earlier, newest(all, first)),
        later,
        true,
        since.map(Pending.Since::whole).orElse(false),
        false);
  }

  private static List<Migration> named(List<String> scripts, List<Migration> all) {
    Map<String, Migration> byScript =
        all.stream().collect(Collectors.toMap(Migration::script, Function.identity()));
    return scripts.stream().map(byScript::get).filter(Objects::nonNull).toList();
  }

  /** All in order; a baseline only where the versions that it stands for have no files. */
  static List<Migration> each(List<Migration> all) {
    Optional<Migration> baseline = newest(all, Optional.empty());
    boolean spared =
        baseline.isPresent()
            && all.stream()
                .noneMatch(m -> m.type() != Migration.Type.BASELINE && upTo(m, baseline.get()));
    return spared
        ? fromBaseline(all, baseline)
        : all.stream().filter(m -> m.type() != Migration.Type.BASELINE).toList();
  }

  private static Optional<Migration> newest(List<Migration> all, Optional<Version> before) {
    return all.stream()
        .filter(m -> m.type() == Migration.Type.BASELINE)
        .filter(
            m ->
                before
                    .map(b -> m.version().map(v -> v.compareTo(b) < 0).orElse(false))
                    .orElse(true))
        .max(Comparator.comparing(m -> m.version().orElseThrow()));
  }

  private static List<Migration> fromBaseline(List<Migration> all, Optional<Migration> baseline) {
    List<Migration> rest = new ArrayList<>();
    baseline.ifPresent(rest::add);
    for (Migration migration : all) {
      boolean replaced = baseline.map(b -> upTo(migration, b)).orElse(false);
      if (migration.type() != Migration.Type.BASELINE && !replaced) {
        rest.add(migration);
      }
    }
    return rest;
  }

  private static boolean upTo(Migration migration, Migration baseline) {
    return migration.version().isPresent()
        && migration.version().get().compareTo(baseline.version().orElseThrow()) <= 0;
  }

  List<Migration> all() {
    List<Migration> all = new ArrayList<>(applied);
    all.addAll(pending);
    return all;
  }
}
