package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.EngineVersion;

/**
 * What PostgreSQL learnt between 12 and 18, as far as it changes what a statement costs or whether
 * it is accepted. The only place that knows version numbers.
 */
public enum Feature {
  /** Release notes 13: "Allow DROP DATABASE to disconnect sessions …": WITH (FORCE). */
  DROP_DATABASE_FORCE(13),
  /** Release notes 13: "Allow ROW level BEFORE triggers on partitioned tables". */
  ROW_TRIGGERS_ON_PARTITIONED_TABLES(13),
  /**
   * Whether the rows are checked for ADD COLUMN … REFERENCES is decided by that column's own
   * default; before, by those of all columns that the statement adds (seen on 12.22 against 13.23).
   */
  REFERENCES_BY_CLAUSE(13),
  /** Release notes 13: "Add ALTER TABLE ... DROP EXPRESSION". */
  DROP_EXPRESSION(13),
  /** Release notes 14: "Add OR REPLACE option for CREATE TRIGGER". */
  REPLACE_TRIGGER(14),
  /** Release notes 14: "Allow SQL-language functions … to use SQL-standard function bodies". */
  SQL_BODIES(14),
  /** Release notes 14: "Add ability to use LZ4 compression on TOAST data": SET COMPRESSION. */
  COLUMN_COMPRESSION(14),
  /** Release notes 14: "Allow partitions to be detached in a non-blocking manner". */
  DETACH_CONCURRENTLY(14),
  /**
   * Detaching locks the partition itself against everyone; before, SHARE UPDATE EXCLUSIVE where it
   * has no keys or triggers of its parent (seen on 12.22 and 13.23 against 14.24; it came with the
   * concurrent form).
   */
  DETACH_LOCKS_PARTITION(14),
  /**
   * Release notes 14: "Allow REINDEX to process all child tables or indexes of a partitioned
   * relation"; then it runs outside transactions only. Before, it skips the table or fails.
   */
  REINDEX_PARTITIONED(14),
  /** Release notes 15: "Add SQL MERGE command". */
  MERGE(15),
  /**
   * Release notes 15: "Allow foreign key ON DELETE SET actions to affect only specified columns".
   */
  SET_NULL_OF_COLUMNS(15),
  /** Release notes 15: "Add support for unlogged sequences". */
  UNLOGGED_SEQUENCES(15),
  /** Release notes 15: "Allow publication of all tables in a schema". */
  PUBLICATION_OF_SCHEMA(15),
  /**
   * DROP COLUMN is refused while a generated column is computed from it; before, that goes along
   * (seen on 15.19 against 14.24).
   */
  GENERATED_COLUMNS_HOLD_THEIR_SOURCE(15),
  /** Release notes 15: "Allow CLUSTER on partitioned tables". */
  CLUSTER_PARTITIONED(15),
  /**
   * Release notes 15: "Allow unique constraints and indexes to treat NULL values as not distinct".
   */
  NULLS_NOT_DISTINCT(15),
  /** Release notes 15: "Allow table accesses done by a view to optionally be controlled …". */
  SECURITY_INVOKER_VIEWS(15),
  /** Release notes 15: "Allow ALTER TABLE ... SET ACCESS METHOD". */
  SET_ACCESS_METHOD(15),
  /**
   * RENAME of a partitioned table's trigger reaches its partitions (seen on 15.19 against 14.24).
   * ENABLE and DISABLE always do.
   */
  TRIGGERS_RENAMED_IN_PARTITIONS(15),
  /** Release notes 16: "Allow CREATE STATISTICS to generate a statistics name if none is …". */
  UNNAMED_STATISTICS(16),
  /** Release notes 17: "Allow MERGE to use NOT MATCHED BY SOURCE". */
  MERGE_BY_SOURCE(17),
  /** Release notes 17: "Allow exclusion constraints on partitioned tables". */
  EXCLUDE_ON_PARTITIONED_TABLES(17),
  /**
   * A value can be used in the transaction that adds it where that made its type, too (seen on
   * 17.11 against 16.15).
   */
  VALUES_OF_FRESH_ENUMS(17),
  /** Release notes 17: "Allow ALTER TABLE to change a column's generation expression". */
  SET_EXPRESSION(17),
  /** Release notes 18: "Allow generated columns to be virtual, and make them the default". */
  VIRTUAL_COLUMNS(18),
  /**
   * Release notes 18: "Allow CHECK and foreign key constraints to be specified as NOT ENFORCED".
   */
  NOT_ENFORCED(18),
  /** Release notes 18: "Add PRIMARY KEY/UNIQUE … WITHOUT OVERLAPS" and foreign keys with PERIOD. */
  TEMPORAL_KEYS(18),
  /** Release notes 18: "Store column NOT NULL specifications in pg_constraint": they have names. */
  NOT_NULL_CONSTRAINTS(18),
  /** Release notes 18: "Allow NOT NULL constraints to be specified NOT VALID". */
  NOT_NULL_NOT_VALID(18),
  /**
   * ADD CONSTRAINT locks the tables that inherit too, also for keys, which they do not get (seen on
   * 18.6 against 17.11; it came with the inheritance of NOT NULL constraints).
   */
  CONSTRAINT_LOCKS_CHILDREN(18),
  /** Release notes 18: "Allow NOT VALID foreign key constraints on partitioned tables". */
  FOREIGN_KEY_NOT_VALID_ON_PARTITIONED_TABLES(18);

  private final int since;

  Feature(int since) {
    this.since = since;
  }

  /** The first version that has it. */
  public int since() {
    return since;
  }

  public boolean in(EngineVersion version) {
    return version.major() >= since;
  }
}
