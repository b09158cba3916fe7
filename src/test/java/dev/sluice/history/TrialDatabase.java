package dev.sluice.history;

import dev.sluice.migration.Migration;
import dev.sluice.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;

/** A real database that a release is tried on, whatever the engine. */
public interface TrialDatabase {

  /** The same again, rows and all. */
  TrialDatabase copy() throws SQLException;

  void drop() throws SQLException;

  /** Puts rows into the tables that a text names, for good. */
  void fill(String text) throws SQLException;

  /**
   * What an application version could send: for each table that a text names rows inserted, read,
   * changed and deleted, by name, as the catalog has them now. All of it works here, one after the
   * other.
   */
  List<String> traffic(String text) throws SQLException;

  /** As Flyway runs them. */
  void run(List<Migration> migrations) throws SQLException;

  /** All that the catalog says, a line for each object. */
  SortedSet<String> catalog() throws SQLException;

  /** All rows, a line for each; what no two runs agree on is left out. */
  SortedSet<String> rows() throws SQLException;

  Steps steps() throws SQLException;

  /** Steps of a plan on one connection, each asked whether it did what it promises. */
  interface Steps extends AutoCloseable {

    /**
     * @throws AssertionError where it does not work
     */
    void step(Step step) throws SQLException;

    /**
     * Runs statements one after the other; what they do is taken back.
     *
     * @throws AssertionError where one does not work
     */
    void works(List<String> statements, String when) throws SQLException;

    @Override
    void close() throws SQLException;
  }
}
