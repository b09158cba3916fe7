package dev.sluice.dialect.mysql.probing;

import static dev.sluice.dialect.mysql.probing.Catalog.both;
import static dev.sluice.dialect.mysql.probing.Catalog.column;
import static dev.sluice.dialect.mysql.probing.Catalog.not;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Probes;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** Asks the catalog of MySQL or MariaDB whether a change is done. */
public final class MysqlProbes implements Probes {

  private final DependentProbes dependents;
  private final TableProbes tables;
  private final ColumnProbes columns;

  /**
   * @param engine MySQL or MariaDB: the one shows defaults as they are, the other as they are
   *     written
   */
  public MysqlProbes(Engine engine, EngineVersion version) {
    boolean mariadb = engine == Engine.MARIADB;
    this.dependents = new DependentProbes(mariadb);
    this.tables = new TableProbes(engine, version);
    this.columns = new ColumnProbes(mariadb);
  }

  @Override
  public Optional<String> done(Change change) {
    return condition(change).map(c -> "SELECT " + c);
  }

  @Override
  public Optional<String> dependents(ColumnName column) {
    return Optional.of(dependents.of(column));
  }

  /** Views hold on to nothing. */
  @Override
  public Optional<String> dependents(QualifiedName relation) {
    return Optional.of(dependents.of(relation));
  }

  /**
   * Empty: CREATE TRIGGER waits for all who use the table (seen on MySQL 8.0.31 and MariaDB 10.11).
   */
  @Override
  public Optional<String> olderThan(QualifiedName table, Name trigger) {
    return Optional.empty();
  }

  @Override
  public Optional<String> commented(QualifiedName table, Name column, String comment) {
    return Optional.of(
        "SELECT " + column(table, column, "c.column_comment = " + Quoting.literal(comment)));
  }

  private Optional<String> condition(Change change) {
    return switch (change) {
      case Change.CreateTable c ->
          c.temporary() ? Optional.empty() : Optional.of(Catalog.table(c.table().name()));
      case Change.DropTable c ->
          c.temporary() ? Optional.empty() : Optional.of(not(Catalog.table(c.table())));
      case Change.RenameTable c -> TableProbes.renamed(c);
      case Change.MoveTable c -> TableProbes.moved(c);
      case Change.AlterTable c -> TableProbes.altered(c);
      case Change.AlterPartitions c -> TableProbes.partitioned(c);

      case Change.AddColumn c -> Optional.of(column(c.table(), c.column().name(), ""));
      case Change.DropColumn c -> Optional.of(not(column(c.table(), c.column(), "")));
      case Change.RenameColumn c -> ColumnProbes.renamed(c.table(), c.column(), c.to());
      case Change.RedefineColumn c -> columns.redefined(c);
      case Change.SetDefault c -> columns.defaulted(c.table(), c.column(), c.value());
      case Change.DropDefault c ->
          Optional.of(column(c.table(), c.column(), columns.undefaulted()));
      case Change.AlterColumnOption c -> ColumnProbes.optioned(c);

      case Change.AddConstraint c -> tables.added(c);
      case Change.DropConstraint c -> TableProbes.dropped(c);
      case Change.AlterConstraint c -> TableProbes.enforced(c);
      case Change.CreateIndex c ->
          c.index().name().map(n -> Catalog.index(c.index().table(), n.name(), ""));
      case Change.DropIndex c -> c.table().map(t -> not(Catalog.index(t, c.index().name(), "")));
      case Change.RenameIndex c -> TableProbes.renamed(c);
      case Change.HideIndex c -> tables.hidden(c);

      case Change.CreateView c ->
          c.orReplace() ? Optional.empty() : Optional.of(Catalog.view(c.view().name()));
      case Change.CreateSequence c -> Optional.of(Catalog.sequence(c.sequence()));
      case Change.CreateRoutine c ->
          c.orReplace()
              ? Optional.empty()
              : Optional.of(Catalog.routine(c.routine().kind(), c.routine().name()));
      case Change.CreateTrigger c ->
          c.orReplace()
              ? Optional.empty()
              : Optional.of(
                  Catalog.trigger(
                      new QualifiedName(c.trigger().table().schema(), c.trigger().name())));
      case Change.DropTrigger c ->
          Optional.of(
              not(
                  Catalog.trigger(
                      new QualifiedName(c.table().flatMap(QualifiedName::schema), c.trigger()))));
      case Change.CreateObject c ->
          c.orReplace() ? Optional.empty() : ObjectProbes.there(c.kind(), c.name());
      case Change.DropObject c -> ObjectProbes.there(c.kind(), c.name()).map(Catalog::not);
      case Change.RenameObject c ->
          ObjectProbes.there(c.kind(), c.name().withName(c.to()))
              .filter(to -> !c.to().text().equalsIgnoreCase(c.name().name().text()))
              .flatMap(
                  to -> ObjectProbes.there(c.kind(), c.name()).map(from -> both(to, not(from))));

      case Change.AlterSequence c -> Optional.empty();
      case Change.AlterObject c -> Optional.empty();
      case Change.Insert c -> Optional.empty();
      case Change.Update c -> Optional.empty();
      case Change.Delete c -> Optional.empty();
      case Change.Merge c -> Optional.empty();
      case Change.Truncate c -> Optional.empty();
      case Change.Copy c -> Optional.empty();
      case Change.Query c -> Optional.empty();
      case Change.SetParameter c -> Optional.empty();
      case Change.SetServerParameter c -> Optional.empty();
      case Change.UseSchema c -> Optional.empty();
      case Change.TransactionControl c -> Optional.empty();
      case Change.LockTable c -> Optional.empty();
      case Change.Grant c -> Optional.empty();
      case Change.Comment c -> Optional.empty();
      case Change.Maintenance c -> Optional.empty();
      case Change.NoEffect c -> Optional.empty();
      case Change.Block c -> Optional.empty();
      case Change.Unrecognised c -> Optional.empty();

      // Of PostgreSQL alone.
      case Change.AttachPartition c -> Optional.empty();
      case Change.DetachPartition c -> Optional.empty();
      case Change.AlterColumnType c -> Optional.empty();
      case Change.SetNotNull c -> Optional.empty();
      case Change.DropNotNull c -> Optional.empty();
      case Change.AddIdentity c -> Optional.empty();
      case Change.DropIdentity c -> Optional.empty();
      case Change.DropExpression c -> Optional.empty();
      case Change.SetExpression c -> Optional.empty();
      case Change.RenameConstraint c -> Optional.empty();
      case Change.ValidateConstraint c -> Optional.empty();
      case Change.AttachIndex c -> Optional.empty();
      case Change.AlterIndex c -> Optional.empty();
      case Change.Reindex c -> Optional.empty();
      case Change.RefreshView c -> Optional.empty();
      case Change.CreateType c -> Optional.empty();
      case Change.AddEnumValue c -> Optional.empty();
      case Change.RenameEnumValue c -> Optional.empty();
      case Change.CreateDomain c -> Optional.empty();
      case Change.EnableTrigger c -> Optional.empty();
      case Change.MoveObject c -> Optional.empty();
      case Change.ChangeOwner c -> Optional.empty();
    };
  }
}
