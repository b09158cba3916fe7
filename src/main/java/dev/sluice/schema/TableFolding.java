package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables as wholes. */
final class TableFolding {

  private static final String IDENTIFIER = "([\\w$\\x80-\\uffff]+|\"(?:[^\"]|\"\")+\")";
  private static final Pattern PARENT =
      Pattern.compile(
          "(?is)\\s*(?:no\\s+)?inherit\\s+(?:"
              + IDENTIFIER
              + "\\s*\\.\\s*)?"
              + IDENTIFIER
              + "\\s*");

  private TableFolding() {}

  static void create(Draft draft, Change.CreateTable change) {
    Table written = change.table();
    QualifiedName name =
        change.temporary()
            ? written.name().in(Schema.TEMPORARY)
            : draft.schema().place(written.name());
    if (change.ifNotExists() && draft.tables.has(name)) {
      return;
    }
    draft.temporaries |= change.temporary();
    Schema before = draft.schema();
    List<QualifiedName> parents = written.parents().stream().map(before::resolve).toList();
    Map<Name, Column> columns = new LinkedHashMap<>();
    // What parents and copied tables bring is found here, not in the statement.
    boolean fromElsewhere = !parents.isEmpty() || !change.copies().isEmpty();
    boolean complete = change.query().isEmpty() && (written.complete() || fromElsewhere);
    List<Constraint> inherited = new ArrayList<>();
    for (QualifiedName parent : parents) {
      Optional<Table> known = before.table(parent);
      complete &= known.map(Table::complete).orElse(false);
      known.ifPresent(
          p -> {
            p.columns().forEach(c -> columns.put(c.name(), c));
            inherited.addAll(ConstraintFolding.inheritedFrom(p, written.bounds().isPresent()));
          });
    }
    for (Change.CreateTable.Like copy : change.copies()) {
      Optional<Table> known = before.table(copy.table());
      complete &= known.map(Table::complete).orElse(false);
      known.ifPresent(
          k ->
              k.columns()
                  .forEach(
                      c -> columns.put(c.name(), Copying.column(before, k, c, copy.options()))));
    }
    for (Column column : written.columns()) {
      // A partition names a column of its parent only to give it options.
      if (!columns.containsKey(column.name()) || parents.isEmpty()) {
        columns.put(column.name(), ColumnFolding.resolved(column, before));
      } else if (written.bounds().isEmpty()) {
        Column own = ColumnFolding.resolved(column, before);
        columns.computeIfPresent(column.name(), (same, inherits) -> merged(inherits, own));
      }
    }
    draft.put(
        new Table(
            name,
            List.copyOf(columns.values()),
            List.of(),
            written.partitionKey().map(before::resolved),
            parents,
            written.bounds(),
            complete,
            properties(written, change, before)));
    written.columns().forEach(c -> ColumnFolding.addSequence(draft, name, c));
    inherited.forEach(c -> ConstraintFolding.add(draft, name, c));
    for (Change.CreateTable.Like copy : change.copies()) {
      before.table(copy.table()).ifPresent(k -> Copying.rest(draft, k, name, copy.options()));
    }
    // A foreign key makes an index only where the statement makes none that serves it.
    boolean indexesFirst = draft.conventions.foreignKeysAreIndexed();
    ConstraintFolding.addAll(
        draft,
        name,
        written.constraints().stream()
            .map(TableFolding::validated)
            .filter(c -> !indexesFirst || !(c instanceof Constraint.ForeignKey))
            .toList());
    if (written.bounds().isPresent()) {
      parents.forEach(p -> IndexFolding.inherit(draft, p, name));
    }
    for (Index index : change.indexes()) {
      IndexFolding.add(draft, index);
    }
    if (indexesFirst) {
      ConstraintFolding.addAll(
          draft,
          name,
          written.constraints().stream().filter(Constraint.ForeignKey.class::isInstance).toList());
    }
  }

  /** A column that the parent has too: it refuses NULL where one of both does. */
  private static Column merged(Column inherits, Column own) {
    return inherits
        .withNullable(inherits.nullable() && own.nullable())
        .withDefault(own.defaultValue().or(inherits::defaultValue));
  }

  /** A table without rows has none that a constraint would have to spare: NOT VALID is ignored. */
  static Constraint validated(Constraint constraint) {
    return switch (constraint) {
      case Constraint.Check c when c.enforced() -> c.validated(true);
      case Constraint.ForeignKey c when c.enforced() -> c.validated(true);
      case Constraint.ForeignKey c -> c;
      case Constraint.Check c -> c;
      case Constraint.NotNull c -> c;
      case Constraint.PrimaryKey c -> c;
      case Constraint.Unique c -> c;
      case Constraint.Exclude c -> c;
    };
  }

