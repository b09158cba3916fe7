package dev.sluice.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches a session while it works: cancels its statement when a person asks for it or its time is
 * over. A JDBC call cannot be interrupted, so somebody else has to look.
 */
public final class Guard implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(20);

  /** Before it is asked again: what arrives when the statement is over meets the next one. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** Why a statement was cancelled. */
  public enum Verdict {
    /** It was not, or not by this guard. */
    NONE,
    STOPPED,
    OVERDUE
  }

  private final Session session;
  private final Stop stop;
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> watchers = new ArrayList<>();
  private final long started = System.nanoTime();
  private volatile Verdict verdict = Verdict.NONE;

  /**
   * Begins to watch.
   *
   * @param limit by the clock on the wall; empty for none
   */
  public Guard(Session session, Stop stop, Optional<Duration> limit) {
    this.session = session;
    this.stop = stop;
    watchers.add(Thread.ofPlatform().daemon().name("sluice-guard").unstarted(() -> watch(limit)));
  }

  /** Starts watching. */
  public Guard start() {
    watchers.forEach(Thread::start);
    return this;
  }

  /**
   * Also looks at something else, on another session: first after {@code first}, then each {@code
   * period}, until the work is over.
   */
  public Guard sampling(Runnable sample, Duration first, Duration period) {
    watchers.add(
        Thread.ofPlatform()
            .daemon()
            .name("sluice-guard")
            .unstarted(() -> sample(sample, first, period)));
    return this;
  }

  private void watch(Optional<Duration> limit) {
    while (!overWithin(verdict == Verdict.NONE ? TICK : PATIENCE)) {
      if (worker.isInterrupted() || stop.requested()) {
        stop.request();
        verdict = Verdict.STOPPED;
      } else if (limit.filter(l -> System.nanoTime() - started > l.toNanos()).isPresent()) {
        verdict = Verdict.OVERDUE;
      }
      if (verdict != Verdict.NONE) {
        session.cancel();
      }
    }
  }

  private void sample(Runnable sample, Duration first, Duration period) {
    Duration wait = first;
    while (!overWithin(wait)) {
      sample.run();
      wait = period;
    }
  }

  private boolean overWithin(Duration time) {
    try {
      return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  public Verdict verdict() {
    return verdict;
  }

  /** Ends the watch; when it returns, nobody uses the other session any more. */
  @Override
  public void close() {
    over.countDown();
    boolean interrupted = false;
    for (Thread watcher : watchers) {
      while (true) {
        try {
          watcher.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
