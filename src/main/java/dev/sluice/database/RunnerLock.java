package dev.sluice.database;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The right to change this database: one runner at a time. Held by a session of its own that never
 * has a transaction open. Those who work for the runner are marked too: when it dies, what it left
 * running on the server can be seen, and waited for.
 */
public final class RunnerLock implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  /** For a server that has not noticed yet that sessions ended. */
  private static final Duration MARKED = Duration.ofSeconds(5);

  private final Database database;
  private Session session;

  private RunnerLock(Database database, Session session) {
    this.database = database;
    this.session = session;
  }

  /**
   * Takes the lock, or says who has it.
   *
   * @throws Problem where somebody else is running, or a pooler would lose the lock
   */
  public static RunnerLock take(Database database) {
    Poolers.refuse(database);
    return new RunnerLock(database, locked(database));
  }

  private static Session locked(Database database) {
    Session session = database.session();
    if (session.is(database.server().locking().tryRunner())) {
      return session;
    }
    Problem busy = busy(session);
    session.close();
    throw busy;
  }

  private static Problem busy(Session session) {
    String who = holder(session).map(Holder::inWords).orElse("it ended this moment");
    return new Problem(
        Reason.BUSY,
        "somebody else is running on this database: "
            + who
            + "; nothing was changed\n  fix: wait until it is done; `sluice status` shows how far it"
            + " is");
  }

  /** Who runs now, seen from any session; empty where nobody does. */
  public static Optional<Holder> holder(Session asking) {
    return asking.rows(asking.server().locking().runner()).stream()
        .findFirst()
        .map(
            row ->
                new Holder(
                    row.number(0),
                    row.text(1),
                    row.text(3),
                    row.optional(4).map(Long::parseLong).map(Duration::ofSeconds)));
  }

  /**
   * A runner.
   *
   * @param address of its machine; {@code local} for a socket of the server's own
   * @param since it began; empty where the server does not know
   */
  public record Holder(long backend, String user, String address, Optional<Duration> since) {
    public String inWords() {
      return "pid "
          + backend
          + ", user "
          + user
          + ", from "
          + address
          + since.map(s -> ", for " + s.toSeconds() + " s").orElse("");
    }
  }

  /**
   * Makes sure that the lock is still ours; after a lost connection it is taken again.
   *
   * @throws Problem where somebody else took it meanwhile, or the database is gone
   */
  public void ensure() {
    try {
      if (session.is(database.server().locking().holdsRunner())) {
        return;
      }
    } catch (SqlFailure lost) {
      session.spoil();
    }
    session.close();
    session = locked(database);
  }

  /** A session that counts as working for the runner. */
  public Session work() {
    Session work = database.session();
    long deadline = System.nanoTime() + MARKED.toNanos();
    while (!work.is(database.server().locking().tryWork())) {
      if (System.nanoTime() > deadline) {
        work.close();
        throw new IllegalStateException("a mark of which there are more than enough is not free");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    // The mark belongs to the session: back in the pool it would tell a lie.
    work.spoil();
    return work;
  }

  /**
   * Waits until nothing runs that was sent by an earlier runner, or by a connection that was lost.
   * Only then does the catalog tell what was done.
   *
   * @throws Problem where it still runs after {@code patience}
   */
  public void awaitWorkers(Duration patience, Stop stop) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!session.is(database.server().locking().nobodyWorks())) {
      if (System.nanoTime() > deadline) {
        List<Activity> workers = Activity.workers(session);
        throw new Problem(
            Reason.BUSY,
            "a statement of an earlier run is still running: "
                + workers.stream().map(Activity::inWords).collect(Collectors.joining("; "))
                + "\n  fix: wait until it is done, or end it with "
                + database.server().locking().ending("pid"));
      }
      stop.sleep(POLL);
    }
  }

  @Override
  public void close() {
    try {
      // A closed connection gives it back too, but only when the server gets round to it.
      session.ask(database.server().locking().releaseRunner());
    } catch (SqlFailure lost) {
      // Then the lock is gone with the connection.
    }
    session.spoil();
    session.close();
  }
}
