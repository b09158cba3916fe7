package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * An index.
 *
 * @param name empty where the text gives none; the engine then makes one up
 * @param method {@code btree}, {@code gin}, {@code fulltext}, …: lower case
 * @param columns in index order
 * @param include columns carried along, not searched by; may be empty
 * @param predicate of a partial index; empty for a whole one
 * @param nullsDistinct false for NULLS NOT DISTINCT
 * @param storage {@code WITH (…) TABLESPACE …}, as written; may be empty
 * @param valid false after a concurrent build that failed
 * @param hidden kept up, but no query uses it: INVISIBLE, IGNORED (MySQL, MariaDB)
 */
public record Index(
    Optional<QualifiedName> name,
    QualifiedName table,
    boolean unique,
    String method,
    List<IndexColumn> columns,
    List<Name> include,
    Optional<Fragment> predicate,
    boolean nullsDistinct,
    String storage,
    boolean valid,
    boolean hidden) {

  public Index {
    columns = List.copyOf(columns);
    include = List.copyOf(include);
  }

  /** One that queries use: every index of PostgreSQL. */
  public Index(
      Optional<QualifiedName> name,
      QualifiedName table,
      boolean unique,
      String method,
      List<IndexColumn> columns,
      List<Name> include,
      Optional<Fragment> predicate,
      boolean nullsDistinct,
      String storage,
      boolean valid) {
    this(
        name,
        table,
        unique,
        method,
        columns,
        include,
        predicate,
        nullsDistinct,
        storage,
        valid,
        false);
  }

  /**
   * One key.
   *
   * @param column the plain column; empty for an expression
   * @param key the column or expression as written, parentheses included
   * @param modifiers collation, operator class, order, prefix length, as written; may be empty
   */
  public record IndexColumn(Optional<Name> column, Fragment key, String modifiers) {}

  /**
   * Whether every key is a plain column in ascending order without a predicate: what USING INDEX
   * adopts.
   */
  public boolean plain() {
    return predicate.isEmpty()
        && columns.stream().allMatch(c -> c.column().isPresent() && c.modifiers().isEmpty());
  }

  /**
   * Whether it names {@code column} anywhere: as a key, inside an expression, carried along or
   * filtered by.
   */
  public boolean names(Name column) {
    return include.contains(column)
        || columns.stream()
            .anyMatch(
                c ->
                    c.column().map(column::equals).orElse(false)
                        || holds(c.key().references(), column))
        || predicate.map(p -> holds(p.references(), column)).orElse(false);
  }

  private static boolean holds(References references, Name column) {
    return !references.complete()
        || references.columns().stream().anyMatch(c -> c.name().map(column::equals).orElse(true));
  }

  public Index named(QualifiedName other) {
    return new Index(
        Optional.of(other),
        table,
        unique,
        method,
        columns,
        include,
        predicate,
        nullsDistinct,
        storage,
        valid,
        hidden);
  }

  public Index withHidden(boolean is) {
    return new Index(
        name,
        table,
        unique,
        method,
        columns,
        include,
        predicate,
        nullsDistinct,
        storage,
        valid,
        is);
  }
}
