package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.postgresql.writing.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Clauses that an older server does not know, as far as they can be told by their words: each was
 * seen to be a syntax error on the last version without it.
 */
public final class NewSyntax {

  /** Rows hold no definitions; and INSERTs can be long. */
  private static final Set<String> LOOKED_AT = Set.of("create", "alter", "drop", "merge");

  private static final List<Clause> CLAUSES =
      List.of(
          clause(Feature.MERGE, "MERGE", "^merge into"),
          clause(Feature.MERGE_BY_SOURCE, "WHEN NOT MATCHED BY SOURCE", "not matched by source"),
          clause(
              Feature.DROP_DATABASE_FORCE,
              "DROP DATABASE … WITH (FORCE)",
              "^drop database .*\\( force \\)"),
          clause(Feature.DROP_EXPRESSION, "DROP EXPRESSION", "^alter table .* drop expression"),
          clause(Feature.SET_EXPRESSION, "SET EXPRESSION", "^alter table .* set expression as"),
          clause(
              Feature.REPLACE_TRIGGER,
              "CREATE OR REPLACE TRIGGER",
              "^create or replace (constraint )?trigger"),
          clause(
              Feature.SQL_BODIES,
              "a function's body without quotes",
              "^create (or replace )?(function|procedure) .* (begin atomic|return) "),
          clause(Feature.COLUMN_COMPRESSION, "SET COMPRESSION", "^alter table .* set compression"),
          clause(
              Feature.DETACH_CONCURRENTLY,
              "DETACH PARTITION … CONCURRENTLY",
              "^alter table .* detach partition .* (concurrently|finalize)$"),
          clause(Feature.NULLS_NOT_DISTINCT, "NULLS NOT DISTINCT", "nulls not distinct"),
          clause(
              Feature.SET_NULL_OF_COLUMNS,
              "ON DELETE SET NULL of some columns",
              "on delete set (null|default) \\("),
          clause(
              Feature.SECURITY_INVOKER_VIEWS,
              "security_invoker",
              "^(create|alter) .*\\bview .* \\( (.* )?security_invoker\\b"),
          clause(
              Feature.SET_ACCESS_METHOD,
              "SET ACCESS METHOD",
              "^alter (table|materialized view) .* set access method"),
          clause(
              Feature.PUBLICATION_OF_SCHEMA,
              "TABLES IN SCHEMA",
              "^(create|alter) publication .* tables in schema"),
          clause(
              Feature.UNNAMED_STATISTICS,
              "CREATE STATISTICS without a name",
              "^create statistics (\\( [^)]* \\) )?on "),
          clause(Feature.VIRTUAL_COLUMNS, "a generated column that is VIRTUAL", "\\) virtual( |$)"),
          clause(Feature.NOT_ENFORCED, "NOT ENFORCED", "not enforced"),
          clause(Feature.TEMPORAL_KEYS, "WITHOUT OVERLAPS", "without overlaps"),
          clause(
              Feature.TEMPORAL_KEYS,
              "a foreign key with PERIOD",
              "foreign key \\( .*, period [^,)]+ \\) references"),
          clause(
              Feature.NOT_NULL_CONSTRAINTS,
              "ADD NOT NULL as a constraint",
              "^alter table .* add (constraint \\S+ )?not null \\S"));

  private record Clause(Feature feature, String words, Pattern pattern) {}

  private NewSyntax() {}

  private static Clause clause(Feature feature, String words, String pattern) {
    return new Clause(feature, words, Pattern.compile(pattern));
  }

  /** Why a server of the version does not understand the statement; mostly empty. */
  public static Optional<Refusal> refusal(String sql, EngineVersion version) {
    List<String> first = SqlText.tokens(sql.substring(0, Math.min(sql.length(), 200)));
    if (first.isEmpty() || !LOOKED_AT.contains(first.getFirst())) {
      return Optional.empty();
    }
    List<Clause> unknown = CLAUSES.stream().filter(c -> !c.feature().in(version)).toList();
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    String plain = plain(SqlText.tokens(sql));
    return unknown.stream()
        .filter(c -> c.pattern().matcher(plain).find())
        .findFirst()
        .map(c -> new Refusal(c.words() + " came with PostgreSQL " + c.feature().since()));
  }

  /** Tokens with one space between; what is quoted cannot be taken for a word. */
  private static String plain(List<String> tokens) {
    return String.join(
            " ",
            tokens.stream().map(t -> isPlain(t) ? t : t.startsWith("\"") ? "\"\"" : "''").toList())
        .strip();
  }

  private static boolean isPlain(String token) {
    return SqlText.isWord(token) || token.length() == 1 || token.equals("::");
  }
}
