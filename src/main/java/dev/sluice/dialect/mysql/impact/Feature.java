package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;

/**
 * What MySQL learnt between 8.0 and 9.7 and MariaDB between 10.5 and 11.x, as far as it changes
 * what a statement costs or what the catalog shows. The only place that knows version numbers.
 * "Seen" is on MySQL 8.0.15 and 8.0.31, and on MariaDB 10.11.5 and 11.4.5.
 */
public enum Feature {
  /**
   * A column that is added at the end, defaults, virtual columns, values appended to an ENUM and
   * names of tables cost the catalog only (MySQL manual, "Online DDL Operations": INSTANT is the
   * default from 8.0.12; MariaDB knowledge base, "InnoDB Online DDL Operations with the INSTANT
   * Alter Algorithm": 10.3.2).
   */
  INSTANT("8.0.12", "10.3.2"),
  /**
   * A column is added anywhere, and dropped, in the catalog only (MySQL release notes 8.0.29;
   * MariaDB, MDEV-15562).
   */
  INSTANT_ANYWHERE("8.0.29", "10.4.0"),
  /** A column moves to another place in the catalog only (MDEV-15562; never on MySQL). */
  INSTANT_REORDER("", "10.4.0"),
  /** RENAME COLUMN (MySQL release notes 8.0.28; seen on 8.0.15: in place). */
  INSTANT_RENAME_COLUMN("8.0.28", "10.3.2"),
  /**
   * A column that stands in front of a virtual one is dropped in place with writers going on (MySQL
   * release notes 9.7.0, bug 83557).
   */
  DROP_COLUMN_BEFORE_VIRTUAL("9.7.0", ""),
  /** CHECK is kept to; before, it was read and forgotten (MySQL release notes 8.0.16). */
  CHECKS("8.0.16", "10.2.1"),
  /**
   * A database that is made without a word on it keeps its texts in utf8mb4 (MySQL release notes
   * 8.0.1; on MariaDB it is 11.6, and packagers set it long before).
   */
  UTF8MB4_BY_DEFAULT("8.0.1", "11.6.0"),
  /** A table is copied while writers go on (MDEV-16329). */
  ONLINE_COPY("", "11.2.1"),
  /**
   * The collation of columns without an index changes in the catalog only, and that of the others
   * with their indexes alone (seen on 10.11.5 and 11.4.5).
   */
  INSTANT_COLLATION("", "10.11.0"),
  /** A VARCHAR of at most 127 bytes grows to any length in the catalog only (MDEV-15563). */
  VARCHAR_GROWS_FROM_127("", "10.4.3"),
  /** In ROW_FORMAT=REDUNDANT, NULL comes to be allowed in the catalog only (MDEV-15563). */
  INSTANT_NULL_IN_REDUNDANT("", "10.4.3"),
  /** Options of a table, indexes' names and AUTO_INCREMENT without work of InnoDB (10.3.7). */
  INSTANT_OPTIONS("", "10.3.7"),
  /** What LOCK TABLES holds may be renamed (MySQL release notes 8.0.13; seen on 8.0.31). */
  RENAME_UNDER_LOCK_TABLES("8.0.13", ""),
  /** A key may be an expression (MySQL release notes 8.0.13). */
  EXPRESSION_KEYS("8.0.13", ""),
  /**
   * A column at an end of a foreign key keeps its length and collation also where another one would
   * cost the catalog only (MDEV-34392; seen on 11.4.5).
   */
  FOREIGN_KEYS_HOLD_LENGTHS("", "11.4.5"),
  /**
   * A foreign key points at a whole unique key: {@code restrict_fk_on_non_standard_key} is on by
   * default (MySQL release notes 8.4.0).
   */
  STANDARD_FOREIGN_KEYS("8.4.0", ""),
  /** An index may be IGNORED (MDEV-7317). */
  IGNORED_INDEXES("", "10.6.0"),
  /** {@code information_schema.periods} is there (MariaDB release notes 11.4.1). */
  PERIODS_SHOWN("", "11.4.1");

  private final String mysql;
  private final String mariadb;

  /** The first version that has it; empty for none. */
  Feature(String mysql, String mariadb) {
    this.mysql = mysql;
    this.mariadb = mariadb;
  }

  /**
   * @throws IllegalArgumentException for PostgreSQL
   */
  public boolean in(Engine engine, EngineVersion version) {
    String since =
        switch (engine) {
          case MYSQL -> mysql;
          case MARIADB -> mariadb;
          case POSTGRESQL ->
              throw new IllegalArgumentException("PostgreSQL has a Feature of its own");
        };
    return !since.isEmpty() && version.compareTo(EngineVersion.parse(since)) >= 0;
  }
}