  /** LIKE takes over all of them, and then none can be written beside it. */
  private static Map<String, String> properties(
      Table written, Change.CreateTable change, Schema before) {
    if (change.unlogged()) {
      return TableProperties.UNLOGGED;
    }
    return change.copies().stream()
        .findFirst()
        .flatMap(c -> before.table(c.table()))
        .map(Table::properties)
        .filter(p -> written.properties().isEmpty() && !p.equals(TableProperties.UNLOGGED))
        .orElse(written.properties());
  }

  static void alter(Draft draft, Change.AlterTable change) {
    Schema before = draft.schema();
    switch (change.property()) {
      case INHERIT, NO_INHERIT -> {
        Optional<QualifiedName> parent = parentIn(change.text()).map(before::resolve);
        draft.change(
            change.table(),
            t -> {
              List<QualifiedName> parents = new ArrayList<>(t.parents());
              parent.ifPresent(parents::remove);
              if (change.property() == Change.AlterTable.Property.INHERIT) {
                parent.ifPresent(parents::add);
              }
              return t.withParents(parents, t.bounds());
            });
      }
      case PARAMETERS,
          TABLESPACE,
          ACCESS_METHOD,
          REPLICA_IDENTITY,
          ROW_SECURITY,
          CLUSTER_ON,
          OF_TYPE -> {}
      case LOGGED,
          UNLOGGED,
          ENGINE,
          ROW_FORMAT,
          KEY_BLOCK_SIZE,
          DEFAULT_CHARSET,
          CONVERT_CHARSET,
          AUTO_INCREMENT,
          COMMENT,
          FORCE,
          ORDER_BY,
          PARTITION_BY,
          REMOVE_PARTITIONING,
          ADD_VERSIONING,
          DROP_VERSIONING,
          PERIOD,
          ENCRYPTION,
          COMPRESSION,
          KEYS,
          TABLESPACE_FILE,
          OTHER_OPTION ->
          draft.change(change.table(), t -> TableProperties.altered(t, change));
    }
  }

  /** A partition that becomes a table, or a table that becomes a partition (MariaDB). */
  static void partitions(Draft draft, Change.AlterPartitions change) {
    Schema before = draft.schema();
    switch (change.operation()) {
      case CONVERT_IN -> change.other().ifPresent(o -> Dropping.relation(draft, o, false));
      case CONVERT_OUT ->
          change
              .other()
              .ifPresent(
                  o ->
                      draft.put(
                          before
                              .table(change.table())
                              .map(
                                  t ->
                                      t.withName(before.place(o))
                                          .withConstraints(List.of())
                                          .withPartitionKey(Optional.empty()))
                              .orElseGet(() -> Table.unseen(before.place(o)))));
      case ADD,
          DROP,
          TRUNCATE,
          REORGANIZE,
          COALESCE,
          EXCHANGE,
          REBUILD,
          OPTIMIZE,
          ANALYZE,
          CHECK,
          REPAIR,
          DISCARD_TABLESPACE,
          IMPORT_TABLESPACE -> {}
    }
  }

  /** The table behind {@code INHERIT}. */
  private static Optional<QualifiedName> parentIn(String clause) {
    Matcher parent = PARENT.matcher(clause);
    if (!parent.matches()) {
      return Optional.empty();
    }
    Optional<Name> schema = Optional.ofNullable(parent.group(1)).map(TableFolding::name);
    return Optional.of(new QualifiedName(schema, name(String.valueOf(parent.group(2)))));
  }

  private static Name name(String written) {
    return new Name(
        written.startsWith("\"")
            ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
            : written.toLowerCase(Locale.ROOT));
  }

  static void attach(Draft draft, Change.AttachPartition change) {
    Schema before = draft.schema();
    QualifiedName parent = before.resolve(change.parent());
    draft.change(
        change.partition(), t -> t.withParents(List.of(parent), Optional.of(change.bounds())));
    QualifiedName partition = before.resolve(change.partition());
    before
        .table(parent)
        .ifPresent(
            p ->
                ConstraintFolding.inheritedFrom(p, true).stream()
                    .filter(c -> !ConstraintFolding.hasLike(draft, partition, c))
                    .forEach(c -> ConstraintFolding.add(draft, partition, c)));
    IndexFolding.inherit(draft, parent, partition);
  }

  static void detach(Draft draft, QualifiedName parent, QualifiedName partition) {
    QualifiedName resolved = draft.schema().resolve(parent);
    draft.change(
        partition,
        t ->
            t.withParents(
                t.parents().stream().filter(p -> !p.equals(resolved)).toList(), Optional.empty()));
  }
}
