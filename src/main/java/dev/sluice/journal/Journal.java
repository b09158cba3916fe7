package dev.sluice.journal;

import dev.sluice.database.Row;
import dev.sluice.database.Session;
import dev.sluice.database.SqlFailure;
import dev.sluice.dialect.Failure;
import dev.sluice.dialect.JournalTables;
import dev.sluice.dialect.Server;
import dev.sluice.journal.Entry.State;
import dev.sluice.journal.JournaledRelease.Pause;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.release.Phase;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whole plans and what became of their steps, in two tables of the database itself: no later
 * command needs a file. Every method says on which session it works, so that a line can stand in
 * the same transaction as what it tells of.
 */
public final class Journal {

  /** Where the tables stand unless settings say otherwise. */
  public static final Name SCHEMA = new Name("sluice");

  private final Name schema;
  private final JournalTables tables;
  private final String release;
  private final String step;

  public Journal(Server server, Name schema) {
    this.schema = schema;
    this.tables = server.journal();
    this.release = tables.release(schema);
    this.step = tables.step(schema);
  }

  /** Whether that is one of its tables. */
  public boolean holds(QualifiedName table) {
    return tables.holds(schema, table);
  }

  public boolean exists(Session session) {
    return session.is(tables.exist(schema));
  }

  /**
   * Makes the tables where they are missing. Flyway's history table is there before: Flyway takes a
   * schema that is not empty, and has no history, for one that it has never seen.
   *
   * @throws Problem where the login lacks the privilege
   */
  public void create(Session session) {
    if (exists(session)) {
      return;
    }
    try {
      if (!session.is(tables.placeExists(schema))) {
        tables.createPlace(schema).forEach(session::execute);
      }
      tables.createTables(schema).forEach(session::execute);
    } catch (SqlFailure e) {
      if (e.failure() != Failure.PRIVILEGE) {
        throw e;
      }
      throw new Problem(
          Reason.DATABASE,
          "the journal ("
              + release
              + ", "
              + step
              + ") cannot be made: "
              + e.said()
              + "; nothing was changed\n  fix: "
              + tables.remedy(schema)
              + ", once, by who may, for the role of this login",
          e);
    }
  }

  /** Begins a release. Where another one is open, the database refuses. */
  public long begin(Session session, Plan plan, String who) {
    return session.insert(
        "INSERT INTO "
            + release
            + " (name, fingerprint, plan, state, phase, who, started) VALUES (?, ?, ?, 'OPEN', ?,"
            + " ?, "
            + tables.clock()
            + ")",
        plan.release(),
        plan.fingerprint(),
        PlanJson.write(plan),
        Phase.PRE_DEPLOY.id(),
        who);
  }

  /** The release that is not over; empty where none is. */
  public Optional<JournaledRelease> open(Session session) {
    return read(session, " WHERE state = 'OPEN'");
  }

  /** The release that was begun last, over or not; empty where there was none. */
  public Optional<JournaledRelease> latest(Session session) {
    return read(session, " WHERE id = (SELECT max(id) FROM " + release + ")");
  }

  /** The release that was begun last with this plan; empty where there was none. */
  public Optional<JournaledRelease> of(Session session, Plan plan) {
    return read(
        session,
        " WHERE id = (SELECT max(id) FROM " + release + " WHERE fingerprint = ?)",
        plan.fingerprint());
  }

  /** The releases begun before this one, over or not, the last one first. */
  public Stream<JournaledRelease> before(Session session, long id) {
    return session.rows("SELECT id FROM " + release + " WHERE id < ? ORDER BY id DESC", id).stream()
        .flatMap(row -> read(session, " WHERE id = ?", row.number(0)).stream());
  }

  private Optional<JournaledRelease> read(Session session, String where, Object... parameters) {
    return session
        .rows(
            "SELECT id, plan, state, phase, who, "
                + tables.millis("started")
                + ", "
                + tables.millis("ended")
                + ", "
                + tables.millis("paused")
                + ", paused_by FROM "
                + release
                + where,
            parameters)
        .stream()
        .findFirst()
        .map(
            row ->
                new JournaledRelease(
                    row.number(0),
                    PlanJson.read(row.text(1)),
                    JournaledRelease.State.valueOf(row.text(2)),
                    phase(row.text(3)),
                    row.text(4),
                    Instant.ofEpochMilli(row.number(5)),
                    instant(row, 6),
                    instant(row, 7).map(since -> new Pause(since, row.text(8)))));
  }

  private static Phase phase(String id) {
    return Arrays.stream(Phase.values())
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the journal knows a phase " + id));
  }

