package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.impact.Feature;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is made twice, and what is changed or dropped and is not there. */
final class Presence {

  /** Whose tables no migration makes. */
  private static final Set<String> OF_OTHERS = Set.of("pg_catalog", "information_schema");

  private static final Pattern ON_COLUMN =
      Pattern.compile("(?is)^\\s*comment\\s+on\\s+column\\s+\\S+\\.(\"[^\"]+\"|\\w+)\\s+is\\b");

  private final Schema schema;
  private final boolean whole;
  private final EngineVersion version;

  Presence(Schema schema, boolean whole, EngineVersion version) {
    this.schema = schema;
    this.whole = whole;
    this.version = version;
  }

  Optional<String> of(Change change) {
    return switch (change) {
      case Change.CreateTable c ->
          c.ifNotExists() || c.temporary() ? none() : taken(c.table().name(), true);
      case Change.CreateView c ->
          c.orReplace() || c.ifNotExists() || c.temporary() ? none() : taken(c.view().name());
      case Change.CreateSequence c -> c.ifNotExists() ? none() : taken(c.sequence());
      case Change.CreateType c -> type(c.type());
      case Change.CreateDomain c -> type(c.domain());
      case Change.AddEnumValue c -> c.ifNotExists() ? none() : value(c);
      case Change.CreateIndex c ->
          missing(c.index().table())
              .or(() -> c.ifNotExists() ? none() : index(c.index()))
              .or(() -> columns(c.index().table(), keys(c.index())));
      case Change.DropIndex c -> c.ifExists() ? none() : noIndex(c.index());
      case Change.DropTable c -> c.ifExists() ? none() : missing(c.table());
      case Change.RenameTable c ->
          missing(c.table()).or(() -> taken(schema.resolve(c.table()).withName(c.to())));

      case Change.AddColumn c ->
          missing(c.table())
              .or(() -> c.ifNotExists() ? none() : there(c.table(), c.column().name()));
      case Change.DropColumn c ->
          missing(c.table()).or(() -> c.ifExists() ? none() : column(c.table(), c.column()));
      case Change.RenameColumn c ->
          missing(c.table())
              .or(() -> column(c.table(), c.column()))
              .or(() -> there(c.table(), c.to()));
      case Change.AlterColumnType c ->
          ofColumn(c.table(), c.column()).or(() -> new Casts(schema).of(c));
      case Change.SetDefault c -> ofColumn(c.table(), c.column()).or(() -> computed(c));
      case Change.DropDefault c -> ofColumn(c.table(), c.column());
      case Change.SetNotNull c -> ofColumn(c.table(), c.column());
      case Change.DropNotNull c -> ofColumn(c.table(), c.column()).or(() -> keptNotNull(c));
      case Change.AddIdentity c -> ofColumn(c.table(), c.column()).or(() -> identity(c));
      case Change.DropIdentity c ->
          ofColumn(c.table(), c.column()).or(() -> c.ifExists() ? none() : noIdentity(c));
      case Change.SetExpression c -> ofColumn(c.table(), c.column());

      case Change.AddConstraint c -> missing(c.table()).or(() -> constraint(c));
      case Change.DropConstraint c ->
          missing(c.table())
              .or(() -> c.ifExists() ? none() : noConstraint(c.table(), c.constraint()));
      case Change.ValidateConstraint c ->
          missing(c.table()).or(() -> noConstraint(c.table(), c.constraint()));
      case Change.AlterConstraint c ->
          missing(c.table())
              .or(() -> noConstraint(c.table(), c.constraint()))
              .or(() -> noForeignKey(c));
      case Change.RenameConstraint c ->
          missing(c.table()).or(() -> noConstraint(c.table(), c.constraint()));
      case Change.CreateTrigger c ->
          c.orReplace() ? none() : trigger(c.trigger().table(), c.trigger().name());
      case Change.DropTrigger c ->
          c.ifExists()
              ? none()
              : c.table().flatMap(t -> noneNamed(t, ObjectKind.TRIGGER, c.trigger()));
      case Change.EnableTrigger c -> c.name().flatMap(n -> noneNamed(c.table(), c.kind(), n));
      case Change.CreateObject c ->
          c.orReplace() || c.ifNotExists() || !isOnTable(c.kind())
              ? none()
              : c.on().flatMap(t -> named(t, c.kind(), c.name().name()));
      case Change.DropObject c ->
          c.ifExists() || !isOnTable(c.kind())
              ? none()
              : c.on().flatMap(t -> noneNamed(t, c.kind(), c.name().name()));
      case Change.RenameEnumValue c -> noValue(c);
      case Change.Update c ->
          columns(c.table(), c.assignments().stream().map(a -> a.column()).toList());
      case Change.Insert c -> columns(c.table(), c.columns());
      case Change.Comment c -> c.on().flatMap(t -> commented(t, c.text()));
      default -> none();
    };
  }

