package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.DataType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What is known of a type beyond its name. */
public final class Types {

  /** The integers by their bytes. */
  private static final List<String> INTEGERS =
      List.of("tinyint", "smallint", "mediumint", "int", "bigint");

  private static final Set<String> STRINGS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");

  private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
  private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");

  private static final Map<String, Integer> BYTES_OF_A_CHARACTER =
      Map.ofEntries(
          Map.entry("utf8mb4", 4),
          Map.entry("utf16", 4),
          Map.entry("utf16le", 4),
          Map.entry("utf32", 4),
          Map.entry("gb18030", 4),
          Map.entry("utf8mb3", 3),
          Map.entry("utf8", 3),
          Map.entry("eucjpms", 3),
          Map.entry("ujis", 3),
          Map.entry("ucs2", 2),
          Map.entry("big5", 2),
          Map.entry("cp932", 2),
          Map.entry("euckr", 2),
          Map.entry("gb2312", 2),
          Map.entry("gbk", 2),
          Map.entry("sjis", 2));

  private Types() {}

  /** Without {@code unsigned} and {@code zerofill}. */
  public static String base(DataType type) {
    int space = type.name().indexOf(' ');
    return space < 0 ? type.name() : type.name().substring(0, space);
  }

  public static boolean isUnsigned(DataType type) {
    return type.name().contains(" unsigned");
  }

  static boolean isZerofill(DataType type) {
    return type.name().contains(" zerofill");
  }

  /** Bytes, or rather their rank: greater holds more. -1 for what is no integer. */
  public static int integerRank(DataType type) {
    return INTEGERS.indexOf(base(type));
  }

  /** As for integers. */
  public static int textRank(DataType type) {
    return TEXTS.indexOf(base(type));
  }

  /** As for integers. */
  public static int blobRank(DataType type) {
    return BLOBS.indexOf(base(type));
  }

  /** Whether its values are texts in a character set. */
  public static boolean isString(DataType type) {
    return STRINGS.contains(base(type));
  }

  public static boolean isList(DataType type) {
    return base(type).equals("enum") || base(type).equals("set");
  }

  /** Varying length with a limit. */
  static boolean isVarying(DataType type) {
    return base(type).equals("varchar") || base(type).equals("varbinary");
  }

  /** The first argument; {@code otherwise} where there is none. */
  public static int length(DataType type, int otherwise) {
    return type.arguments().isEmpty() || !type.arguments().get(0).matches("\\d{1,9}")
        ? otherwise
        : Integer.parseInt(type.arguments().get(0));
  }

  /** The second argument; 0 where there is none. */
  public static int scale(DataType type) {
    return type.arguments().size() < 2 || !type.arguments().get(1).matches("\\d{1,3}")
        ? 0
        : Integer.parseInt(type.arguments().get(1));
  }

  /** At most; every character set that is not listed has one byte. */
  public static int bytesOfACharacter(String charset) {
    return BYTES_OF_A_CHARACTER.getOrDefault(charset, 1);
  }

  /**
   * The bytes that a value of an ENUM or SET takes (manuals, "String Type Storage Requirements").
   */
  static int bytesOfList(DataType type) {
    int values = type.arguments().size();
    if (base(type).equals("enum")) {
      return values <= 255 ? 1 : 2;
    }
    int bytes = (values + 7) / 8;
    return bytes <= 4 ? bytes : 8;
  }

  /** The most characters that a value of an ENUM or SET is shown with. */
  static int longest(DataType type) {
    IntStream words = type.arguments().stream().mapToInt(Types::characters);
    return base(type).equals("enum")
        ? words.max().orElse(0)
        : words.sum() + Math.max(0, type.arguments().size() - 1);
  }

  /** Of a word as it is written, in its quotes or without; what is escaped counts as more. */
  private static int characters(String word) {
    int all = word.codePointCount(0, word.length());
    return word.startsWith("'") ? all - 2 : all;
  }

  /** Whether the values of {@code to} begin with all values of {@code from}, in their order. */
  static boolean appends(DataType from, DataType to) {
    List<String> were = from.arguments();
    List<String> are = to.arguments();
    return base(from).equals(base(to))
        && are.size() >= were.size()
        && are.subList(0, were.size()).equals(were);
  }
}
