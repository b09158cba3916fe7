package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What changes of views, triggers, types and the other objects cost. */
final class ObjectImpact {

  private static final Pattern ANY_TYPE = Pattern.compile("(?i)\\bany\\w+");

  private final Schema schema;
  private final EngineVersion version;

  ObjectImpact(Schema schema, EngineVersion version) {
    this.schema = schema;
    this.version = version;
  }

  Impact createView(Change.CreateView change) {
    View view = change.view();
    if (view.materialized()) {
      boolean there = change.ifNotExists() && schema.view(view.name()).isPresent();
      return there ? Impact.NONE : Impact.NONE.withWork(TableImpact.reading(view.query()));
    }
    // One that was never seen is there, if anything is missing from what was.
    boolean replaces =
        change.orReplace() && (schema.view(view.name()).isPresent() || !schema.complete());
    return replaces ? exclusive(view.name()) : Impact.NONE;
  }

  Impact refresh(Change.RefreshView change) {
    return change.concurrently()
        ? new LockSet(schema).on(change.view(), LockMode.EXCLUSIVE).doing(Work.SCAN)
        : exclusive(change.view()).withWork(Work.REWRITE);
  }

  Impact alterSequence(Change.AlterSequence change) {
    return new LockSet(schema)
        .on(change.sequence(), LockMode.SHARE_ROW_EXCLUSIVE)
        .doing(Work.INSTANT);
  }

  Impact exclusive(QualifiedName relation) {
    return new LockSet(schema).on(relation, LockMode.ACCESS_EXCLUSIVE).doing(Work.INSTANT);
  }

  /**
   * The server analyses the body of an SQL function when it is made, and locks what that would
   * write; of other languages it looks at the syntax only, and so where an argument is of any type
   * (fmgr_sql_validator in pg_proc.c).
   */
  Impact create(Change.CreateRoutine change) {
    LockSet locks = new LockSet(schema);
    Routine routine = change.routine();
    if (routine.language().equals("sql") && !ANY_TYPE.matcher(routine.signature()).find()) {
      routine.definition().references().writes().stream()
          .filter(t -> schema.table(t).isPresent())
          .sorted()
          .forEach(t -> locks.on(t, LockMode.ROW_EXCLUSIVE));
    }
    return locks.doing(Work.INSTANT);
  }

  Impact create(Change.CreateObject change) {
    return switch (change.kind()) {
      case POLICY, RULE -> change.on().map(this::exclusive).orElse(Impact.NONE);
      case STATISTICS -> change.on().map(t -> weak(List.of(t))).orElse(Impact.NONE);
      case PUBLICATION -> weak(published(SqlText.tokens(change.definition().sql())));
      // It makes a replication slot elsewhere, which no rollback takes back.
      case DATABASE, TABLESPACE, SUBSCRIPTION -> Impact.NONE.outsideTransaction();
      case VIEW,
          MATERIALIZED_VIEW,
          SEQUENCE,
          FUNCTION,
          PROCEDURE,
          AGGREGATE,
          TRIGGER,
          EVENT_TRIGGER,
          EVENT,
          TYPE,
          DOMAIN,
          SCHEMA,
          EXTENSION,
          COLLATION,
          CONVERSION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_TABLE,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          ROLE ->
          Impact.NONE;
    };
  }

  /** The tables behind FOR TABLE, each perhaps with columns and a condition. */
  private static List<QualifiedName> published(List<String> definition) {
    if (definition.size() < 3 || !definition.get(1).equals("table")) {
      return List.of();
    }
    return Conjuncts.split(definition.subList(2, definition.size()), ",").stream()
        .map(t -> t.get(0).equals("only") ? t.subList(1, t.size()) : t)
        .map(Types::name)
        .toList();
  }

  private Impact weak(List<QualifiedName> relations) {
    return new LockSet(schema).on(relations, LockMode.SHARE_UPDATE_EXCLUSIVE).doing(Work.INSTANT);
  }

