package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Stated;
import dev.sluice.dialect.mysql.impact.Cost.Trait;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import java.util.List;
import java.util.Optional;

/**
 * The clauses of one ALTER TABLE together: a server runs them by one algorithm under one lock. Both
 * are the worst that any of them needs, and some need more beside each other than each by itself.
 */
final class Clauses {

  private final Server server;
  private final Storage before;
  private final Storage after;
  private final List<Cost> costs;

  /**
   * @param before the table as the statement finds it
   * @param after as it leaves it
   * @param costs of each clause by itself; not empty
   */
  Clauses(Server server, Storage before, Storage after, List<Cost> costs) {
    this.server = server;
    this.before = before;
    this.after = after;
    this.costs = List.copyOf(costs);
  }

  /**
   * @param words ALGORITHM and LOCK of the statement; where it says neither, how it is best run
   */
  Way way(Stated words) {
    boolean copies = words.algorithm().equals(Optional.of(Algorithm.COPY));
    Form form = copies ? Form.COPY : least(words);
    boolean inPlace =
        words.algorithm().isPresent() || words.lock().filter(LockMode::blocksWrites).isPresent();
    // A copy takes longer, and lets writers go on where they would wait in place.
    if (any(Trait.WRITES_WAIT) && !inPlace && copiesOnline()) {
      form = Form.COPY;
    }
    return new Way(algorithm(form), lock(form), form.work());
  }

  /** Why the server does not run them by what the statement says; empty where it does. */
  Optional<String> refused(Stated words) {
    Algorithm least = algorithm(least(words));
    if (any(Trait.UNSURE) && !words.algorithm().equals(Optional.of(Algorithm.COPY))) {
      return Optional.empty();
    }
    if (words.algorithm().filter(a -> a.compareTo(least) < 0).isPresent()) {
      return Optional.of(
          "ALGORITHM="
              + words.algorithm().get()
              + " cannot do it (errors 1845 and 1846); ALGORITHM="
              + algorithm(least(Stated.NOTHING))
              + " can");
    }
    if (words.lock().isEmpty()) {
      return Optional.empty();
    }
    boolean instant = words.algorithm().equals(Optional.of(Algorithm.INSTANT));
    if (instant && !server.isMariadb()) {
      return Optional.of("ALGORITHM=INSTANT takes no LOCK (error 1221); leave it out");
    }
    return writersWait(words) && !words.lock().get().blocksWrites()
        ? Optional.of("LOCK=NONE cannot be kept (error 1846); LOCK=SHARED lets readers go on")
        : Optional.empty();
  }

  private boolean writersWait(Stated words) {
    Way way = way(words);
    return way.work() != Work.INSTANT && way.lock().blocksWrites();
  }

  /** The best of all forms that the words allow, whether writers wait for it or not. */
  private Form least(Stated words) {
    Form form = costs.stream().map(Cost::form).reduce(Form.INSTANT, Form::max);
    if (costs.size() > 1) {
      form = form.max(besideEachOther(form));
    }
    if (any(Trait.DROPS_PRIMARY_KEY)) {
      // MariaDB sorts the rows by another key in place, where one is left.
      boolean another = server.isMariadb() && after.isKnown() && after.hasKey();
      form = form.max(any(Trait.ADDS_PRIMARY_KEY) || another ? Form.REBUILD : Form.COPY);
    }
    // By INPLACE, MySQL writes the rows anew where INSTANT adds or drops the column in the catalog.
    boolean inPlace = words.algorithm().equals(Optional.of(Algorithm.INPLACE));
    if (inPlace && !server.isMariadb() && (any(Trait.ADDS_COLUMN) || any(Trait.DROPS_COLUMN))) {
      form = form.max(Form.REBUILD);
    }
    return before.isInnodb() ? onThisTable(form) : withoutInnodb(form);
  }

  private boolean any(Trait trait) {
    return costs.stream().anyMatch(c -> c.has(trait));
  }

  private boolean onlyBeside(Trait trait, Trait... others) {
    List<Trait> allowed = List.of(others);
    return costs.stream()
        .allMatch(c -> c.has(trait) || c.traits().stream().anyMatch(allowed::contains));
  }

  private Form besideEachOther(Form worst) {
    Form least = Form.INSTANT;
    boolean columns = any(Trait.ADDS_COLUMN) || any(Trait.DROPS_COLUMN);
    // What was added or dropped in the catalog alone is written into the rows where anything else
    // is
    // done to InnoDB's part of the table. MariaDB lets indexes go beside it.
    Form tooMuch = server.isMariadb() ? Form.BUILD : Form.CATALOG;
    if (columns && worst.compareTo(tooMuch) >= 0) {
      least = Form.REBUILD;
    }
    if (any(Trait.OPTION)
        && !server.isMariadb()
        && !onlyBeside(Trait.OPTION, Trait.QUIET, Trait.RENAMES_TABLE)) {
      least = Form.REBUILD;
    }
    return least.max(besideVirtual(columns));
  }