  private static boolean isOnTable(ObjectKind kind) {
    return kind == ObjectKind.POLICY || kind == ObjectKind.RULE;
  }

  private boolean has(QualifiedName table, ObjectKind kind, Name name) {
    return kind == ObjectKind.TRIGGER
        ? schema.trigger(table, name).isPresent()
        : schema
            .other(kind, Optional.of(table), new QualifiedName(Optional.empty(), name))
            .isPresent();
  }

  private Optional<String> named(QualifiedName table, ObjectKind kind, Name name) {
    return schema.isCertain(table) && schema.isSettled(bare(name)) && has(table, kind, name)
        ? Optional.of(table + " has a " + word(kind) + " " + name + " already")
        : none();
  }

  // A partition has triggers of its parent that no statement names.
  private Optional<String> noneNamed(QualifiedName table, ObjectKind kind, Name name) {
    return missing(table)
        .or(
            () ->
                schema.isCertain(table)
                        && schema.table(table).map(Presence::isPlain).orElse(false)
                        && schema.isSettled(bare(name))
                        && !has(table, kind, name)
                    ? Optional.of(table + " has no " + word(kind) + " " + name)
                    : none());
  }

  private static QualifiedName bare(Name name) {
    return new QualifiedName(Optional.empty(), name);
  }

  private static String word(ObjectKind kind) {
    return kind.word().toLowerCase(Locale.ROOT);
  }

