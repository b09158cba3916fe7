package dev.sluice.migration;

import dev.sluice.sql.Location;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the author of a migration tells Sluice about a statement, because SQL cannot say it.
 * Expressions are SQL as written, placeholders unresolved.
 */
public sealed interface Directive {

  /** Where it stands. */
  Place place();

  /**
   * A place that a message can name.
   *
   * @param file the migration, the file beside it, or the settings file
   */
  record Place(String file, Location location) {
    @Override
    public String toString() {
      return file + ":" + location;
    }
  }

  /**
   * One rule is silent about the statement.
   *
   * @param rule its id, one of {@link Rule}
   * @param reason never empty
   */
  record Allow(Place place, String rule, String reason) implements Directive {}

  /** What a statement may be allowed to make others wait for. */
  enum Rule {
    TABLE_REWRITE,
    BLOCKING_INDEX_BUILD,
    TABLE_SCAN,
    LONG_LOCK;

    /** {@code table-rewrite}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All of them, for messages. */
    public static List<String> ids() {
      return Arrays.stream(values()).map(Rule::id).toList();
    }
  }

  /**
   * The statement runs in this phase, whatever its kind.
   *
   * @param reason never empty
   */
  record RunIn(Place place, When when, String reason) implements Directive {}

  /** Before the new version rolls out, or after the old one is gone. */
  enum When {
    PRE_DEPLOY,
    POST_DEPLOY
  }

  /**
   * A column by its name.
   *
   * @param table unquoted, otherwise as written
   * @param column unquoted, otherwise as written
   */
  record Target(QualifiedName table, Name column) {
    @Override
    public String toString() {
      return table + "." + column;
    }
  }

  /**
   * How an old column and the one that replaces it map onto each other, where no cast does.
   *
   * @param target the new column
   * @param up the new value, from the old columns
   * @param down the old value, from the new column
   */
  record Mapping(Place place, Target target, String up, String down) implements Directive {}

  /**
   * What rows get in a new NOT NULL column that the old version does not write.
   *
   * @param target the column; empty for the one that the statement adds
   */
  record Fill(Place place, Optional<Target> target, String expression) implements Directive {}

  /**
   * The default that a column gets which the new version no longer writes, until it is dropped.
   *
   * @param target the column; empty for the one that the statement drops
   */
  record Default(Place place, Optional<Target> target, String expression) implements Directive {}
}