  Impact alter(Change.AlterObject change) {
    List<String> words = SqlText.tokens(change.text());
    return switch (change.kind()) {
      case POLICY, RULE -> change.on().map(this::exclusive).orElse(Impact.NONE);
      // DEPENDS ON EXTENSION, and nothing else.
      case TRIGGER -> Impact.NONE;
      case MATERIALIZED_VIEW -> alterMaterialized(change.name(), words);
      case VIEW, FOREIGN_TABLE -> exclusive(change.name());
      case SEQUENCE ->
          words.contains("logged") || words.contains("unlogged")
              ? exclusive(change.name())
              : new LockSet(schema)
                  .on(change.name(), LockMode.SHARE_ROW_EXCLUSIVE)
                  .doing(Work.INSTANT);
      case DOMAIN -> alterDomain(change.name(), words);
      // Its scripts do whatever they do.
      case EXTENSION -> words.contains("update") ? Impact.UNKNOWN : Impact.NONE;
      case DATABASE ->
          words.contains("tablespace") ? Impact.NONE.outsideTransaction() : Impact.NONE;
      case FUNCTION,
          PROCEDURE,
          AGGREGATE,
          EVENT_TRIGGER,
          EVENT,
          TYPE,
          SCHEMA,
          STATISTICS,
          COLLATION,
          CONVERSION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          Impact.NONE;
    };
  }

  /** As of a table: what only tells the planner or the storage lets writers pass. */
  private Impact alterMaterialized(QualifiedName view, List<String> words) {
    boolean moves = words.contains("tablespace") || words.contains("method");
    boolean option =
        words.size() > 1
            && Set.of("set", "reset").contains(words.get(0))
            && words.get(1).equals("(");
    boolean weak = option || words.contains("cluster") || words.contains("statistics");
    return weak
        ? weak(List.of(view))
        : exclusive(view).withWork(moves ? Work.REWRITE : Work.INSTANT);
  }

  /** A rule that rows must keep is checked in every table that has a column of the domain. */
  private Impact alterDomain(QualifiedName domain, List<String> words) {
    boolean adds = words.get(0).equals("add") && !endsWith(words, "not", "valid");
    boolean checks =
        adds
            || words.get(0).equals("validate")
            || (words.get(0).equals("set") && words.contains("not"));
    if (!checks) {
      return Impact.NONE;
    }
    LockSet locks = new LockSet(schema);
    List<QualifiedName> using = tablesWith(schema.resolve(domain));
    using.forEach(t -> locks.on(t, LockMode.SHARE));
    return locks.doing(using.isEmpty() && schema.complete() ? Work.INSTANT : Work.SCAN);
  }

  private static boolean endsWith(List<String> words, String... last) {
    return words.size() >= last.length
        && words.subList(words.size() - last.length, words.size()).equals(List.of(last));
  }

  private List<QualifiedName> tablesUsing(Set<QualifiedName> types) {
    return schema.tables().stream()
        .filter(t -> t.columns().stream().anyMatch(c -> types.contains(type(c))))
        .map(Table::name)
        .toList();
  }

  /** Tables that have a column of the domain, or of a domain over it. */
  private List<QualifiedName> tablesWith(QualifiedName domain) {
    return schema.tables().stream()
        .filter(t -> t.columns().stream().anyMatch(c -> isOver(c.type(), domain)))
        .map(Table::name)
        .toList();
  }

  private boolean isOver(DataType type, QualifiedName domain) {
    return schema.resolve(Types.name(type)).equals(domain)
        || Types.domain(type, schema).map(d -> isOver(d.base(), domain)).orElse(false);
  }

  private QualifiedName type(Column column) {
    return schema.resolve(Types.name(column.type()));
  }

  Impact drop(Change.DropObject change) {
    return switch (change.kind()) {
      case VIEW, MATERIALIZED_VIEW -> {
        LockSet locks = new LockSet(schema).on(change.name(), LockMode.ACCESS_EXCLUSIVE);
        yield (change.cascade()
                ? locks.onViewsReading(change.name(), LockMode.ACCESS_EXCLUSIVE)
                : locks)
            .doing(Work.INSTANT);
      }
      case SEQUENCE, FOREIGN_TABLE -> exclusive(change.name());
      case POLICY, RULE, TRIGGER ->
          change
              .on()
              .filter(t -> !change.ifExists() || mayHave(t, change.kind(), change.name().name()))
              .map(this::exclusive)
              .orElse(Impact.NONE);
      case STATISTICS ->
          schema
              .other(ObjectKind.STATISTICS, change.name())
              .flatMap(Schema.Other::on)
              .map(t -> weak(List.of(t)))
              .orElse(Impact.NONE);
      case TYPE, DOMAIN -> change.cascade() ? withColumnsOf(change.name()) : Impact.NONE;
      case SCHEMA -> change.cascade() ? everythingIn(change.name().name()) : Impact.NONE;
      case FUNCTION -> change.cascade() ? withTriggersOf(change.name()) : Impact.NONE;
      // What hangs on them was never seen.
      case EXTENSION, OPERATOR, OPERATOR_CLASS, OPERATOR_FAMILY, COLLATION, LANGUAGE ->
          change.cascade() ? Impact.UNKNOWN : Impact.NONE;
      case DATABASE, TABLESPACE, SUBSCRIPTION -> Impact.NONE.outsideTransaction();
      case PROCEDURE,
          AGGREGATE,
          EVENT_TRIGGER,
          EVENT,
          CONVERSION,
          CAST,
          TEXT_SEARCH,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          ROLE ->
          Impact.NONE;
    };
  }

