package dev.sluice.execute;

import dev.sluice.database.Guard;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Limits;
import dev.sluice.dialect.Walking;
import dev.sluice.execute.Walk.Piece;
import dev.sluice.plan.Action.Backfill;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Single batches of a backfill, each in one short transaction with the journal's line. */
final class Batches {

  private static final long PAGE_BYTES = 8192;

  private final Run run;
  private final Step step;
  private final Backfill backfill;
  private final long line;

  Batches(Run run, Step step, Backfill backfill, long line) {
    this.run = run;
    this.step = step;
    this.backfill = backfill;
    this.line = line;
  }

  /**
   * What is walked over.
   *
   * @param rows as the server estimates; empty where it has no estimate
   * @param rowBytes of one row, about; not above 0 where nobody knows
   */
  record Ground(Walk walk, Optional<Long> rows, long rowBytes) {}

  Ground ground() {
    return inTransaction(
        session -> {
          long rows = number(session, run.server().monitoring().estimatedRows());
          long rowBytes = number(session, run.server().monitoring().estimatedRowBytes());
          return new Ground(walk(rowBytes), Optional.of(rows).filter(r -> r >= 0), rowBytes);
        });
  }

  private long number(Session session, String question) {
    return session.ask(question, backfill.table()).map(Long::parseLong).orElse(-1L);
  }

  private Walk walk(long rowBytes) {
    Walking walking = run.server().walking();
    if (!backfill.key().isEmpty()) {
      return new KeyWalk(walking, backfill.table(), backfill.key());
    }
    int perPage = Math.clamp(rowBytes > 0 ? PAGE_BYTES / rowBytes : 50, 1, 300);
    return walking
        .byPlace()
        .<Walk>map(p -> new PlaceWalk(p, run.database().version(), backfill.table(), perPage))
        .orElseThrow(
            () ->
                new StepFailed(
                    backfill.table()
                        + " has no key to walk by, and "
                        + run.server().engine().title()
                        + " has no other way\n  fix: give it a primary key first"));
  }

  /**
   * A batch that was committed.
   *
   * @param to how far it came
   * @param changed rows
   */
  record Batch(Watermark to, long changed) {}

  /**
   * The next one; empty where nothing is left.
   *
   * @param changed rows so far
   */
  Optional<Batch> next(Walk walk, Watermark from, long changed, int rows) {
    Surroundings surroundings = new Surroundings(run, step);
    return inTransaction(
        surroundings,
        session -> {
          Optional<Piece> next = walk.next(session, from.position(), rows);
          if (next.isEmpty()) {
            return Optional.empty();
          }
          Piece piece = next.get();
          long here = session.change(statement(piece));
          Watermark to = from.moved(piece.end(), piece.rows());
          surroundings.leaveRole(session);
          run.journal().progress(session, line, changed + here, to.json());
          return Optional.of(new Batch(to, here));
        });
  }

  private String statement(Piece piece) {
    // The condition has lines of its own: it may end in a comment.
    String where =
        "\nWHERE "
            + piece.condition()
            + " AND (\n"
            + run.placeholders().in(backfill.where())
            + "\n)";
    return backfill
        .change()
        .map(set -> "UPDATE " + piece.target() + " SET " + run.placeholders().in(set) + where)
        .orElseGet(() -> "DELETE FROM " + piece.target() + where);
  }

  private <T> T inTransaction(Function<Session, T> work) {
    return inTransaction(new Surroundings(run, step), work);
  }

  private <T> T inTransaction(Surroundings surroundings, Function<Session, T> work) {
    Session session = run.work();
    LockSettings lock = run.settings().lock();
    Limits limits = new Limits(lock.timeout(), Duration.ZERO, lock.hold());
    try (Guard guard = new Guard(session, run.stop(), Optional.of(lock.watchdog())).start()) {
      try {
        return session.transaction(
            () -> {
              surroundings.apply(session, limits, true);
              return work.apply(session);
            });
      } catch (SqlFailure e) {
        if (guard.verdict() == Guard.Verdict.STOPPED) {
          throw new Stopped();
        }
        throw e;
      }
    } finally {
      if (surroundings.stick()) {
        run.leaveWork();
      }
    }
  }
}
