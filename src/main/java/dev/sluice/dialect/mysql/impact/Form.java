package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Work;

/** What InnoDB does to a table for one clause of an ALTER TABLE, cheapest first. */
enum Form {
  /** The catalog alone, by ALGORITHM=INSTANT. */
  INSTANT(Work.INSTANT),
  /** The catalog alone, though the server calls it in place. */
  CATALOG(Work.INSTANT),
  /** An index is built beside the table. */
  BUILD(Work.BUILD),
  /** InnoDB writes the table anew in place. */
  REBUILD(Work.REWRITE),
  /** The server copies the rows one by one. */
  COPY(Work.REWRITE);

  private final Work work;

  Form(Work work) {
    this.work = work;
  }

  Work work() {
    return work;
  }

  Form max(Form other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
