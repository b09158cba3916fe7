package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePBag;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PBag;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The objects known at one place of the history. Immutable: the schema after a change is a new one
 * and shares what did not change.
 *
 * <p>All that it holds bears resolved names: with a schema, in keys as in references. Every lookup
 * resolves what it is given, so callers pass names as they stand in the text. What was never seen
 * is absent, and absent does not mean that it does not exist.
 */
public final class Schema {

  /** Where temporary tables live; searched before everything else, as PostgreSQL does. */
  public static final Name TEMPORARY = new Name("pg_temp");

  private static final Set<String> SET_BACK = Set.of("foreign_key_checks", "sql_safe_updates");

  final Conventions conventions;
  final List<Name> startPath;
  final List<Name> path;
  final PMap<String, String> settings;
  final boolean complete;
  final boolean temporaries;
  final PSet<QualifiedName> doubtful;
  final PMap<QualifiedName, PSet<String>> uncommitted;
  final PSet<QualifiedName> freshTypes;
  final Owned<QualifiedName, Table> tables;

  /**
   * Those among them that have parents: a table that hundreds of others refer to has few
   * partitions, mostly none.
   */
  final Owned<QualifiedName, Table> heirs;

  final PBag<QualifiedName> constraintNames;
  final Owned<IndexName, Index> indexes;
  final Owned<QualifiedName, View> views;
  final PMap<QualifiedName, Routine> routines;

  /** Those that share their name with one that was seen later, by their types. */
  final PMap<QualifiedName, PMap<String, Routine>> overloads;

  final PMap<QualifiedName, EnumType> enums;
  final PMap<QualifiedName, Domain> domains;
  final Owned<TriggerName, Trigger> triggers;
  final Owned<ObjectName, Other> others;

  /** A trigger is named within its table. */
  record TriggerName(QualifiedName table, Name name) {}

  /** {@code table} is given only where index names are the table's. */
  record IndexName(Optional<QualifiedName> table, QualifiedName name) {
    // As for QualifiedName: asked for too often to be bound at run time.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof IndexName that && name.equals(that.name) && table.equals(that.table);
    }

