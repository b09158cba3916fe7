package dev.sluice.dialect.mysql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.mysql.reading.MysqlReader;
import dev.sluice.schema.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeChangesTest {

  private static final MysqlReader READER =
      new MysqlReader(Engine.MYSQL, new EngineVersion(8, 4, 0));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int | integer | SAME
          int | int(5) | SAME
          tinyint(1) | boolean | SAME
          tinyint(1) | tinyint | SAME
          decimal | decimal(10, 0) | SAME
          varchar(10) | character varying(10) | SAME
          int | bigint | WIDENING
          int unsigned | bigint unsigned | WIDENING
          int unsigned | bigint | WIDENING
          int | int unsigned | NARROWING
          int unsigned | int | NARROWING
          bigint | int | NARROWING
          int | bigint unsigned | NARROWING
          int | int zerofill | CONVERSION
          int | varchar(20) | CONVERSION
          int | decimal(20, 2) | CONVERSION
          varchar(10) | varchar(20) | WIDENING
          varchar(20) | varchar(10) | NARROWING
          varchar(20) | text | WIDENING
          varchar(20) | tinytext | WIDENING
          varchar(200) | tinytext | NARROWING
          text | longtext | WIDENING
          longtext | text | NARROWING
          text | varchar(100) | NARROWING
          text | json | CONVERSION
          varchar(20) | int | CONVERSION
          varchar(20) | varbinary(20) | CONVERSION
          char(10) | char(20) | WIDENING
          char(10) | varchar(10) | WIDENING
          char(10) | varchar(5) | NARROWING
          varchar(10) | char(10) | CONVERSION
          varbinary(10) | blob | WIDENING
          blob | mediumblob | WIDENING
          decimal(10, 2) | decimal(12, 2) | WIDENING
          decimal(10, 2) | decimal(12, 4) | WIDENING
          decimal(10, 2) | decimal(10, 4) | NARROWING
          decimal(10, 2) | decimal(8, 2) | NARROWING
          decimal(10, 2) | decimal(10, 1) | CONVERSION
          decimal(10, 2) unsigned | decimal(10, 2) | WIDENING
          decimal(10, 2) | double | CONVERSION
          float | double | WIDENING
          double | float | CONVERSION
          bit(3) | bit(5) | WIDENING
          bit(5) | bit(3) | NARROWING
          enum('a', 'b') | enum('a', 'b', 'c') | WIDENING
          enum('a', 'b') | enum('a') | NARROWING
          enum('a', 'b') | enum('b', 'a') | CONVERSION
          enum('a', 'bc') | varchar(2) | WIDENING
          enum('a', 'bc') | varchar(1) | CONVERSION
          enum('a', 'bc') | char(2) | WIDENING
          enum('a', 'b') | text | WIDENING
          enum('a', 'b') | int | CONVERSION
          set('a', 'bc') | varchar(4) | WIDENING
          set('a', 'bc') | varchar(3) | CONVERSION
          set('a') | set('a', 'b') | WIDENING
          datetime | datetime(6) | WIDENING
          datetime(6) | datetime | CONVERSION
          datetime | timestamp | CONVERSION
          datetime | date | CONVERSION
          date | datetime | CONVERSION
          json | longtext | CONVERSION
          point | geometry | WIDENING
          geometry | point | CONVERSION
          """)
  void aTypeThatHoldsAllOfTheOldOnesValuesIsWider(String from, String to, TypeChange meaning) {
    assertThat(TypeChanges.of(type(from), type(to))).isEqualTo(meaning);
  }

  private static DataType type(String sql) {
    return READER.type(sql).orElseThrow();
  }
}
