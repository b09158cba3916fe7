package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change.AlterTable.Property;
import dev.sluice.schema.TableProperties;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is said of a table as a whole (manuals, "CREATE TABLE"). */
final class TableOptions {

  /** Options with one value, which is a word, a number or a string. */
  private static final Map<String, Property> SIMPLE =
      Map.ofEntries(
          Map.entry("ENGINE", Property.ENGINE),
          Map.entry("TYPE", Property.ENGINE),
          Map.entry("ROW_FORMAT", Property.ROW_FORMAT),
          Map.entry("KEY_BLOCK_SIZE", Property.KEY_BLOCK_SIZE),
          Map.entry("AUTO_INCREMENT", Property.AUTO_INCREMENT),
          Map.entry("COMMENT", Property.COMMENT),
          Map.entry("COMPRESSION", Property.COMPRESSION),
          Map.entry("PAGE_COMPRESSED", Property.COMPRESSION),
          Map.entry("PAGE_COMPRESSION_LEVEL", Property.COMPRESSION),
          Map.entry("ENCRYPTION", Property.ENCRYPTION),
          Map.entry("ENCRYPTED", Property.ENCRYPTION),
          Map.entry("ENCRYPTION_KEY_ID", Property.ENCRYPTION),
          Map.entry("AUTOEXTEND_SIZE", Property.OTHER_OPTION),
          Map.entry("AVG_ROW_LENGTH", Property.OTHER_OPTION),
          Map.entry("CHECKSUM", Property.OTHER_OPTION),
          Map.entry("TABLE_CHECKSUM", Property.OTHER_OPTION),
          Map.entry("PAGE_CHECKSUM", Property.OTHER_OPTION),
          Map.entry("CONNECTION", Property.OTHER_OPTION),
          Map.entry("DELAY_KEY_WRITE", Property.OTHER_OPTION),
          Map.entry("ENGINE_ATTRIBUTE", Property.OTHER_OPTION),
          Map.entry("SECONDARY_ENGINE_ATTRIBUTE", Property.OTHER_OPTION),
          Map.entry("SECONDARY_ENGINE", Property.OTHER_OPTION),
          Map.entry("IETF_QUOTES", Property.OTHER_OPTION),
          Map.entry("INSERT_METHOD", Property.OTHER_OPTION),
          Map.entry("MAX_ROWS", Property.OTHER_OPTION),
          Map.entry("MIN_ROWS", Property.OTHER_OPTION),
          Map.entry("PACK_KEYS", Property.OTHER_OPTION),
          Map.entry("PASSWORD", Property.OTHER_OPTION),
          Map.entry("SEQUENCE", Property.OTHER_OPTION),
          Map.entry("STATS_AUTO_RECALC", Property.OTHER_OPTION),
          Map.entry("STATS_PERSISTENT", Property.OTHER_OPTION),
          Map.entry("STATS_SAMPLE_PAGES", Property.OTHER_OPTION),
          Map.entry("TRANSACTIONAL", Property.OTHER_OPTION),
          Map.entry("TABLESPACE", Property.TABLESPACE),
          Map.entry("STORAGE", Property.OTHER_OPTION));

  private static final Set<String> OF_PAGES =
      Set.of("PAGE_COMPRESSED", "PAGE_COMPRESSION_LEVEL", "ENCRYPTED", "ENCRYPTION_KEY_ID");

  /**
   * One of them.
   *
   * @param text as written
   */
  record Option(Property property, String text) {}

  private TableOptions() {}

  /** The option that stands here; empty where none does. */
  static Optional<Option> accept(Cursor cursor) {
    int start = cursor.start();
    return property(cursor).map(p -> new Option(p, cursor.since(start)));
  }

  private static Optional<Property> property(Cursor cursor) {
    int mark = cursor.mark();
    if (cursor.uses(Syntax.VERSIONING, cursor.accept("WITH", "SYSTEM", "VERSIONING"))) {
      return Optional.of(Property.ADD_VERSIONING);
    }
    if (cursor.accept("START", "TRANSACTION")) {
      return Optional.of(Property.OTHER_OPTION);
    }
    if (cursor.is("UNION")) {
      cursor.next();
      cursor.accept("=");
      cursor.parenthesised();
      return Optional.of(Property.OTHER_OPTION);
    }
    if (cursor.is("DATA", "DIRECTORY") || cursor.is("INDEX", "DIRECTORY")) {
      cursor.next();
      cursor.next();
      cursor.accept("=");
      cursor.string();
      return Optional.of(Property.OTHER_OPTION);
    }
    boolean byDefault = cursor.accept("DEFAULT");
    if (cursor.accept("CHARACTER", "SET") || cursor.acceptAny("CHARSET", "COLLATE")) {
      cursor.accept("=");
      value(cursor);
      // Set and collation are one property, and often come as a pair.
      if (cursor.is("COLLATE") || cursor.is("DEFAULT", "COLLATE")) {
        cursor.accept("DEFAULT");
        cursor.expect("COLLATE");
        cursor.accept("=");
        value(cursor);
      }
      return Optional.of(Property.DEFAULT_CHARSET);
    }
    if (byDefault) {
      cursor.back(mark);
      return Optional.empty();
    }
    return simple(cursor);
  }

  private static Optional<Property> simple(Cursor cursor) {
    Property property = SIMPLE.get(cursor.token().word());
    boolean ofEngine =
        property == null
            && cursor.ahead(1).is("=")
            && (cursor.token().kind() == Token.Kind.QUOTED
                || cursor.token().kind() == Token.Kind.WORD);
    if (property == null && !ofEngine) {
      return Optional.empty();
    }
    cursor.uses(Syntax.PAGES, OF_PAGES.contains(cursor.next().word()));
    cursor.accept("=");
    value(cursor);
    return Optional.of(property == null ? Property.OTHER_OPTION : property);
  }

  private static void value(Cursor cursor) {
    switch (cursor.token().kind()) {
      case WORD, QUOTED, NUMBER -> cursor.next();
      case STRING -> cursor.string();
      case VARIABLE, SIGN, END -> throw cursor.unexpected();
    }
  }

  /** What the options say, by name: see {@link dev.sluice.schema.Table#properties}. */
  static void put(Map<String, String> properties, Option option) {
    TableProperties.put(properties, option.property(), option.text());
  }

  static Map<String, String> none() {
    return new TreeMap<>();
  }
}
