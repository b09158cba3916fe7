package dev.sluice.dialect.mysql.writing;

import static dev.sluice.dialect.mysql.writing.Definitions.spaced;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Writer;
import dev.sluice.dialect.writing.Text;
import dev.sluice.schema.Change;
import dev.sluice.schema.DataType;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes SQL for MySQL and MariaDB. What the server's version does not know is written too. */
public final class MysqlWriter implements Writer {

  private static final Pattern COUNTED =
      Pattern.compile(
          "(?:tiny|small|medium|big)?int|integer|decimal|numeric|float|double|real|date|time|year"
              + "|bit|bool");

  private final boolean mariadb;

  /**
   * @param engine MySQL or MariaDB: few words differ
   */
  public MysqlWriter(Engine engine) {
    this.mariadb = engine == Engine.MARIADB;
  }

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

  /** Two statements, one for each trigger; see {@link SyncTriggers}. */
  @Override
  public List<String> createSync(Sync sync) {
    return syncTriggers(sync).stream().map(this::write).toList();
  }

  @Override
  public List<Change.CreateTrigger> syncTriggers(Sync sync) {
    return new SyncTriggers(sync).all();
  }

  @Override
  public List<String> dropSync(Sync sync) {
    return new SyncTriggers(sync).drop();
  }

  /** Views hold on to nothing: a table can be dropped beneath them. */
  @Override
  public Optional<String> detach(QualifiedName view) {
    return Optional.empty();
  }

  /** Numbers and times have one equality; that of texts, by their collation, tells too little. */
  @Override
  public String wouldChange(String column, String value, Optional<DataType> type) {
    return wouldChangeTo(column, value, type);
  }

  static String wouldChangeTo(String column, String value, Optional<DataType> type) {
    boolean counted =
        type.map(t -> COUNTED.matcher(t.name().toLowerCase(Locale.ROOT)).lookingAt()).orElse(false);
    return counted
        ? "NOT (" + column + " <=> (" + value + "))"
        : SyncTriggers.differ(column, value);
  }

  @Override
  public String differ(String one, String other) {
    return SyncTriggers.differ(one, other);
  }

  @Override
  public String write(Change change) {
    return text(change).sql(Quoting::quote);
  }

  @Override
  public String writeTogether(List<Change> changes) {
    return Text.together(changes.stream().map(this::text).toList(), Quoting::quote);
  }

