package dev.sluice.dialect.postgresql.writing;

import static dev.sluice.dialect.postgresql.writing.Clauses.column;
import static dev.sluice.dialect.postgresql.writing.ObjectText.spaced;

import dev.sluice.dialect.Writer;
import dev.sluice.dialect.writing.Text;
import dev.sluice.schema.Change;
import dev.sluice.schema.DataType;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Writes SQL for PostgreSQL. What the server's version does not know is written all the same. */
public final class PostgresqlWriter implements Writer {

  @Override
  public String quote(Name name) {
    return Quoting.quote(name);
  }

  @Override
  public String quote(QualifiedName name) {
    return Quoting.quote(name);
  }

  @Override
  public String literal(String text) {
    return Quoting.literal(text);
  }

  @Override
  public Name fit(String name) {
    return Quoting.fit(name);
  }

  @Override
  public List<String> createSync(Sync sync) {
    return new SyncTrigger(sync).create();
  }

  @Override
  public List<Change.CreateTrigger> syncTriggers(Sync sync) {
    return List.of(new SyncTrigger(sync).trigger());
  }

  @Override
  public List<String> createFollow(Follow follow) {
    return new FollowTrigger(follow).create();
  }

  @Override
  public List<String> dropFollow(Follow follow) {
    return new FollowTrigger(follow).drop();
  }

  @Override
  public List<String> createCarry(Carry carry) {
    return new CarryTrigger(carry).create();
  }

  @Override
  public List<String> dropCarry(Carry carry) {
    return new CarryTrigger(carry).drop();
  }

  @Override
  public List<String> dropSync(Sync sync) {
    return new SyncTrigger(sync).drop();
  }

  @Override
  public Optional<String> detach(QualifiedName view) {
    return Optional.of(DetachedView.of(view));
  }

  @Override
  public String putBack(Change.CreateView former) {
    return FormerView.of(former);
  }

  @Override
  public String wouldChange(String column, String value, Optional<DataType> type) {
    return column + " IS DISTINCT FROM (" + value + ")";
  }

  @Override
  public String differ(String one, String other) {
    return SyncTrigger.differ(one, other);
  }

  @Override
  public String write(Change change) {
    return text(change).sql(Quoting::quote);
  }

  @Override
  public String writeTogether(List<Change> changes) {
    return Text.together(changes.stream().map(this::text).toList(), Quoting::quote);
  }

  private static String alone(QualifiedName table, String clause) {
    return "ALTER TABLE " + Quoting.quote(table) + " " + clause;
  }

