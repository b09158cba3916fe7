package dev.sluice.dialect.mysql;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Interception;
import dev.sluice.dialect.Probes;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.Writer;
import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.dialect.mysql.impact.TypeChanges;
import dev.sluice.dialect.mysql.probing.MysqlProbes;
import dev.sluice.dialect.mysql.reading.InsertedRow;
import dev.sluice.dialect.mysql.reading.MysqlReader;
import dev.sluice.dialect.mysql.reading.SqlMode;
import dev.sluice.dialect.mysql.refusal.MysqlRefusals;
import dev.sluice.dialect.mysql.writing.MysqlWriter;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.dialect.mysql.writing.Stating;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Conventions;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Index;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;

/** MySQL or MariaDB at one version: each of its parts says what it knows. */
public final class MysqlDialect implements Dialect {

  /**
   * What is planned for where nobody names a version: the oldest that its makers still support
   * (mysql.com, "Product Support": 8.0 ended in April 2026).
   */
  public static final EngineVersion OLDEST_SUPPORTED_MYSQL = new EngineVersion(8, 4, 0);

  /** As for MySQL (mariadb.org, "Maintenance Policy": 10.5 ended in June 2025). */
  public static final EngineVersion OLDEST_SUPPORTED_MARIADB = new EngineVersion(10, 6, 0);

  private final Engine engine;
  private final EngineVersion version;
  private final MysqlReader reader;
  private final MysqlWriter writer;
  private final MysqlImpact impact;
  private final MysqlRefusals refusals;

  /** On a server with the usual settings. */
  public MysqlDialect(Engine engine, EngineVersion version) {
    this(engine, version, SqlMode.USUAL);
  }

  /**
   * @param engine MySQL or MariaDB
   */
  public MysqlDialect(Engine engine, EngineVersion version, SqlMode mode) {
    if (engine == Engine.POSTGRESQL) {
      throw new IllegalArgumentException("PostgreSQL has a dialect of its own");
    }
    this.engine = engine;
    this.version = version;
    this.reader = new MysqlReader(engine, version, mode);
    this.writer = new MysqlWriter(engine);
    this.impact = new MysqlImpact(engine, version, Functions::isVolatile, Functions::isHarmless);
    this.refusals = new MysqlRefusals(engine, impact);
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public EngineVersion version() {
    return version;
  }

  @Override
  public Name defaultSchema() {
    return Quoting.OWN_DATABASE;
  }

  @Override
  public Conventions conventions() {
    return new MysqlConventions(engine);
  }

  @Override
  public Reading read(Statement statement) {
    return reader.read(statement);
  }

  @Override
  public Optional<String> circumstances(Statement statement) {
    return reader.circumstances(statement);
  }

  @Override
  public Optional<Change.Block> body(Routine routine) {
    return reader.body(routine);
  }

  @Override
  public Fragment expression(String sql) {
    return reader.expression(sql);
  }

  @Override
  public Impact impact(Change change, Schema before) {
    return named(impact.of(change, before), before);
  }

  @Override
  public Optional<Refusal> refusal(
      Statement statement, Reading reading, Schema before, boolean whole) {
    return refusals
        .of(reading, before, whole)
        .or(() -> refusals.ofRow(InsertedRow.values(statement.sql()), reading, before));
  }

  @Override
  public Interception interception(Trigger trigger, Schema schema) {
    return reader.interception(trigger);
  }

  @Override
  public boolean isVolatile(Fragment expression, Schema schema) {
    return Functions.isVolatile(expression);
  }

  @Override
  public List<Impact> impacts(List<Change> changes, Stated stated, Schema before) {
    return impact.each(changes, stated, before).stream().map(i -> named(i, before)).toList();
  }

  /** Without the database where it goes without saying: nobody knows how it is called. */
  private static Impact named(Impact impact, Schema before) {
    return impact.naming(
        name -> {
          QualifiedName bare = new QualifiedName(Optional.empty(), name.name());
          return before.resolve(bare).equals(name) ? bare : name;
        });
  }

  @Override
  public String stating(String sql, List<Change> changes, Schema before) {
    return Stating.says(sql) ? sql : Stating.of(sql, impact.stated(changes, before));
  }

  @Override
  public boolean isHarmless(QualifiedName function) {
    // Without a schema a name means the engine's own function, whatever else bears it (manual,
    // "Function Name Parsing and Resolution").
    boolean own = function.schema().filter(s -> !s.equals(defaultSchema())).isEmpty();
    return own && Functions.isHarmless(new QualifiedName(Optional.empty(), function.name()));
  }

  @Override
  public TypeChange typeChange(Column column, DataType to, Schema schema) {
    return TypeChanges.of(column.type(), to);
  }

  @Override
  public boolean sameType(DataType one, DataType other) {
    return one.sameAs(other);
  }

  @Override
  public boolean sameExpression(Fragment one, Fragment other) {
    return Spelling.same(one.sql(), other.sql());
  }

  @Override
  public Table asShown(Table table) {
    return new Shown(engine).table(table);
  }

  @Override
  public Index asShown(Index index, Optional<Table> table) {
    return new Shown(engine).index(index, table);
  }

  @Override
  public Writer writer() {
    return writer;
  }

  @Override
  public Probes probes() {
    return new MysqlProbes(engine, version);
  }
}
