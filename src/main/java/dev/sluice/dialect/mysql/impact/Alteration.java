package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Stated;
import dev.sluice.dialect.mysql.impact.Cost.Trait;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.Index;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One ALTER TABLE, CREATE INDEX or DROP INDEX: its clauses, and what they cost together.
 *
 * @param way at best
 * @param locks on its table, and on those at the other ends of foreign keys
 */
record Alteration(Way way, List<Lock> locks) {

  /**
   * The changes of one statement, if a server runs them by an algorithm.
   *
   * @param words ALGORITHM and LOCK of the statement; where it says neither, how it is best run
   * @return empty where one of them belongs to another statement
   */
  static Optional<Alteration> of(List<Change> changes, Stated words, Schema before, Server server) {
    return clauses(changes, before, server)
        .map(c -> c.way(words))
        .map(
            way ->
                new Alteration(
                    way,
                    locks(
                        changes, tableOf(changes.getFirst()).orElseThrow(), way, before, server)));
  }

  /** Why the server does not run the changes of one statement by what it says; mostly empty. */
  static Optional<String> refused(
      List<Change> changes, Stated words, Schema before, Server server) {
    return clauses(changes, before, server).flatMap(c -> c.refused(words));
  }

  private static Optional<Clauses> clauses(List<Change> changes, Schema before, Server server) {
    Optional<QualifiedName> table = changes.stream().findFirst().flatMap(Alteration::tableOf);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    List<Cost> costs = new ArrayList<>();
    Storage start = new Storage(before, table.get());
    Schema schema = before;
    QualifiedName name = table.get();
    Set<Change> nothing = sameKeys(changes, table.get(), before);
    for (Change change : changes) {
      Optional<Cost> cost =
          nothing.contains(change)
              ? Optional.of(Cost.of(Form.INSTANT, Trait.QUIET))
              : cost(change, schema, start, server, name);
      if (cost.isEmpty()) {
        return Optional.empty();
      }
      costs.add(cost.get());
      schema = schema.after(change);
      if (change instanceof RenameTable rename) {
        name = rename.table().withName(rename.to());
      } else if (change instanceof MoveTable move) {
        name = move.table().in(move.schema());
      }
    }
    return Optional.of(new Clauses(server, start, new Storage(schema, name), costs));
  }

