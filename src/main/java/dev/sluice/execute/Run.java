package dev.sluice.execute;

import dev.sluice.database.Database;
import dev.sluice.database.RunnerLock;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop;
import dev.sluice.dialect.Limits;
import dev.sluice.dialect.Server;
import dev.sluice.journal.Journal;
import dev.sluice.journal.Ledger;
import dev.sluice.plan.Plan;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all steps of one run share: the right to run, the connections, and whom to tell. */
final class Run implements AutoCloseable {

  /** For what an earlier run left running, and for a server that restarts. */
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Environment environment;
  private final RunnerLock lock;
  private final Plan plan;
  private final Placeholders placeholders;
  private final ReentrantLock looking = new ReentrantLock();
  private final ReentrantLock telling = new ReentrantLock();
  private long release;
  private @Nullable Session work;
  private @Nullable Session monitor;
  private boolean saidUnseen;

  Run(Environment environment, RunnerLock lock, Plan plan, Placeholders placeholders) {
    this.environment = environment;
    this.lock = lock;
    this.plan = plan;
    this.placeholders = placeholders;
  }

  /** Waits for what an earlier run left behind, then works for that release. */
  void begin(long id) {
    release = id;
  }

  void awaitEarlierWork() {
    lock.awaitWorkers(RECOVERY, stop());
  }

  Plan plan() {
    return plan;
  }

  long release() {
    return release;
  }

  Database database() {
    return environment.database();
  }

  Server server() {
    return environment.database().server();
  }

  Journal journal() {
    return environment.journal();
  }

  Ports ports() {
    return environment.ports();
  }

  ExecuteSettings settings() {
    return environment.settings();
  }

  Stop stop() {
    return environment.stop();
  }

  Placeholders placeholders() {
    return placeholders;
  }

  void tell(Progress.Event event) {
    telling.lock();
    try {
      environment.ports().progress().report(event);
    } finally {
      telling.unlock();
    }
  }

  Ledger ledger() {
    return journal().ledger(work(), release);
  }

  /** The session that works, with the settings of a new connection. */
  Session work() {
    Session session = work;
    if (session == null) {
      session = lock.work();
      work = session;
    }
    return session;
  }

  /** Gives up the session that works: its settings are no longer those of a new one. */
  void leaveWork() {
    Session session = work;
    if (session != null) {
      session.close();
      work = null;
    }
  }

  /**
   * The same where its statement was cancelled: another cancellation may be on its way to it still.
   */
  void leaveCancelled() {
    // An interrupt that says the same is taken off: a connection is not had with it.
    stop().requested();
    leaveWork();
  }

  /** Still the one runner? Asked now and then in long work. */
  void ensureLock() {
    lock.ensure();
  }

  /**
   * Looks from the side, while another thread works. A look never fails the work: where it cannot
   * be had, it is empty.
   */
  <T> Optional<T> look(Function<Session, T> question) {
    looking.lock();
    try {
      Session session = monitor;
      if (session == null) {
        session = database().session();
        monitor = session;
        session.spoil();
        server().limits(new Limits(LOOK, LOOK, LOOK), false).forEach(session::execute);
      }
      return Optional.of(question.apply(session));
    } catch (SqlFailure e) {
      leaveMonitor();
      return Optional.empty();
    } catch (Problem e) {
      return Optional.empty();
    } finally {
      looking.unlock();
    }
  }

  /** Whether it was not said yet that who holds locks cannot be seen. */
  boolean isFirstUnseen() {
    boolean first = !saidUnseen;
    saidUnseen = true;
    return first;
  }

  private void leaveMonitor() {
    Session session = monitor;
    if (session != null) {
      session.close();
      monitor = null;
    }
  }

  /**
   * After a lost connection: the lock is ours again, and what was sent before has ended, one way or
   * the other.
   *
   * @throws Problem where the database stays away, or somebody else runs by now
   */
  void recover() {
    leaveWork();
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (true) {
      try {
        lock.ensure();
        lock.awaitWorkers(RECOVERY, stop());
        return;
      } catch (Problem e) {
        if (e.reason() == Reason.BUSY || System.nanoTime() > deadline) {
          throw e;
        }
      } catch (SqlFailure e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      stop().sleep(Duration.ofMillis(500));
    }
  }

  @Override
  public void close() {
    leaveWork();
    looking.lock();
    try {
      leaveMonitor();
    } finally {
      looking.unlock();
    }
  }
}