  private static Optional<Instant> instant(Row row, int column) {
    return row.optional(column).map(Long::parseLong).map(Instant::ofEpochMilli);
  }

  /** Notes which phase is under way. */
  public void enter(Session session, long id, Phase phase) {
    session.update("UPDATE " + release + " SET phase = ? WHERE id = ?", phase.id(), id);
  }

  /** Ends a release. */
  public void end(Session session, long id, JournaledRelease.State state) {
    session.update(
        "UPDATE "
            + release
            + " SET state = ?, ended = "
            + tables.clock()
            + " WHERE id = ? AND state = 'OPEN'",
        state.name(),
        id);
  }

  /** Opens a release again whose rest another one took over, and gave back. */
  public void reopen(Session session, long id) {
    session.update("UPDATE " + release + " SET state = 'OPEN', ended = NULL WHERE id = ?", id);
  }

  /** The lines of a step of one release stand with another one too, which goes on with it. */
  public void handOver(Session session, String stepId, long from, long to) {
    session.update(
        "INSERT INTO "
            + step
            + " (plan, step, attempt, state, started, ended, rows_changed, watermark, code,"
            + " message) SELECT ?, step, attempt, state, started, ended, rows_changed, watermark,"
            + " code, message FROM "
            + step
            + " WHERE plan = ? AND step = ? ORDER BY id",
        to,
        from,
        stepId);
  }

  /** Asks whoever runs the release to wait before the next step or batch. */
  public void pause(Session session, long id, String by) {
    session.update(
        "UPDATE "
            + release
            + " SET paused = "
            + tables.clock()
            + ", paused_by = ? WHERE id = ? AND paused IS NULL",
        by,
        id);
  }

  public void resume(Session session, long id) {
    session.update("UPDATE " + release + " SET paused = NULL, paused_by = NULL WHERE id = ?", id);
  }

  /** Who paused the release; empty where nobody did. */
  public Optional<String> pausedBy(Session session, long id) {
    return session.ask(
        "SELECT paused_by FROM " + release + " WHERE id = ? AND paused IS NOT NULL", id);
  }

  /** All lines of a release. */
  public Ledger ledger(Session session, long id) {
    return new Ledger(
        session
            .rows(
                "SELECT id, step, attempt, state, "
                    + tables.millis("started")
                    + ", "
                    + tables.millis("ended")
                    + ", rows_changed, watermark, code, message FROM "
                    + step
                    + " WHERE plan = ? ORDER BY id",
                id)
            .stream()
            .map(Journal::entry)
            .toList());
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.number(0),
        row.text(1),
        (int) row.number(2),
        State.valueOf(row.text(3)),
        Instant.ofEpochMilli(row.number(4)),
        instant(row, 5),
        row.optional(6).map(Long::parseLong),
        row.optional(7),
        row.optional(8),
        row.optional(9));
  }

  /** Notes that a step begins; returns the line's id. */
  public long started(Session session, long id, String stepId, int attempt) {
    return session.insert(
        "INSERT INTO "
            + step
            + " (plan, step, attempt, state, started) VALUES (?, ?, ?, 'STARTED', "
            + tables.clock()
            + ")",
        id,
        stepId,
        attempt);
  }

  /** Writes over how far a started step has come. */
  public void progress(Session session, long started, long rows, String watermark) {
    session.update(
        "UPDATE " + step + " SET rows_changed = ?, watermark = ? WHERE id = ?",
        rows,
        watermark,
        started);
  }

  /** Notes what became of a started step. */
  public void ended(Session session, long started, Outcome outcome) {
    session.update(
        "INSERT INTO "
            + step
            + " (plan, step, attempt, state, started, ended, rows_changed, watermark, code,"
            + " message) SELECT plan, step, attempt, ?, started, "
            + tables.clock()
            + ", coalesce(?, rows_changed), watermark, ?, ? FROM "
            + step
            + " WHERE id = ?",
        outcome.state().name(),
        outcome.rows(),
        outcome.code(),
        outcome.message(),
        started);
  }

  /**
   * The end of an attempt.
   *
   * @param rows changed; empty for what was noted before, if anything
   */
  public record Outcome(
      State state, Optional<Long> rows, Optional<String> code, Optional<String> message) {

    public static Outcome done(Optional<Long> rows) {
      return new Outcome(State.DONE, rows, Optional.empty(), Optional.empty());
    }

    public static Outcome of(State state, String message) {
      return new Outcome(state, Optional.empty(), Optional.empty(), Optional.of(message));
    }

    public static Outcome failed(Optional<String> code, String message) {
      return new Outcome(State.FAILED, Optional.empty(), code, Optional.of(message));
    }
  }
}
