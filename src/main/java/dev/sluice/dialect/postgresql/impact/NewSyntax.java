package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.postgresql.writing.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clauses that an older server does not know, as far as they can be told by their words: each was
 * seen to be a syntax error on the last version without it.
 */
public final class NewSyntax {

  /** Rows hold no definitions; and INSERTs can be long. */
  private static final Set<String> LOOKED_AT = Set.of("create", "alter", "drop", "merge");

  private static final Pattern FIRST_WORD = Pattern.compile("\\s*([A-Za-z]+)");

  private static final List<Clause> CLAUSES =
      List.of(
          clause(Feature.MERGE, "MERGE", "merge", "^merge into"),
          clause(
              Feature.MERGE_BY_SOURCE,
              "WHEN NOT MATCHED BY SOURCE",
              "source",
              "not matched by source"),
          clause(
              Feature.DROP_DATABASE_FORCE,
              "DROP DATABASE … WITH (FORCE)",
              "force",
              "^drop database .*\\( force \\)"),
          clause(
              Feature.DROP_EXPRESSION,
              "DROP EXPRESSION",
              "expression",
              "^alter table .* drop expression"),
          clause(
              Feature.SET_EXPRESSION,
              "SET EXPRESSION",
              "expression",
              "^alter table .* set expression as"),
          clause(
              Feature.REPLACE_TRIGGER,
              "CREATE OR REPLACE TRIGGER",
              "trigger",
              "^create or replace (constraint )?trigger"),
          body("function"),
          body("procedure"),
          clause(
              Feature.COLUMN_COMPRESSION,
              "SET COMPRESSION",
              "compression",
              "^alter table .* set compression"),
          clause(
              Feature.DETACH_CONCURRENTLY,
              "DETACH PARTITION … CONCURRENTLY",
              "detach",
              "^alter table .* detach partition .* (concurrently|finalize)$"),
          clause(
              Feature.NULLS_NOT_DISTINCT, "NULLS NOT DISTINCT", "distinct", "nulls not distinct"),
          clause(
              Feature.SET_NULL_OF_COLUMNS,
              "ON DELETE SET NULL of some columns",
              "delete",
              "on delete set (null|default) \\("),
          clause(
              Feature.SECURITY_INVOKER_VIEWS,
              "security_invoker",
              "security_invoker",
              "^(create|alter) .*\\bview .* \\( (.* )?security_invoker\\b"),
          clause(
              Feature.SET_ACCESS_METHOD,
              "SET ACCESS METHOD",
              "access",
              "^alter (table|materialized view) .* set access method"),
          clause(
              Feature.PUBLICATION_OF_SCHEMA,
              "TABLES IN SCHEMA",
              "publication",
              "^(create|alter) publication .* tables in schema"),
          clause(
              Feature.UNLOGGED_SEQUENCES,
              "CREATE UNLOGGED SEQUENCE",
              "unlogged",
              "^create unlogged sequence"),
          clause(
              Feature.UNLOGGED_SEQUENCES,
              "SET LOGGED and SET UNLOGGED of a sequence",
              "logged",
              "^alter sequence .* set (un)?logged$"),
          clause(
              Feature.UNNAMED_STATISTICS,
              "CREATE STATISTICS without a name",
              "statistics",
              "^create statistics (\\( [^)]* \\) )?on "),
          clause(
              Feature.VIRTUAL_COLUMNS,
              "a generated column that is VIRTUAL",
              "virtual",
              "\\) virtual( |$)"),
          clause(Feature.NOT_ENFORCED, "NOT ENFORCED", "enforced", "not enforced"),
          clause(
              Feature.NOT_ENFORCED,
              "ALTER CONSTRAINT … ENFORCED",
              "enforced",
              "^alter table .* alter constraint \\S+ ([a-z ]+ )?enforced\\b"),
          clause(Feature.TEMPORAL_KEYS, "WITHOUT OVERLAPS", "overlaps", "without overlaps"),
          clause(
              Feature.TEMPORAL_KEYS,
              "a foreign key with PERIOD",
              "period",
              "foreign key \\( .*, period [^,)]+ \\) references"),
          clause(
              Feature.NOT_NULL_CONSTRAINTS,
              "ADD NOT NULL as a constraint",
              "null",
              "^alter table .* add (constraint \\S+ )?not null \\S"));

  /** Where a constraint of its own can be added, and not a column that is NOT NULL. */
  private static final Pattern ADDS_CONSTRAINT =
      Pattern.compile("\\badd\\s+(constraint|not)\\b|--|/\\*");

  private record Clause(Feature feature, String words, String needle, Pattern pattern) {

    /** Whether a statement that begins with the word may hold it. */
    boolean begins(String word) {
      String text = pattern.pattern();
      return !text.startsWith("^") || text.startsWith("(", 1) || text.startsWith(word, 1);
    }
  }

  private NewSyntax() {}

  /**
   * @param needle in small letters; where it is not in the text, the clause is not either
   */
  private static Clause clause(Feature feature, String words, String needle, String pattern) {
    return new Clause(feature, words, needle, Pattern.compile(pattern));
  }

  private static Clause body(String of) {
    return clause(
        Feature.SQL_BODIES,
        "a function's body without quotes",
        of,
        "^create (or replace )?" + of + " .* (begin atomic|return) ");
  }

  /** Why a server of the version does not understand the statement; mostly empty. */
  public static Optional<Refusal> refusal(String sql, EngineVersion version) {
    String first = firstWord(sql);
    if (!LOOKED_AT.contains(first)) {
      return Optional.empty();
    }
    String lower = sql.toLowerCase(Locale.ROOT);
    List<Clause> unknown =
        CLAUSES.stream()
            .filter(c -> c.begins(first) && !c.feature().in(version) && lower.contains(c.needle()))
            .filter(
                c ->
                    c.feature() != Feature.NOT_NULL_CONSTRAINTS
                        || ADDS_CONSTRAINT.matcher(lower).find())
            .toList();
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    String plain = plain(SqlText.tokens(sql));
    return unknown.stream()
        .filter(c -> c.pattern().matcher(plain).find())
        .findFirst()
        .map(c -> new Refusal(c.words() + " came with PostgreSQL " + c.feature().since()));
  }

  /** In small letters; behind comments, if there are any. */
  private static String firstWord(String sql) {
    Matcher word = FIRST_WORD.matcher(sql);
    return word.lookingAt()
        ? word.group(1).toLowerCase(Locale.ROOT)
        : SqlText.tokens(sql).stream().findFirst().orElse("");
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
