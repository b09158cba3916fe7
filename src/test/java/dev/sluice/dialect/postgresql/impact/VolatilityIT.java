package dev.sluice.dialect.postgresql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;
import dev.sluice.testing.Postgres;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolatilityIT {

  private static final Dialect DIALECT = new PostgresqlDialect(PostgresqlDialect.OLDEST_SUPPORTED);

  private static final Schema SCHEMA =
      List.of(
              "CREATE FUNCTION steady() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'",
              "CREATE FUNCTION app.fixed() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
              "CREATE FUNCTION shaky() RETURNS int LANGUAGE sql AS 'SELECT 1'")
          .stream()
          .flatMap(sql -> DIALECT.read(Statement.of(sql)).changes().stream())
          .reduce(DIALECT.emptySchema(), Schema::after, (one, other) -> other);

  @Test
  void noFunctionThatCountsAsStableIsVolatileOnTheServer() throws Exception {
    String names =
        Volatility.stable().stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
    assertThat(
            Postgres.freshDatabase()
                .ask(
                    "SELECT coalesce(string_agg(DISTINCT proname, ' '), '') FROM pg_proc"
                        + " WHERE pronamespace = 'pg_catalog'::regnamespace AND provolatile = 'v'"
                        + " AND proname IN ("
                        + names
                        + ")"))
        .isEmpty();
  }

  @Test
  void noOperatorAndNoCastOfTheServerIsVolatile() throws Exception {
    Postgres.Database database = Postgres.freshDatabase();
    assertThat(
            database.ask(
                "SELECT count(*) FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode"
                    + " WHERE p.provolatile = 'v'"))
        .isEqualTo("0");
    assertThat(
            database.ask(
                "SELECT count(*) FROM pg_cast c JOIN pg_proc p ON p.oid = c.castfunc"
                    + " WHERE p.provolatile = 'v'"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "'x'::text",
        "now()",
        "pg_catalog.now()",
        "CURRENT_TIMESTAMP",
        "(now() AT TIME ZONE 'utc')",
        "timezone('utc'::text, now())",
        "(timezone('utc', CURRENT_TIMESTAMP(3)))",
        "upper('a') || lower('B')",
        "coalesce(NULL, date_trunc('day', now()))",
        "current_setting('app.tenant')::uuid",
        "steady() + app.fixed()",
        "'{}'::jsonb"
      })
  void oneValueForTheWholeStatementIsNotVolatile(String expression) {
    assertThat(DIALECT.isVolatile(DIALECT.expression(expression), SCHEMA)).isFalse();
    assertThat(DIALECT.isVolatile(SCHEMA.resolved(DIALECT.expression(expression)), SCHEMA))
        .as("with resolved names")
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random()",
        "gen_random_uuid()",
        "pg_catalog.gen_random_uuid()",
        "clock_timestamp()",
        "timezone('utc', now()::timetz)",
        "timezone('utc', clock_timestamp())",
        "nextval('s')",
        "uuid_generate_v4()",
        "coalesce(now(), clock_timestamp())",
        "shaky()",
        "app.now()",
        "never_seen()"
      })
  void aValueOfItsOwnForEachRowOrAnUnknownFunctionIsVolatile(String expression) {
    assertThat(DIALECT.isVolatile(DIALECT.expression(expression), SCHEMA)).isTrue();
    assertThat(DIALECT.isVolatile(SCHEMA.resolved(DIALECT.expression(expression)), SCHEMA))
        .as("with resolved names")
        .isTrue();
  }
}