  private Text text(Change change) {
    return switch (change) {
      case Change.CreateTable c -> Text.whole(Definitions.create(c, mariadb));
      case Change.DropTable c ->
          Text.whole(
              "DROP "
                  + (c.temporary() ? "TEMPORARY " : "")
                  + "TABLE "
                  + ifExists(c.ifExists())
                  + quote(c.table()));
      case Change.RenameTable c ->
          Text.whole(
              "RENAME TABLE " + quote(c.table()) + " TO " + quote(c.table().withName(c.to())));
      case Change.MoveTable c ->
          Text.whole("RENAME TABLE " + quote(c.table()) + " TO " + quote(c.table().in(c.schema())));
      case Change.AlterTable c -> Text.clause(c.table(), c.text());
      case Change.AlterPartitions c -> Text.clause(c.table(), c.text());
      case Change.AddColumn c -> Text.clause(c.table(), Clauses.add(c));
      case Change.RedefineColumn c -> Text.clause(c.table(), Clauses.redefine(c));
      case Change.DropColumn c ->
          Text.clause(
              c.table(), "DROP COLUMN " + ifExists(c.ifExists(), mariadb) + quote(c.column()));
      case Change.RenameColumn c ->
          Text.clause(c.table(), "RENAME COLUMN " + quote(c.column()) + " TO " + quote(c.to()));
      case Change.SetDefault c ->
          Text.clause(c.table(), column(c.column(), "SET DEFAULT " + c.value().sql()));
      case Change.DropDefault c -> Text.clause(c.table(), column(c.column(), "DROP DEFAULT"));
      case Change.AlterColumnOption c -> Text.clause(c.table(), column(c.column(), c.text()));
      case Change.AddConstraint c ->
          Text.clause(c.table(), "ADD " + Definitions.constraint(c.constraint(), c.ifNotExists()));
      case Change.DropConstraint c -> Text.clause(c.table(), Clauses.drop(c, mariadb));
      case Change.AlterConstraint c ->
          Text.clause(c.table(), "ALTER CHECK " + quote(c.constraint()) + " " + c.text());
      case Change.CreateIndex c -> Text.clause(c.index().table(), Clauses.add(c, mariadb));
      case Change.DropIndex c ->
          Text.clause(
              tableOf(c.table(), c),
              "DROP INDEX " + ifExists(c.ifExists(), mariadb) + quote(c.index().name()));
      case Change.RenameIndex c ->
          Text.clause(
              tableOf(c.table(), c),
              "RENAME INDEX " + quote(c.index().name()) + " TO " + quote(c.to()));
      case Change.HideIndex c ->
          Text.clause(
              c.table(),
              "ALTER INDEX "
                  + quote(c.index().name())
                  + (mariadb
                      ? c.hidden() ? " IGNORED" : " NOT IGNORED"
                      : c.hidden() ? " INVISIBLE" : " VISIBLE"));
      case Change.CreateView c -> Text.whole(Clauses.view(c));
      case Change.CreateSequence c ->
          Text.whole(
              "CREATE SEQUENCE "
                  + (c.ifNotExists() ? "IF NOT EXISTS " : "")
                  + quote(c.sequence())
                  + spaced(c.options()));
      case Change.AlterSequence c ->
          Text.whole("ALTER SEQUENCE " + quote(c.sequence()) + spaced(c.options()));
      case Change.CreateRoutine c -> Text.whole(Clauses.routine(c));
      case Change.CreateTrigger c -> Text.whole(Clauses.trigger(c));
      case Change.DropTrigger c ->
          Text.whole(
              "DROP TRIGGER "
                  + ifExists(c.ifExists())
                  + c.table().map(Quoting::schema).orElse("")
                  + quote(c.trigger()));
      case Change.CreateObject c -> Text.whole(Clauses.create(c));
      case Change.AlterObject c -> Text.whole(Clauses.alter(c));
      case Change.DropObject c ->
          Text.whole(
              "DROP "
                  + Clauses.word(c.kind())
                  + " "
                  + ifExists(c.ifExists())
                  + Clauses.named(c.kind(), c.name()));
      case Change.RenameObject c -> Text.whole(Clauses.rename(c));
      case Change.Truncate c -> {
        if (c.tables().size() != 1) {
          throw onlyAsWritten(c);
        }
        yield Text.whole("TRUNCATE TABLE " + quote(c.tables().getFirst()));
      }
      case Change.Query c -> Text.whole(c.query().sql());
      case Change.SetParameter c -> Text.whole(Clauses.set(c));
      case Change.SetServerParameter c -> Text.whole(Clauses.set(c));
      case Change.UseSchema c -> Text.whole("USE " + quote(c.schema()));
      case Change.TransactionControl c -> Text.whole(c.command());
      case Change.Grant c -> Text.whole(c.text());
      case Change.Comment c -> Text.whole(c.text());
      case Change.Maintenance c ->
          Text.whole(c.kind().name() + " TABLE " + Quoting.tables(c.tables()));
      case Change.NoEffect c -> Text.whole(c.command());
      case Change.Insert c -> throw onlyAsWritten(c);
      case Change.Update c -> throw onlyAsWritten(c);
      case Change.Delete c -> throw onlyAsWritten(c);
      case Change.Merge c -> throw onlyAsWritten(c);
      case Change.Copy c -> throw onlyAsWritten(c);
      case Change.LockTable c -> throw onlyAsWritten(c);
      case Change.Block c -> throw onlyAsWritten(c);
      case Change.Unrecognised c -> throw onlyAsWritten(c);
      case Change.AttachPartition c -> throw notOfThisEngine(c);
      case Change.DetachPartition c -> throw notOfThisEngine(c);
      case Change.AlterColumnType c -> throw notOfThisEngine(c);
      case Change.SetNotNull c -> throw notOfThisEngine(c);
      case Change.DropNotNull c -> throw notOfThisEngine(c);
      case Change.AddIdentity c -> throw notOfThisEngine(c);
      case Change.DropIdentity c -> throw notOfThisEngine(c);
      case Change.DropExpression c -> throw notOfThisEngine(c);
      case Change.SetExpression c -> throw notOfThisEngine(c);
      case Change.RenameConstraint c -> throw notOfThisEngine(c);
      case Change.ValidateConstraint c -> throw notOfThisEngine(c);
      case Change.AttachIndex c -> throw notOfThisEngine(c);
      case Change.AlterIndex c -> throw notOfThisEngine(c);
      case Change.Reindex c -> throw notOfThisEngine(c);
      case Change.RefreshView c -> throw notOfThisEngine(c);
      case Change.CreateType c -> throw notOfThisEngine(c);
      case Change.AddEnumValue c -> throw notOfThisEngine(c);
      case Change.RenameEnumValue c -> throw notOfThisEngine(c);
      case Change.CreateDomain c -> throw notOfThisEngine(c);
      case Change.EnableTrigger c -> throw notOfThisEngine(c);
      case Change.MoveObject c -> throw notOfThisEngine(c);
      case Change.ChangeOwner c -> throw notOfThisEngine(c);
    };
  }

  private static QualifiedName tableOf(Optional<QualifiedName> table, Change change) {
    return table.orElseThrow(
        () -> new IllegalArgumentException(change.label() + " names no table"));
  }

  private String column(Name column, String text) {
    return "ALTER COLUMN " + quote(column) + " " + text;
  }

  private static String ifExists(boolean is) {
    return is ? "IF EXISTS " : "";
  }

  /** Clauses of ALTER TABLE have it on MariaDB only. */
  static String ifExists(boolean is, boolean mariadb) {
    return ifExists(is && mariadb);
  }

  /** What the change keeps of such a statement is less than the statement says. */
  static IllegalArgumentException onlyAsWritten(Change change) {
    return new IllegalArgumentException(change.label() + " has no text but its own");
  }

  private static IllegalArgumentException notOfThisEngine(Change change) {
    return new IllegalArgumentException("MySQL has no " + change.label());
  }
}
