package dev.sluice.schema;

import dev.sluice.sql.Name;

/** Where a column stands among the others, where the engine lets one say so (MySQL, MariaDB). */
public sealed interface Position {

  /** FIRST. */
  record First() implements Position {}

  /** AFTER another column. */
  record After(Name column) implements Position {}
}
