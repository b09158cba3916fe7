package dev.sluice.schema;

import dev.sluice.schema.Change.AlterTable.Property;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is kept of a table as a whole, read off the clause that sets it. */
public final class TableProperties {

  private static final Pattern CHARSET =
      Pattern.compile("(?is)\\b(?:charset|character\\s+set)\\s*=?\\s*[`'\"]?(\\w+)[`'\"]?");
  private static final Pattern COLLATE =
      Pattern.compile("(?is)\\bcollate\\s*=?\\s*[`'\"]?(\\w+)[`'\"]?");
  private static final Pattern OPTION =
      Pattern.compile("(?is)^`?([a-z_]+)`?\\s*=?\\s*[`'\"]?([^`'\"]*)[`'\"]?$");

  /** Of a table of PostgreSQL whose rows a crash takes. */
  static final Map<String, String> UNLOGGED = Map.of("UNLOGGED", "YES");

  private TableProperties() {}

  static Table altered(Table table, Change.AlterTable change) {
    Map<String, String> properties = new TreeMap<>(table.properties());
    put(properties, change.property(), change.text());
    Table with = table.withProperties(properties);
    return switch (change.property()) {
      case CONVERT_CHARSET -> TableCharset.converted(with, table.properties());
      case DEFAULT_CHARSET -> TableCharset.pinned(with, table.properties());
      case PARTITION_BY -> with.withPartitionKey(Optional.of(Fragment.literal(change.text())));
      case REMOVE_PARTITIONING -> with.withPartitionKey(Optional.empty());
      default -> with;
    };
  }

  /**
   * Takes a clause up.
   *
   * @param properties by name in upper case, as in {@link Table#properties}; changed
   * @param text the clause, as written
   */
  public static void put(Map<String, String> properties, Property property, String text) {
    switch (property) {
      case DEFAULT_CHARSET, CONVERT_CHARSET -> {
        Optional<String> charset = first(CHARSET, text);
        Optional<String> collation = first(COLLATE, text);
        charset.ifPresent(c -> properties.put("CHARSET", c.toLowerCase(Locale.ROOT)));
        // A character set brings its own collation along.
        if (charset.isPresent()) {
          properties.remove("COLLATE");
        }
        collation.ifPresent(c -> properties.put("COLLATE", c.toLowerCase(Locale.ROOT)));
      }
      case UNLOGGED -> properties.putAll(UNLOGGED);
      case LOGGED -> properties.keySet().removeAll(UNLOGGED.keySet());
      case ADD_VERSIONING -> properties.put("SYSTEM VERSIONING", "YES");
      case DROP_VERSIONING -> properties.remove("SYSTEM VERSIONING");
      case ENGINE,
          ROW_FORMAT,
          KEY_BLOCK_SIZE,
          AUTO_INCREMENT,
          COMMENT,
          ENCRYPTION,
          COMPRESSION,
          OTHER_OPTION -> {
        Matcher option = OPTION.matcher(text.strip());
        if (option.matches()) {
          properties.put(option.group(1).toUpperCase(Locale.ROOT), option.group(2).strip());
        }
      }
      default -> {}
    }
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
