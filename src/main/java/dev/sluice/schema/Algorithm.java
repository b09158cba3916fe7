package dev.sluice.schema;

/** The ALGORITHM clause of MySQL and MariaDB, best first. NOCOPY is MariaDB's. */
public enum Algorithm {
  INSTANT,
  NOCOPY,
  INPLACE,
  COPY
}
