package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.JournalTables;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/**
 * The journal in the database that it tells of: a database of its own would need privileges that a
 * login for migrations seldom has. The name of the settings begins the tables' names.
 */
final class MysqlJournalTables implements JournalTables {

  @Override
  public String release(Name schema) {
    return Quoting.quote(releaseName(schema));
  }

  @Override
  public String step(Name schema) {
    return Quoting.quote(stepName(schema));
  }

  private static Name releaseName(Name schema) {
    return new Name(schema.text() + "_release");
  }

  private static Name stepName(Name schema) {
    return new Name(schema.text() + "_step");
  }

  @Override
  public boolean holds(Name schema, QualifiedName table) {
    return table.name().equals(releaseName(schema)) || table.name().equals(stepName(schema));
  }

  @Override
  public List<String> createPlace(Name schema) {
    return List.of();
  }

  // A column that is NULL in all releases but the open one makes the unique key the law of one open
  // release. InnoDB, whatever the default engine is: a line stands in the transaction of its rows.
  @Override
  public List<String> createTables(Name schema) {
    String how = " ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin";
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + release(schema)
            + " (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(255) NOT NULL,"
            + " fingerprint varchar(255) NOT NULL, plan longtext NOT NULL,"
            + " state varchar(20) NOT NULL, phase varchar(20) NOT NULL, who text NOT NULL,"
            + " started datetime(3) NOT NULL, ended datetime(3) NULL, paused datetime(3) NULL,"
            + " paused_by text NULL,"
            + " is_open int GENERATED ALWAYS AS (CASE state WHEN 'OPEN' THEN 1 END) VIRTUAL,"
            + " UNIQUE KEY one_open_release (is_open))"
            + how,
        "CREATE TABLE IF NOT EXISTS "
            + step(schema)
            + " (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, plan bigint NOT NULL,"
            + " step varchar(255) NOT NULL, attempt int NOT NULL, state varchar(20) NOT NULL,"
            + " started datetime(3) NOT NULL, ended datetime(3) NULL, rows_changed bigint NULL,"
            + " watermark mediumtext NULL, code varchar(20) NULL, message mediumtext NULL,"
            + " KEY step_of_plan (plan, id), FOREIGN KEY (plan) REFERENCES "
            + release(schema)
            + " (id))"
            + how);
  }

  @Override
  public String remedy(Name schema) {
    return "GRANT CREATE, ALTER, INDEX, REFERENCES, SELECT, INSERT, UPDATE ON the database's tables";
  }

  @Override
  public String placeExists(Name schema) {
    return "SELECT 1";
  }

  @Override
  public String exist(Name schema) {
    return "SELECT CASE WHEN COUNT(*) = 2 THEN 1 ELSE 0 END FROM information_schema.tables"
        + " WHERE table_schema = DATABASE() AND table_name IN ("
        + Quoting.literal(releaseName(schema).text())
        + ", "
        + Quoting.literal(stepName(schema).text())
        + ")";
  }

  @Override
  public String clock() {
    return "UTC_TIMESTAMP(3)";
  }

  @Override
  public String millis(String column) {
    return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " + column + ") DIV 1000";
  }
}
