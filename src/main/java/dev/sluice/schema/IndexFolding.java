package dev.sluice.schema;

import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Indexes. */
final class IndexFolding {

  private static final Pattern INCLUDE = Pattern.compile("(?is)\\binclude\\s*\\(([^)]*)\\)");
  private static final Pattern METHOD = Pattern.compile("(?is)^\\s*using\\s+(\\w+)");

  /** Marks an index that nobody asked for: the foreign key made it. */
  private static final String OF_FOREIGN_KEY = "/* of a foreign key */";

  private IndexFolding() {}

  static void create(Draft draft, Change.CreateIndex change) {
    Index index = change.index();
    boolean there =
        index.name().flatMap(n -> draft.schema().index(n, Optional.of(index.table()))).isPresent();
    if (!change.ifNotExists() || !there) {
      boolean partitioned =
          draft.schema().table(index.table()).map(t -> t.partitionKey().isPresent()).orElse(true);
      add(draft, change.only() && partitioned ? withValid(index, false) : index);
      if (!change.only()) {
        QualifiedName table = draft.schema().resolve(index.table());
        for (Table heir : draft.schema().childrenOf(table)) {
          if (heir.bounds().isPresent()) {
            create(
                draft, new Change.CreateIndex(unnamedOn(index, heir.name()), false, false, false));
          }
        }
      }
    }
  }

  static void add(Draft draft, Index written) {
    Schema before = draft.schema();
    QualifiedName table = before.resolve(written.table());
    Index index =
        new Index(
            written.name().map(n -> table.withName(n.name())),
            table,
            written.unique(),
            written.method(),
            written.columns().stream()
                .map(c -> new IndexColumn(c.column(), before.resolved(c.key()), c.modifiers()))
                .toList(),
            written.include(),
            written.predicate().map(before::resolved),
            written.nullsDistinct(),
            written.storage(),
            written.valid(),
            written.hidden());
    Index named =
        index.name().isPresent()
            ? index
            : index.named(table.withName(draft.conventions.index(index, draft.taken(table))));
    draft.put(named);
    if (draft.conventions.foreignKeysAreIndexed()) {
      replacesThatOfForeignKey(draft, named);
    }
  }

  static void hide(Draft draft, Change.HideIndex change) {
    draft
        .schema()
        .index(change.index(), Optional.of(change.table()))
        .ifPresent(i -> draft.put(i.withHidden(change.hidden())));
  }

  /**
   * The index that a foreign key makes where none begins with its columns (MySQL, MariaDB). One
   * that another key has made for itself gives way to it, unless it is longer.
   */
  static void ofForeignKey(Draft draft, Table table, Constraint.ForeignKey key) {
    List<Index> serving =
        draft.schema().allIndexesOn(table.name()).stream()
            .filter(i -> begins(i, key.columns()))
            .toList();
    boolean there =
        serving.stream()
            .anyMatch(
                i ->
                    !i.storage().equals(OF_FOREIGN_KEY)
                        || i.columns().size() > key.columns().size());
    if (!there) {
      serving.forEach(draft::remove);
      Name placeholder = key.columns().getFirst();
      Index index =
          plain(
              table,
              key.columns().stream().map(c -> part(c, "")).toList(),
              true,
              OF_FOREIGN_KEY,
              table.name().withName(placeholder),
              false,
              method(false));
      Name name =
          key.index().orElseGet(() -> draft.conventions.index(index, draft.taken(table.name())));
      draft.put(index.named(table.name().withName(name)));
    }
  }

  /** What a foreign key made for itself goes once another index serves it. */
  static void replacesThatOfForeignKey(Draft draft, Index added) {
    draft.schema().allIndexesOn(added.table()).stream()
        .filter(i -> i.storage().equals(OF_FOREIGN_KEY) && !i.name().equals(added.name()))
        .filter(i -> begins(added, i.columns().stream().flatMap(c -> c.column().stream()).toList()))
        .forEach(draft::remove);
  }

  private static boolean begins(Index index, List<Name> columns) {
    return index.method().equals("btree")
        && index.columns().size() >= columns.size()
        && index.columns().subList(0, columns.size()).stream()
            .map(c -> c.column().filter(n -> !c.modifiers().startsWith("(")))
            .toList()
            .equals(columns.stream().map(Optional::of).toList());
  }

  /** A new partition gets an index for each of its parent's. */
  static void inherit(Draft draft, QualifiedName parent, QualifiedName partition) {
    Schema before = draft.schema();
    for (Index index : before.indexesOn(parent)) {
      boolean like =
          before.indexesOn(partition).stream()
              .anyMatch(i -> i.columns().equals(index.columns()) && i.unique() == index.unique());
      if (!like) {
        add(draft, unnamedOn(index, partition));
      }
    }
  }

