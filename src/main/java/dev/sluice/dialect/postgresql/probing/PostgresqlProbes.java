package dev.sluice.dialect.postgresql.probing;

import static dev.sluice.dialect.postgresql.probing.Catalog.column;
import static dev.sluice.dialect.postgresql.probing.Catalog.not;
import static dev.sluice.dialect.postgresql.writing.Quoting.literal;

import dev.sluice.dialect.Probes;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** Asks PostgreSQL's catalog whether a change is done. */
public final class PostgresqlProbes implements Probes {

  @Override
  public Optional<String> done(Change change) {
    return condition(change).map(c -> "SELECT coalesce(" + c + ", false)::int");
  }

  @Override
  public Optional<String> dependents(ColumnName column) {
    return Optional.of(DependentProbes.of(column));
  }

  @Override
  public Optional<String> dependents(QualifiedName relation) {
    return Optional.of(DependentProbes.of(relation));
  }

  /** Prepared transactions count too: they hold their lock without a session. */
  @Override
  public Optional<String> olderThan(QualifiedName table, Name trigger) {
    return Optional.of(
        "SELECT count(*) FROM pg_catalog.pg_trigger t"
            + " JOIN pg_catalog.pg_locks l ON l.locktype = 'transactionid'"
            + " AND l.mode = 'ExclusiveLock' AND l.granted"
            + " AND age(l.transactionid) > age(t.xmin)"
            + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
            + " WHERE t.tgrelid = "
            + Catalog.relation(table)
            + " AND t.tgname = "
            + literal(trigger.text())
            + " AND (l.pid IS NULL OR a.datname = current_database())");
  }

