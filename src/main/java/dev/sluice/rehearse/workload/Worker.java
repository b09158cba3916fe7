package dev.sluice.rehearse.workload;

import dev.sluice.rehearse.workload.Measured.Stall;
import dev.sluice.rehearse.workload.Workload.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one call after the other over one connection, waiting for each. When its application
 * changes, it ends its session and opens one of the other version, as a node does that is deployed
 * anew; what it keeps stays.
 */
final class Worker implements Runnable {

  private static final String CONNECT = "(connect)";

  /** A server that refuses connections, and a workload with nothing to send, are not pressed. */
  private static final Duration IDLE = Duration.ofMillis(100);

  private final Supplier<Optional<Side>> assignment;
  private final Client client;
  private final Duration pause;
  private final Clock clock;

  private volatile @Nullable Side side;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Running running;

  /**
   * @param assignment the version to send for, asked before each call; empty to stop
   */
  Worker(Supplier<Optional<Side>> assignment, Client client, Duration pause, Clock clock) {
    this.assignment = assignment;
    this.client = client;
    this.pause = pause;
    this.clock = clock;
  }

  /** A version, and what is measured of it. */
  record Side(Application application, Tally tally) {}

  private record Running(Side side, String call, Instant began, long nanos) {
    Duration length() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }
  }

  @Override
  public void run() {
    try {
      Optional<Side> assigned = assignment.get();
      while (assigned.isPresent()) {
        Duration rest = work(assigned.get());
        LockSupport.parkNanos(rest.toNanos());
        assigned = assignment.get();
      }
    } finally {
      disconnect();
      side = null;
    }
  }

  /** Whether it runs {@code expected}, and has no session of another version any more. */
  boolean runs(Side expected) {
    return expected.equals(side);
  }

  /** The statement of {@code of} that has not come back yet; mostly there is none. */
  Optional<Stall> running(Side of) {
    Running now = running;
    return now == null || !now.side().equals(of)
        ? Optional.empty()
        : Optional.of(new Stall(now.call(), now.began(), now.length(), false));
  }

  /** Cuts its connection: a statement that hangs fails then. */
  void abort() {
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        // What cannot be cut is left to end with the process; its thread is a daemon.
        return;
      }
    }
  }

  /** Sends one call; gives back how long to rest after it. */
  private Duration work(Side now) {
    if (!now.equals(side)) {
      disconnect();
      side = now;
    }
    Connection open = connection;
    if (open == null) {
      Instant began = clock.instant();
      long nanos = System.nanoTime();
      try {
        open = now.application().database().getConnection();
        connection = open;
      } catch (SQLException e) {
        now.tally().failed(CONNECT, began, e);
        now.tally().done(CONNECT, Duration.ofNanos(System.nanoTime() - nanos));
        return IDLE;
      }
    }
    Optional<Call> call = client.next(now.application().workload());
    if (call.isEmpty()) {
      return IDLE;
    }
    send(now, open, call.get());
    return pause;
  }

  private void send(Side now, Connection open, Call call) {
    Instant began = clock.instant();
    long nanos = System.nanoTime();
    try {
      client.send(open, call, new Stopwatch(now, call));
    } catch (SQLException e) {
      now.tally().failed(call.name(), began, e);
      if (!isAlive(open)) {
        disconnect();
      }
    } finally {
      now.tally().done(call.name(), Duration.ofNanos(System.nanoTime() - nanos));
    }
  }

  private static boolean isAlive(Connection open) {
    try {
      return open.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It was broken already: nothing is left to close.
        return;
      }
    }
  }

  /** Keeps what runs in sight, and counts it when it is over. */
  private final class Stopwatch implements Client.Watch {
    private final Side now;
    private final Call call;

    private Stopwatch(Side now, Call call) {
      this.now = now;
      this.call = call;
    }

    @Override
    public void begins() {
      running = new Running(now, call.name(), clock.instant(), System.nanoTime());
    }

    @Override
    public void ends() {
      Running ended = running;
      running = null;
      if (ended != null) {
        now.tally().statement(ended.call(), ended.began(), ended.length());
      }
    }
  }
}
