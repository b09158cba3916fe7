package dev.sluice.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a step does. Final text: whoever runs it decides nothing. */
public sealed interface Action {

  /** As in formats: {@code ddl}, {@code backfill}, … */
  String id();

  /**
   * Statements, as they are sent.
   *
   * @param sql in order; in one transaction where {@code transactional}
   * @param transactional false: each by itself, outside any transaction
   */
  record Ddl(List<String> sql, boolean transactional) implements Action {
    public Ddl {
      sql = List.copyOf(sql);
      if (sql.isEmpty()) {
        throw new IllegalArgumentException("a step has no statement");
      }
    }

    @Override
    public String id() {
      return "ddl";
    }
  }

  /**
   * Rows brought to a state, in batches by key, resumable at any batch. All names are quoted
   * already.
   *
   * @param table to change
   * @param key columns that order the rows and find one; empty: by physical place (PostgreSQL's
   *     ctid)
   * @param change {@code SET a = b} of an update; empty where the rows are deleted or copied
   * @param copy where the rows are copied to another table; empty where they are changed
   * @param where which rows still need it: false for every row that is done, so that running it
   *     again changes nothing; not so where {@code once}
   * @param once each row is met once: what is done is told by the key alone, as far as the journal
   *     says, in the transaction that changed the rows. It needs a key, which the change leaves as
   *     it is
   */
  record Backfill(
      String table,
      List<String> key,
      Optional<String> change,
      Optional<Copy> copy,
      String where,
      boolean once)
      implements Action {

    /**
     * What makes rows of another table of those of this one.
     *
     * @param into {@code INSERT INTO … SELECT …}, up to FROM
     * @param row what it calls a row of this table
     * @param then what follows the condition, so that nobody changes a row while it is copied
     */
    public record Copy(String into, String row, String then) {}

    public Backfill {
      key = List.copyOf(key);
      if (copy.isPresent() && change.isPresent()) {
        throw new IllegalArgumentException("rows of " + table + " are changed or copied, not both");
      }
      if (once && key.isEmpty()) {
        throw new IllegalArgumentException(table + " has no key by which a row is met once");
      }
    }

    /** What may be run again. */
    public Backfill(String table, List<String> key, Optional<String> change, String where) {
      this(table, key, change, Optional.empty(), where, false);
    }

    /** The statement for all rows that still need it. */
    public String statement() {
      return statement(table, where);
    }

    /** The statement for those of {@code rows} that answer to a condition. */
    public String statement(String rows, String condition) {
      return copy.map(c -> c.into() + "\nFROM " + rows + " AS " + c.row())
              .or(() -> change.map(set -> "UPDATE " + rows + "\nSET " + set))
              .orElseGet(() -> "DELETE FROM " + rows)
          + "\nWHERE "
          + condition
          + copy.map(c -> "\n" + c.then()).orElse("");
    }

    @Override
    public String id() {
      return "backfill";
    }
  }

  /**
   * Questions that must be answered as expected before the next step may run.
   *
   * @param conditions all must hold
   * @param samples a query that shows rows that do not, for the message; empty where there are none
   *     to show
   * @param patience how long to ask again before giving up; zero: once
   */
  record Verify(List<Condition> conditions, Optional<String> samples, Duration patience)
      implements Action {
    public Verify {
      conditions = List.copyOf(conditions);
    }

    @Override
    public String id() {
      return "verify";
    }
  }

  /** The application's nodes are replaced, by whoever rolls. */
  record Deploy() implements Action {
    @Override
    public String id() {
      return "deploy";
    }
  }

  /**
   * Flyway's history gets the row of a migration.
   *
   * @param version empty for a repeatable one
   * @param checksum empty for a Java migration without one
   */
  record RecordHistory(
      Optional<String> version,
      String description,
      String type,
      String script,
      Optional<Integer> checksum)
      implements Action {
    @Override
    public String id() {
      return "record-history";
    }
  }

  /** A person's, or a migration that only Flyway can run. */
  record Manual(String reason) implements Action {
    @Override
    public String id() {
      return "manual";
    }
  }
}
