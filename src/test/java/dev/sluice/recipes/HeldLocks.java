package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Step;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the server locked and wrote anew, held against what a step says of itself. Only tables that
 * were there before the release count: nobody waits for the others.
 */
final class HeldLocks {

  private final Connection connection;
  private final Map<Long, Long> files;

  HeldLocks(Connection connection) throws SQLException {
    this.connection = connection;
    this.files = files();
  }

  /** Asked inside the step's transaction, after its statements. */
  void areAsSaid(Step step) throws SQLException {
    Map<Long, LockMode> said = new HashMap<>();
    for (Impact.Lock lock : step.impact().locks()) {
      Optional<Long> table = oid(lock.relation());
      if (table.isPresent()) {
        said.merge(table.get(), lock.mode(), HeldLocks::stronger);
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet held =
            statement.executeQuery(
                "SELECT l.relation, l.relation::regclass, l.mode FROM pg_locks l"
                    + " WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted"
                    + " AND l.database = (SELECT oid FROM pg_database WHERE datname ="
                    + " current_database())")) {
      while (held.next()) {
        if (files.containsKey(held.getLong(1))) {
          LockMode mode = mode(held.getString(3));
          LockMode most = said.getOrDefault(held.getLong(1), LockMode.ROW_EXCLUSIVE);
          // A table that is dropped or renamed cannot be looked up by the name that it had.
          boolean gone = held.getString(2).matches("\\d+");
          assertThat(gone || !mode.blocksWrites() || mode.compareTo(most) <= 0)
              .as("%s holds %s on %s, and says %s", step.id(), mode, held.getString(2), most)
              .isTrue();
        }
      }
    }
    rewritesAreAsSaid(step);
  }

  /** Asked after the step's statements. */
  void rewritesAreAsSaid(Step step) throws SQLException {
    for (Map.Entry<Long, Long> now : files().entrySet()) {
      Long before = files.get(now.getKey());
      if (before != null && !before.equals(now.getValue())) {
        assertThat(step.impact().work())
            .as("%s writes a table anew", step.id())
            .isEqualTo(Work.REWRITE);
        files.put(now.getKey(), now.getValue());
      }
    }
  }

  private Map<Long, Long> files() throws SQLException {
    Map<Long, Long> all = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT c.oid, coalesce(pg_relation_filenode(c.oid), 0) FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%'"
                    + " AND n.nspname <> 'information_schema'")) {
      while (tables.next()) {
        all.put(tables.getLong(1), tables.getLong(2));
      }
    }
    return all;
  }

  private Optional<Long> oid(QualifiedName name) throws SQLException {
    String quoted =
        name.schema().map(s -> quote(s.text()) + ".").orElse("") + quote(name.name().text());
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?)::oid::bigint")) {
      statement.setString(1, quoted);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long oid = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(oid);
      }
    }
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static LockMode stronger(LockMode one, LockMode other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** {@code ShareRowExclusiveLock} is SHARE ROW EXCLUSIVE. */
  private static LockMode mode(String name) {
    return LockMode.valueOf(
        name.replaceAll("Lock$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
            .toUpperCase(Locale.ROOT));
  }
}
