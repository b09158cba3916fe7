package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.testing.Postgres;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataTypesIT {

  private static final List<String> WRITTEN =
      List.of(
          "int",
          "INT4",
          "int2",
          "int8",
          "integer",
          "smallint",
          "bigint",
          "decimal",
          "dec(5)",
          "numeric(10,2)",
          "numeric(10, 0)",
          "float",
          "float(24)",
          "float(25)",
          "float4",
          "float8",
          "real",
          "double precision",
          "bool",
          "boolean",
          "char",
          "char(3)",
          "character(5)",
          "nchar(4)",
          "national character varying(6)",
          "varchar",
          "varchar(20)",
          "character varying(20)",
          "char varying(7)",
          "\"char\"",
          "bpchar(3)",
          "text",
          "bytea",
          "bit",
          "bit(3)",
          "bit varying",
          "varbit(5)",
          "date",
          "time",
          "time(3)",
          "timetz",
          "time(2) with time zone",
          "timestamp",
          "timestamp(6)",
          "timestamptz",
          "timestamptz(3)",
          "timestamp without time zone",
          "TIMESTAMP (3)  WITH TIME ZONE",
          "interval",
          "interval(3)",
          "interval year to month",
          "interval day to second(3)",
          "interval hour",
          "uuid",
          "json",
          "jsonb",
          "xml",
          "money",
          "inet",
          "cidr",
          "macaddr",
          "point",
          "tsvector",
          "int4range",
          "regclass",
          "oid",
          "name",
          "int[]",
          "int[3][]",
          "int array",
          "int array[4]",
          "varchar(5)[]",
          "timestamptz[]",
          "pg_catalog.int4",
          "pg_catalog.\"varchar\"(3)",
          "\"timestamp\"",
          "\"Mood\"",
          "shop.money",
          "shop.\"Weird Type\"[]");

  /** What is written and what the catalog shows are one type, name, arguments and dimensions. */
  @Test
  void aTypeAsWrittenIsTheTypeThatTheCatalogShows() throws Exception {
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(
        "CREATE TYPE \"Mood\" AS ENUM ('good'); CREATE SCHEMA shop; CREATE DOMAIN shop.money AS int;"
            + " CREATE TYPE shop.\"Weird Type\" AS (a int)");
    PostgresqlReader reader = new PostgresqlReader();
    for (String written : WRITTEN) {
      database.execute("CREATE TABLE t (c " + written + ")");
      DataType shown =
          reader
              .type(
                  database.ask(
                      "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid ="
                          + " 't'::regclass AND attname = 'c'"))
              .orElseThrow();
      String dimensions =
          database.ask(
              "SELECT attndims FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'c'");
      database.execute("DROP TABLE t");

      DataType read = column(reader.read("CREATE TABLE t (c " + written + ")")).type();
      assertThat(read.name()).as(written).isEqualTo(shown.name());
      assertThat(read.arguments()).as(written).isEqualTo(shown.arguments());
      assertThat(read.dimensions()).as(written).isEqualTo(Integer.parseInt(dimensions));
    }
  }

  @Test
  void aSerialIsAnIntegerThatDrawsItsNumbersItself() throws Exception {
    Postgres.Database database = Postgres.freshDatabase();
    for (String serial : List.of("serial", "bigserial", "smallserial", "serial8", "SERIAL4")) {
      database.execute("CREATE TABLE t (c " + serial + ")");
      String shown =
          database.ask(
              "SELECT format_type(atttypid, atttypmod) || ' ' || attnotnull FROM pg_attribute WHERE"
                  + " attrelid = 't'::regclass AND attname = 'c'");
      database.execute("DROP TABLE t");
      Column read = column(new PostgresqlReader().read("CREATE TABLE t (c " + serial + ")"));
      assertThat(read.type().name() + " " + !read.nullable()).isEqualTo(shown);
      assertThat(read.identity()).contains(Column.Identity.SERIAL);
    }
  }

  private static Column column(Reading reading) {
    return ((Change.CreateTable) reading.changes().get(0)).table().columns().get(0);
  }
}