  private Text text(Change change) {
    return switch (change) {
      case Change.CreateTable c -> Text.whole(TableText.create(c));
      case Change.DropTable c ->
          Text.whole(
              "DROP TABLE "
                  + Clauses.ifExists(c.ifExists())
                  + quote(c.table())
                  + Clauses.cascade(c.cascade()));
      case Change.RenameTable c -> Text.whole(alone(c.table(), "RENAME TO " + quote(c.to())));
      case Change.MoveTable c -> Text.whole(alone(c.table(), "SET SCHEMA " + quote(c.schema())));
      case Change.AlterTable c -> Text.clause(c.table(), c.text());
      case Change.AttachPartition c ->
          Text.whole(
              alone(
                  c.parent(), "ATTACH PARTITION " + quote(c.partition()) + " " + c.bounds().sql()));
      case Change.DetachPartition c ->
          Text.whole(
              alone(
                  c.parent(),
                  "DETACH PARTITION "
                      + quote(c.partition())
                      + (c.concurrently() ? " CONCURRENTLY" : "")
                      + (c.completes() ? " FINALIZE" : "")));
      case Change.AddColumn c -> Text.clause(c.table(), Clauses.add(c));
      case Change.DropColumn c -> Text.clause(c.table(), Clauses.drop(c));
      case Change.RenameColumn c ->
          Text.whole(
              alone(c.table(), "RENAME COLUMN " + quote(c.column()) + " TO " + quote(c.to())));
      case Change.AlterColumnType c -> Text.clause(c.table(), Clauses.type(c));
      case Change.SetDefault c ->
          Text.clause(c.table(), column(c.column(), "SET DEFAULT " + c.value().sql()));
      case Change.DropDefault c -> Text.clause(c.table(), column(c.column(), "DROP DEFAULT"));
      case Change.SetNotNull c -> Text.clause(c.table(), column(c.column(), "SET NOT NULL"));
      case Change.DropNotNull c -> Text.clause(c.table(), column(c.column(), "DROP NOT NULL"));
      case Change.AddIdentity c -> Text.clause(c.table(), Clauses.identity(c));
      case Change.DropIdentity c ->
          Text.clause(
              c.table(), column(c.column(), "DROP IDENTITY" + (c.ifExists() ? " IF EXISTS" : "")));
      case Change.DropExpression c ->
          Text.clause(
              c.table(),
              column(c.column(), "DROP EXPRESSION" + (c.ifExists() ? " IF EXISTS" : "")));
      case Change.SetExpression c ->
          Text.clause(
              c.table(), column(c.column(), "SET EXPRESSION AS (" + c.expression().sql() + ")"));
      case Change.AlterColumnOption c -> Text.clause(c.table(), column(c.column(), c.text()));
      case Change.AddConstraint c ->
          Text.clause(c.table(), "ADD " + ConstraintText.ofTable(c.constraint()));
      case Change.DropConstraint c -> Text.clause(c.table(), Clauses.dropConstraint(c));
      case Change.RenameConstraint c ->
          Text.whole(
              alone(
                  c.table(),
                  "RENAME CONSTRAINT " + quote(c.constraint()) + " TO " + quote(c.to())));
      case Change.ValidateConstraint c ->
          Text.clause(c.table(), "VALIDATE CONSTRAINT " + quote(c.constraint()));
      case Change.AlterConstraint c ->
          Text.clause(c.table(), "ALTER CONSTRAINT " + quote(c.constraint()) + " " + c.text());
      case Change.EnableTrigger c -> Text.clause(c.table(), Clauses.trigger(c));
      case Change.CreateIndex c -> Text.whole(ObjectText.createIndex(c));
      case Change.DropIndex c -> Text.whole(ObjectText.dropIndex(c));
      case Change.RenameIndex c ->
          Text.whole("ALTER INDEX " + quote(c.index()) + " RENAME TO " + quote(c.to()));
      case Change.AttachIndex c ->
          Text.whole("ALTER INDEX " + quote(c.parent()) + " ATTACH PARTITION " + quote(c.index()));
      case Change.AlterIndex c -> Text.whole("ALTER INDEX " + quote(c.index()) + " " + c.text());
      case Change.Reindex c -> Text.whole(ObjectText.reindex(c));
      case Change.CreateView c -> Text.whole(ObjectText.createView(c));
      case Change.RefreshView c ->
          Text.whole(
              "REFRESH MATERIALIZED VIEW "
                  + (c.concurrently() ? "CONCURRENTLY " : "")
                  + quote(c.view()));
      case Change.CreateSequence c -> Text.whole(ObjectText.createSequence(c));
      case Change.AlterSequence c -> Text.whole(ObjectText.alterSequence(c));
      case Change.CreateType c ->
          Text.whole("CREATE TYPE " + quote(c.type()) + " AS " + c.definition().sql());
      case Change.AddEnumValue c -> Text.whole(ObjectText.addEnumValue(c));
      case Change.RenameEnumValue c ->
          Text.whole(
              "ALTER TYPE "
                  + quote(c.type())
                  + " RENAME VALUE "
                  + literal(c.value())
                  + " TO "
                  + literal(c.to()));
      case Change.CreateDomain c ->
          Text.whole("CREATE DOMAIN " + quote(c.domain()) + " AS " + c.definition().sql());
      case Change.CreateRoutine c -> Text.whole(ObjectText.createRoutine(c));
      case Change.CreateTrigger c -> Text.whole(ObjectText.createTrigger(c));
      case Change.DropTrigger c -> Text.whole(ObjectText.dropTrigger(c));
      case Change.CreateObject c -> Text.whole(ObjectText.create(c));
      case Change.AlterObject c -> Text.whole(ObjectText.alter(c));
      case Change.DropObject c -> Text.whole(ObjectText.drop(c));
      case Change.RenameObject c -> Text.whole(ObjectText.rename(c));
      case Change.MoveObject c -> Text.whole(ObjectText.move(c));
      case Change.ChangeOwner c ->
          c.table()
              ? Text.clause(c.name(), "OWNER TO " + c.owner())
              : Text.whole(ObjectText.owner(c));
      case Change.Insert c -> throw onlyAsWritten(c);
      case Change.Update c -> throw onlyAsWritten(c);
      case Change.Delete c -> throw onlyAsWritten(c);
      case Change.Merge c -> throw onlyAsWritten(c);
      case Change.Truncate c -> throw onlyAsWritten(c);
      case Change.Copy c -> throw onlyAsWritten(c);
      case Change.Query c -> Text.whole(c.query().sql());
      case Change.SetParameter c -> Text.whole(set(c));
      case Change.TransactionControl c -> Text.whole(c.command());
      case Change.LockTable c ->
          Text.whole(
              "LOCK TABLE " + Quoting.tables(c.tables()) + " IN " + c.mode().text() + " MODE");
      case Change.Grant c -> Text.whole(c.text());
      case Change.Comment c -> Text.whole(c.text());
      case Change.Maintenance c -> Text.whole(maintenance(c));
      case Change.NoEffect c -> Text.whole(c.command());
      case Change.AlterPartitions c -> throw notOfThisEngine(c);
      case Change.RedefineColumn c -> throw notOfThisEngine(c);
      case Change.HideIndex c -> throw notOfThisEngine(c);
      case Change.SetServerParameter c ->
          Text.whole(
              c.values().isEmpty()
                  ? "ALTER SYSTEM RESET " + c.parameter()
                  : "ALTER SYSTEM SET " + c.parameter() + " = " + String.join(", ", c.values()));
      case Change.UseSchema c -> throw notOfThisEngine(c);
      case Change.Block c -> throw onlyAsWritten(c);
      case Change.Unrecognised c -> throw onlyAsWritten(c);
    };
  }

  /** What the change keeps of such a statement is less than the statement says. */
  private static IllegalArgumentException onlyAsWritten(Change change) {
    return new IllegalArgumentException(change.label() + " has no text but its own");
  }

  private static IllegalArgumentException notOfThisEngine(Change change) {
    return new IllegalArgumentException("PostgreSQL has no " + change.label());
  }

  private static String set(Change.SetParameter change) {
    return "SET "
        + (change.local() ? "LOCAL " : "")
        + change.parameter()
        + " TO "
        + (change.values().isEmpty() ? "DEFAULT" : String.join(", ", change.values()));
  }

  private static String maintenance(Change.Maintenance change) {
    String command =
        switch (change.kind()) {
          case ANALYZE, VACUUM, CLUSTER, CHECKPOINT, OPTIMIZE, REPAIR, CHECK ->
              change.kind().name();
          case VACUUM_FULL -> "VACUUM (FULL)";
        };
    return command + spaced(Quoting.tables(change.tables()));
  }
}
