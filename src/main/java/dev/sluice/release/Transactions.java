package dev.sluice.release;

import dev.sluice.dialect.Engine;
import dev.sluice.migration.Migration;
import dev.sluice.schema.Impact;
import dev.sluice.sql.Statement;
import java.util.List;

/**
 * What plain Flyway makes of a statement that runs outside of transactions only. It runs a whole
 * file one way, knows most of these statements, and refuses a file that needs both unless {@code
 * mixed} is set.
 */
final class Transactions {
  private Transactions() {}

  /** What is to be said of it; mostly empty. On MySQL and MariaDB no definition is taken back. */
  static List<String> remarks(
      Migration migration, Statement statement, Impact impact, Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> remarks(migration, statement, impact);
      case MYSQL, MARIADB -> List.of();
    };
  }

  private static List<String> remarks(Migration migration, Statement statement, Impact impact) {
    if (!statement.transactional()) {
      return migration.statements().stream().anyMatch(Statement::transactional)
          ? List.of(
              "plain Flyway refuses this file, which has statements with and without a transaction:"
                  + " a file of its own for this one, or flyway.mixed=true")
          : List.of();
    }
    return impact.transactional() || impact.equals(Impact.UNKNOWN)
        ? List.of()
        : List.of(
            "plain Flyway runs it in a transaction, where the server refuses it:"
                + " executeInTransaction=false in "
                + migration.script()
                + ".conf");
  }
}