  static void attach(Draft draft, Change.AttachIndex change) {
    Schema before = draft.schema();
    before
        .index(change.parent())
        .ifPresent(
            parent -> {
              long partitions =
                  before.childrenOf(parent.table()).stream()
                      .filter(t -> t.bounds().isPresent())
                      .count();
              long indexed =
                  before.childrenOf(parent.table()).stream()
                      .filter(
                          t ->
                              before.allIndexesOn(t.name()).stream()
                                  .anyMatch(i -> sameKeys(i, parent)))
                      .count();
              draft.put(withValid(parent, indexed >= partitions));
            });
  }

  static boolean isCounterpart(Index one, Index other) {
    return sameKeys(one, other)
        && one.unique() == other.unique()
        && one.predicate().map(Fragment::sql).equals(other.predicate().map(Fragment::sql));
  }

  private static boolean sameKeys(Index one, Index other) {
    return one.columns().stream()
        .map(c -> c.key().sql())
        .toList()
        .equals(other.columns().stream().map(c -> c.key().sql()).toList());
  }

  /** The index that a key or exclusion constraint builds, or the one it adopts under its name. */
  static void ofConstraint(
      Draft draft, Table table, Constraint constraint, Optional<Name> adopted) {
    Schema before = draft.schema();
    Name name = constraint.name().orElseThrow();
    Optional<Index> old =
        adopted.flatMap(a -> before.index(table.name().withName(a), Optional.of(table.name())));
    old.ifPresent(draft::remove);
    draft.put(
        old.map(i -> i.named(table.name().withName(name)))
            .orElseGet(() -> built(table, constraint, table.name().withName(name))));
  }

  private static Index built(Table table, Constraint constraint, QualifiedName name) {
    return switch (constraint) {
      case Constraint.PrimaryKey key ->
          plain(
              table,
              key.columns().stream().map(c -> part(c, key.modifier(c))).toList(),
              true,
              key.storage(),
              name,
              true,
              method(key.withoutOverlaps()));
      case Constraint.Unique key ->
          plain(
              table,
              key.columns().stream().map(c -> part(c, "")).toList(),
              key.nullsDistinct(),
              key.storage(),
              name,
              true,
              method(key.withoutOverlaps()));
      case Constraint.Exclude exclude -> {
        Matcher method = METHOD.matcher(exclude.definition().sql());
        yield new Index(
            Optional.of(name),
            table.name(),
            false,
            method.find() ? method.group(1).toLowerCase(java.util.Locale.ROOT) : "gist",
            List.of(new IndexColumn(Optional.empty(), exclude.definition(), "")),
            List.of(),
            Optional.empty(),
            true,
            "",
            true);
      }
      case Constraint.ForeignKey key -> throw noIndex(key);
      case Constraint.Check check -> throw noIndex(check);
      case Constraint.NotNull notNull -> throw noIndex(notNull);
    };
  }

  /** Spans of time are kept apart by GiST (manual, "CREATE TABLE": WITHOUT OVERLAPS). */
  private static String method(boolean withoutOverlaps) {
    return withoutOverlaps ? "gist" : "btree";
  }

  private static IllegalArgumentException noIndex(Constraint constraint) {
    return new IllegalArgumentException(constraint + " has no index");
  }

  private static IndexColumn part(Name column, String modifier) {
    return new IndexColumn(Optional.of(column), Fragment.literal(column.text()), modifier);
  }

  private static Index plain(
      Table table,
      List<IndexColumn> columns,
      boolean nullsDistinct,
      String storage,
      QualifiedName name,
      boolean unique,
      String method) {
    Matcher include = INCLUDE.matcher(storage);
    List<Name> carried =
        include.find()
            ? Stream.of(include.group(1).split(",", -1))
                .map(c -> c.strip().replace("\"", ""))
                .filter(c -> !c.isEmpty())
                .map(Name::new)
                .toList()
            : List.of();
    return new Index(
        Optional.of(name),
        table.name(),
        unique,
        method,
        columns,
        carried,
        Optional.empty(),
        nullsDistinct,
        storage,
        true);
  }

  static Index unnamedOn(Index index, QualifiedName table) {
    return new Index(
        Optional.empty(),
        table,
        index.unique(),
        index.method(),
        index.columns(),
        index.include(),
        index.predicate(),
        index.nullsDistinct(),
        index.storage(),
        index.valid(),
        index.hidden());
  }

  private static Index withValid(Index index, boolean valid) {
    return new Index(
        index.name(),
        index.table(),
        index.unique(),
        index.method(),
        index.columns(),
        index.include(),
        index.predicate(),
        index.nullsDistinct(),
        index.storage(),
        valid,
        index.hidden());
  }
}
