package dev.sluice.sql;

import java.util.Optional;

/**
 * One statement of a file, as Flyway would send it.
 *
 * @param source the file it stands in
 * @param span from its first token to its last, in the file's text as written; neither the comments
 *     around it nor its delimiter belong to it. Of COPY … FROM STDIN it reaches to the end of its
 *     data
 * @param location where its first token stands in the file
 * @param sql what Flyway would send, from the first token on: placeholders resolved. May hold a
 *     secret; never shown, never written into a plan
 * @param shown the same text with its placeholders as written ({@code ${x}}): what every output
 *     shows
 * @param comments the comments and white space between the statement before and this one: where
 *     directives stand; may be empty
 * @param transactional whether Flyway would run it inside a transaction. Flyway runs a whole file
 *     one way; where a file holds both kinds it refuses, unless told otherwise, and here both
 *     values stand side by side
 * @param data what COPY … FROM STDIN reads, placeholders resolved, without the closing {@code \.};
 *     empty for every other statement. May hold a secret, like {@code sql}
 */
public record Statement(
    Source source,
    Span span,
    Location location,
    String sql,
    String shown,
    String comments,
    boolean transactional,
    Optional<String> data) {

  /** A statement without data of its own: every one but COPY … FROM STDIN. */
  public Statement(
      Source source,
      Span span,
      Location location,
      String sql,
      String shown,
      String comments,
      boolean transactional) {
    this(source, span, location, sql, shown, comments, transactional, Optional.empty());
  }

  /** A statement outside any file, for SQL that is read again after it was generated. */
  public static Statement of(String sql) {
    return new Statement(
        new Source("(generated)", sql),
        new Span(0, sql.length()),
        new Location(1, 1),
        sql,
        sql,
        "",
        true);
  }

  /** Whether no placeholder was resolved in {@code sql}, so that it holds no value of one. */
  public boolean asWritten() {
    return sql.equals(shown);
  }

  /**
   * Where in the file a place of {@code sql} stands; empty where placeholders were resolved in it,
   * so that the two texts differ.
   */
  public Optional<Location> locate(Location inSql) {
    if (!asWritten()) {
      return Optional.empty();
    }
    return Optional.of(
        inSql.line() == 1
            ? new Location(location.line(), location.column() + inSql.column() - 1)
            : new Location(location.line() + inSql.line() - 1, inSql.column()));
  }

  /** {@code V42__x.sql:2:1}, the way every message begins. */
  public String place() {
    return source.file() + ":" + location;
  }

  /** Its place and what may be shown of it: never a placeholder's value. */
  @Override
  public String toString() {
    return place() + ": " + shown;
  }
}
