package dev.sluice.dialect.mysql.impact;

import java.util.EnumSet;
import java.util.Set;

/**
 * What one clause asks of the server by itself. What it costs in its statement depends on the
 * clauses beside it and on the table: see {@link Clauses}.
 */
record Cost(Form form, Set<Trait> traits) {

  /** What decides which clauses a server takes together. */
  enum Trait {
    /** Writers wait whatever form it takes. */
    WRITES_WAIT,
    /** MariaDB does not copy for it while writers go on. */
    NOT_ONLINE,
    /** No row and no index of InnoDB is concerned: a default, a comment of a column. */
    QUIET,
    /** An option of the whole table. */
    OPTION,
    /** A stored column comes. */
    ADDS_COLUMN,
    /** A stored column goes. */
    DROPS_COLUMN,
    /** A stored column comes or moves in front of others. */
    MOVES,
    ADDS_VIRTUAL,
    DROPS_VIRTUAL,
    /** A virtual column that is there changes its place. */
    MOVES_VIRTUAL,
    RENAMES_TABLE,
    ADDS_FULLTEXT,
    ADDS_PRIMARY_KEY,
    /** Without a new primary key in the same statement the table is copied. */
    DROPS_PRIMARY_KEY,
    /** The table is written as it is, column by column. */
    KEEPS_COLUMNS,
    /** It costs less where the character set that nobody said is a fitting one. */
    UNSURE
  }

  Cost {
    traits = Set.copyOf(traits);
  }

  static Cost of(Form form, Trait... traits) {
    Set<Trait> all = EnumSet.noneOf(Trait.class);
    all.addAll(Set.of(traits));
    return new Cost(form, all);
  }

  /** The same, and at least {@code least}. */
  Cost atLeast(Form least) {
    return new Cost(form.max(least), traits);
  }

  Cost with(Trait trait) {
    Set<Trait> more = EnumSet.of(trait);
    more.addAll(traits);
    return new Cost(form, more);
  }

  /** Of both parts of one clause. */
  Cost and(Cost other) {
    Set<Trait> both = EnumSet.noneOf(Trait.class);
    both.addAll(traits);
    both.addAll(other.traits);
    if (!(has(Trait.QUIET) && other.has(Trait.QUIET))) {
      both.remove(Trait.QUIET);
    }
    return new Cost(form.max(other.form), both);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
