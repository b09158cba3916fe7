package dev.sluice.rehearse.workload;

import dev.sluice.rehearse.workload.Measured.Failure;
import dev.sluice.rehearse.workload.Measured.OfCall;
import dev.sluice.rehearse.workload.Measured.Slice;
import dev.sluice.rehearse.workload.Measured.Stall;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what the workers of one application version see. For many threads. */
final class Tally {

  /** Decimal digits that a latency keeps. */
  static final int DIGITS = 3;

  private final Map<String, OneCall> calls = new TreeMap<>();
  private final Map<Instant, OneSlice> slices = new TreeMap<>();
  private Optional<Stall> longest = Optional.empty();

  synchronized void statement(String call, Instant began, Duration length) {
    of(call).statements++;
    slice(began).add(length);
    Stall stall = new Stall(call, began, length, true);
    longest = Optional.of(longer(longest, stall));
  }

  synchronized void done(String call, Duration length) {
    of(call).latency.recordValue(length.toNanos() / 1000);
  }

  synchronized void failed(String call, Instant at, SQLException error) {
    String state = Objects.requireNonNullElse(error.getSQLState(), "");
    String message = Objects.requireNonNullElse(error.getMessage(), error.getClass().getName());
    slice(at).failed++;
    of(call)
        .failures
        .merge(
            state,
            new Failure(state, 1, at, message),
            (first, again) ->
                new Failure(state, first.count() + 1, first.first(), first.message()));
  }

  /**
   * @param running statements that have not ended yet
   */
  synchronized Measured measured(String application, List<Stall> running) {
    Optional<Stall> stall = longest;
    for (Stall one : running) {
      stall = Optional.of(longer(stall, one));
    }
    return new Measured(
        application,
        calls.entrySet().stream().map(e -> e.getValue().measured(e.getKey())).toList(),
        stall,
        slices.entrySet().stream().map(e -> e.getValue().measured(e.getKey())).toList());
  }

  private static Stall longer(Optional<Stall> one, Stall other) {
    return one.filter(s -> s.length().compareTo(other.length()) >= 0).orElse(other);
  }

  private OneCall of(String call) {
    return calls.computeIfAbsent(call, name -> new OneCall());
  }

  private OneSlice slice(Instant at) {
    long length = Measured.SLICE.toMillis();
    Instant begins = Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
    return slices.computeIfAbsent(begins, time -> new OneSlice());
  }

  private static final class OneSlice {
    private long statements;
    private long failed;
    private Duration longest = Duration.ZERO;

    private void add(Duration length) {
      statements++;
      longest = longest.compareTo(length) < 0 ? length : longest;
    }

    private Slice measured(Instant begins) {
      return new Slice(begins, statements, failed, longest);
    }
  }

  private static final class OneCall {
    private final Histogram latency = new Histogram(DIGITS);
    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private long statements;

    private OfCall measured(String name) {
      return new OfCall(
          name,
          statements,
          latency.copy(),
          failures.values().stream().sorted(Comparator.comparing(Failure::first)).toList());
    }
  }
}
