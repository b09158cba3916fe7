package dev.sluice.history;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.postgresql.impact.Measured;
import dev.sluice.history.Agreement.Of;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * One statement, run twice: with rows in every table that it names, for the work, and taken back;
 * then as Flyway would, for the locks. Rows that the filling cannot make leave the work open.
 */
final class Trial {

  private static final String REFUSED_INSIDE_A_TRANSACTION = "25001";

  private final Statement statement;
  private final List<Change> changes;
  private final Schema before;
  private final Agreement agreement;
  private final Impact claim;

  Trial(
      Statement statement,
      List<Change> changes,
      Dialect dialect,
      Schema before,
      Agreement agreement) {
    this.statement = statement;
    this.changes = changes;
    this.before = before;
    this.agreement = agreement;
    claim = claim(changes, dialect, before);
  }

  private static Impact claim(List<Change> changes, Dialect dialect, Schema before) {
    return dialect.impacts(changes, Stated.NOTHING, before).stream()
        .reduce(Impact.NONE, Impact::and);
  }

  /** Whether the server took it; then it is committed. */
  boolean run(Connection connection) throws SQLException {
    if (changes.stream().allMatch(Change.TransactionControl.class::isInstance)) {
      agreement.leftOut("begins or ends a transaction");
      return false;
    }
    if (statement.data().isPresent()) {
      return copy(connection);
    }
    return claim.transactional() ? inside(connection) : outside(connection);
  }

