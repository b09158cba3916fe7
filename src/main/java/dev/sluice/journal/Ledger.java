package dev.sluice.journal;

import dev.sluice.journal.Entry.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All lines of one release, in order, and what follows from them.
 *
 * @param entries the oldest first
 */
public record Ledger(List<Entry> entries) {

  /** An abort has lines of its own, under this name, which no step of a plan has. */
  public static final String ABORT = "abort";

  public Ledger {
    entries = List.copyOf(entries);
  }

  /** The newest line of a step; empty where it was never begun. */
  public Optional<Entry> last(String step) {
    return entries.stream().filter(e -> e.step().equals(step)).reduce((first, second) -> second);
  }

  public boolean done(String step) {
    return last(step)
        .filter(e -> e.state() == State.DONE || e.state() == State.SKIPPED)
        .isPresent();
  }

  /** Begun, and neither done nor taken back: something of it may be there. */
  public boolean openEnded(String step) {
    return last(step).filter(Ledger::openEnded).isPresent();
  }

  /**
   * The newest line of its abort; empty where none was begun. Where a release with one is open,
   * some of it may be taken back: it can only be aborted further.
   */
  public Optional<Entry> abort() {
    return last(ABORT);
  }

  private static boolean openEnded(Entry entry) {
    return switch (entry.state()) {
      case STARTED, FAILED, INTERRUPTED -> true;
      case DONE, SKIPPED, UNDONE -> false;
    };
  }

  /**
   * The latest line of an open-ended step that says how far it came; without one, its last line.
   * Empty where it is not open-ended. An attempt that was cut off at its very beginning says
   * nothing of the one before, whose rows are changed all the same.
   */
  public Optional<Entry> interrupted(String step) {
    if (!openEnded(step)) {
      return Optional.empty();
    }
    for (Entry entry : entries.reversed()) {
      if (entry.step().equals(step)) {
        if (!openEnded(entry)) {
          break;
        }
        if (entry.watermark().isPresent()) {
          return Optional.of(entry);
        }
      }
    }
    return last(step);
  }

  /** How often it was begun. */
  public int attempts(String step) {
    return entries.stream()
        .filter(e -> e.step().equals(step))
        .mapToInt(Entry::attempt)
        .max()
        .orElse(0);
  }

  /**
   * Whether what an unfinished step left behind is ours. It is not where every attempt since it was
   * last taken back was refused because what it wanted to make was there.
   *
   * @param exists which codes say so
   */
  public boolean leftoverIsOurs(String step, Predicate<String> exists) {
    List<Entry> of = entries.stream().filter(e -> e.step().equals(step)).toList();
    int from = 0;
    for (int i = 0; i < of.size(); i++) {
      if (of.get(i).state() == State.UNDONE) {
        from = i + 1;
      }
    }
    List<Entry> since = of.subList(from, of.size());
    return since.stream()
        .filter(e -> e.state() == State.STARTED)
        .anyMatch(
            begun ->
                since.stream()
                    .noneMatch(
                        e ->
                            e.attempt() == begun.attempt()
                                && e.state() == State.FAILED
                                && e.code().filter(exists).isPresent()));
  }
}
