package dev.sluice.history.mysql;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.mysql.impact.Footprint;
import dev.sluice.dialect.mysql.impact.Forms;
import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.dialect.mysql.writing.Stating;
import dev.sluice.history.Agreement;
import dev.sluice.history.Agreement.Of;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One statement. Where it takes an algorithm it is run in every better form than the claimed one,
 * which the server must refuse, and then in that, which it must take; rows stand in its tables
 * meanwhile. Whoever reads another table than the claimed ones keeps it from nothing, and who reads
 * a claimed one does.
 */
final class Trial {

  /** What a server says when an algorithm or a lock is not for a statement. */
  private static final Set<Integer> NOT_SO = Set.of(1221, 1845, 1846);

  private static final int WAITED_TOO_LONG = 1205;

  private final Statement statement;
  private final Reading reading;
  private final Engine engine;
  private final Schema before;
  private final Agreement agreement;
  private final Waits waits;
  private final Impact claim;
  private final Stated form;

  Trial(
      Statement statement,
      Reading reading,
      Dialect dialect,
      Schema before,
      Agreement agreement,
      Waits waits) {
    this.statement = statement;
    this.reading = reading;
    this.engine = dialect.engine();
    this.before = before;
    this.agreement = agreement;
    this.waits = waits;
    MysqlImpact impact =
        new MysqlImpact(
            engine, dialect.version(), e -> dialect.isVolatile(e, before), dialect::isHarmless);
    claim = impact.together(reading.changes(), before);
    form = impact.stated(reading.changes(), before);
  }

  /** Whether the server took it; then it is committed. */
  boolean run(Connection connection, Connection beside) throws SQLException {
    if (is(Change.TransactionControl.class) || is(Change.LockTable.class)) {
      agreement.leftOut("begins or ends a transaction or a lock");
      return false;
    }
    boolean ofSession =
        is(Change.SetParameter.class) || is(Change.UseSchema.class) || is(Change.NoEffect.class);
    if (ofSession || isOfRows()) {
      return execute(connection);
    }
    boolean takesForm = !form.equals(Stated.NOTHING) && reading.stated().equals(Stated.NOTHING);
    return takesForm ? altered(connection, beside) : other(connection, beside);
  }

  private boolean is(Class<? extends Change> kind) {
    return reading.changes().stream().allMatch(kind::isInstance);
  }

  private boolean isOfRows() {
    return reading.changes().stream()
        .allMatch(
            c ->
                c instanceof Change.Insert
                    || c instanceof Change.Update
                    || c instanceof Change.Delete
                    || c instanceof Change.Merge
                    || c instanceof Change.Copy
                    || c instanceof Change.Query);
  }

  private boolean execute(Connection connection) throws SQLException {
    try {
      MysqlHistory.execute(connection, statement.sql());
      return true;
    } catch (SQLException e) {
      return refused(e);
    } finally {
      commit(connection);
    }
  }

  private static void commit(Connection connection) throws SQLException {
    MysqlHistory.execute(connection, "COMMIT");
  }

  // ---- what takes an algorithm ----

  private boolean altered(Connection connection, Connection beside) throws SQLException {
    try (Filling filling = new Filling(beside, before)) {
      Set<QualifiedName> tables =
          claim.locks().stream()
              .map(l -> before.resolve(l.relation()))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      filling.fill(tables);
      Footprint footprint = Footprint.of(beside);
      boolean done = inForm(connection, filling);
      if (done && tables.stream().findFirst().map(filling::isOfInnodb).orElse(false)) {
        footprint.work(Footprint.of(beside)).ifPresent(this::compareWork);
      }
      return done;
    }
  }

  private boolean inForm(Connection connection, Filling filling) throws SQLException {
    List<Stated> better = new ArrayList<>(betterFirst());
    if (!better.contains(form)) {
      agreement.differs(Of.FORM, told("no form: " + form));
      return execute(connection);
    }
    for (Stated one : better.subList(0, better.indexOf(form))) {
      Optional<SQLException> said = said(connection, one);
      if (said.isEmpty()) {
        agreement.differs(Of.FORM, told("form: Sluice " + shown(form) + ", server " + shown(one)));
        return true;
      }
      if (!NOT_SO.contains(said.get().getErrorCode())) {
        return filling.emptied() ? inForm(connection, filling) : refused(said.get());
      }
    }
    Optional<SQLException> said = said(connection, form);
    if (said.isEmpty()) {
      agreement.agrees(Of.FORM);
      return true;
    }
    if (NOT_SO.contains(said.get().getErrorCode())) {
      agreement.differs(
          Of.FORM, told("form: Sluice " + shown(form) + ", server: " + said.get().getMessage()));
      return execute(connection);
    }
    return filling.emptied() ? inForm(connection, filling) : refused(said.get());
  }

