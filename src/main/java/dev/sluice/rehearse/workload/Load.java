package dev.sluice.rehearse.workload;

import dev.sluice.rehearse.workload.Measured.Stall;
import dev.sluice.rehearse.workload.Worker.Side;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Two versions of an application under load: workers that each send for the old one first, and hand
 * over to the new one as {@link #share} says. Real connections, real statements; a worker waits for
 * each answer, so a stalled database is asked less, as it is by an application with a pool.
 */
public final class Load implements AutoCloseable {

  private static final Duration CUT = Duration.ofSeconds(5);

  private final Side oldSide;
  private final Side newSide;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private volatile double share;
  private volatile boolean stopping;

  /**
   * How much.
   *
   * @param workers each with one connection; at least 1
   * @param pause of a worker between two calls; zero for as fast as the server answers
   * @param rows what {@code rows} means in the workloads
   * @param seed of all that is drawn; each worker draws its own
   */
  public record Settings(int workers, Duration pause, long rows, long seed) {
    public Settings {
      if (workers < 1) {
        throw new IllegalArgumentException("workers is " + workers + "; it must be at least 1");
      }
      if (rows < 1) {
        throw new IllegalArgumentException("rows is " + rows + "; it must be at least 1");
      }
      if (pause.isNegative()) {
        throw new IllegalArgumentException("pause is " + pause + "; it must not be negative");
      }
    }
  }

  private Load(Application oldVersion, Application newVersion) {
    this.oldSide = new Side(oldVersion, new Tally());
    this.newSide = new Side(newVersion, new Tally());
  }

  /**
   * Starts all workers with the old version.
   *
   * @param clock tells when a stall or a failure was
   */
  public static Load start(
      Settings settings, Application oldVersion, Application newVersion, Clock clock) {
    Load load = new Load(oldVersion, newVersion);
    for (int i = 0; i < settings.workers(); i++) {
      int index = i;
      Client client = new Client(settings.seed() + i, settings.rows());
      load.workers.add(new Worker(() -> load.assigned(index), client, settings.pause(), clock));
    }
    for (int i = 0; i < settings.workers(); i++) {
      Thread thread = new Thread(load.workers.get(i), "load-" + i);
      thread.setDaemon(true);
      load.threads.add(thread);
    }
    load.threads.forEach(Thread::start);
    return load;
  }

  /**
   * Hands over: this part of the workers sends for the new version from their next call on.
   *
   * @param newShare 0 for the old version only, 1 for the new one only
   */
  public void share(double newShare) {
    if (!(newShare >= 0 && newShare <= 1)) {
      throw new IllegalArgumentException("share is " + newShare + "; it must be from 0 to 1");
    }
    share = newShare;
  }

  /**
   * Waits until the share is what was asked for: until no worker of one version has a session of
   * the other.
   *
   * @return false where a statement outlasted {@code patience}
   */
  public boolean settle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!settled()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return true;
  }

  /** What came of it so far: the old version, then the new one. */
  public List<Measured> measured() {
    return List.of(measured(oldSide), measured(newSide));
  }

  /**
   * Lets every worker finish its call, and ends all sessions.
   *
   * @param patience after it, what still runs is cut off, and counts as failed
   * @return all that was measured
   */
  public List<Measured> stop(Duration patience) {
    stopping = true;
    threads.forEach(LockSupport::unpark);
    if (!join(patience)) {
      workers.forEach(Worker::abort);
      join(CUT);
    }
    return measured();
  }

  /** Stops without patience. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  private Optional<Side> assigned(int worker) {
    return stopping ? Optional.empty() : Optional.of(side(worker));
  }

  private Side side(int worker) {
    return worker < Math.round(share * workers.size()) ? newSide : oldSide;
  }

  private boolean settled() {
    for (int i = 0; i < workers.size(); i++) {
      if (!workers.get(i).runs(side(i))) {
        return false;
      }
    }
    return true;
  }

  private Measured measured(Side side) {
    List<Stall> running = workers.stream().flatMap(w -> w.running(side).stream()).toList();
    return side.tally().measured(side.application().name(), running);
  }

  /** Whether all have ended. */
  private boolean join(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (Thread thread : threads) {
        long left = Math.max(1, deadline - System.nanoTime());
        if (!thread.join(Duration.ofNanos(left))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
