package dev.sluice.flyway;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A limit to how long Flyway waits for its own lock. On MySQL and MariaDB it would wait for ever,
 * whatever its settings say; it gives up where its thread is interrupted.
 */
final class LockDeadline implements AutoCloseable {

  private enum State {
    WAITING,
    LOCKED,
    EXPIRED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final Thread timer;

  private LockDeadline(Duration limit) {
    Thread waiting = Thread.currentThread();
    this.timer =
        Thread.ofPlatform()
            .daemon()
            .name("flyway-lock-deadline")
            .start(
                () -> {
                  try {
                    Thread.sleep(limit);
                    if (state.compareAndSet(State.WAITING, State.EXPIRED)) {
                      waiting.interrupt();
                    }
                  } catch (InterruptedException e) {
                    // The lock was got, or given up: nothing is left to limit.
                  }
                });
  }

  /** From now on, for the current thread. */
  static LockDeadline in(Duration limit) {
    return new LockDeadline(limit);
  }

  /**
   * The lock is held: from here on nobody is interrupted.
   *
   * @throws Problem where the time was over first
   */
  void locked() {
    if (!state.compareAndSet(State.WAITING, State.LOCKED)) {
      throw expired();
    }
  }

  boolean isExpired() {
    return state.get() == State.EXPIRED;
  }

  static Problem expired() {
    return new Problem(
        Reason.BUSY,
        "somebody else holds Flyway's lock on its history table: a migration is running, or one was"
            + " killed and its session lives on\n"
            + "  fix: wait until it ends, or end that session, and run this again");
  }

  @Override
  public void close() {
    timer.interrupt();
    if (isExpired()) {
      Thread.interrupted();
    }
  }
}