  private boolean inside(Connection connection) throws SQLException {
    Optional<Work> work = workWithRows(connection);
    Set<String> there = there(connection);
    connection.setAutoCommit(false);
    try {
      Measured seen = Measured.running(statement.sql(), connection, Filling.ROWS);
      connection.commit();
      agreement.agrees(Of.TRANSACTION);
      if (saysNothing()) {
        agreement.leftOut("said to be unknown");
        return true;
      }
      compareLocks(seen, there);
      work.ifPresentOrElse(this::compareWork, () -> agreement.leftOut("work: no rows fit"));
      return true;
    } catch (SQLException e) {
      connection.rollback();
      return refused(e);
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private boolean refused(SQLException e) {
    if (REFUSED_INSIDE_A_TRANSACTION.equals(e.getSQLState())) {
      agreement.differs(Of.TRANSACTION, told("the server refuses it inside a transaction"));
    } else {
      agreement.leftOut("refused by the server: " + e.getSQLState());
      agreement.refused(told("refused: " + e.getMessage()));
    }
    return false;
  }

  /** Empty where rows cannot be made, or the statement fails over them. */
  private Optional<Work> workWithRows(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Filling filling = new Filling(connection);
      Set<String> tables =
          claim.locks().stream()
              .map(l -> before.resolve(l.relation()).toString())
              .collect(Collectors.toSet());
      if (!filling.fill(tables, statement.sql())) {
        agreement.refused(told("no rows: " + filling.failures()));
        return Optional.empty();
      }
      return Optional.of(Measured.running(statement.sql(), connection, Filling.ROWS).work());
    } catch (SQLException e) {
      agreement.refused(told("with rows: " + e.getMessage()));
      return Optional.empty();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private boolean outside(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Measured.running(statement.sql(), connection, Filling.ROWS);
      agreement.differs(Of.TRANSACTION, told("the server takes it inside a transaction"));
    } catch (SQLException e) {
      if (REFUSED_INSIDE_A_TRANSACTION.equals(e.getSQLState())) {
        agreement.agrees(Of.TRANSACTION);
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    try (java.sql.Statement sql = connection.createStatement()) {
      sql.setEscapeProcessing(false);
      sql.execute(statement.sql());
      return true;
    } catch (SQLException e) {
      return refused(e);
    }
  }

  private boolean copy(Connection connection) throws SQLException {
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(statement.sql(), new StringReader(statement.data().orElse("")));
      agreement.leftOut("COPY with data");
      return true;
    } catch (SQLException e) {
      return refused(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without a lock, and the worst work: what it calls or builds at run time is not known. */
  private boolean saysNothing() {
    return claim.work() == Work.REWRITE
        && (claim.locks().isEmpty()
            || changes.stream()
                .anyMatch(c -> c instanceof Change.Block b && !b.unknown().isEmpty()));
  }

  /** Whether every row is read is the planner's choice: an index can help that is not for it. */
  private static boolean isOfRows(Change change) {
    return change instanceof Change.Insert
        || change instanceof Change.Update
        || change instanceof Change.Delete
        || change instanceof Change.Merge;
  }

  /**
   * Of a block any branch may have been left out, and which partition is locked is told by the
   * rows: nothing beyond the claim is asked for.
   */
  private boolean mayDoLess() {
    return changes.stream()
        .anyMatch(
            c ->
                c instanceof Change.Block
                    || c instanceof Change.Query
                    || c instanceof Change.Maintenance
                    || isOfRows(c));
  }

  /** What is claimed to be locked, and is there: what the history never made needs no lock. */
  private Set<String> there(Connection connection) throws SQLException {
    Set<String> there = new HashSet<>();
    for (Impact.Lock lock : claim.locks()) {
      QualifiedName relation = before.resolve(lock.relation());
      try (PreparedStatement question =
          connection.prepareStatement(
              "SELECT 1 FROM pg_class WHERE relname = ? AND relnamespace = to_regnamespace(quote_ident(?))")) {
        question.setString(1, relation.name().text());
        question.setString(2, relation.schema().map(Name::text).orElse("public"));
        try (ResultSet answer = question.executeQuery()) {
          if (answer.next()) {
            there.add(relation.toString());
          }
        }
      }
    }
    return there;
  }

  private void compareLocks(Measured seen, Set<String> there) {
    Map<String, LockMode> onTables = new TreeMap<>();
    Map<String, LockMode> onOthers = new TreeMap<>();
    for (Impact.Lock lock : claim.locks()) {
      QualifiedName relation = before.resolve(lock.relation());
      boolean isTable = before.table(relation).isPresent() || before.view(relation).isPresent();
      if (isTable || there.contains(relation.toString())) {
        (isTable ? onTables : onOthers).merge(relation.toString(), lock.mode(), Measured::stronger);
      }
    }
    Map<String, LockMode> onServer = new TreeMap<>(seen.tables());
    // What triggers write is locked against nobody who reads or writes.
    if (changes.stream().allMatch(Trial::isOfRows)) {
      onServer
          .entrySet()
          .removeIf(
              e -> e.getValue() == LockMode.ROW_EXCLUSIVE && !onTables.containsKey(e.getKey()));
    }
    // Whoever writes a child looks up its parents; that blocks nobody but who drops them.
    onServer
        .entrySet()
        .removeIf(e -> e.getValue() == LockMode.ROW_SHARE && !onTables.containsKey(e.getKey()));
    boolean same;
    if (mayDoLess() || seen.skipped()) {
      same = onServer.entrySet().stream().allMatch(e -> covers(onTables, e));
    } else {
      same =
          onTables.equals(onServer)
              && onOthers.entrySet().stream().allMatch(e -> covers(seen.others(), e));
    }
    if (same) {
      agreement.agrees(Of.LOCKS);
    } else {
      agreement.differs(
          Of.LOCKS,
          told("locks: Sluice " + onTables + onOthers + " server " + onServer + seen.others()));
    }
  }

  private static boolean covers(Map<String, LockMode> locks, Map.Entry<String, LockMode> one) {
    return Optional.ofNullable(locks.get(one.getKey()))
        .map(mode -> mode.compareTo(one.getValue()) >= 0)
        .orElse(false);
  }

  private void compareWork(Work seen) {
    if (claim.work() == seen || (mayDoLess() && claim.work().compareTo(seen) > 0)) {
      agreement.agrees(Of.WORK);
    } else {
      agreement.differs(Of.WORK, told("work: Sluice " + claim.work() + ", server " + seen));
    }
  }

  private String told(String what) {
    String shown = statement.shown().strip().replaceAll("\\s+", " ");
    return statement.place()
        + ": "
        + what
        + "\n    "
        + (shown.length() > 300 ? shown.substring(0, 300) + " …" : shown);
  }
}