  private Optional<String> noValue(Change.RenameEnumValue change) {
    return schema
        .enumType(change.type())
        .filter(e -> settled(e.name()) && !e.values().contains(change.value()))
        .map(e -> "'" + change.value() + "' is no value of " + change.type());
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private Optional<String> ofColumn(QualifiedName table, Name column) {
    return missing(table).or(() -> column(table, column));
  }

  private Optional<String> taken(QualifiedName name) {
    return taken(name, false);
  }

  /** Tables, views, sequences and indexes share their names, and a table's is a type's too. */
  private Optional<String> taken(QualifiedName name, boolean isTable) {
    QualifiedName place = schema.place(name);
    boolean relation =
        schema.knows(place)
            || schema.index(place).isPresent()
            || (isTable && schema.enumType(place).isPresent());
    return relation && settled(place) ? Optional.of(name + " is there already") : none();
  }

  private Optional<String> type(QualifiedName name) {
    QualifiedName place = schema.place(name);
    boolean there =
        schema.enumType(place).isPresent()
            || schema.domain(place).isPresent()
            || schema.other(ObjectKind.TYPE, place).isPresent()
            || schema.table(place).isPresent();
    return there && settled(place) ? Optional.of("type " + name + " is there already") : none();
  }

  private Optional<String> value(Change.AddEnumValue change) {
    return schema
        .enumType(change.type())
        .filter(e -> settled(e.name()) && e.values().contains(change.value()))
        .map(e -> "'" + change.value() + "' is a value of " + change.type() + " already");
  }

  private boolean settled(QualifiedName name) {
    return schema.isSettled(name);
  }

  private Optional<String> missing(QualifiedName table) {
    return isMissing(table)
        ? Optional.of(table + " is not there: no migration makes it, or one has dropped it")
        : none();
  }

  private boolean isMissing(QualifiedName table) {
    QualifiedName resolved = schema.resolve(table);
    return whole
        && !schema.knows(resolved)
        && schema.index(resolved).isEmpty()
        && schema.other(ObjectKind.FOREIGN_TABLE, resolved).isEmpty()
        && schema.other(ObjectKind.TYPE, resolved).isEmpty()
        && schema.isSettled(resolved)
        && !isOfOthers(table, resolved);
  }

  /** Extensions, Flyway and the server have tables that no statement shows. */
  private boolean isOfOthers(QualifiedName table, QualifiedName resolved) {
    return resolved.schema().map(s -> OF_OTHERS.contains(s.text())).orElse(true)
        || table.name().text().startsWith("pg_")
        || table.name().text().startsWith("flyway_")
        || isExtended();
  }

  private boolean isExtended() {
    return schema.others().stream().anyMatch(o -> o.name().kind() == ObjectKind.EXTENSION);
  }

  private Optional<String> column(QualifiedName table, Name column) {
    return schema.isCertain(table) && schema.column(table, column).isEmpty()
        ? Optional.of(table + " has no column " + column)
        : none();
  }

  private Optional<String> commented(QualifiedName table, String text) {
    Matcher named = ON_COLUMN.matcher(text);
    return named.find()
        ? column(
            table,
            new Name(
                named.group(1).startsWith("\"")
                    ? named.group(1).substring(1, named.group(1).length() - 1)
                    : named.group(1).toLowerCase(Locale.ROOT)))
        : none();
  }

  private Optional<String> columns(QualifiedName table, List<Name> columns) {
    return columns.stream().flatMap(c -> column(table, c).stream()).findFirst();
  }

  private Optional<String> there(QualifiedName table, Name column) {
    return schema.isCertain(table) && schema.column(table, column).isPresent()
        ? Optional.of(table + " has a column " + column + " already")
        : none();
  }

  private Optional<String> keptNotNull(Change.DropNotNull change) {
    boolean key =
        schema.isCertain(change.table())
            && schema
                .table(change.table())
                .map(t -> t.primaryKey().contains(change.column()))
                .orElse(false);
    return key ? Optional.of(change.column() + " is in the primary key") : none();
  }

  private Optional<String> identity(Change.AddIdentity change) {
    Optional<Column> column =
        schema
            .column(change.table(), change.column())
            .filter(c -> schema.isCertain(change.table()));
    if (column.map(Column::nullable).orElse(false)) {
      return Optional.of(change.column() + " is not NOT NULL, which an identity has to be");
    }
    return column.filter(c -> c.defaultValue().isPresent()).isPresent()
        ? Optional.of(change.column() + " has a default, which goes first: DROP DEFAULT")
        : none();
  }

  private Optional<String> computed(Change.SetDefault change) {
    return certain(change.table(), change.column())
        .filter(c -> c.generated().isPresent())
        .map(c -> c.name() + " is computed, and takes no default");
  }

  private Optional<String> noIdentity(Change.DropIdentity change) {
    return certain(change.table(), change.column())
        .filter(c -> c.identity().isEmpty())
        .map(c -> c.name() + " is no identity: DROP IDENTITY IF EXISTS passes over it");
  }

  private Optional<Column> certain(QualifiedName table, Name column) {
    return schema.column(table, column).filter(c -> schema.isCertain(table));
  }

  private static List<Name> keys(Index index) {
    return index.columns().stream().flatMap(c -> c.column().stream()).toList();
  }

  private Optional<String> index(Index index) {
    return index.name().flatMap(n -> taken(schema.resolve(index.table()).withName(n.name())));
  }

  // A partition has indexes of its parent's that no statement names.
  private Optional<String> noIndex(QualifiedName index) {
    return whole
            && schema.index(index).isEmpty()
            && !schema.knows(index)
            && schema.tables().stream().allMatch(t -> schema.isCertain(t.name()) && isPlain(t))
            && !isExtended()
        ? Optional.of("there is no index " + index)
        : none();
  }

  private static boolean isPlain(Table table) {
    return table.partitionKey().isEmpty() && table.parents().isEmpty();
  }

  private Optional<String> constraint(Change.AddConstraint change) {
    QualifiedName table = change.table();
    Constraint constraint = change.constraint();
    if (!schema.isCertain(table)) {
      return none();
    }
    Optional<String> named =
        constraint
            .name()
            .filter(n -> schema.table(table).flatMap(t -> t.constraint(n)).isPresent())
            .map(n -> table + " has a constraint " + n + " already");
    boolean secondKey =
        constraint instanceof Constraint.PrimaryKey
            && schema.table(table).map(t -> !t.primaryKey().isEmpty()).orElse(false);
    return named
        .or(
            () ->
                makesIndex(constraint)
                    ? constraint.name().flatMap(n -> taken(place(table, n)))
                    : none())
        .or(() -> secondKey ? Optional.of(table + " has a primary key already") : none())
        .or(() -> columns(table, constraint.columns()))
        .or(() -> parent(constraint));
  }

  private static boolean makesIndex(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey k -> k.usingIndex().isEmpty();
      case Constraint.Unique k -> k.usingIndex().isEmpty();
      case Constraint.Exclude k -> true;
      case Constraint.ForeignKey k -> false;
      case Constraint.Check k -> false;
      case Constraint.NotNull k -> false;
    };
  }

