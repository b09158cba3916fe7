package dev.sluice.dialect;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a running server of one engine is spoken to: SQL as text and the meaning of its errors. No
 * connection here. A {@code ?} in a text is a parameter; what it stands for and what columns come
 * back is said at each.
 */
public interface Server {

  Engine engine();

  /**
   * The same once it has said its {@link #version}: one driver leads to more than one engine.
   *
   * @throws dev.sluice.sql.Problem where it is none that Sluice knows
   */
  default Server answering(String version) {
    return this;
  }

  /**
   * What an error means.
   *
   * @param sqlState five characters; empty where the driver gave none
   * @param code the vendor's own number; 0 on PostgreSQL
   */
  Failure failure(String sqlState, int code);

  /**
   * The same of an error as the journal keeps it.
   *
   * @param code the vendor's own number where it has numbers, else the state
   */
  Failure failure(String code);

  /** An error's text as the server wrote it: without what its driver adds. */
  default String said(String message) {
    return message;
  }

  /** As the engine needs it. */
  String quote(Name name);

  /** As the engine needs it. */
  String quote(QualifiedName name);

  /**
   * What takes a constraint away again whose rows the statement reads: rows that are there may
   * break it. Empty for every other statement.
   */
  default Optional<String> withdrawal(String statement) {
    return Optional.empty();
  }

  /** One value: the server's version as {@link EngineVersion} reads it. */
  String version();

  /** One value: a number of the process or thread behind this connection. */
  String backend();

  /** One value: 1 on a server that takes no writes (a standby), else 0. */
  String readOnly();

  /**
   * One value: why no plan runs on a server that is set up like this one, in words that end with
   * the fix; NULL where nothing speaks against it. Empty where there is nothing to ask.
   */
  default Optional<String> unfit() {
    return Optional.empty();
  }

  /**
   * Whether a text given as a parameter has no type until it is compared with something. Where not,
   * it is sent as a text.
   */
  default boolean parametersAreUntyped() {
    return false;
  }

  /**
   * Properties of its JDBC driver that notice a dead connection and bound how long one is tried
   * for.
   */
  Map<String, String> driver(Duration patience);

  /**
   * The first statement on a new connection: makes it known as {@code sluice} to who looks at the
   * server's activity, where the server has a name for it, and bounds waits for locks where the
   * server would wait for a year.
   */
  String introduce();

  /**
   * One value: where unqualified names of a new connection are looked for, NULL where nowhere.
   * Empty where the dialect's own default counts.
   */
  default Optional<String> currentSchema() {
    return Optional.empty();
  }

  /**
   * What of the server's settings changes how SQL is read: one row of {@code sql_mode,
   * lower_case_table_names}. Empty where none does.
   */
  default Optional<String> sqlMode() {
    return Optional.empty();
  }

  /**
   * Makes the server notice within 250 ms that who asked is gone, and stop working for it. May fail
   * where the server or its platform cannot: then it changed nothing. Where it cannot, a statement
   * of a killed tool runs on to its end, and commits.
   */
  String noticeLostClient();

  /**
   * Sets limits.
   *
   * @param inTransaction until the transaction ends, where the server has such settings; else until
   *     the session does
   */
  List<String> limits(Limits limits, boolean inTransaction);

  /**
   * Run when a transaction with limits is over: takes off those that would end a session at rest.
   * Empty where they went with the transaction.
   */
  default List<String> atRest() {
    return List.of();
  }

  /** Whether a role or a search path set in a transaction is still set when it is over. */
  default boolean settingsOutliveTransactions() {
    return false;
  }

  /**
   * Whether a definition outside a transaction that fails, or is cut off, leaves nothing of itself
   * behind.
   */
  boolean definitionsAreAtomic();

  /** Whether it does nothing but set up its session for the statements behind it. */
  default boolean setsUpSession(String statement) {
    return false;
  }

  /** Looks for unqualified names there first, as Flyway does with its default schema. */
  String enter(Name schema);

  /**
   * Sets where unqualified names are looked for.
   *
   * @param path quoted already, as written behind {@code SET search_path TO}
   */
  String searchPath(String path, boolean inTransaction);

  /**
   * One value: where unqualified names are looked for now, as {@link #searchPath} takes it; NULL
   * where nowhere. Empty where what was set in a transaction ends with it.
   */
  default Optional<String> currentPath() {
    return Optional.empty();
  }

  /** One value: the role that statements run as now, as written behind {@code SET ROLE}. */
  String currentRole();

  /**
   * Sets the role that statements run as.
   *
   * @param role as written behind {@code SET ROLE}
   */
  String role(String role, boolean inTransaction);

  /** The locks of tables and of runners. */
  Locking locking();

  /** What the catalog and the statistics views know. */
  Monitoring monitoring();

  /** What a session that this login must not look into shows as its query; empty for nothing. */
  default String hidden() {
    return "";
  }

  /** How large tables are. */
  Sizes sizes();

  /** What is there, as the statements that would make it. */
  Definitions definitions();

  /** What hangs on what. */
  Dependents dependents();

  /** Texts for walking over a table in pieces. */
  Walking walking();

  /** The tables that hold what was begun and done. */
  JournalTables journal();
}
