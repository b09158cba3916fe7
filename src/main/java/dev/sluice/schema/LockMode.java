package dev.sluice.schema;

/**
 * A table lock, in the words of the engines' manuals. PostgreSQL's eight (manual, "Table-Level
 * Locks"), and for MySQL and MariaDB the three that ALTER TABLE's LOCK clause speaks of.
 */
public enum LockMode {
  ACCESS_SHARE("ACCESS SHARE", false, false),
  ROW_SHARE("ROW SHARE", false, false),
  ROW_EXCLUSIVE("ROW EXCLUSIVE", false, false),
  SHARE_UPDATE_EXCLUSIVE("SHARE UPDATE EXCLUSIVE", false, false),
  SHARE("SHARE", false, true),
  SHARE_ROW_EXCLUSIVE("SHARE ROW EXCLUSIVE", false, true),
  /** PostgreSQL's EXCLUSIVE: plain reads pass. */
  EXCLUSIVE("EXCLUSIVE", false, true),
  ACCESS_EXCLUSIVE("ACCESS EXCLUSIVE", true, true),

  /** MySQL, MariaDB: reads and writes go on. */
  MYSQL_NONE("NONE", false, false),
  /** MySQL, MariaDB: writes wait. */
  MYSQL_SHARED("SHARED", false, true),
  /** MySQL, MariaDB: reads and writes wait. */
  MYSQL_EXCLUSIVE("EXCLUSIVE", true, true);

  private final String text;
  private final boolean blocksReads;
  private final boolean blocksWrites;

  LockMode(String text, boolean blocksReads, boolean blocksWrites) {
    this.text = text;
    this.blocksReads = blocksReads;
    this.blocksWrites = blocksWrites;
  }

  /** As the manual writes it. */
  public String text() {
    return text;
  }

  /** Whether a plain SELECT waits for it. */
  public boolean blocksReads() {
    return blocksReads;
  }

  /** Whether INSERT, UPDATE and DELETE wait for it. */
  public boolean blocksWrites() {
    return blocksWrites;
  }

  /** In plain words, for messages. */
  public String inWords() {
    if (blocksReads) {
      return "reads and writes wait";
    }
    return blocksWrites ? "writes wait, reads go on" : "reads and writes go on";
  }
}
