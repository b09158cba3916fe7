package dev.sluice.dialect.writing;

import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A statement.
 *
 * @param clauseOf the table, where {@code text} is a clause that can stand beside others of ALTER
 *     TABLE; empty for a whole statement
 */
public record Text(Optional<QualifiedName> clauseOf, String text) {

  /** A clause of ALTER TABLE. */
  public static Text clause(QualifiedName table, String text) {
    return new Text(Optional.of(table), text);
  }

  /** A statement that is none. */
  public static Text whole(String text) {
    return new Text(Optional.empty(), text);
  }

  /**
   * By itself.
   *
   * @param quote of the engine's writer
   */
  public String sql(Function<QualifiedName, String> quote) {
    return clauseOf.map(t -> alone(t, text, quote)).orElse(text);
  }

  /**
   * Clauses as one ALTER TABLE.
   *
   * @throws IllegalArgumentException where there is none, or one cannot stand beside the others
   */
  public static String together(List<Text> texts, Function<QualifiedName, String> quote) {
    List<String> clauses = new ArrayList<>();
    Optional<QualifiedName> table = Optional.empty();
    for (Text text : texts) {
      if (text.clauseOf().isEmpty() || (table.isPresent() && !table.equals(text.clauseOf()))) {
        throw new IllegalArgumentException(
            "cannot stand beside clauses of one ALTER TABLE: " + text.sql(quote));
      }
      table = text.clauseOf();
      clauses.add(text.text());
    }
    return alone(
        table.orElseThrow(() -> new IllegalArgumentException("no change to write")),
        String.join(", ", clauses),
        quote);
  }

  private static String alone(
      QualifiedName table, String clause, Function<QualifiedName, String> quote) {
    return "ALTER TABLE " + quote.apply(table) + " " + clause;
  }
}