    @Override
    public int hashCode() {
      return 31 * table.hashCode() + name.hashCode();
    }
  }

  /**
   * An object of a kind that has no record of its own.
   *
   * @param on the table that it is named within (policy, rule); empty for what is named by itself
   */
  public record ObjectName(ObjectKind kind, Optional<QualifiedName> on, QualifiedName name) {
    // As for QualifiedName: asked for too often to be bound at run time.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ObjectName that
          && kind == that.kind
          && name.equals(that.name)
          && on.equals(that.on);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * kind.hashCode() + on.hashCode()) + name.hashCode();
    }
  }

  /**
   * What is known of it.
   *
   * @param on the table it hangs on; for a sequence the table of the column that owns it; may be
   *     empty
   * @param owner the column that owns a sequence; empty elsewhere and where none does
   * @param definition with the names in it
   */
  public record Other(
      ObjectName name,
      Optional<QualifiedName> on,
      Optional<ColumnName> owner,
      Fragment definition) {}

  /** An enum type. */
  public record EnumType(QualifiedName name, List<String> values) {
    public EnumType {
      values = List.copyOf(values);
    }
  }

  /**
   * A domain.
   *
   * @param constrained it has NOT NULL or a CHECK, so that adding a column of it reads every row
   */
  public record Domain(
      QualifiedName name, DataType base, boolean constrained, Fragment definition) {}

  /** A foreign key and the table it stands in. */
  public record Referencing(QualifiedName table, Constraint.ForeignKey key) {}

  private Schema(List<Name> searchPath, Conventions conventions) {
    if (searchPath.isEmpty()) {
      throw new IllegalArgumentException("a search path is empty; it has at least one schema");
    }
    this.conventions = conventions;
    startPath = List.copyOf(searchPath);
    path = startPath;
    settings = HashTreePMap.empty();
    complete = true;
    temporaries = false;
    doubtful = HashTreePSet.empty();
    uncommitted = HashTreePMap.empty();
    freshTypes = HashTreePSet.empty();
    tables = Owned.by(Draft::relationsBehind);
    heirs = Owned.by(t -> new LinkedHashSet<>(t.parents()));
    constraintNames = HashTreePBag.empty();
    indexes = Owned.by(i -> Set.of(i.table()));
    views = Owned.by(v -> v.query().references().relations());
    routines = HashTreePMap.empty();
    overloads = HashTreePMap.empty();
    enums = HashTreePMap.empty();
    domains = HashTreePMap.empty();
    triggers = Owned.by(t -> Set.of(t.table()));
    others = Owned.by(o -> o.on().map(Set::of).orElse(Set.of()));
  }

  Schema(Draft draft) {
    conventions = draft.conventions;
    startPath = draft.startPath;
    path = draft.path;
    settings = draft.settings;
    complete = draft.complete;
    temporaries = draft.temporaries;
    doubtful = draft.doubtful;
    uncommitted = draft.uncommitted;
    freshTypes = draft.freshTypes;
    tables = draft.tables;
    heirs = draft.heirs;
    constraintNames = draft.constraintNames;
    indexes = draft.indexes;
    views = draft.views;
    routines = draft.routines;
    overloads = draft.overloads;
    enums = draft.enums;
    domains = draft.domains;
    triggers = draft.triggers;
    others = draft.others;
  }

  /**
   * Nothing seen yet.
   *
   * @param searchPath where unqualified names are looked up, in order; new objects go to the first
   */
  public static Schema empty(List<Name> searchPath, Conventions conventions) {
    return new Schema(searchPath, conventions);
  }

  /**
   * The schema once {@code change} has run. A change that would fail there (a table that exists
   * already, a column never seen) is taken at its word: what it makes is there, what it drops is
   * not.
   */
  public Schema after(Change change) {
    Draft draft = new Draft(this);
    Folding.fold(draft, change);
    return draft.schema();
  }

  /**
   * As the next migration finds it: before each file Flyway sets the search path back, and on MySQL
   * and MariaDB {@code foreign_key_checks} and {@code sql_safe_updates} too.
   */
  public Schema atNextMigration() {
    if (path.equals(startPath)
        && settings.isEmpty()
        && uncommitted.isEmpty()
        && freshTypes.isEmpty()) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.path = startPath;
    draft.uncommitted = HashTreePMap.empty();
    draft.freshTypes = HashTreePSet.empty();
    draft.settings = settings.minusAll(SET_BACK);
    return draft.schema();
  }

  /** As the next session finds it: temporary tables are gone too. */
  public Schema atNextSession() {
    if (!temporaries) {
      return atNextMigration();
    }
    Draft draft = new Draft(this);
    draft.temporaries = false;
    draft.path = startPath;
    draft.settings = HashTreePMap.empty();
    tables().stream()
        .map(Table::name)
        .filter(n -> n.schema().equals(Optional.of(TEMPORARY)))
        .forEach(n -> Dropping.table(draft, n, true));
    views().stream()
        .map(View::name)
        .filter(n -> n.schema().equals(Optional.of(TEMPORARY)))
        .forEach(n -> Dropping.view(draft, n, true));
    return draft.schema();
  }

  /**
   * What a file has set a parameter of its session to, as written; empty where it has not.
   *
   * @param parameter lower case
   */
  public Optional<String> setting(String parameter) {
    return Optional.ofNullable(settings.get(parameter));
  }

  /** Whether every statement so far was understood. Where not, anything may differ. */
  public boolean complete() {
    return complete;
  }

  /** As the next transaction finds it. */
  public Schema committed() {
    if (uncommitted.isEmpty() && freshTypes.isEmpty()) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.uncommitted = HashTreePMap.empty();
    draft.freshTypes = HashTreePSet.empty();
    return draft.schema();
  }

  /** The values that this transaction added to an enum type. */
  public Set<String> valuesAdded(QualifiedName enumType) {
    PSet<String> values = uncommitted.get(resolve(enumType));
    return values == null ? Set.of() : values;
  }

  /** Whether this transaction made the enum type itself. */
  public boolean isMadeInTransaction(QualifiedName enumType) {
    return freshTypes.contains(resolve(enumType));
  }

  /** The enum types that this transaction added values to. */
  public Set<QualifiedName> typesExtended() {
    return uncommitted.keySet();
  }

  /**
   * Whether the object is surely there, or surely not, as this schema says: every change to it is
   * one that surely ran.
   */
  public boolean isSettled(QualifiedName name) {
    return complete && !doubtful.contains(resolve(name));
  }

  /**
   * Whether the table is as it stands here: all of it was seen, and every change to it is one that
   * surely ran. What it lacks is not there.
   */
  public boolean isCertain(QualifiedName table) {
    QualifiedName resolved = resolve(table);
    return complete
        && !doubtful.contains(resolved)
        && tables.get(resolved).map(Table::complete).orElse(false);
  }

  /** This schema with the mark that something was not understood. */
  public Schema incomplete() {
    if (!complete) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.complete = false;
    return draft.schema();
  }

  /**
   * The name with the schema that it means here: of an unqualified one the first schema of the
   * search path that has such an object, or where a new one would be put.
   */
  public QualifiedName resolve(QualifiedName name) {
    if (name.schema().isPresent()) {
      return name;
    }
    if (temporaries && hasRelation(name.in(TEMPORARY))) {
      return name.in(TEMPORARY);
    }
    for (Name schema : path.size() == 1 ? List.<Name>of() : path) {
      QualifiedName there = name.in(schema);
      if (hasRelation(there)
          || routines.containsKey(there)
          || enums.containsKey(there)
          || domains.containsKey(there)
          || indexes.has(new IndexName(Optional.empty(), there))) {
        return there;
      }
    }
    return place(name);
  }

  /** The same text with every name of an object resolved as {@link #resolve} does. */
  public Fragment resolved(Fragment fragment) {
    return fragment.references().equals(References.NONE)
        ? fragment
        : fragment.referring(r -> r.resolved(this::resolve, this::resolvedFunction));
  }

  /** The engine's own come first, but one that is known here by that name is what is meant. */
  private QualifiedName resolvedFunction(QualifiedName name) {
    return name.schema().isEmpty() && routine(name).isEmpty() && conventions.isBuiltIn(name)
        ? name
        : resolve(name);
  }

  /** The name with the schema where CREATE would put it. */
  public QualifiedName place(QualifiedName name) {
    return name.schema().isPresent() ? name : name.in(path.getFirst());
  }

  /** Where unqualified names of new objects go. */
  public Name defaultSchema() {
    return path.getFirst();
  }

  /** Where unqualified names are looked up, in order; never empty. */
  public List<Name> searchPath() {
    return path;
  }

  public Optional<Table> table(QualifiedName name) {
    return tables.get(resolve(name));
  }

  public Collection<Table> tables() {
    return tables.values();
  }

  /** Its partitions and the tables that inherit from it, not theirs. */
  public List<Table> childrenOf(QualifiedName table) {
    return heirs.isEmpty() ? List.of() : heirs.on(resolve(table));
  }

  /** Empty where the table or the column was never seen. */
  public Optional<Column> column(QualifiedName table, Name column) {
    return table(table).flatMap(t -> t.column(column));
  }

  /** The index of that name, where index names stand for themselves (PostgreSQL). */
  public Optional<Index> index(QualifiedName name) {
    return index(name, Optional.empty());
  }

  /**
   * The index of that name, one that a constraint made included.
   *
   * @param table that it is on; needed where index names are the table's (MySQL, MariaDB)
   */
  public Optional<Index> index(QualifiedName name, Optional<QualifiedName> table) {
    return indexes.get(indexName(name, table));
  }

  /** The table, by which an index of it is told from others; empty where its name alone tells. */
  public Optional<QualifiedName> indexOwner(Optional<QualifiedName> table) {
    return table.filter(t -> conventions.indexNamesArePerTable()).map(this::resolve);
  }

  IndexName indexName(QualifiedName name, Optional<QualifiedName> table) {
    Optional<QualifiedName> on = table.map(this::resolve);
    QualifiedName resolved =
        on.flatMap(QualifiedName::schema).map(name::in).orElseGet(() -> resolve(name));
    return new IndexName(indexOwner(table), resolved);
  }

  /** The indexes of a table that have no constraint of their own, by name. */
  public List<Index> indexesOn(QualifiedName table) {
    Optional<Table> its = table(table);
    return allIndexesOn(table).stream()
        .filter(i -> its.isEmpty() || owningConstraint(its.get(), i).isEmpty())
        .toList();
  }

  /** Whether every index is the very one that it is there: then none needs to be looked at. */
  public boolean sharesIndexesWith(Schema other) {
    return indexes == other.indexes;
  }

  /** The same for sequences, policies, rules and the like. */
  public boolean sharesOthersWith(Schema other) {
    return others == other.others;
  }

  /** All indexes of a table, those that constraints made included, by name. */
  public List<Index> allIndexesOn(QualifiedName table) {
    return indexes.on(resolve(table));
  }

  /** The primary key, unique or exclusion constraint that made the index, or adopted it. */
  public Optional<Constraint> constraintOf(Index index) {
    return table(index.table()).flatMap(t -> owningConstraint(t, index));
  }

  /** Whether a constraint of any table has that name in the schema of {@code table}. */
  public boolean hasConstraintNamed(QualifiedName table, Name name) {
    return constraintNames.contains(resolve(table).withName(name));
  }

  /** The name that the constraint has, or gets here from the engine. */
  public Name nameOf(QualifiedName table, Constraint constraint) {
    QualifiedName resolved = resolve(table);
    return constraint
        .name()
        .orElseGet(
            () ->
                conventions.constraint(
                    table(table).orElseGet(() -> Table.unseen(resolved)),
                    constraint,
                    new Draft(this).taken(resolved)));
  }

  /** The name that the index has, or gets here from the engine; resolved. */
  public QualifiedName nameOf(Index index) {
    QualifiedName table = resolve(index.table());
    return index
        .name()
        .map(n -> table.withName(n.name()))
        .orElseGet(() -> table.withName(conventions.index(index, new Draft(this).taken(table))));
  }

  private static Optional<Constraint> owningConstraint(Table table, Index index) {
    return index
        .name()
        .flatMap(n -> table.constraint(n.name()))
        .filter(
            c ->
                switch (c) {
                  case Constraint.PrimaryKey ignored -> true;
                  case Constraint.Unique ignored -> true;
                  case Constraint.Exclude ignored -> true;
                  case Constraint.ForeignKey ignored -> false;
                  case Constraint.Check ignored -> false;
                  case Constraint.NotNull ignored -> false;
                });
  }

  /** The foreign keys of other tables, and of its own, that point at {@code parent}. */
  public List<Referencing> foreignKeysTo(QualifiedName parent) {
    QualifiedName resolved = resolve(parent);
    return tables.on(resolved).stream()
        .flatMap(
            t ->
                t.constraints().stream()
                    .filter(Constraint.ForeignKey.class::isInstance)
                    .map(Constraint.ForeignKey.class::cast)
                    .filter(k -> k.parent().equals(resolved))
                    .map(k -> new Referencing(t.name(), k)))
        .toList();
  }

  public Optional<View> view(QualifiedName name) {
    return views.get(resolve(name));
  }

  public Collection<View> views() {
    return views.values();
  }

  /** The views that read a table or another view themselves, not through a third. */
  public List<View> viewsReading(QualifiedName relation) {
    return views.on(resolve(relation));
  }

  /** Overloads share a name; the last one seen is kept. */
  public Optional<Routine> routine(QualifiedName name) {
    return Optional.ofNullable(routines.get(resolve(name)));
  }

  /**
   * The one of those arguments.
   *
   * @param arguments as written, with or without parentheses; empty where the text names none: then
   *     the last one seen
   */
  public Optional<Routine> routine(QualifiedName name, String arguments) {
    Optional<Routine> last = routine(name);
    if (arguments.isEmpty() || last.isEmpty()) {
      return last;
    }
    String types = Routine.types(arguments);
    Map<String, Routine> hidden = overloads.getOrDefault(resolve(name), HashTreePMap.empty());
    if (hidden.containsKey(types)) {
      return Optional.ofNullable(hidden.get(types));
    }
    // The same types have more spellings than are known here.
    return last.filter(
        r ->
            r.types().equals(types)
                || (hidden.isEmpty()
                    && Routine.arguments(r.signature()).size()
                        == Routine.arguments(arguments).size()));
  }

  /** What CREATE OR REPLACE of it puts it in the place of; empty where it is one more. */
  public Optional<Routine> replacedBy(Routine routine) {
    return conventions.routinesAreToldByTypes()
        ? routine(routine.name())
            .filter(r -> r.types().equals(routine.types()))
            .or(
                () ->
                    Optional.ofNullable(
                        overloads
                            .getOrDefault(resolve(routine.name()), HashTreePMap.empty())
                            .get(routine.types())))
        : routine(routine.name());
  }

  public Collection<Routine> routines() {
    return routines.values();
  }

  public Optional<EnumType> enumType(QualifiedName name) {
    return Optional.ofNullable(enums.get(resolve(name)));
  }

  public Collection<EnumType> enumTypes() {
    return enums.values();
  }

  public Optional<Domain> domain(QualifiedName name) {
    return Optional.ofNullable(domains.get(resolve(name)));
  }

  public Collection<Domain> domains() {
    return domains.values();
  }

  public Optional<Trigger> trigger(QualifiedName table, Name name) {
    return triggers.get(new TriggerName(resolve(table), name));
  }

  public List<Trigger> triggersOn(QualifiedName table) {
    return triggers.on(resolve(table));
  }

  /** All objects of kinds that have no record of their own. */
  public Collection<Other> others() {
    return others.values();
  }

  /** An object that is named by itself: a sequence, an extension. */
  public Optional<Other> other(ObjectKind kind, QualifiedName name) {
    return others.get(objectName(kind, Optional.empty(), name));
  }

  /**
   * An object of a kind that has no record of its own.
   *
   * @param on the table that a policy or rule is named within; empty for other kinds
   */
  public Optional<Other> other(ObjectKind kind, Optional<QualifiedName> on, QualifiedName name) {
    return others.get(objectName(kind, on, name));
  }

  ObjectName objectName(ObjectKind kind, Optional<QualifiedName> on, QualifiedName name) {
    return switch (kind.scope()) {
      case TABLE -> new ObjectName(kind, on.map(this::resolve), name);
      case SCHEMA -> new ObjectName(kind, Optional.empty(), resolve(name));
      case DATABASE -> new ObjectName(kind, Optional.empty(), name);
    };
  }

  /** Policies, rules and statistics of a table, and the sequences that its columns own. */
  public List<Other> othersOn(QualifiedName table) {
    return others.on(resolve(table));
  }

  /** The schemas that tables and views stand in, and those of tables that foreign keys point at. */
  public Set<Name> schemas() {
    return Stream.of(
            tables().stream().map(Table::name),
            views().stream().map(View::name),
            tables().stream()
                .flatMap(t -> t.constraints().stream())
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(k -> ((Constraint.ForeignKey) k).parent()))
        .flatMap(names -> names)
        .flatMap(name -> name.schema().stream())
        .collect(Collectors.toSet());
  }

  /** Whether a table, view or sequence of that name was ever seen. */
  public boolean knows(QualifiedName relation) {
    return hasRelation(resolve(relation));
  }

  boolean hasRelation(QualifiedName resolved) {
    return tables.has(resolved)
        || views.has(resolved)
        || others.has(new ObjectName(ObjectKind.SEQUENCE, Optional.empty(), resolved));
  }

  /** Whether nothing at all was seen yet. */
  public boolean isEmpty() {
    return tables.isEmpty() && views.isEmpty() && others.isEmpty() && routines.isEmpty();
  }
}
