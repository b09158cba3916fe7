package dev.sluice.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A person's wish that work ends soon: the running statement is cancelled, nothing new begins.
 * Interrupting the thread that works says the same.
 */
public final class Stop {

  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile boolean byInterrupt;

  /** From any thread, a signal handler's too; more than once does no harm. */
  public void request() {
    asked.countDown();
  }

  public boolean requested() {
    // The flag is taken off, so that what remains to be written can still be written.
    if (Thread.interrupted()) {
      byInterrupt = true;
      request();
    }
    return asked.getCount() == 0;
  }

  /**
   * @throws Stopped where the wish was uttered
   */
  public void check() {
    if (requested()) {
      throw new Stopped();
    }
  }

  /**
   * Waits.
   *
   * @throws Stopped as soon as the wish is uttered
   */
  public void sleep(Duration time) {
    check();
    try {
      if (asked.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Stopped();
      }
    } catch (InterruptedException e) {
      byInterrupt = true;
      request();
      throw new Stopped();
    }
  }

  /** Puts an interrupt that was taken off this thread back on it, when the work is over. */
  public void restoreInterrupt() {
    if (byInterrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** Work ended because somebody asked for it. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Stopped() {
      super("stopped on request");
    }
  }
}