  private Optional<SQLException> said(Connection connection, Stated one) throws SQLException {
    try {
      MysqlHistory.execute(connection, Stating.of(statement.sql(), one));
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    } finally {
      commit(connection);
    }
  }

  private static String shown(Stated one) {
    return one.algorithm().map(Enum::name).orElse("")
        + one.lock().map(l -> " LOCK=" + l.text()).orElse("");
  }

  private List<Stated> betterFirst() {
    List<Algorithm> algorithms =
        engine == Engine.MARIADB
            ? List.of(Algorithm.INSTANT, Algorithm.NOCOPY, Algorithm.INPLACE, Algorithm.COPY)
            : List.of(Algorithm.INSTANT, Algorithm.INPLACE, Algorithm.COPY);
    return Forms.betterFirst(algorithms);
  }

  private void compareWork(Work seen) {
    if (claim.work() == seen) {
      agreement.agrees(Of.WORK);
    } else {
      agreement.differs(Of.WORK, told("work: Sluice " + claim.work() + ", server " + seen));
    }
  }

  // ---- what takes none ----

  private boolean other(Connection connection, Connection beside) throws SQLException {
    if (claim.equals(Impact.UNKNOWN) || !isDefinition()) {
      agreement.leftOut("said to be unknown, or a block");
      return execute(connection);
    }
    Set<QualifiedName> claimed =
        claim.locks().stream()
            .filter(l -> l.mode() == LockMode.MYSQL_EXCLUSIVE)
            .map(l -> before.resolve(l.relation()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Readers readers = new Readers(beside);
    for (QualifiedName table : claimed) {
      boolean own = table.equals(claimed.iterator().next());
      if (readers.isTable(table) && waits.wants(labels() + own)) {
        Optional<SQLException> said = said(connection, readers, List.of(table));
        if (said.isEmpty()) {
          agreement.differs(Of.LOCKS, told("locks: it does not wait for who reads " + table));
          return true;
        }
        if (said.get().getErrorCode() != WAITED_TOO_LONG) {
          return refused(said.get());
        }
      }
    }
    List<QualifiedName> others =
        readers.tables().stream().filter(t -> !claimed.contains(t)).toList();
    Optional<SQLException> said = said(connection, readers, others);
    if (said.isEmpty()) {
      agreement.agrees(Of.LOCKS);
      return true;
    }
    if (said.get().getErrorCode() != WAITED_TOO_LONG) {
      return refused(said.get());
    }
    boolean done = execute(connection);
    if (done) {
      agreement.differs(
          Of.LOCKS, told("locks: it waits for who reads another table than " + claimed));
    }
    return done;
  }

  private String labels() {
    return reading.changes().stream().map(Change::label).distinct().toList().toString();
  }

  private boolean isDefinition() {
    return reading.changes().stream()
        .noneMatch(
            c ->
                c instanceof Change.Block
                    || c instanceof Change.Unrecognised
                    || c instanceof Change.Maintenance
                    || (c instanceof Change.CreateTable t && t.query().isPresent()));
  }

  private Optional<SQLException> said(
      Connection connection, Readers readers, List<QualifiedName> read) throws SQLException {
    readers.read(read);
    try {
      MysqlHistory.execute(connection, statement.sql());
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    } finally {
      readers.end();
      commit(connection);
    }
  }

  private boolean refused(SQLException e) {
    agreement.leftOut("refused by the server: " + e.getErrorCode());
    agreement.refused(told("refused: " + e.getMessage()));
    return false;
  }

  private String told(String what) {
    String shown = statement.shown().strip().replaceAll("\\s+", " ");
    return statement.place()
        + ": "
        + what
        + "\n    "
        + (shown.length() > 400 ? shown.substring(0, 400) + " …" : shown);
  }
}
