package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Column;
import dev.sluice.schema.TableCharset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The character set and collation of a column.
 *
 * @param charset lower case; empty where it is the database's own, which is not known
 * @param collation lower case; empty where it is the character set's own
 */
public record Text(Optional<String> charset, Optional<String> collation) {

  private static final Set<String> WHOLE_UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");

  /**
   * A column says it itself, or has it from its table. A collation alone brings its character set
   * along, and the other way round.
   */
  public static Text of(Column column, Map<String, String> table) {
    Optional<String> ownCollation =
        column.collation().map(Text::name).or(() -> binary(column, table));
    Optional<String> ownCharset =
        column.attributes().charset().map(Text::name).or(() -> ownCollation.map(Text::charsetOf));
    if (ownCharset.isPresent()) {
      return new Text(ownCharset, ownCollation);
    }
    return of(table);
  }

  /** BINARY behind a type is the character set's own binary collation. */
  private static Optional<String> binary(Column column, Map<String, String> table) {
    Optional<String> charset = column.attributes().charset().map(Text::name);
    return TableCharset.isBinary(column)
        ? Optional.of(charset.or(() -> of(table).charset).orElse("utf8mb4") + "_bin")
        : Optional.empty();
  }

  /** What the table's properties say. */
  public static Text of(Map<String, String> table) {
    Optional<String> collation = Optional.ofNullable(table.get("COLLATE")).map(Text::name);
    Optional<String> charset =
        Optional.ofNullable(table.get("CHARSET"))
            .map(Text::name)
            .or(() -> collation.map(Text::charsetOf));
    return new Text(charset, collation);
  }

  private static String name(String written) {
    String lower = written.replaceAll("[`'\"]", "").strip().toLowerCase(Locale.ROOT);
    if (lower.equals("utf8")) {
      return "utf8mb3";
    }
    return lower.startsWith("utf8_") ? "utf8mb3_" + lower.substring(5) : lower;
  }

  private static String charsetOf(String collation) {
    int end = collation.indexOf('_');
    return end < 0 ? collation : collation.substring(0, end);
  }

  public boolean sameCharset(Text other) {
    return charset.equals(other.charset);
  }

  /** Whether texts compare alike by both, as far as it is said. */
  public boolean sameCollation(Text other) {
    return collation.equals(other.collation);
  }

  /** Whether every text is the same bytes in {@code other}. */
  boolean isPartOf(Text other) {
    boolean mb3ToMb4 =
        charset.map("utf8mb3"::equals).orElse(false)
            && other.charset.map("utf8mb4"::equals).orElse(false);
    return sameCharset(other) || mb3ToMb4;
  }

  /** Whether every text can be written in {@code other}. */
  public boolean isHeldBy(Text other) {
    return sameCharset(other)
        || other.charset.map(WHOLE_UNICODE::contains).orElse(false)
        || charset.map("ascii"::equals).orElse(false);
  }

  /**
   * How many bytes a character takes at most: each number that it can be. Where nobody says a
   * character set it is the server's own; a plan that is wrong in that is refused by the server,
   * which is told the algorithm.
   */
  Set<Integer> bytesOfACharacter(Server server) {
    Set<Integer> unsaid = server.has(Feature.UTF8MB4_BY_DEFAULT) ? Set.of(4) : Set.of(1, 2, 3, 4);
    return charset.map(Types::bytesOfACharacter).map(Set::of).orElse(unsaid);
  }
}