  /** Virtual columns come and go with few other clauses, or the table is copied. */
  private Form besideVirtual(boolean columns) {
    if (any(Trait.ADDS_VIRTUAL)) {
      boolean mixed = any(Trait.DROPS_VIRTUAL) || (server.isMariadb() && any(Trait.ADDS_COLUMN));
      boolean fits =
          server.isMariadb()
              ? costs.stream().allMatch(c -> virtualTakes(c) || c.has(Trait.DROPS_COLUMN))
              : costs.stream().allMatch(c -> virtualTakes(c) || c.has(Trait.QUIET) || columns);
      return !mixed && fits ? Form.INSTANT : Form.COPY;
    }
    if (any(Trait.DROPS_VIRTUAL)) {
      return onlyBeside(Trait.DROPS_VIRTUAL, Trait.DROPS_COLUMN) ? Form.INSTANT : Form.COPY;
    }
    return Form.INSTANT;
  }

  private static boolean virtualTakes(Cost cost) {
    return cost.has(Trait.ADDS_VIRTUAL)
        || (cost.form() == Form.BUILD
            && cost.traits().stream().allMatch(Trait.WRITES_WAIT::equals));
  }

  /** What InnoDB cannot do to this table in that form. */
  private Form onThisTable(Form form) {
    if (form == Form.COPY) {
      return form;
    }
    if (!after.isKnown()) {
      // A full-text index or a virtual column may be there: both forbid to write it anew in place.
      boolean touchesRows =
          form == Form.REBUILD || any(Trait.ADDS_COLUMN) || any(Trait.DROPS_COLUMN);
      return touchesRows ? Form.COPY : form;
    }
    if (form == Form.REBUILD && after.hasFulltext() && !any(Trait.ADDS_FULLTEXT)) {
      return Form.COPY;
    }
    return server.isMariadb() ? onMariadb(form) : onMysql(form);
  }

  private Form onMysql(Form form) {
    return form == Form.REBUILD && any(Trait.MOVES_VIRTUAL) ? Form.COPY : form;
  }

  private Form onMariadb(Form form) {
    // Seen on 11.4.5: not even a comment or a default is changed otherwise, but such a key goes.
    boolean dropsIt = !after.hasHashedKey() && costs.size() == 1 && !any(Trait.DROPS_COLUMN);
    if (before.hasHashedKey() && !dropsIt && !onlyBeside(Trait.RENAMES_TABLE)) {
      return Form.COPY;
    }
    boolean columns = any(Trait.ADDS_COLUMN) || any(Trait.DROPS_COLUMN) || any(Trait.MOVES);
    boolean touchesRows = form == Form.REBUILD || (form.compareTo(Form.CATALOG) <= 0 && columns);
    if (touchesRows && after.hasIndexedVirtualColumns()) {
      return Form.COPY;
    }
    if (columns && any(Trait.OPTION) && after.hasVirtualColumns()) {
      return Form.COPY;
    }
    boolean changesColumns = form == Form.REBUILD && !any(Trait.KEEPS_COLUMNS);
    if (after.hasVirtualColumns() && (changesColumns || any(Trait.MOVES))) {
      return Form.COPY;
    }
    return form;
  }

  /** Other engines know the catalog and the copy. */
  private Form withoutInnodb(Form form) {
    boolean rows = any(Trait.ADDS_COLUMN) || any(Trait.DROPS_COLUMN) || any(Trait.MOVES);
    boolean onlyOptions = costs.stream().allMatch(c -> c.has(Trait.OPTION) || c.has(Trait.QUIET));
    if (form == Form.CATALOG && onlyOptions) {
      return Form.INSTANT;
    }
    return form == Form.INSTANT && !rows ? form : Form.COPY;
  }

  private Algorithm algorithm(Form form) {
    return switch (form) {
      case INSTANT -> Algorithm.INSTANT;
      case CATALOG, BUILD -> server.isMariadb() ? Algorithm.NOCOPY : Algorithm.INPLACE;
      case REBUILD -> Algorithm.INPLACE;
      case COPY -> Algorithm.COPY;
    };
  }

  private LockMode lock(Form form) {
    return switch (form) {
      case INSTANT, CATALOG -> LockMode.MYSQL_EXCLUSIVE;
      case BUILD, REBUILD -> any(Trait.WRITES_WAIT) ? LockMode.MYSQL_SHARED : LockMode.MYSQL_NONE;
      case COPY -> copiesOnline() ? LockMode.MYSQL_NONE : LockMode.MYSQL_SHARED;
    };
  }

  // MariaDB keeps a log of what writers do to the table meanwhile. What reaches the rows without a
  // statement is not in it; a key that only this statement makes lets nothing through before.
  private boolean copiesOnline() {
    return server.has(Feature.ONLINE_COPY)
        && after.isKnown()
        && !before.isReachedByCascade()
        && !any(Trait.NOT_ONLINE);
  }
}
