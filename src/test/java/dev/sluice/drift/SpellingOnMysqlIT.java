package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import dev.sluice.testing.CatalogSchema;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person writes and what both servers then show of it are one expression. */
class SpellingOnMysqlIT {

  private static final List<String> CHECKS =
      List.of(
          "a > 0",
          "a>-1",
          "b >= 0 AND b < 100.50",
          "c <> ''",
          "c != 'x' OR (a IS NULL)",
          "c IN ('a', 'b')",
          "c not in ('a')",
          "a BETWEEN 1 AND 10",
          "c LIKE 'a%'",
          "c NOT LIKE 'a\\_%' && a > 1",
          "c REGEXP '^[a-z]+$'",
          "length(c) <= 20",
          "CHAR_LENGTH(c) > 1",
          "CHARACTER_LENGTH(c) > 1",
          "lcase(c) = c",
          "NOT ok",
          "ok = true",
          "ok IS TRUE",
          "d > '2025-01-01'",
          "d > DATE '2025-01-01'",
          "a % 2 = 0",
          "MOD(a, 2) = 0",
          "a DIV 2 = 0",
          "a <=> 5",
          "t.a > 0",
          "coalesce(a, 0) + 1 > 0",
          "IF(a > 0, 1, 0) = 1",
          "CASE WHEN a > 0 THEN 1 ELSE 0 END = 1",
          "substring(c, 1, 2) = 'ab'",
          "trim(c) <> ''",
          "(a > 0 AND c IS NOT NULL) OR (a <= 0 AND c IS NULL)",
          "concat(c, \"x\") <> 'ab'",
          "d < d2 - INTERVAL 1 DAY",
          "d < DATE_ADD(d2, INTERVAL 1 DAY)",
          "YEAR(d) > 2000",
          "EXTRACT(YEAR FROM d) > 2000",
          "json_extract(j, '$.x') > 5",
          "JSON_VALID(j)",
          "a ^ 5 > 1",
          "a XOR ok",
          "c COLLATE utf8mb4_bin > 'a'",
          "CAST(a AS CHAR) = c",
          "`a` > 0x41",
          "c = 'it''s' OR c = \"it's\" OR c = 'it\\'s'");

  private static final List<String> DEFAULTS =
      List.of(
          "INT|0",
          "INT|'0'",
          "INT|-1",
          "DECIMAL(10,2)|0",
          "DECIMAL(10,2)|'1.5'",
          "DOUBLE|1e3",
          "FLOAT|0.5",
          "VARCHAR(20)|''",
          "VARCHAR(20)|\"it's\"",
          "VARCHAR(20)|'a\\\\b'",
          "CHAR(2)|'de'",
          "BOOLEAN|true",
          "BOOLEAN|FALSE",
          "BIT(4)|b'0101'",
          "BIT(4)|5",
          "DATE|'2025-1-5'",
          "DATETIME|'2025-01-05'",
          "DATETIME|now()",
          "DATETIME(6)|CURRENT_TIMESTAMP(6)",
          "TIMESTAMP|LOCALTIME",
          "TIME|'10:30'",
          "YEAR|2020",
          "ENUM('a','b')|'b'",
          "SET('a','b')|'a,b'",
          "VARBINARY(9)|'ab'",
          "BINARY(4)|'ab'",
          "VARCHAR(36)|(UUID())",
          "INT|(1 + 2)",
          "DATE|(CURRENT_DATE + INTERVAL 1 YEAR)",
          "VARCHAR(40)|(concat('a', 'b'))");

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void aCheckAndADefault(Engine engine) throws Exception {
    assumeTrue(engine == Engine.MARIADB || MySql.missing().isEmpty(), MySql.missing());
    ServerDatabase database =
        engine == Engine.MYSQL ? MySql.freshDatabase() : MariaDb.freshDatabase();
    Dialect dialect =
        new MysqlDialect(
            engine,
            engine == Engine.MYSQL ? new EngineVersion(8, 0, 31) : new EngineVersion(11, 4, 5));
    List<String> statements = new ArrayList<>();
    statements.add("ALTER DATABASE DEFAULT CHARACTER SET utf8mb4");
    for (int i = 0; i < CHECKS.size(); i++) {
      String table = CHECKS.get(i).startsWith("t.") ? "t" : "check_" + i;
      statements.add(
          "CREATE TABLE "
              + table
              + " (a INT, b DECIMAL(10,2), c VARCHAR(20), d DATE, d2 DATE, ok BOOL, j TEXT,"
              + " CONSTRAINT k"
              + i
              + " CHECK ("
              + CHECKS.get(i)
              + "))");
    }
    for (int i = 0; i < DEFAULTS.size(); i++) {
      String[] parts = DEFAULTS.get(i).split("\\|", 2);
      statements.add(
          "CREATE TABLE default_" + i + " (c " + parts[0] + " DEFAULT " + parts[1] + ")");
    }
    Schema replayed = Schema.empty(List.of(new Name(database.name())), dialect.conventions());
    for (String sql : statements) {
      for (Change change : dialect.read(Statement.of(sql)).changes()) {
        replayed = replayed.after(change);
      }
    }
    database.execute(statements.toArray(String[]::new));
    Drift drift = Drift.between(replayed, CatalogSchema.of(database, dialect), dialect, n -> true);
    assertThat(drift.differences()).isEmpty();
    assertThat(drift.complete()).isTrue();
  }

  @Test
  void anotherExpressionIsAnotherOne() {
    Dialect dialect = new MysqlDialect(Engine.MYSQL, new EngineVersion(8, 4, 0));
    for (List<String> pair :
        List.of(
            List.of("a > 0", "(`a` >= 0)"),
            List.of("a > 0", "(`b` > 0)"),
            List.of("a > 0", "(`a` > 1)"),
            List.of("a < b", "(`b` < `a`)"),
            List.of("c = 'x'", "(`c` = _utf8mb4'y')"),
            List.of("c IN ('a', 'b')", "(`c` in ('a','c'))"),
            List.of("a > 0 AND b > 0", "((`a` > 0) or (`b` > 0))"),
            List.of("ok IS TRUE", "(0 = `ok`)"),
            List.of("0", "1"),
            List.of("'2025-01-05'", "'2025-01-06 00:00:00'"),
            List.of("'ab'", "0x6163"),
            List.of("lower(c) = c", "(upper(`c`) = `c`)"))) {
      assertThat(
              dialect.sameExpression(
                  dialect.expression(pair.get(0)), dialect.expression(pair.get(1))))
          .as("%s", pair)
          .isFalse();
    }
  }
}
