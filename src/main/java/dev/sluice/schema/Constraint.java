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
   * @param modifiers of each column what stands behind it, or nothing: {@code (10)} or {@code DESC}
   *     (MySQL, MariaDB), {@code WITHOUT OVERLAPS} (PostgreSQL 18); empty where none has any
   */
  record PrimaryKey(
      Optional<Name> name,
      List<Name> columns,
      Optional<Name> usingIndex,
      Timing timing,
      String storage,
      List<String> modifiers)
      implements Constraint {

    /** The modifier of a span of time. */
    public static final String WITHOUT_OVERLAPS = "WITHOUT OVERLAPS";

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

    /** Whether the last column is a span of time, of which no two may overlap. */
    public boolean withoutOverlaps() {
      return !modifiers.isEmpty() && modifiers.getLast().equals(WITHOUT_OVERLAPS);
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
   * @param withoutOverlaps whether the last column is a span of time, of which no two may overlap
   *     where all others are the same (PostgreSQL 18)
   */
  record Unique(
      Optional<Name> name,
      List<Name> columns,
      boolean nullsDistinct,
      Optional<Name> usingIndex,
      Timing timing,
      String storage,
      boolean withoutOverlaps)
      implements Constraint {
    public Unique {
      columns = List.copyOf(columns);
    }

    /** Of values that are compared for being the same. */
    public Unique(
        Optional<Name> name,
        List<Name> columns,
        boolean nullsDistinct,
        Optional<Name> usingIndex,
        Timing timing,
        String storage) {
      this(name, columns, nullsDistinct, usingIndex, timing, storage, false);
    }

    @Override
    public Unique named(Name other) {
      return with(Optional.of(other), columns, usingIndex);
    }

    /** The same over columns of other names, as many as it has. */
    public Unique over(List<Name> others) {
      return with(name, others, usingIndex);
    }

    /** The same with an index of its own. */
    Unique owningItsIndex() {
      return with(name, columns, Optional.empty());
    }

    /** The same without a name, and with an index of its own. */
    Unique unnamed() {
      return with(Optional.empty(), columns, Optional.empty());
    }

    private Unique with(Optional<Name> itsName, List<Name> over, Optional<Name> adopted) {
      return new Unique(itsName, over, nullsDistinct, adopted, timing, storage, withoutOverlaps);
    }
  }

  /**
   * Foreign key.
   *
   * @param parentColumns empty where the text leaves them out: the parent's primary key
   * @param matchFull whether MATCH FULL is asked for
   * @param validated false for NOT VALID: rows that were there before are not checked; never true
   *     of a key that is not enforced
   * @param index the name of the index that it makes where none serves it; empty for its own, and
   *     where it makes none (PostgreSQL)
   * @param cleared the only columns that ON DELETE SET NULL and SET DEFAULT act on (PostgreSQL 15);
   *     empty for all of them
   * @param enforced false for NOT ENFORCED: it is there, and refuses nothing (PostgreSQL 18)
   * @param period whether the last column is a PERIOD: a span of time that rows of the parent
   *     together must cover (PostgreSQL 18)
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
      Optional<Name> index,
      List<Name> cleared,
      boolean enforced,
      boolean period)
      implements Constraint {
    public ForeignKey {
      columns = List.copyOf(columns);
      parentColumns = List.copyOf(parentColumns);
      cleared = List.copyOf(cleared);
    }

    /** Enforced on whole columns, which its actions reach alike. */
    public ForeignKey(
        Optional<Name> name,
        List<Name> columns,
        QualifiedName parent,
        List<Name> parentColumns,
        Action onDelete,
        Action onUpdate,
        boolean matchFull,
        Timing timing,
        boolean validated,
        Optional<Name> index) {
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
          index,
          List.of(),
          true,
          false);
    }

    @Override
    public ForeignKey named(Name other) {
      return with(Optional.of(other), index);
    }

    /** The same, but for what its index is called. */
    public ForeignKey withIndex(Optional<Name> other) {
      return with(name, other);
    }

    private ForeignKey with(Optional<Name> itsName, Optional<Name> itsIndex) {
      return new ForeignKey(
          itsName,
          columns,
          parent,
          parentColumns,
          onDelete,
          onUpdate,
          matchFull,
          timing,
          validated,
          itsIndex,
          cleared,
          enforced,
          period);
    }

    /** The same over columns of other names, as many as it has. */
    public ForeignKey over(List<Name> others) {
      return between(others, parent, parentColumns);
    }

    /** The same to another parent, or to other columns of it. */
    public ForeignKey to(QualifiedName other, List<Name> itsColumns) {
      return between(columns, other, itsColumns);
    }

    private ForeignKey between(List<Name> own, QualifiedName other, List<Name> itsColumns) {
      return new ForeignKey(
          name,
          own,
          other,
          itsColumns,
          onDelete,
          onUpdate,
          matchFull,
          timing,
          validated,
          index,
          cleared.stream().map(c -> columns.contains(c) ? own.get(columns.indexOf(c)) : c).toList(),
          enforced,
          period);
    }

    /** The same with NOT VALID, or without. */
    public ForeignKey validated(boolean is) {
      return checked(is, enforced, timing);
    }

    /** The same with NOT ENFORCED, or without; then every row has been checked. */
    public ForeignKey enforced(boolean is) {
      return is == enforced ? this : checked(is, is, timing);
    }

    /** The same, checked at another time. */
    public ForeignKey timed(Timing other) {
      return checked(validated, enforced, other);
    }

    private ForeignKey checked(boolean isValidated, boolean isEnforced, Timing when) {
      return new ForeignKey(
          name,
          columns,
          parent,
          parentColumns,
          onDelete,
          onUpdate,
          matchFull,
          when,
          isValidated,
          index,
          cleared,
          isEnforced,
          period);
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
