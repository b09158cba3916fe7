package dev.sluice.dialect;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.DataType;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** The triggers that {@link #createSync} makes, as changes of the schema. */
  List<Change.CreateTrigger> syncTriggers(Sync sync);

  /** Takes away what {@link #createSync} made. */
  List<String> dropSync(Sync sync);

  /**
   * Keeps a looked-up column in step with the rows that it is looked up in, as long as nobody wrote
   * it otherwise.
   *
   * @return the statements that install it, in order
   * @throws UnsupportedOperationException on an engine without {@link Dialect#lookups}
   */
  default List<String> createFollow(Follow follow) {
    throw new UnsupportedOperationException("no column follows another table here");
  }

  /** Takes away what {@link #createFollow} made. */
  default List<String> dropFollow(Follow follow) {
    throw new UnsupportedOperationException("no column follows another table here");
  }

  /**
   * Keeps rows that were copied to another table in step with those that they were made of.
   *
   * @return the statements that install it, in order
   * @throws UnsupportedOperationException on an engine without {@link Dialect#rowCopy}
   */
  default List<String> createCarry(Carry carry) {
    throw new UnsupportedOperationException("no table follows another one here");
  }

  /** Takes away what {@link #createCarry} made. */
  default List<String> dropCarry(Carry carry) {
    throw new UnsupportedOperationException("no table follows another one here");
  }

  /**
   * A statement that makes a view let go of what it reads, so that this can be dropped or renamed:
   * the view stays, with its columns, owner and grants, and has no rows until it is replaced in the
   * same transaction. Empty where views hold on to nothing.
   */
  Optional<String> detach(QualifiedName view);

  /**
   * A statement that puts a view back as it was, with its owner and grants, whatever columns were
   * added to it since.
   */
  default String putBack(Change.CreateView former) {
    return write(former);
  }

  /** The name, or one made from it with a hash where it is too long for the engine. */
  Name fit(String name);

  /**
   * A condition that two expressions are not the same value, NULL counted as one: by what is
   * stored, not by an equality that calls different values equal, or that their type does not have.
   */
  String differ(String one, String other);

  /**
   * A condition that a column does not hold a value yet, NULL counted as one: by the equality of
   * its type, as far as that tells all that is stored.
   *
   * @param type of the column; empty where it was never seen
   */
  String wouldChange(String column, String value, Optional<DataType> type);

  /**
   * Columns of one table in step.
   *
   * @param name of the trigger and its function, or what the names of the triggers begin with;
   *     fitted and unique in the schema
   * @param oldColumns what the old version writes: one, or several or none where the new column is
   *     only filled
   * @param newColumn what the new version writes
   * @param up the new column's value as SQL, over the bare names of these columns
   * @param down the old column's value as SQL, over the new column's bare name; empty string where
   *     the new column is only filled and the old ones stay as they are
   * @param row what both call the row; empty where bare names are all that they use
   * @param type of the new column, for a way back that computes
   */
  record Sync(
      Name name,
      QualifiedName table,
      List<Name> oldColumns,
      Name newColumn,
      String up,
      String down,
      Optional<Name> row,
      Optional<DataType> type) {

    public Sync {
      oldColumns = List.copyOf(oldColumns);
      if (!down.isEmpty() && oldColumns.size() != 1) {
        throw new IllegalArgumentException(
            "there is a way back to one column, not to " + oldColumns.size());
      }
    }

    /** Without a way back that computes. */
    public Sync(
        Name name,
        QualifiedName table,
        List<Name> oldColumns,
        Name newColumn,
        String up,
        String down,
        Optional<Name> row) {
      this(name, table, oldColumns, newColumn, up, down, row, Optional.empty());
    }

    /** Over bare names. */
    public Sync(
        Name name,
        QualifiedName table,
        List<Name> oldColumns,
        Name newColumn,
        String up,
        String down) {
      this(name, table, oldColumns, newColumn, up, down, Optional.empty());
    }

    /** Two columns in step. */
    public Sync(
        Name name, QualifiedName table, Name oldColumn, Name newColumn, String up, String down) {
      this(name, table, List.of(oldColumn), newColumn, up, down);
    }

    /** The same, with the type of the new column. */
    public Sync typed(DataType of) {
      return new Sync(name, table, oldColumns, newColumn, up, down, row, Optional.of(of));
    }

    /** The same, of the table under another name. */
    public Sync on(QualifiedName other) {
      return new Sync(name, other, oldColumns, newColumn, up, down, row, type);
    }

    public ColumnName target() {
      return new ColumnName(table, newColumn);
    }
  }

  /**
   * Rows that follow those of another table.
   *
   * @param name of the trigger for rows that come and change, and of the function
   * @param gone name of the trigger for rows that go
   * @param key columns of the target that find the row; a unique key of it
   * @param followed columns of the target that change with the source, the key among them
   * @param types of all columns that get a value
   */
  record Carry(
      Name name,
      Name gone,
      RowCopy copy,
      List<Name> key,
      List<Name> followed,
      Map<Name, String> types) {
    public Carry {
      key = List.copyOf(key);
      followed = List.copyOf(followed);
      types = Map.copyOf(types);
    }
  }

  /**
   * A column that follows the rows of another table.
   *
   * @param name of the trigger on the other table, and of its function
   * @param table that has the column
   * @param type of the column
   * @param lookup how its value is found
   * @param up the value as SQL, over the table's row by its bare name
   */
  record Follow(Name name, QualifiedName table, String type, Lookup lookup, String up) {}
}