  /** A key that goes and comes back as it was stays: the servers compare what was and will be. */
  private static Set<Change> sameKeys(List<Change> changes, QualifiedName table, Schema before) {
    Set<Change> same = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Change one : changes) {
      for (Change other : changes) {
        boolean comesBack =
            switch (one) {
              case DropIndex drop when other instanceof CreateIndex create ->
                  before.index(drop.index(), Optional.of(table)).stream()
                      .anyMatch(was -> isSame(was, create.index()));
              case DropConstraint drop when other instanceof AddConstraint add ->
                  drop.meant() == DropConstraint.Meant.PRIMARY_KEY
                      && add.constraint() instanceof Constraint.PrimaryKey key
                      && before.table(table).stream()
                          .flatMap(t -> t.constraints().stream())
                          .anyMatch(was -> isSame(was, key));
              default -> false;
            };
        if (comesBack) {
          same.add(one);
          same.add(other);
        }
      }
    }
    return same;
  }

  private static boolean isSame(Index was, Index is) {
    return is.name().map(QualifiedName::name).equals(was.name().map(QualifiedName::name))
        && was.unique() == is.unique()
        && was.method().equals(is.method())
        && was.columns().stream()
            .map(Alteration::part)
            .toList()
            .equals(is.columns().stream().map(Alteration::part).toList())
        && was.storage().equals(is.storage())
        && was.hidden() == is.hidden();
  }

  private static String part(Index.IndexColumn column) {
    return column.column().map(Name::key).orElseGet(() -> column.key().sql())
        + column.modifiers().replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isSame(Constraint was, Constraint.PrimaryKey is) {
    return was instanceof Constraint.PrimaryKey key
        && key.columns().equals(is.columns())
        && key.modifiers().equals(is.modifiers());
  }

  /** The table that a clause of ALTER TABLE works on; empty for what is none. */
  static Optional<QualifiedName> tableOf(Change change) {
    return switch (change) {
      case AddColumn c -> Optional.of(c.table());
      case RedefineColumn c -> Optional.of(c.table());
      case DropColumn c -> Optional.of(c.table());
      case RenameColumn c -> Optional.of(c.table());
      case AlterColumnType c -> Optional.of(c.table());
      case SetDefault c -> Optional.of(c.table());
      case DropDefault c -> Optional.of(c.table());
      case SetNotNull c -> Optional.of(c.table());
      case DropNotNull c -> Optional.of(c.table());
      case AlterColumnOption c -> Optional.of(c.table());
      case AddConstraint c -> Optional.of(c.table());
      case DropConstraint c -> Optional.of(c.table());
      case AlterConstraint c -> Optional.of(c.table());
      case CreateIndex c -> Optional.of(c.index().table());
      case DropIndex c -> c.table();
      case RenameIndex c -> c.table();
      case HideIndex c -> Optional.of(c.table());
      case AlterTable c -> Optional.of(c.table());
      case RenameTable c -> Optional.of(c.table());
      case MoveTable c -> Optional.of(c.table());
      default -> Optional.empty();
    };
  }

  private static Optional<Cost> cost(
      Change change, Schema schema, Storage start, Server server, QualifiedName name) {
    Storage storage = new Storage(schema, name);
    ColumnImpact columns = new ColumnImpact(server, storage, schema);
    RedefinitionImpact redefinitions = new RedefinitionImpact(server, storage, columns);
    ConstraintImpact constraints = new ConstraintImpact(server, storage, schema);
    IndexImpact indexes = new IndexImpact(server, storage);
    return Optional.ofNullable(
        switch (change) {
          case AddColumn c -> columns.add(c);
          case RedefineColumn c -> redefinitions.of(c);
          case DropColumn c -> columns.drop(c);
          case RenameColumn c -> columns.rename(c.column());
          case AlterColumnType c -> Cost.of(Form.COPY);
          case SetDefault c -> columns.quiet();
          case DropDefault c -> columns.quiet();
          case SetNotNull c -> Cost.of(Form.REBUILD);
          case DropNotNull c -> Cost.of(Form.REBUILD);
          case AlterColumnOption c -> columns.quiet();
          case AddConstraint c -> constraints.add(c.constraint());
          case DropConstraint c -> constraints.drop(c);
          case AlterConstraint c -> constraints.alter(c);
          case CreateIndex c -> indexes.create(c.index(), start);
          case DropIndex c -> indexes.drop(c, schema.index(c.index(), c.table()));
          case RenameIndex c -> indexes.named();
          case HideIndex c -> indexes.named();
          case AlterTable c -> new TableImpact(server, storage, redefinitions).alter(c);
          case RenameTable c -> columns.quiet().with(Trait.RENAMES_TABLE);
          case MoveTable c -> columns.quiet().with(Trait.RENAMES_TABLE);
          default -> null;
        });
  }

  private static List<Lock> locks(
      List<Change> changes, QualifiedName table, Way way, Schema before, Server server) {
    List<Lock> locks = new ArrayList<>();
    locks.add(new Lock(table, way.lock()));
    boolean brief = way.work() == Work.INSTANT;
    // Where rows are checked, those that they point at are locked until all are.
    LockMode ofParents = brief ? LockMode.MYSQL_EXCLUSIVE : LockMode.MYSQL_SHARED;
    if (brief || ConstraintImpact.checksForeignKeys(before)) {
      for (Change change : changes) {
        keyOf(change, before, server)
            .filter(k -> !before.resolve(k.parent()).equals(before.resolve(table)))
            .ifPresent(k -> put(locks, new Lock(k.parent(), ofParents), before));
      }
    }
    // Tables that point here are locked for the moment at the end, however long the rest takes.
    boolean ofKeys = changes.stream().allMatch(c -> c instanceof AlterTable a && isOfKeys(a));
    if (!server.isMariadb() && brief && !ofKeys) {
      new ObjectImpact(server, before)
          .children(table)
          .forEach(c -> put(locks, new Lock(c, LockMode.MYSQL_EXCLUSIVE), before));
    }
    return locks;
  }

  private static boolean isOfKeys(AlterTable change) {
    return change.property() == AlterTable.Property.KEYS;
  }

  private static void put(List<Lock> locks, Lock lock, Schema schema) {
    QualifiedName relation = schema.resolve(lock.relation());
    if (locks.stream().noneMatch(l -> schema.resolve(l.relation()).equals(relation))) {
      locks.add(lock);
    }
  }

  /** The foreign key that the change makes or drops, and that reaches its parent. */
  private static Optional<Constraint.ForeignKey> keyOf(
      Change change, Schema schema, Server server) {
    return switch (change) {
      case AddConstraint c when c.constraint() instanceof Constraint.ForeignKey key ->
          reaches(schema, server) ? Optional.of(key) : Optional.empty();
      case AddColumn c ->
          c.constraints().stream()
              .filter(Constraint.ForeignKey.class::isInstance)
              .map(Constraint.ForeignKey.class::cast)
              .filter(k -> reaches(schema, server))
              .findFirst();
      case DropConstraint c when !server.isMariadb() ->
          new ConstraintImpact(server, new Storage(schema, c.table()), schema)
              .find(c)
              .filter(Constraint.ForeignKey.class::isInstance)
              .map(Constraint.ForeignKey.class::cast);
      default -> Optional.empty();
    };
  }

  /** MariaDB looks at rows of the parent, and at nothing where it checks none. */
  private static boolean reaches(Schema schema, Server server) {
    return !server.isMariadb() || ConstraintImpact.checksForeignKeys(schema);
  }

  Impact impact() {
    return new Impact(locks, way.work(), Optional.of(way.algorithm()), false);
  }

  /** What the statement is to say, so that the server refuses rather than does worse. */
  Stated stated() {
    // INSTANT has no lock to speak of: MySQL refuses LOCK=NONE beside it.
    boolean instant = way.work() == Work.INSTANT;
    Optional<LockMode> lock =
        switch (way.algorithm()) {
          case INSTANT -> Optional.empty();
          case NOCOPY, INPLACE, COPY -> Optional.of(instant ? LockMode.MYSQL_NONE : way.lock());
        };
    return new Stated(Optional.of(way.algorithm()), lock, Optional.empty());
  }
}