  private QualifiedName place(QualifiedName table, Name name) {
    return schema.resolve(table).withName(name);
  }

  private Optional<String> parent(Constraint constraint) {
    if (!(constraint instanceof Constraint.ForeignKey key)) {
      return none();
    }
    return missing(key.parent())
        .or(() -> columns(key.parent(), key.parentColumns()))
        .or(() -> unmatched(key));
  }

  /** A foreign key points at columns that a unique index of the same columns is on. */
  private Optional<String> unmatched(Constraint.ForeignKey key) {
    if (!schema.isCertain(key.parent())) {
      return none();
    }
    List<Name> pointed =
        key.parentColumns().isEmpty()
            ? schema.table(key.parent()).map(Table::primaryKey).orElse(List.of())
            : key.parentColumns();
    boolean unique =
        schema.allIndexesOn(key.parent()).stream()
            .anyMatch(
                i ->
                    i.unique()
                        && i.predicate().isEmpty()
                        && Set.copyOf(keys(i)).equals(Set.copyOf(pointed)));
    return unique
        ? none()
        : Optional.of("nothing keeps the columns of " + key.parent() + " unique that it points at");
  }

  // From 18 on NOT NULL has a name as well, which the server makes up.
  private Optional<String> noConstraint(QualifiedName table, Name constraint) {
    boolean named =
        Feature.NOT_NULL_CONSTRAINTS.in(version)
            || !schema.isCertain(table)
            || schema.table(table).flatMap(t -> t.constraint(constraint)).isPresent();
    boolean ofTrigger =
        schema.triggersOn(table).stream().anyMatch(t -> t.name().equals(constraint));
    return named || ofTrigger ? none() : Optional.of(table + " has no constraint " + constraint);
  }

  /** Only when and whether a foreign key is checked can be altered. */
  private Optional<String> noForeignKey(Change.AlterConstraint change) {
    return schema
        .table(change.table())
        .filter(t -> schema.isCertain(change.table()))
        .flatMap(t -> t.constraint(change.constraint()))
        .filter(c -> !(c instanceof Constraint.ForeignKey))
        .filter(c -> change.enforced().isPresent() || change.timing().isPresent())
        .map(
            c ->
                change.constraint()
                    + " is no foreign key: it is dropped and added again with other words");
  }

  private Optional<String> trigger(QualifiedName table, Name trigger) {
    return schema.isCertain(table) && schema.trigger(table, trigger).isPresent()
        ? Optional.of(table + " has a trigger " + trigger + " already")
        : none();
  }
}
