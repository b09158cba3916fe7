package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What statements about whole tables, views, triggers and other objects cost: they take no
 * algorithm, and most wait for everyone who uses a table (seen on both engines with a reader of
 * each table in an open transaction). Only MySQL locks the tables at the other ends of foreign
 * keys.
 */
final class ObjectImpact {

  /** DDL commits before and after itself. */
  static final Impact NOTHING = Impact.NONE.outsideTransaction();

  private final Server server;
  private final Schema schema;

  ObjectImpact(Server server, Schema schema) {
    this.server = server;
    this.schema = schema;
  }

  Impact create(Change.CreateTable change) {
    Table table = change.table();
    boolean there = change.ifNotExists() && schema.table(table.name()).isPresent();
    if (there || change.temporary()) {
      return NOTHING;
    }
    Set<QualifiedName> parents = new LinkedHashSet<>();
    if (!server.isMariadb()) {
      parents.addAll(parents(table));
      // They were made while nobody checked foreign keys, and find their parent now.
      parents.addAll(children(table.name()));
    }
    Impact impact = exclusively(parents);
    // The rows that are read are locked: at REPEATABLE READ writers must not change the result.
    return change.query().map(q -> readRows(impact, q.references().relations())).orElse(impact);
  }

  private static Impact readRows(Impact impact, Set<QualifiedName> relations) {
    Impact all = impact.withWork(Work.SCAN);
    for (QualifiedName relation : relations) {
      all = all.alsoLocking(relation, LockMode.MYSQL_SHARED);
    }
    return all;
  }

  Impact drop(Change.DropTable change) {
    if (change.temporary()) {
      return NOTHING;
    }
    Set<QualifiedName> all = withParents(change.table());
    // Only where nobody checks foreign keys is it dropped in spite of them.
    if (!server.isMariadb() && schema.table(change.table()).isPresent()) {
      all.addAll(children(change.table()));
    }
    return exclusively(all);
  }

  Impact rename(QualifiedName table) {
    Set<QualifiedName> all = withParents(table);
    if (!server.isMariadb()) {
      all.addAll(children(table));
    }
    return exclusively(all);
  }

  Impact truncate(Change.Truncate change) {
    return exclusively(new LinkedHashSet<>(change.tables()));
  }

  /** The table first; on MySQL those that its foreign keys point at. */
  Set<QualifiedName> withParents(QualifiedName name) {
    Set<QualifiedName> all = new LinkedHashSet<>();
    all.add(name);
    if (!server.isMariadb()) {
      schema.table(name).ifPresent(t -> all.addAll(parents(t)));
    }
    return all;
  }

  /** Those whose foreign keys point at it, itself left out. */
  Set<QualifiedName> children(QualifiedName name) {
    QualifiedName itself = schema.resolve(name);
    Set<QualifiedName> all = new LinkedHashSet<>();
    schema.foreignKeysTo(name).stream()
        .map(Schema.Referencing::table)
        .filter(t -> !t.equals(itself))
        .forEach(all::add);
    return all;
  }

  private static Set<QualifiedName> parents(Table table) {
    Set<QualifiedName> all = new LinkedHashSet<>();
    table.constraints().stream()
        .filter(Constraint.ForeignKey.class::isInstance)
        .map(c -> ((Constraint.ForeignKey) c).parent())
        .filter(p -> !p.equals(table.name()))
        .forEach(all::add);
    return all;
  }

  Impact createTrigger(Change.CreateTrigger change) {
    return exclusively(Set.of(change.trigger().table()));
  }

  /** The statement does not name the table. */
  Impact dropTrigger(Change.DropTrigger change) {
    Optional<QualifiedName> table = change.table().or(() -> tableOf(change.trigger()));
    return table.map(t -> exclusively(Set.of(t))).orElse(NOTHING);
  }

  private Optional<QualifiedName> tableOf(Name trigger) {
    return schema.tables().stream()
        .map(Table::name)
        .filter(t -> schema.triggersOn(t).stream().map(Trigger::name).anyMatch(trigger::equals))
        .findFirst();
  }

  /** All tables of a database go with it. */
  Impact dropObject(Change.DropObject change) {
    boolean database = change.kind() == ObjectKind.SCHEMA || change.kind() == ObjectKind.DATABASE;
    if (!database) {
      return NOTHING;
    }
    Set<QualifiedName> inside = new LinkedHashSet<>();
    schema.tables().stream()
        .map(Table::name)
        .filter(t -> t.schema().equals(Optional.of(change.name().name())))
        .forEach(inside::add);
    return exclusively(inside);
  }

  Impact lock(Change.LockTable change) {
    return new Impact(
        change.tables().stream().map(t -> new Lock(t, change.mode())).toList(),
        Work.INSTANT,
        Optional.empty(),
        false);
  }

  Impact exclusively(Set<QualifiedName> tables) {
    List<Lock> locks = tables.stream().map(t -> new Lock(t, LockMode.MYSQL_EXCLUSIVE)).toList();
    return new Impact(locks, Work.INSTANT, Optional.empty(), false);
  }
}
