package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.testing.Postgres;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person writes and what the server then prints of it are one expression. */
class SpellingIT {

  private static final Dialect DIALECT = new PostgresqlDialect(PostgresqlDialect.OLDEST_SUPPORTED);
  private static final Postgres.Database DATABASE = Postgres.freshDatabase();

  @BeforeAll
  static void aTable() throws Exception {
    DATABASE.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'happy');"
            + "CREATE TABLE t (a int, b numeric(10,2), c text, v varchar(20), d date, ts timestamptz,"
            + " f boolean, j jsonb, l text[], m mood, \"Big\" int)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a > 0",
        "a>-1",
        "b >= 0 AND b < 100.50",
        "c <> ''",
        "c != 'x' OR (a IS NULL)",
        "v IN ('a', 'b')",
        "c in ('a')",
        "v NOT IN ('a', 'b')",
        "a IN (1,2,3)",
        "a BETWEEN 1 AND 10",
        "c LIKE 'a%'",
        "c NOT LIKE 'a%' AND c ILIKE 'b%'",
        "c ~ '^[a-z]+$'",
        "c ~* 'x'",
        "length(c) <= 20",
        "char_length(v) > 1",
        "lower(v) = v",
        "f",
        "NOT f",
        "f = true",
        "f IS NOT TRUE",
        "d > '2025-01-01'",
        "d > DATE '2025-01-01' AND ts < now()",
        "ts < CURRENT_TIMESTAMP",
        "a::text = c",
        "CAST(a AS text) = c",
        "j ->> 'k' IS NOT NULL",
        "j @> '{\"a\":1}'",
        "l && ARRAY['a','b']",
        "cardinality(l) > 0",
        "m = 'sad'",
        "m IN ('sad', 'happy')",
        "\"Big\" > a",
        "t.a > 0",
        "coalesce(a, 0) + 1 > 0",
        "(a IS NULL) <> (c IS NULL)",
        "num_nonnulls(a, c) = 1",
        "extract(year FROM d) > 2000",
        "CASE WHEN a > 0 THEN c IS NOT NULL ELSE true END",
        "substring(c from 1 for 2) = 'ab'",
        "trim(c) <> ''",
        "ts AT TIME ZONE 'utc' > '2025-01-01'",
        "a % 2 = 0",
        "(a > 0 AND c IS NOT NULL) OR (a <= 0 AND c IS NULL)",
        "c || v <> 'ab'",
        "c COLLATE \"C\" > 'a'",
        "a IS DISTINCT FROM 5",
        "d <= CURRENT_DATE + 5",
        "ts > now() - interval '1 day'"
      })
  void aCheck(String written) throws Exception {
    DATABASE.execute("ALTER TABLE t ADD CONSTRAINT k CHECK (" + written + ")");
    String shown =
        DATABASE.ask("SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'k'");
    DATABASE.execute("ALTER TABLE t DROP CONSTRAINT k");
    assertThat(same(written, shown)).as(written + "\n" + shown).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int|0",
        "int|'0'",
        "int|-1",
        "bigint|5",
        "numeric(10,2)|0",
        "numeric(10,2)|0.00",
        "numeric(10,2)|'1.5'",
        "text|''",
        "text|'x'",
        "varchar(20)|'new'",
        "varchar(20)|'it''s'",
        "char(2)|'de'",
        "boolean|true",
        "boolean|'t'",
        "boolean|FALSE",
        "date|'2025-1-5'",
        "date|CURRENT_DATE",
        "timestamptz|now()",
        "timestamptz|CURRENT_TIMESTAMP",
        "timestamp|(now() AT TIME ZONE 'utc')",
        "timestamp|'epoch'",
        "interval|'24 hours'",
        "jsonb|'{}'",
        "jsonb|'{}'::jsonb",
        "text[]|'{}'",
        "text[]|ARRAY[]::text[]",
        "uuid|gen_random_uuid()",
        "mood|'sad'",
        "text|upper('a') || 'b'",
        "double precision|1e3",
        "bytea|'\\x00'",
        "int|(random() * 5)::int",
        "timestamptz|now() + interval '1 hour'",
        "text|md5(random()::text)"
      })
  void aDefault(String typeAndDefault) throws Exception {
    String[] parts = typeAndDefault.split("\\|", 2);
    DATABASE.execute("CREATE TABLE u (c " + parts[0] + " DEFAULT " + parts[1] + ")");
    String shown =
        DATABASE.ask(
            "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'u'::regclass");
    DATABASE.execute("DROP TABLE u");
    assertThat(same(parts[1], shown)).as(typeAndDefault + "\n" + shown).isTrue();
  }

  @Test
  void anotherExpressionIsAnotherOne() {
    for (List<String> pair :
        List.of(
            List.of("a > 0", "(a >= 0)"),
            List.of("a > 0", "(b > 0)"),
            List.of("a > 0", "(a > 1)"),
            List.of("a < b", "(b < a)"),
            List.of("c = 'x'", "(c = 'y'::text)"),
            List.of("v IN ('a', 'b')", "((v)::text = ANY (ARRAY['a'::text, 'c'::text]))"),
            List.of(
                "v IN ('a', 'b')", "((v)::text = ANY (ARRAY['a'::text, 'b'::text, 'c'::text]))"),
            List.of("a > 0 AND b > 0", "((a > 0) OR (b > 0))"),
            List.of("f", "(NOT f)"),
            List.of("0", "1"),
            List.of("0", "'-1'::integer"),
            List.of("'a'", "'b'::text"),
            List.of("true", "false"),
            List.of("lower(c) = c", "(upper(c) = c)"),
            List.of("a BETWEEN 1 AND 10", "((a >= 1) AND (a <= 11))"))) {
      assertThat(same(pair.get(0), pair.get(1))).as("%s", pair).isFalse();
    }
  }

  private static boolean same(String written, String shown) {
    return DIALECT.sameExpression(DIALECT.expression(written), DIALECT.expression(shown));
  }
}
