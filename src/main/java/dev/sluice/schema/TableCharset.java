package dev.sluice.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What columns become when their table's character set changes (MySQL, MariaDB). */
public final class TableCharset {

  /** A property that is set where columns have a character set that nobody said. */
  public static final String FORMER = "FORMER CHARSET";

  private static final Set<String> TEXT =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");

  private static final List<String> LONGER = List.of("tinytext", "text", "mediumtext", "longtext");

  /** Bytes of the longest character; those that are not named have one (manual, "SHOW CHARSET"). */
  private static final Map<String, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry("big5", 2),
          Map.entry("cp932", 2),
          Map.entry("euckr", 2),
          Map.entry("gb2312", 2),
          Map.entry("gbk", 2),
          Map.entry("sjis", 2),
          Map.entry("ucs2", 2),
          Map.entry("eucjpms", 3),
          Map.entry("ujis", 3),
          Map.entry("utf8", 3),
          Map.entry("utf8mb3", 3),
          Map.entry("gb18030", 4),
          Map.entry("utf16", 4),
          Map.entry("utf16le", 4),
          Map.entry("utf32", 4),
          Map.entry("utf8mb4", 4));

  /** Behind a type: the binary collation of its character set. */
  private static final Pattern BINARY = Pattern.compile("\\bBINARY\\b");

  private TableCharset() {}

  /** Whether BINARY stands behind the column's type. */
  public static boolean isBinary(Column column) {
    return BINARY.matcher(column.options()).find();
  }

  /** Whether a column of the type has a character set. */
  public static boolean isText(DataType type) {
    return TEXT.contains(type.name());
  }

  /** A new default is for new columns: the others keep the table's former one. */
  static Table pinned(Table table, Map<String, String> former) {
    Optional<String> charset = Optional.ofNullable(former.get("CHARSET"));
    Optional<String> collation = Optional.ofNullable(former.get("COLLATE"));
    if (charset.isEmpty() && collation.isEmpty()) {
      return withFormer(table, true);
    }
    return withTexts(
        table,
        c ->
            c.attributes().charset().isEmpty() && c.collation().isEmpty()
                ? c.withType(c.type(), isBinary(c) ? Optional.empty() : collation)
                    .withAttributes(c.attributes().withCharset(charset))
                : c);
  }

  /**
   * Every string column takes the table's character set. A TEXT that could hold less in it than
   * before becomes the next longer one (manual, "ALTER TABLE", "Changing the Character Set").
   */
  static Table converted(Table table, Map<String, String> former) {
    Optional<String> to = Optional.ofNullable(table.properties().get("CHARSET"));
    Optional<String> before =
        Optional.ofNullable(former.get("CHARSET"))
            .or(() -> Optional.ofNullable(former.get("COLLATE")).map(TableCharset::ofCollation));
    boolean unknown =
        table.columns().stream()
            .filter(c -> LONGER.contains(c.type().name()))
            .anyMatch(c -> own(c).or(() -> before).isEmpty());
    return withTexts(
        withFormer(table, unknown),
        c ->
            c.withType(longer(c.type(), own(c).or(() -> before), to), Optional.empty())
                .withOptions(BINARY.matcher(c.options()).replaceAll("").strip())
                .withAttributes(c.attributes().withCharset(Optional.empty())));
  }

  private static Optional<String> own(Column column) {
    return column
        .attributes()
        .charset()
        .or(() -> column.collation().map(TableCharset::ofCollation));
  }

  private static String ofCollation(String collation) {
    return collation.replaceFirst("_.*", "");
  }

  private static DataType longer(DataType type, Optional<String> from, Optional<String> to) {
    int at = LONGER.indexOf(type.name());
    boolean wider =
        from.isPresent()
            && to.isPresent()
            && WIDTHS.getOrDefault(to.get(), 1) > WIDTHS.getOrDefault(from.get(), 1);
    if (at < 0 || !wider || at + 1 == LONGER.size()) {
      return type;
    }
    String name = LONGER.get(at + 1);
    return new DataType(name, List.of(), 0, name);
  }

  private static Table withFormer(Table table, boolean unknown) {
    Map<String, String> properties = new TreeMap<>(table.properties());
    if (unknown) {
      properties.put(FORMER, "UNKNOWN");
    } else {
      properties.remove(FORMER);
    }
    return table.withProperties(properties);
  }

  private static Table withTexts(Table table, UnaryOperator<Column> how) {
    return table.withColumns(
        table.columns().stream().map(c -> isText(c.type()) ? how.apply(c) : c).toList());
  }
}
