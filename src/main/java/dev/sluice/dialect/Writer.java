package dev.sluice.dialect;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/**
 * Writes SQL for one engine. No statement ends in a semicolon; every identifier passes through
 * {@code quote}.
 */
public interface Writer {

  /** As the engine needs it: quoted only where the plain word would mean something else. */
  String quote(Name name);

  String quote(QualifiedName name);

  /** A string literal. */
  String literal(String text);

  /**
   * One change as one statement, in exactly the form that the change says: concurrently or not,
   * validated or not.
   *
   * @throws IllegalArgumentException for what has no statement of its own, or whose statement says
   *     more than the change holds: rows, blocks, unrecognised text, LIKE
   */
  String write(Change change);

  /** Several changes of one table as one ALTER TABLE with several clauses. */
  String writeTogether(List<Change> changes);

  /**
   * Keeps two columns of a row equal, whichever side a version writes (semantics, "A column
   * replaced").
   *
   * @param sync what to keep in step
   * @return the statements that install it, in order
   */
  List<String> createSync(Sync sync);

  /** Takes away what {@link #createSync} made. */
  List<String> dropSync(Sync sync);

  /** The name, or one made from it with a hash where it is too long for the engine. */
  Name fit(String name);

  /**
   * Two columns of one table in step.
   *
   * @param name of the trigger and its function; fitted and unique in the schema
   * @param oldColumn what the old version writes
   * @param newColumn what the new version writes
   * @param up the new column's value as SQL, over the old column's bare name
   * @param down the old column's value as SQL, over the new column's bare name; empty string where
   *     the new column is only filled and the old one stays as it is
   */
  record Sync(
      Name name, QualifiedName table, Name oldColumn, Name newColumn, String up, String down) {
    public ColumnName target() {
      return new ColumnName(table, newColumn);
    }
  }
}
