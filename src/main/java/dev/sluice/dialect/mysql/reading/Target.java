package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;

/** Whose SQL is read: where servers understand the same words otherwise. */
record Target(Engine engine, EngineVersion version) {

  /** For what only names are looked for in. */
  static final Target ANY = new Target(Engine.MARIADB, Engine.MARIADB.oldest());

  /** MySQL release notes 9.0.0. */
  private static final EngineVersion MYSQL_KEEPS_INLINE_REFERENCES = new EngineVersion(9, 0, 0);

  boolean isMariadb() {
    return engine == Engine.MARIADB;
  }

  /**
   * Whether REFERENCES behind a column makes a foreign key; on MariaDB it does from 10.5 on
   * (knowledge base, "CREATE TABLE").
   */
  boolean keepsInlineReferences() {
    return isMariadb() || version.compareTo(MYSQL_KEEPS_INLINE_REFERENCES) >= 0;
  }
}
