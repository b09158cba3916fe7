package dev.sluice.sql;

/**
 * One statement of a file, as Flyway would send it.
 *
 * @param source the file it stands in
 * @param span from its first token to its last, in the file's text as written; neither the comments
 *     before it nor its delimiter belong to it
 * @param location where its first token stands in the file
 * @param sql what Flyway would send, from the first token on: placeholders resolved. May hold a
 *     secret; never shown, never written into a plan
 * @param shown the same text with its placeholders as written ({@code ${x}}): what every output
 *     shows
 * @param comments the comments and white space between the statement before and this one: where
 *     directives stand; may be empty
 * @param transactional whether Flyway would run it inside a transaction
 */
public record Statement(
    Source source,
    Span span,
    Location location,
    String sql,
    String shown,
    String comments,
    boolean transactional) {

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

  /** {@code V42__x.sql:2:1}, the way every message begins. */
  public String place() {
    return source.file() + ":" + location;
  }
}
