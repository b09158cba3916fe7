package dev.sluice.dialect.postgresql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeChangesTest {

  private static final Dialect DIALECT = new PostgresqlDialect(PostgresqlDialect.OLDEST_SUPPORTED);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int                | int4                        | SAME
          varchar(20)        | character varying(20)       | SAME
          timestamptz        | timestamp with time zone    | SAME
          mood               | public.mood                 | SAME
          varchar(20)        | varchar(50)                 | WIDENING
          varchar(20)        | varchar                     | WIDENING
          varchar(20)        | text                        | WIDENING
          text               | varchar                     | WIDENING
          numeric(10,2)      | numeric(12,2)               | WIDENING
          numeric(10)        | numeric(12)                 | WIDENING
          numeric(10,2)      | numeric                     | WIDENING
          bit varying(10)    | bit varying(20)             | WIDENING
          bit(8)             | bit varying                 | WIDENING
          timestamp(3)       | timestamp                   | WIDENING
          time(2)            | time(4)                     | WIDENING
          cidr               | inet                        | WIDENING
          char(10)           | bpchar                      | WIDENING
          varchar(10)[]      | varchar[]                   | WIDENING
          interval(3)        | interval day to second(3)   | WIDENING
          interval day       | interval                    | WIDENING
          interval day       | interval(2)                 | WIDENING
          interval           | interval day                | CONVERSION
          interval           | interval day to second(3)   | CONVERSION
          text               | bpchar                      | CONVERSION
          integer            | any_number                  | SAME
          any_number         | integer                     | WIDENING
          positive           | integer                     | WIDENING
          varchar(50)        | varchar(20)                 | NARROWING
          text               | varchar(20)                 | NARROWING
          varchar            | varchar(20)                 | NARROWING
          numeric(12,2)      | numeric(10,2)               | NARROWING
          numeric            | numeric(10,2)               | NARROWING
          integer            | positive                    | NARROWING
          numeric(10,2)      | numeric(12,4)               | CONVERSION
          timestamp          | timestamp(3)                | CONVERSION
          timestamp          | timestamptz                 | CONVERSION
          integer            | bigint                      | CONVERSION
          bigint             | integer                     | CONVERSION
          char(10)           | char(20)                    | CONVERSION
          char(10)           | text                        | CONVERSION
          varchar(10)[]      | varchar(20)[]               | CONVERSION
          text               | text[]                      | CONVERSION
          text               | citext                      | CONVERSION
          json               | jsonb                       | CONVERSION
          mood               | text                        | CONVERSION
          text               | mood                        | CONVERSION
          inet               | cidr                        | CONVERSION
          never_seen         | text                        | CONVERSION
          """)
  void everyChangeOfTypeHasItsMeaning(String from, String to, TypeChange meaning) {
    Schema schema =
        List.of(
                "CREATE TYPE mood AS ENUM ('sad')",
                "CREATE DOMAIN any_number AS integer",
                "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
                "CREATE TABLE t (c " + from + ")")
            .stream()
            .flatMap(sql -> DIALECT.read(Statement.of(sql)).changes().stream())
            .reduce(DIALECT.emptySchema(), Schema::after, (one, other) -> other);
    Column column = schema.column(QualifiedName.of("t"), new Name("c")).orElseThrow();
    Change.AlterColumnType change =
        (Change.AlterColumnType)
            DIALECT.read(Statement.of("ALTER TABLE t ALTER COLUMN c TYPE " + to)).changes().get(0);
    assertThat(DIALECT.typeChange(column, change.type(), schema)).isEqualTo(meaning);
  }
}
