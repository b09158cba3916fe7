package dev.sluice.dialect.postgresql.impact;

import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.schema.Work;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The locks of one statement, the strongest for each relation, in the order of first mention. */
final class LockSet {

  private final Schema schema;
  private final Map<QualifiedName, Lock> locks = new LinkedHashMap<>();
  private boolean temporary;

  LockSet(Schema schema) {
    this.schema = schema;
  }

  /** {@code relation} as the text names it: so it is shown. */
  LockSet on(QualifiedName relation, LockMode mode) {
    if (schema.resolve(relation).schema().equals(Optional.of(Schema.TEMPORARY))) {
      // Nobody else sees it, so nobody waits.
      temporary = true;
      return this;
    }
    locks.merge(
        schema.resolve(relation),
        new Lock(shown(relation), mode),
        (was, now) ->
            now.mode().compareTo(was.mode()) > 0 ? new Lock(was.relation(), now.mode()) : was);
    return this;
  }

  LockSet on(List<QualifiedName> relations, LockMode mode) {
    relations.forEach(r -> on(r, mode));
    return this;
  }

  /** Also on its partitions and on the tables that inherit from it, down to the last. */
  LockSet onTree(QualifiedName table, LockMode mode) {
    on(table, mode);
    schema.childrenOf(table).stream().map(Table::name).forEach(c -> onTree(c, mode));
    return this;
  }

  /** Also on its partitions, but not on tables that merely inherit from it. */
  LockSet onPartitions(QualifiedName table, LockMode mode) {
    on(table, mode);
    schema.childrenOf(table).stream()
        .filter(c -> c.bounds().isPresent())
        .forEach(c -> onPartitions(c.name(), mode));
    return this;
  }

  /** On the views that read it, and on those that read them: what CASCADE takes along. */
  LockSet onViewsReading(QualifiedName relation, LockMode mode) {
    for (View view : schema.viewsReading(relation)) {
      if (!locks.containsKey(view.name())) {
        on(view.name(), mode).onViewsReading(view.name(), mode);
      }
    }
    return this;
  }

  LockSet onTrees(List<QualifiedName> tables, LockMode mode) {
    tables.forEach(t -> onTree(t, mode));
    return this;
  }

  Impact doing(Work work) {
    Work felt = temporary && locks.isEmpty() ? Work.INSTANT : work;
    return new Impact(List.copyOf(locks.values()), felt, Optional.empty(), true);
  }

  /** Without its schema where that is what the bare name means. */
  private QualifiedName shown(QualifiedName relation) {
    QualifiedName bare = new QualifiedName(Optional.empty(), relation.name());
    boolean said = locks.values().stream().anyMatch(l -> l.relation().schema().isPresent());
    return !said && schema.resolve(bare).equals(relation) ? bare : relation;
  }
}
