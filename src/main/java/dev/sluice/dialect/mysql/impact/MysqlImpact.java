package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.OneByOne;
import dev.sluice.dialect.Stated;
import dev.sluice.dialect.TypeChange;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Column;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The algorithm, the locks and the work of each change on MySQL 8.0 to 9.x and MariaDB 10.5 to
 * 11.x, as real servers accept and refuse them (manuals, "Online DDL Operations" and "InnoDB Online
 * DDL").
 *
 * <p>A lock is what others may do for as long as the work takes. Every ALTER TABLE, online or not,
 * also waits for all who use the table when it begins and when it ends, and everyone queues behind
 * it meanwhile: EXCLUSIVE with no work is that moment alone.
 */
public final class MysqlImpact {

  private final Server server;
  private final Predicate<QualifiedName> isHarmless;

  /**
   * @param engine MySQL or MariaDB
   * @param isVolatile of an expression: its value differs from row to row or call to call
   * @param isHarmless of a function: it changes neither schema nor rows
   */
  public MysqlImpact(
      Engine engine,
      EngineVersion version,
      Predicate<Fragment> isVolatile,
      Predicate<QualifiedName> isHarmless) {
    this.server = new Server(engine, version, isVolatile);
    this.isHarmless = isHarmless;
  }

  /** What it costs on the schema as it stands before it, in a statement of its own. */
  public Impact of(Change change, Schema before) {
    return switch (change) {
      case AlterTable c when isOfFiles(c) -> files(c);
      case AlterTable c -> alteration(c, before);
      case AddColumn c -> alteration(c, before);
      case RedefineColumn c -> alteration(c, before);
      case DropColumn c -> alteration(c, before);
      case RenameColumn c -> alteration(c, before);
      case AlterColumnType c -> alteration(c, before);
      case SetDefault c -> alteration(c, before);
      case DropDefault c -> alteration(c, before);
      case SetNotNull c -> alteration(c, before);
      case DropNotNull c -> alteration(c, before);
      case AlterColumnOption c -> alteration(c, before);
      case AddConstraint c -> alteration(c, before);
      case DropConstraint c -> alteration(c, before);
      case AlterConstraint c -> alteration(c, before);
      case CreateIndex c -> alteration(c, before);
      case DropIndex c -> alteration(c, before);
      case RenameIndex c -> alteration(c, before);
      case HideIndex c -> alteration(c, before);

      case AlterPartitions c -> new PartitionImpact(server, before).of(c);

      case CreateTable c -> new ObjectImpact(server, before).create(c);
      case DropTable c -> new ObjectImpact(server, before).drop(c);
      case RenameTable c -> new ObjectImpact(server, before).rename(c.table());
      case MoveTable c -> new ObjectImpact(server, before).rename(c.table());
      case Truncate c -> new ObjectImpact(server, before).truncate(c);
      case CreateTrigger c -> new ObjectImpact(server, before).createTrigger(c);
      case DropTrigger c -> new ObjectImpact(server, before).dropTrigger(c);
      case DropObject c -> new ObjectImpact(server, before).dropObject(c);
      case LockTable c -> new ObjectImpact(server, before).lock(c);
      case CreateView c -> ObjectImpact.NOTHING;
      case CreateSequence c -> ObjectImpact.NOTHING;
      case AlterSequence c -> ObjectImpact.NOTHING;
      case CreateRoutine c -> ObjectImpact.NOTHING;
      case CreateObject c -> ObjectImpact.NOTHING;
      case AlterObject c -> ObjectImpact.NOTHING;
      case RenameObject c -> ObjectImpact.NOTHING;
      case MoveObject c -> ObjectImpact.NOTHING;
      case ChangeOwner c -> ObjectImpact.NOTHING;
      case Grant c -> ObjectImpact.NOTHING;
      case Comment c -> ObjectImpact.NOTHING;
      case SetServerParameter c -> ObjectImpact.NOTHING;

      case Insert c -> new RowImpact(before).insert(c);
      case Update c -> new RowImpact(before).update(c);
      case Delete c -> new RowImpact(before).delete(c);
      case Merge c -> new RowImpact(before).merge(c);
      case Copy c -> new RowImpact(before).copy(c);
      case Query c -> new RowImpact(before).query(c, isHarmless);

      case Maintenance c -> maintenance(c, before);
      case SetParameter c -> Impact.NONE;
      case UseSchema c -> Impact.NONE;
      case TransactionControl c -> Impact.NONE;
      case NoEffect c -> Impact.NONE;
      case Block c -> block(c, before);

      // Of PostgreSQL alone.
      case AttachPartition c -> Impact.UNKNOWN;
      case DetachPartition c -> Impact.UNKNOWN;
      case AddIdentity c -> Impact.UNKNOWN;
      case DropIdentity c -> Impact.UNKNOWN;
      case DropExpression c -> Impact.UNKNOWN;
      case SetExpression c -> Impact.UNKNOWN;
      case RenameConstraint c -> Impact.UNKNOWN;
      case ValidateConstraint c -> Impact.UNKNOWN;
      case AttachIndex c -> Impact.UNKNOWN;
      case AlterIndex c -> Impact.UNKNOWN;
      case Reindex c -> Impact.UNKNOWN;
      case RefreshView c -> Impact.UNKNOWN;
      case CreateType c -> Impact.UNKNOWN;
      case AddEnumValue c -> Impact.UNKNOWN;
      case RenameEnumValue c -> Impact.UNKNOWN;
      case CreateDomain c -> Impact.UNKNOWN;
      case EnableTrigger c -> Impact.UNKNOWN;

      case Unrecognised c -> Impact.UNKNOWN;
    };
  }

  /**
   * What all changes of one statement cost, run as one: the worst of them decides, and some cost
   * more beside each other.
   *
   * @param statement in order of its clauses; not empty
   */
  public Impact together(List<Change> statement, Schema before) {
    if (statement.size() == 1) {
      return of(statement.get(0), before);
    }
    return onlyRenames(statement)
        ? oneByOne(statement, before)
        : Alteration.of(statement, Stated.NOTHING, before, server)
            .map(Alteration::impact)
            .orElseGet(() -> oneByOne(statement, before));
  }

  /**
   * What each change of one statement costs: what the whole does, where it is one ALTER TABLE, by
   * its own words.
   *
   * @param words ALGORITHM and LOCK of the statement
   */
  public List<Impact> each(List<Change> statement, Stated words, Schema before) {
    Optional<Impact> whole =
        onlyRenames(statement) || ofFiles(statement)
            ? Optional.empty()
            : Alteration.of(statement, words, before, server).map(Alteration::impact);
    List<Impact> each = new ArrayList<>();
    Schema schema = before;
    for (Change change : statement) {
      each.add(whole.isPresent() ? asLocked(whole.get(), words) : of(change, schema));
      schema = schema.after(change);
    }
    return each;
  }

  /** LOCK can say more than is needed; it is of the statement's own table, which comes first. */
  private static Impact asLocked(Impact impact, Stated words) {
    if (impact.work() == Work.INSTANT || words.lock().isEmpty()) {
      return impact;
    }
    List<Lock> locks = new ArrayList<>(impact.locks());
    locks.set(
        0,
        new Lock(
            locks.getFirst().relation(), stronger(locks.getFirst().mode(), words.lock().get())));
    return new Impact(locks, impact.work(), impact.algorithm(), impact.transactional());
  }

  private static LockMode stronger(LockMode one, LockMode other) {
    return one.blocksReads() || (one.blocksWrites() && !other.blocksReads()) ? one : other;
  }

  /** Whether a session that says nothing else has foreign keys checked; as its file has set it. */
  public static boolean checksForeignKeys(Schema schema) {
    return ConstraintImpact.checksForeignKeys(schema);
  }

  /** Whether the server writes the column's values anew because their type is another one. */
  public boolean storesOtherwise(RedefineColumn change, Schema before) {
    return typeForm(change, before).filter(Form.COPY::equals).isPresent();
  }

  /**
   * Whether MariaDB takes the column's type for another one where a foreign key is on it: all but
   * values appended to a list.
   */
  public boolean isOfOtherType(RedefineColumn change, Schema before) {
    Optional<Form> form = typeForm(change, before);
    boolean grows = form.filter(f -> f != Form.COPY).isPresent() && !isKept(change, before);
    return form.filter(Form.COPY::equals).isPresent()
        || (grows && server.has(Feature.FOREIGN_KEYS_HOLD_LENGTHS));
  }

  private static boolean isKept(RedefineColumn change, Schema before) {
    Optional<Column> was = before.column(change.table(), change.column());
    Map<String, String> table =
        before.table(change.table()).map(Table::properties).orElse(Map.of());
    Text is = Text.of(change.definition(), table);
    return was.map(
            c ->
                (TypeChanges.of(c.type(), change.definition().type()) == TypeChange.SAME
                        || Types.isList(c.type()))
                    && Text.of(c, table).sameCharset(is)
                    && Text.of(c, table).sameCollation(is))
        .orElse(true);
  }

  /** Empty where the column or its character set is not known, and for computed ones. */
  private Optional<Form> typeForm(RedefineColumn change, Schema before) {
    Storage storage = new Storage(before, change.table());
    ColumnImpact columns = new ColumnImpact(server, storage, before);
    Column is = change.definition();
    return storage
        .column(change.column())
        .filter(was -> was.generated().isEmpty() && is.generated().isEmpty())
        .flatMap(was -> sure(new RedefinitionImpact(server, storage, columns), was, is));
  }

  /** Where nobody says a character set, what costs the same in each is sure. */
  private static Optional<Form> sure(RedefinitionImpact impact, Column was, Column is) {
    Cost cost = impact.type(was, is);
    if (!cost.has(Cost.Trait.UNSURE)) {
      return Optional.of(cost.form());
    }
    boolean said =
        Text.of(was, Map.of()).charset().isPresent() || Text.of(is, Map.of()).charset().isPresent();
    List<Form> forms =
        said
            ? List.of()
            : Stream.of("latin1", "ucs2", "utf8mb3", "utf8mb4")
                .map(c -> new Text(Optional.of(c), Optional.empty()))
                .map(text -> impact.type(was, text, is.type(), text).form())
                .distinct()
                .toList();
    return forms.size() == 1 ? Optional.of(forms.getFirst()) : Optional.empty();
  }

  /** Whether a foreign key points at a whole unique key only, where no setting says otherwise. */
  public boolean wantsStandardKeys() {
    return server.has(Feature.STANDARD_FOREIGN_KEYS);
  }

  /** The table that a clause of ALTER TABLE works on; empty for what is none. */
  public static Optional<QualifiedName> altered(Change change) {
    return Alteration.tableOf(change);
  }

  /**
   * Why the server does not run the statement as its own words say; empty where it does.
   *
   * @param words ALGORITHM and LOCK of the statement
   * @param before knows the table in full
   */
  public Optional<String> refused(List<Change> statement, Stated words, Schema before) {
    boolean silent = words.algorithm().isEmpty() && words.lock().isEmpty();
    return silent || onlyRenames(statement) || takesNothing(statement)
        ? Optional.empty()
        : Alteration.refused(statement, words, before, server);
  }

  /**
   * What the statement is to say of how it is run, so that the server refuses rather than does
   * worse: {@code ALGORITHM=INSTANT}; {@code ALGORITHM=INPLACE, LOCK=NONE}; {@code ALGORITHM=COPY,
   * LOCK=SHARED}. Nothing for a statement that takes no such words.
   *
   * @param statement in order of its clauses; not empty
   */
  public Stated stated(List<Change> statement, Schema before) {
    if (statement.size() == 1 && statement.get(0) instanceof AlterPartitions partitions) {
      Impact impact = of(partitions, before);
      LockMode lock = impact.work() == Work.INSTANT ? LockMode.MYSQL_NONE : LockMode.MYSQL_SHARED;
      return impact
          .algorithm()
          .map(a -> new Stated(Optional.of(a), Optional.of(lock), Optional.empty()))
          .orElse(Stated.NOTHING);
    }
    return onlyRenames(statement) || takesNothing(statement)
        ? Stated.NOTHING
        : Alteration.of(statement, Stated.NOTHING, before, server)
            .map(Alteration::stated)
            .orElse(Stated.NOTHING);
  }

  /** RENAME TABLE takes no algorithm, and ALTER TABLE … RENAME alone is the same. */
  private static boolean onlyRenames(List<Change> statement) {
    return statement.stream().allMatch(c -> c instanceof RenameTable || c instanceof MoveTable);
  }

  private static boolean takesNothing(List<Change> statement) {
    return statement.stream()
        .anyMatch(
            c ->
                c instanceof AlterTable a
                    && (isOfFiles(a) || a.property() == AlterTable.Property.KEYS));
  }

  private static boolean ofFiles(List<Change> statement) {
    return statement.stream().anyMatch(c -> c instanceof AlterTable a && isOfFiles(a));
  }

  private static boolean isOfFiles(AlterTable change) {
    return change.property() == AlterTable.Property.TABLESPACE_FILE;
  }

  /** The rows of a file that is imported are looked at page by page. */
  private static Impact files(AlterTable change) {
    boolean imports = change.text().toUpperCase(Locale.ROOT).contains("IMPORT");
    return new Impact(
        List.of(new Lock(change.table(), LockMode.MYSQL_EXCLUSIVE)),
        imports ? Work.REWRITE : Work.INSTANT,
        Optional.empty(),
        false);
  }

  private Impact alteration(Change change, Schema before) {
    return Alteration.of(List.of(change), Stated.NOTHING, before, server)
        .map(Alteration::impact)
        .orElse(Impact.UNKNOWN);
  }

  private Impact oneByOne(List<Change> changes, Schema before) {
    return OneByOne.impact(Impact.NONE, changes, before, this::of);
  }

  private Impact maintenance(Maintenance change, Schema before) {
    List<QualifiedName> tables =
        change.tables().isEmpty()
            ? before.tables().stream().map(Table::name).toList()
            : change.tables();
    Impact all = ObjectImpact.NOTHING;
    for (QualifiedName table : tables) {
      all = all.and(maintenance(change.kind(), table, before));
    }
    return all;
  }

  private Impact maintenance(Maintenance.Kind kind, QualifiedName table, Schema before) {
    return switch (kind) {
      // InnoDB samples pages for the one, and reads all of them for the other, beside everyone.
      case ANALYZE -> kept(table, LockMode.MYSQL_NONE, Work.INSTANT);
      case CHECK -> kept(table, LockMode.MYSQL_NONE, Work.SCAN);
      // InnoDB has no repair: it waits for everyone, and does nothing.
      case REPAIR ->
          kept(
              table,
              LockMode.MYSQL_EXCLUSIVE,
              isSurelyInnodb(table, before) ? Work.INSTANT : Work.REWRITE);
      // It is ALTER TABLE … FORCE.
      case OPTIMIZE -> {
        Impact forced = of(new AlterTable(table, AlterTable.Property.FORCE, "FORCE"), before);
        yield new Impact(forced.locks(), forced.work(), Optional.empty(), false);
      }
      case VACUUM, VACUUM_FULL, CLUSTER, CHECKPOINT -> Impact.UNKNOWN;
    };
  }

  private static boolean isSurelyInnodb(QualifiedName table, Schema before) {
    Storage storage = new Storage(before, table);
    return storage.isKnown() && storage.isInnodb();
  }

  private static Impact kept(QualifiedName table, LockMode mode, Work work) {
    return new Impact(List.of(new Lock(table, mode)), work, Optional.empty(), false);
  }

  private Impact block(Block block, Schema before) {
    Impact unknown = block.unknown().isEmpty() ? Impact.NONE : Impact.UNKNOWN;
    return unknown.and(oneByOne(block.changes(), before));
  }
}
