package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** A rule of a table that rows must keep. */
public sealed interface Constraint {

  /**
   * Empty where the text gives none; the engine then makes one up: see {@code Dialect.defaultName}.
   */
  Optional<Name> name();

  /** The same under another name. */
  Constraint named(Name name);

  /** The columns it stands on, in its order; empty where it is an expression over the row. */
  List<Name> columns();

  /** When it is checked. */
  enum Timing {
    IMMEDIATE,
    DEFERRABLE,
    INITIALLY_DEFERRED
  }

  /** What happens to children when the parent's row goes or changes. */
  enum Action {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  /**
   * Primary key.
   *
   * @param usingIndex the index it adopts, and then no columns are given; empty where it builds its
   *     own
   * @param storage what follows the columns ({@code INCLUDE … WITH … TABLESPACE}), as written; may
   *     be empty
   * @param modifiers of each column what stands behind it, {@code (10)} or {@code DESC}, or nothing
   *     (MySQL, MariaDB); empty where none has any
   */
  record PrimaryKey(
      Optional<Name> name,
      List<Name> columns,
      Optional<Name> usingIndex,
      Timing timing,
      String storage,
      List<String> modifiers)
      implements Constraint {
    public PrimaryKey {
      columns = List.copyOf(columns);
      modifiers = List.copyOf(modifiers);
      if (!modifiers.isEmpty() && modifiers.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a key has " + columns.size() + " columns and " + modifiers.size() + " modifiers");
      }
    }

    /** Over whole columns, in ascending order. */
    public PrimaryKey(
        Optional<Name> name,
        List<Name> columns,
        Optional<Name> usingIndex,
        Timing timing,
        String storage) {
      this(name, columns, usingIndex, timing, storage, List.of());
    }

    @Override
    public PrimaryKey named(Name other) {
      return new PrimaryKey(Optional.of(other), columns, usingIndex, timing, storage, modifiers);
    }

    /** The same over columns of other names, as many as it has. */
    public PrimaryKey over(List<Name> others) {
      return new PrimaryKey(name, others, usingIndex, timing, storage, modifiers);
    }

    /** Without one of its columns. */
    PrimaryKey without(Name column) {
      List<Name> others = columns.stream().filter(c -> !c.equals(column)).toList();
      return new PrimaryKey(
          name,
          others,
          usingIndex,
          timing,
          storage,
          modifiers.isEmpty() ? modifiers : others.stream().map(this::modifier).toList());
    }

    /** What stands behind the column; mostly empty. */
    public String modifier(Name column) {
      return modifiers.isEmpty() ? "" : modifiers.get(columns.indexOf(column));
    }
  }

  /**
   * Unique constraint.
   *
   * @param nullsDistinct false for NULLS NOT DISTINCT (PostgreSQL 15)
   * @param usingIndex as for a primary key
   * @param storage as for a primary key
   */
  record Unique(
      Optional<Name> name,
      List<Name> columns,
      boolean nullsDistinct,
      Optional<Name> usingIndex,
      Timing timing,
      String storage)
      implements Constraint {
    public Unique {
      columns = List.copyOf(columns);
    }

    @Override
    public Unique named(Name other) {
      return new Unique(Optional.of(other), columns, nullsDistinct, usingIndex, timing, storage);
    }
  }

  /**
   * Foreign key.
   *
   * @param parentColumns empty where the text leaves them out: the parent's primary key
   * @param matchFull whether MATCH FULL is asked for
   * @param validated false for NOT VALID: rows that were there before are not checked
   * @param index the name of the index that it makes where none serves it; empty for its own, and
   *     where it makes none (PostgreSQL)
   */
  record ForeignKey(
      Optional<Name> name,
      List<Name> columns,
      QualifiedName parent,
      List<Name> parentColumns,
      Action onDelete,
      Action onUpdate,
      boolean matchFull,
      Timing timing,
      boolean validated,
      Optional<Name> index)
      implements Constraint {
    public ForeignKey {
      columns = List.copyOf(columns);
      parentColumns = List.copyOf(parentColumns);
    }

    /** Its index, if it makes one, bears its name. */
    public ForeignKey(
        Optional<Name> name,
        List<Name> columns,
        QualifiedName parent,
        List<Name> parentColumns,
        Action onDelete,
        Action onUpdate,
        boolean matchFull,
        Timing timing,
        boolean validated) {
      this(
          name,
          columns,
          parent,
          parentColumns,
          onDelete,
          onUpdate,
          matchFull,
          timing,
          validated,
          Optional.empty());
    }

    @Override
    public ForeignKey named(Name other) {
      return new ForeignKey(
          Optional.of(other),
          columns,
          parent,
          parentColumns,
          onDelete,
          onUpdate,
          matchFull,
          timing,
          validated,
          index);
    }

    /** The same with NOT VALID, or without. */
    public ForeignKey validated(boolean is) {
      return new ForeignKey(
          name, columns, parent, parentColumns, onDelete, onUpdate, matchFull, timing, is, index);
    }
  }

  /**
   * Check.
   *
   * @param expression what stands between its parentheses
   * @param inherited false for NO INHERIT
   * @param validated false for NOT VALID
   * @param enforced false for NOT ENFORCED: it is there, and refuses nothing
   */
  record Check(
      Optional<Name> name,
      Fragment expression,
      boolean inherited,
      boolean validated,
      boolean enforced)
      implements Constraint {

    public Check(Optional<Name> name, Fragment expression, boolean inherited, boolean validated) {
      this(name, expression, inherited, validated, true);
    }

    @Override
    public List<Name> columns() {
      return List.of();
    }

    @Override
    public Check named(Name other) {
      return new Check(Optional.of(other), expression, inherited, validated, enforced);
    }

    /** The same with NOT VALID, or without. */
    public Check validated(boolean is) {
      return new Check(name, expression, inherited, is, enforced);
    }

    /** The same with NOT ENFORCED, or without. */
    public Check enforced(boolean is) {
      return new Check(name, expression, inherited, validated, is);
    }
  }

  /**
   * Exclusion constraint.
   *
   * @param definition what follows EXCLUDE, up to its timing
   */
  record Exclude(Optional<Name> name, Fragment definition, Timing timing) implements Constraint {
    @Override
    public List<Name> columns() {
      return List.of();
    }

    @Override
    public Exclude named(Name other) {
      return new Exclude(Optional.of(other), definition, timing);
    }
  }

  /**
   * NOT NULL as a named table constraint (PostgreSQL 18).
   *
   * @param validated false for NOT VALID
   */
  record NotNull(Optional<Name> name, Name column, boolean validated) implements Constraint {
    @Override
    public List<Name> columns() {
      return List.of(column);
    }

    @Override
    public NotNull named(Name other) {
      return new NotNull(Optional.of(other), column, validated);
    }
  }
}
