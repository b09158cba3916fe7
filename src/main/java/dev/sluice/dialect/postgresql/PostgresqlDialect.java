package dev.sluice.dialect.postgresql;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Interception;
import dev.sluice.dialect.Lookup;
import dev.sluice.dialect.Probes;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.RowCopy;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.Writer;
import dev.sluice.dialect.postgresql.impact.NewSyntax;
import dev.sluice.dialect.postgresql.impact.PostgresqlImpact;
import dev.sluice.dialect.postgresql.impact.TypeChanges;
import dev.sluice.dialect.postgresql.impact.Volatility;
import dev.sluice.dialect.postgresql.probing.PostgresqlProbes;
import dev.sluice.dialect.postgresql.reading.BareNames;
import dev.sluice.dialect.postgresql.reading.Lookups;
import dev.sluice.dialect.postgresql.reading.PostgresqlReader;
import dev.sluice.dialect.postgresql.reading.RowCopies;
import dev.sluice.dialect.postgresql.refusal.PostgresqlRefusals;
import dev.sluice.dialect.postgresql.writing.PostgresqlWriter;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Conventions;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;

/** PostgreSQL at one version: each of its parts says what it knows. */
public final class PostgresqlDialect implements Dialect {

  /**
   * What is planned for where nobody names a version: the oldest that its makers still support
   * (postgresql.org, "Versioning Policy": 14 ended on 12 November 2026).
   */
  public static final EngineVersion OLDEST_SUPPORTED = new EngineVersion(15, 0, 0);

  private static final Name PUBLIC = new Name("public");

  private final EngineVersion version;
  private final PostgresqlReader reader = new PostgresqlReader();
  private final PostgresqlWriter writer = new PostgresqlWriter();
  private final PostgresqlProbes probes = new PostgresqlProbes();

  public PostgresqlDialect(EngineVersion version) {
    this.version = version;
  }

  @Override
  public Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  public EngineVersion version() {
    return version;
  }

  @Override
  public Name defaultSchema() {
    return PUBLIC;
  }

  @Override
  public Conventions conventions() {
    return new PostgresqlConventions();
  }

  @Override
  public Reading read(Statement statement) {
    Reading reading = reader.read(statement.sql());
    return new Reading(
        reading.changes(),
        reading.parsedBy(),
        reading.stated(),
        reading.onlyIfThere(),
        NewSyntax.refusal(statement.sql(), version));
  }

  @Override
  public Optional<String> circumstances(Statement statement) {
    return Optional.of(engine().id() + version.major());
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
    return new PostgresqlImpact(version, this::isHarmless).of(change, before);
  }

  @Override
  public List<Impact> impacts(List<Change> changes, Stated stated, Schema before) {
    return new PostgresqlImpact(version, this::isHarmless).ofStatement(changes, stated, before);
  }

  @Override
  public boolean isVolatile(Fragment expression, Schema schema) {
    return Volatility.isVolatile(expression, schema);
  }

  @Override
  public boolean isHarmless(QualifiedName function) {
    return HarmlessFunctions.contain(function, f -> isVolatile(f, emptySchema()));
  }

  @Override
  public Optional<String> bare(String expression, Name row) {
    return BareNames.in(expression, row, writer()::quote);
  }

  @Override
  public TypeChange typeChange(Column column, DataType to, Schema schema) {
    return TypeChanges.of(column.type(), to, schema);
  }

  @Override
  public Optional<Refusal> refusal(
      Statement statement, Reading reading, Schema before, boolean whole) {
    return reading.refusal().isPresent()
        ? reading.refusal()
        : new PostgresqlRefusals(version, whole).of(statement.sql(), reading, before);
  }

  @Override
  public Interception interception(Trigger trigger, Schema schema) {
    return reader.interception(trigger, schema);
  }

  @Override
  public Interception interception(Schema.Other rule, Schema schema) {
    return reader.interception(rule, schema);
  }

  @Override
  public boolean sameType(DataType one, DataType other) {
    return Spelling.same(one, other);
  }

  @Override
  public boolean sameExpression(Fragment one, Fragment other) {
    return Spelling.same(one, other);
  }

  @Override
  public List<Lookup> lookups(Statement update, Schema schema) {
    return Lookups.of(update.sql(), schema, name -> writer.quote(new Name(name)));
  }

  @Override
  public Optional<RowCopy> rowCopy(Statement insert, Schema schema) {
    return RowCopies.of(insert.sql(), schema, name -> writer.quote(new Name(name)));
  }

  @Override
  public Writer writer() {
    return writer;
  }

  @Override
  public Probes probes() {
    return probes;
  }
}
