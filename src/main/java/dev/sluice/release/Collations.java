package dev.sluice.release;

import dev.sluice.schema.Column;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableCharset;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which texts a collation tells apart, by its name (manuals, "Collation Naming Conventions"): all,
 * those of other case, those of other accents, or fewer.
 */
final class Collations {

  private Collations() {}

  /** Of a column that is defined anew; empty where its keys take what they took. */
  static Optional<Verdict> coarser(Column before, Column after, Table table, Scene scene) {
    boolean fewer = coarser(name(before, table.properties()), name(after, table.properties()));
    return fewer && TableCharset.isText(after.type()) && inKey(table, before.name(), scene)
        ? Optional.of(verdict(before))
        : Optional.empty();
  }

  /** Of a table whose texts all take another collation. */
  static Optional<Verdict> coarser(Table table, Map<String, String> to, Scene scene) {
    String is =
        to.getOrDefault("COLLATE", to.getOrDefault("CHARSET", "").equals("binary") ? "_bin" : "");
    return table.columns().stream()
        .filter(c -> TableCharset.isText(c.type()))
        .filter(c -> inKey(table, c.name(), scene))
        .filter(c -> coarser(name(c, table.properties()), is))
        .findFirst()
        .map(Collations::verdict);
  }

  private static Verdict verdict(Column column) {
    return Verdict.contract(
            "a unique key is over "
                + column.name()
                + ", whose new collation takes texts for the same that the old one tells apart:"
                + " the second of 'A' and 'a' would be refused to the old version (error 1062)")
        .also("rows that are the same by the new collation stop the statement");
  }

  private static boolean inKey(Table table, Name column, Scene scene) {
    return table.primaryKey().contains(column)
        || scene.before().allIndexesOn(table.name()).stream()
            .filter(i -> i.unique())
            .flatMap(i -> i.columns().stream())
            .anyMatch(c -> c.column().equals(Optional.of(column)));
  }

  private static boolean coarser(String from, String to) {
    return fineness(from) > fineness(to);
  }

  /** What nobody says is taken for the coarsest, which character sets have of their own. */
  private static int fineness(String collation) {
    List<String> parts = List.of(collation.toLowerCase(Locale.ROOT).split("_", -1));
    if (parts.getLast().equals("bin") || collation.equals("binary")) {
      return 3;
    }
    return parts.contains("cs") ? 2 : parts.contains("as") ? 1 : 0;
  }

  private static String name(Column column, Map<String, String> table) {
    boolean own = column.attributes().charset().isPresent();
    return TableCharset.isBinary(column)
        ? "_bin"
        : column.collation().orElse(own ? "" : table.getOrDefault("COLLATE", ""));
  }
}
