package dev.sluice.cli;

import dev.sluice.database.Stop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C during a run: the running statement is cancelled, the journal is written, and only then
 * the process ends, with 130.
 */
final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 15;

  private final Stop stop = new Stop();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  /** Listens until closed. */
  Interrupt() {
    hook =
        new Thread(
            () -> {
              stop.request();
              try {
                // The JVM is gone when its hooks have ended. What the database does not hear of by
                // then, it finds out itself when the connection is gone.
                boolean ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assert ended || stop.requested();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What the run asks before it begins anything. */
  Stop stop() {
    return stop;
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook is what waited for us.
    }
  }
}
