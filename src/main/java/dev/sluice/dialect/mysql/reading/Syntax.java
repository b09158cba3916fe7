package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Refusal;
import java.util.Optional;

/**
 * Words that not every server understands (manuals and release notes of both; seen on MySQL 8.0.31
 * and MariaDB 11.4.5). Another server takes the whole statement for an error in its syntax.
 */
enum Syntax {
  IF_EXISTS_IN_ALTER(
      "IF EXISTS and IF NOT EXISTS in ALTER TABLE",
      "",
      "10.5.0",
      "say it without, and run the file once"),
  IF_EXISTS_OF_INDEX(
      "IF EXISTS and IF NOT EXISTS of an index",
      "",
      "10.5.0",
      "say it without, and run the file once"),
  IF_NOT_EXISTS_OF_VIEW(
      "CREATE VIEW IF NOT EXISTS", "9.1.0", "10.5.0", "CREATE OR REPLACE VIEW does on both"),
  IF_NOT_EXISTS_OF_CODE(
      "CREATE PROCEDURE, FUNCTION or TRIGGER with IF NOT EXISTS",
      "8.0.29",
      "10.5.0",
      "DROP … IF EXISTS in front of it does on both"),
  IF_EXISTS_IN_RENAME("RENAME TABLE IF EXISTS", "", "10.5.2", ""),
  OR_REPLACE(
      "CREATE OR REPLACE of anything but a view",
      "",
      "10.5.0",
      "DROP … IF EXISTS in front of CREATE does on both"),
  WAIT("WAIT and NOWAIT of a definition", "", "10.5.0", "SET lock_wait_timeout does on both"),
  DROP_INDEX_MANNER(
      "ALGORITHM and LOCK of DROP INDEX",
      "8.0.0",
      "",
      "ALTER TABLE … DROP INDEX takes them on both"),
  NOCOPY("ALGORITHM=NOCOPY", "", "10.5.0", "ALGORITHM=INPLACE refuses a copy on both"),
  SEQUENCE("SEQUENCE", "", "10.5.0", "an AUTO_INCREMENT column draws numbers on both"),
  VERSIONING("SYSTEM VERSIONING", "", "10.5.0", ""),
  PERIOD("PERIOD FOR", "", "10.5.0", ""),
  ROW_START("AS ROW START and ROW END", "", "10.5.0", ""),
  UUID("the type UUID", "", "10.7.0", "BINARY(16) holds it on both"),
  INET4("the type INET4", "", "10.10.0", "VARBINARY(4) holds it on both"),
  INET6("the type INET6", "", "10.5.0", "VARBINARY(16) holds it on both"),
  VECTOR("the type VECTOR", "9.0.0", "11.7.1", ""),
  VECTOR_INDEX("VECTOR INDEX", "", "11.7.1", ""),
  BARE_DEFAULT(
      "a call behind DEFAULT without parentheses", "", "10.5.0", "DEFAULT (…) does on both"),
  PERSISTENT("PERSISTENT of a computed column", "", "10.5.0", "STORED says the same on both"),
  REF_SYSTEM_ID("REF_SYSTEM_ID", "", "10.5.0", "SRID is MySQL's word"),
  PAGES("PAGE_COMPRESSED and ENCRYPTED", "", "10.5.0", "COMPRESSION and ENCRYPTION are MySQL's"),
  INSERT_RETURNING("INSERT … RETURNING", "", "10.5.0", ""),
  DELETE_RETURNING("DELETE … RETURNING", "", "10.5.0", ""),
  SET_STATEMENT("SET STATEMENT … FOR", "", "10.5.0", ""),
  EXECUTE_IMMEDIATE("EXECUTE IMMEDIATE", "", "10.5.0", "PREPARE and EXECUTE do on both"),
  CODE_ALONE("code outside of a routine", "", "10.5.0", "a procedure that is called does on both"),
  IGNORED("IGNORED of an index", "", "10.6.0", "INVISIBLE is MySQL's word"),
  INVISIBLE_INDEX("VISIBLE and INVISIBLE of an index", "8.0.0", "", "IGNORED is MariaDB's word"),
  INVISIBLE_COLUMN("INVISIBLE of a column", "8.0.23", "10.5.0", ""),
  SET_INVISIBLE("SET VISIBLE and SET INVISIBLE", "8.0.23", "", "MODIFY … INVISIBLE does on both"),
  EXPRESSION_KEY(
      "an expression as key of an index",
      "8.0.13",
      "",
      "an index on a computed column does on both"),
  DROP_CHECK("DROP CHECK", "8.0.16", "", "DROP CONSTRAINT does on both"),
  DROP_CONSTRAINT("DROP CONSTRAINT", "8.0.19", "10.5.0", "DROP FOREIGN KEY or DROP INDEX does"),
  ENFORCED("ENFORCED and NOT ENFORCED", "8.0.16", "", "drop the CHECK, and add it again later"),
  ARROW("-> and ->>", "8.0.0", "", "JSON_EXTRACT and JSON_UNQUOTE do on both"),
  ROW_ALIAS("AS behind VALUES", "8.0.19", "", "VALUES(column) says the same on both"),
  SRID("SRID", "8.0.3", "", "REF_SYSTEM_ID is MariaDB's word"),
  COLUMN_FORMAT("COLUMN_FORMAT and STORAGE of a column", "8.0.0", "", "leave it out"),
  PERSIST("SET PERSIST", "8.0.0", "", "SET GLOBAL does until the server ends");

  private final String what;
  private final String mysql;
  private final String mariadb;
  private final String instead;

  /**
   * The first version that understands it; empty for none.
   *
   * @param instead how to say it otherwise; empty where there is no other way
   */
  Syntax(String what, String mysql, String mariadb, String instead) {
    this.what = what;
    this.mysql = mysql;
    this.mariadb = mariadb;
    this.instead = instead;
  }

  /** Why that server does not understand it; empty where it does. */
  Optional<Refusal> refusal(Target target) {
    boolean onMariadb = target.isMariadb();
    String since = onMariadb ? mariadb : mysql;
    if (!since.isEmpty() && target.version().compareTo(EngineVersion.parse(since)) >= 0) {
      return Optional.empty();
    }
    Engine other = onMariadb ? Engine.MYSQL : Engine.MARIADB;
    String who =
        since.isEmpty()
            ? "only " + other.title() + " understands"
            : target.engine().title() + " understands from " + since + " on";
    return Optional.of(
        new Refusal(what + ", which " + who + (instead.isEmpty() ? "" : "; " + instead)));
  }
}
