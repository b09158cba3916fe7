package dev.sluice.rehearse.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What came of all that one application version sent.
 *
 * @param application its name
 * @param calls those that were sent at least once, by name; a connection that could not be opened
 *     counts as a call, {@code (connect)}
 * @param longestStall the statement or commit that took longest, one that still runs included;
 *     empty before the first
 * @param slices of time in which at least one statement began, in order; what still runs is not in
 *     them yet
 */
public record Measured(
    String application, List<OfCall> calls, Optional<Stall> longestStall, List<Slice> slices) {

  /** What a stall is, for who reads a report. */
  public static final String STALL =
      "the longest time that one statement or commit took, from its client's call to the answer";

  /** How long a slice is. */
  public static final Duration SLICE = Duration.ofMillis(250);

  public Measured {
    calls = List.copyOf(calls);
    slices = List.copyOf(slices);
  }

  /** Statements sent, failed ones and commits included. */
  public long statements() {
    return calls.stream().mapToLong(OfCall::statements).sum();
  }

  /** Calls that failed: each failed with its first error, and was rolled back. */
  public long failed() {
    return calls.stream().mapToLong(OfCall::failed).sum();
  }

  /** 0 before the first statement. */
  public long longestStallMillis() {
    return longestStall.map(stall -> stall.length().toMillis()).orElse(0L);
  }

  /** How long all its calls took, in microseconds. */
  public Histogram latency() {
    Histogram all = new Histogram(Tally.DIGITS);
    calls.forEach(call -> all.add(call.latency()));
    return all;
  }

  /**
   * @param name of the call
   * @param statements sent by it, failed ones and commits included
   * @param latency of the whole call, in microseconds, failed ones included; a copy
   * @param failures one for each SQLSTATE, by their first time; mostly empty
   */
  public record OfCall(String name, long statements, Histogram latency, List<Failure> failures) {
    public OfCall {
      failures = List.copyOf(failures);
    }

    /** How often it was sent. */
    public long count() {
      return latency.getTotalCount();
    }

    public long failed() {
      return failures.stream().mapToLong(Failure::count).sum();
    }

    /** How long this part of the calls took at most, in microseconds; 100 for all of them. */
    public long micros(double percentile) {
      return latency.getValueAtPercentile(percentile);
    }

    /** Without the histogram, whose own text has a line for each value. */
    @Override
    public String toString() {
      return name + ": " + count() + " sent, failures " + failures;
    }
  }

  /**
   * @param sqlState five characters; empty where the driver gives none
   * @param message of the first one
   */
  public record Failure(String sqlState, long count, Instant first, String message) {}

  /**
   * What began in a short time, and how it went on.
   *
   * @param begins of the slice, on the clock that measured
   * @param statements that began in it, failed ones and commits included
   * @param failed calls that began in it
   * @param longest that one of these statements took, however late it ended
   */
  public record Slice(Instant begins, long statements, long failed, Duration longest) {}

  /**
   * One statement or commit.
   *
   * @param call that it belongs to
   * @param over false while it still runs: {@code length} is what it took so far
   */
  public record Stall(String call, Instant began, Duration length, boolean over) {}
}
