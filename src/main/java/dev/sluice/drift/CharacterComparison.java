package dev.sluice.drift;

import dev.sluice.schema.Column;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableCharset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Character set and collation of a column (MySQL, MariaDB). Where the migrations say neither of
 * column nor of table, it is the table's, whatever that one's is.
 */
final class CharacterComparison {

  private static final String COLUMN = "column";
  private static final String CHARSET = "CHARSET";
  private static final String COLLATE = "COLLATE";

  private final Differences differences;

  CharacterComparison(Differences differences) {
    this.differences = differences;
  }

  /**
   * Both as the catalog would show them.
   *
   * @param inherits the migrations say nothing of the column itself
   */
  void compare(Sides sides, boolean inherits) {
    if (sides.made().properties().containsKey(TableCharset.FORMER)
        || sides.other().attributes().charset().isEmpty()) {
      return;
    }
    Map<String, String> table = sides.there().properties();
    String object = differences.shown(sides.made().name(), sides.column().name());
    String found = sides.other().attributes().charset().get();
    String wanted =
        sides.column().attributes().charset().orElseGet(() -> table.getOrDefault(CHARSET, found));
    differences.compare(COLUMN, object, "character set", wanted, found);
    Optional<String> collation =
        sides
            .column()
            .collation()
            .or(() -> inherits ? Optional.ofNullable(table.get(COLLATE)) : Optional.empty());
    if (wanted.equals(found) && collation.isPresent()) {
      differences.compare(
          COLUMN, object, "collation", collation.get(), sides.other().collation().orElse("none"));
    }
  }

  /** What new columns get, where the migrations say it. */
  void compare(Table made, Table there) {
    for (String key : List.of(CHARSET, COLLATE)) {
      Optional<String> said = Optional.ofNullable(made.properties().get(key));
      said.ifPresent(
          wanted ->
              differences.compare(
                  "table",
                  differences.shown(made.name()),
                  key.equals(CHARSET) ? "character set" : "collation",
                  wanted.toLowerCase(Locale.ROOT),
                  there.properties().getOrDefault(key, "none").toLowerCase(Locale.ROOT)));
    }
  }

  /** A column on both sides, with its table. */
  record Sides(Table made, Column column, Table there, Column other) {}
}