  private static Optional<String> condition(Change change) {
    return switch (change) {
      case Change.CreateTable c ->
          c.temporary() ? Optional.empty() : Optional.of(Catalog.table(c.table().name()));
      case Change.DropTable c -> Optional.of(not(Catalog.table(c.table())));
      case Change.RenameTable c -> Optional.of(TableProbes.renamed(c));
      case Change.MoveTable c -> Optional.of(TableProbes.moved(c));
      case Change.AlterTable c -> TableProbes.altered(c);
      case Change.AttachPartition c -> Optional.of(Catalog.child(c.partition(), c.parent()));
      case Change.DetachPartition c -> Optional.of(not(Catalog.child(c.partition(), c.parent())));
      case Change.AddColumn c -> Optional.of(column(c.table(), c.column().name(), ""));
      case Change.DropColumn c -> Optional.of(not(column(c.table(), c.column(), "")));
      case Change.RenameColumn c -> Optional.of(ColumnProbes.renamed(c));
      case Change.AlterColumnType c -> ColumnProbes.typed(c);
      case Change.SetDefault c -> ColumnProbes.defaulted(c);
      case Change.DropDefault c -> Optional.of(ColumnProbes.undefaulted(c));
      case Change.SetNotNull c -> Optional.of(ColumnProbes.notNull(c.table(), c.column()));
      case Change.DropNotNull c -> Optional.of(column(c.table(), c.column(), "NOT a.attnotnull"));
      case Change.AddIdentity c -> Optional.of(ColumnProbes.identity(c));
      case Change.DropIdentity c ->
          Optional.of(not(column(c.table(), c.column(), "a.attidentity <> ''")));
      case Change.DropExpression c ->
          Optional.of(not(column(c.table(), c.column(), "a.attgenerated <> ''")));
      case Change.SetExpression c -> Optional.empty();
      case Change.AlterColumnOption c -> ColumnProbes.optioned(c);
      case Change.AddConstraint c -> ColumnProbes.added(c);
      case Change.DropConstraint c ->
          Optional.of(not(Catalog.constraint(c.table(), c.constraint(), "")));
      case Change.RenameConstraint c -> Optional.of(ColumnProbes.renamed(c));
      case Change.ValidateConstraint c ->
          Optional.of(Catalog.constraint(c.table(), c.constraint(), "convalidated"));
      case Change.AlterConstraint c -> ColumnProbes.altered(c);
      case Change.CreateIndex c -> TableProbes.created(c);
      case Change.DropIndex c -> Optional.of(not(Catalog.relationOf("iI", c.index())));
      case Change.RenameIndex c -> Optional.of(TableProbes.renamed(c));
      case Change.AttachIndex c -> Optional.of(Catalog.child(c.index(), c.parent()));
      case Change.AlterIndex c -> Optional.empty();
      case Change.Reindex c -> Optional.empty();
      case Change.CreateView c -> created(c);
      case Change.RefreshView c -> Optional.empty();
      case Change.CreateSequence c ->
          ObjectProbes.there(ObjectKind.SEQUENCE, c.sequence(), Optional.empty(), "");
      case Change.AlterSequence c -> Optional.empty();
      case Change.CreateType c -> Optional.of(ObjectProbes.type(c.type()));
      case Change.AddEnumValue c -> Optional.of(Catalog.enumValue(c.type(), c.value()));
      case Change.RenameEnumValue c ->
          Optional.of(
              Catalog.both(
                  Catalog.enumValue(c.type(), c.to()),
                  not(Catalog.enumValue(c.type(), c.value()))));
      case Change.CreateDomain c ->
          ObjectProbes.there(ObjectKind.DOMAIN, c.domain(), Optional.empty(), "");
      case Change.CreateRoutine c ->
          c.orReplace()
              ? Optional.empty()
              : Optional.of(
                  RoutineProbes.there(c.routine().name(), "(" + c.routine().signature() + ")"));
      case Change.CreateTrigger c ->
          c.orReplace()
              ? Optional.empty()
              : Optional.of(Catalog.trigger(c.trigger().table(), c.trigger().name(), ""));
      case Change.DropTrigger c -> c.table().map(t -> not(Catalog.trigger(t, c.trigger(), "")));
      case Change.EnableTrigger c ->
          c.name().map(n -> ObjectProbes.fires(c.kind(), c.table(), n, c.firing()));
      case Change.CreateObject c -> ObjectProbes.created(c);
      case Change.AlterObject c -> Optional.empty();
      case Change.DropObject c -> ObjectProbes.dropped(c);
      case Change.RenameObject c -> ObjectProbes.renamed(c);
      case Change.MoveObject c -> ObjectProbes.moved(c);
      case Change.ChangeOwner c -> ObjectProbes.owned(c);
      case Change.Insert c -> Optional.empty();
      case Change.Update c -> Optional.empty();
      case Change.Delete c -> Optional.empty();
      case Change.Merge c -> Optional.empty();
      case Change.Truncate c -> Optional.empty();
      case Change.Copy c -> Optional.empty();
      case Change.Query c -> Optional.empty();
      case Change.SetParameter c -> Optional.empty();
      case Change.TransactionControl c -> Optional.empty();
      case Change.LockTable c -> Optional.empty();
      case Change.Grant c -> Optional.empty();
      case Change.Comment c -> Optional.empty();
      case Change.Maintenance c -> Optional.empty();
      case Change.NoEffect c -> Optional.empty();
      case Change.AlterPartitions c -> Optional.empty();
      case Change.RedefineColumn c -> Optional.empty();
      case Change.HideIndex c -> Optional.empty();
      case Change.SetServerParameter c -> Optional.empty();
      case Change.UseSchema c -> Optional.empty();
      case Change.Block c -> Optional.empty();
      case Change.Unrecognised c -> Optional.empty();
    };
  }

  /** Empty where {@code OR REPLACE} may have found one: the catalog does not tell which it is. */
  private static Optional<String> created(Change.CreateView change) {
    return change.orReplace() || change.temporary()
        ? Optional.empty()
        : ObjectProbes.there(
            change.view().materialized() ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW,
            change.view().name(),
            Optional.empty(),
            "");
  }
}