  /**
   * Whether the table has, or may have, an object of that name: what IF EXISTS does not find locks
   * nothing. A partition has triggers of its parent that nobody wrote down.
   */
  boolean mayHave(QualifiedName table, ObjectKind kind, Name name) {
    boolean known =
        schema.complete()
            && schema.table(table).map(t -> t.complete() && t.parents().isEmpty()).orElse(false);
    return !known
        || (kind == ObjectKind.TRIGGER
            ? schema.triggersOn(table).stream().anyMatch(t -> t.name().equals(name))
            : schema.othersOn(table).stream()
                .anyMatch(o -> o.name().kind() == kind && o.name().name().name().equals(name)));
  }

  private Impact withColumnsOf(QualifiedName type) {
    return new LockSet(schema)
        .onTrees(tablesUsing(Set.of(schema.resolve(type))), LockMode.ACCESS_EXCLUSIVE)
        .doing(Work.INSTANT);
  }

  private Impact withTriggersOf(QualifiedName function) {
    QualifiedName resolved = schema.resolve(function);
    LockSet locks = new LockSet(schema);
    for (Table table : schema.tables()) {
      boolean calls =
          schema.triggersOn(table.name()).stream()
              .anyMatch(t -> t.function().map(schema::resolve).equals(Optional.of(resolved)));
      if (calls) {
        locks.onPartitions(table.name(), LockMode.ACCESS_EXCLUSIVE);
      }
    }
    return locks.doing(Work.INSTANT);
  }

  private Impact everythingIn(Name name) {
    LockSet locks = new LockSet(schema);
    TableImpact tables = new TableImpact(schema);
    schema.tables().stream()
        .map(Table::name)
        .filter(t -> t.schema().equals(Optional.of(name)))
        .forEach(t -> tables.drop(locks, t, true));
    schema.views().stream()
        .map(View::name)
        .filter(v -> v.schema().equals(Optional.of(name)))
        .forEach(v -> locks.on(v, LockMode.ACCESS_EXCLUSIVE));
    return locks.doing(Work.INSTANT);
  }

  /** For a rename or another schema: the name of a relation is part of it, of others it is not. */
  Impact named(ObjectKind kind, QualifiedName name, Optional<QualifiedName> on) {
    return switch (kind) {
      case VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE -> exclusive(name);
      case POLICY, RULE -> on.map(this::exclusive).orElse(Impact.NONE);
      case TRIGGER -> on.map(this::renamesTrigger).orElse(Impact.NONE);
      case FUNCTION,
          PROCEDURE,
          AGGREGATE,
          EVENT_TRIGGER,
          EVENT,
          TYPE,
          DOMAIN,
          SCHEMA,
          DATABASE,
          EXTENSION,
          STATISTICS,
          COLLATION,
          CONVERSION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          Impact.NONE;
    };
  }

  private Impact renamesTrigger(QualifiedName table) {
    LockSet locks = new LockSet(schema);
    return (Feature.TRIGGERS_RENAMED_IN_PARTITIONS.in(version)
            ? locks.onPartitions(table, LockMode.ACCESS_EXCLUSIVE)
            : locks.on(table, LockMode.ACCESS_EXCLUSIVE))
        .doing(Work.INSTANT);
  }

  /** Only a comment on a relation or its columns locks anything. */
  Impact comment(Change.Comment change) {
    List<String> words = SqlText.tokens(change.text());
    boolean onRelation =
        words.size() > 2
            && Set.of("table", "column", "index", "view", "materialized", "sequence", "foreign")
                .contains(words.get(2));
    return onRelation ? change.on().map(r -> weak(List.of(r))).orElse(Impact.NONE) : Impact.NONE;
  }
}
