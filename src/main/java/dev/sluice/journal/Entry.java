package dev.sluice.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of the journal. Lines are added, never taken back; only the progress of one that is
 * {@code STARTED} is written over.
 *
 * @param step id of the plan's step
 * @param attempt counts from 1
 * @param ended empty while it is {@code STARTED}
 * @param rows changed so far; empty where the step counts none
 * @param watermark how far a walk over a table has come; empty outside one
 * @param code the server's error, its number where it has numbers, else its state; empty where
 *     there was none
 * @param message why it failed or was skipped; empty where there is nothing to say
 */
public record Entry(
    long id,
    String step,
    int attempt,
    State state,
    Instant started,
    Optional<Instant> ended,
    Optional<Long> rows,
    Optional<String> watermark,
    Optional<String> code,
    Optional<String> message) {

  /** What became of an attempt. */
  public enum State {
    /** Begun. Where nothing follows, it was cut off: the step's probe decides. */
    STARTED,
    DONE,
    FAILED,
    /** A person ended it before it was done; nothing is wrong. */
    INTERRUPTED,
    /** Left as it is, for the reason given. */
    SKIPPED,
    /** Taken back by an abort. */
    UNDONE
  }
}
