package dev.sluice.execute;

import dev.sluice.database.Guard;
import dev.sluice.database.Row;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.dialect.Limits;
import dev.sluice.dialect.Monitoring;
import dev.sluice.dialect.Walking;
import dev.sluice.dialect.Walking.Column;
import dev.sluice.execute.Walk.Piece;
import dev.sluice.plan.Action.Backfill;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
          Monitoring monitoring = run.server().monitoring();
          long rows = number(session, monitoring.estimatedRows(backfill.table()));
          long rowBytes = number(session, monitoring.estimatedRowBytes(backfill.table()));
          return new Ground(
              walk(session, rowBytes), Optional.of(rows).filter(r -> r >= 0), rowBytes);
        });
  }

  private static long number(Session session, String question) {
    return session.ask(question).map(Long::parseLong).orElse(-1L);
  }

  private Walk walk(Session session, long rowBytes) {
    Walking walking = run.server().walking();
    if (!backfill.key().isEmpty()) {
      return new KeyWalk(walking, backfill.table(), key(session, walking));
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

  private List<Column> key(Session session, Walking walking) {
    List<String> key = backfill.key();
    Optional<String> question = walking.kinds(backfill.table(), key);
    if (question.isEmpty()) {
      return key.stream().map(name -> new Column(name, "")).toList();
    }
    List<Row> kinds = session.rows(question.get());
    if (kinds.size() != key.size()) {
      throw new StepFailed(
          backfill.table() + " has no columns " + String.join(", ", key) + " to walk by");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      Optional<String> unfit = kinds.get(i).optional(1);
      if (unfit.isPresent()) {
        throw new StepFailed(backfill.table() + " is not walked over: " + unfit.get());
      }
      columns.add(new Column(key.get(i), kinds.get(i).text(0)));
    }
    return columns;
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
          surroundings.leave(session);
          run.journal().progress(session, line, changed + here, to.json());
          return Optional.of(new Batch(to, here));
        });
  }

  private String statement(Piece piece) {
    // The condition has lines of its own: it may end in a comment.
    return run.placeholders()
        .in(
            backfill.statement(
                piece.target(), piece.condition() + " AND (\n" + backfill.where() + "\n)"));
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
        return surroundings.inTransaction(session, limits, () -> work.apply(session));
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
