package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import org.junit.jupiter.api.Test;

/** What a call does is what the code of the routine does, where that is more than change rows. */
class CalledCodeTest {

  private static final Dialect MYSQL =
      new MysqlDialect(Engine.MYSQL, EngineVersion.parse("8.0.31"));
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int);\n";

  @Test
  void aProcedureThatAddsAColumnIsExpand() {
    Subject call = postgresql("BEGIN ALTER TABLE t ADD COLUMN x int; END");
    assertThat(call.kind()).isEqualTo(Kind.EXPAND);
    assertThat(call.impact().locks())
        .contains(new Impact.Lock(QualifiedName.of("t"), LockMode.ACCESS_EXCLUSIVE));
    assertThat(call.object()).isEqualTo("t.x");
  }

  @Test
  void aProcedureThatDropsAConstantNameIsContract() {
    assertThat(postgresql("BEGIN EXECUTE 'ALTER TABLE t DROP COLUMN a'; END").kind())
        .isEqualTo(Kind.CONTRACT);
  }

  @Test
  void whatIsPutTogetherWhenItRunsIsUnknownAndSaysWhere() {
    Subject call = postgresql("BEGIN EXECUTE 'DROP TABLE ' || n; END");
    assertThat(call.kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(call.reasons().getFirst())
        .contains("p: EXECUTE at 1:8 of its code runs SQL that is put together when it runs");
  }

  @Test
  void whatACalledRoutineCallsCountsAndARoutineThatCallsItselfEnds() {
    Release release =
        Releases.of(
            TABLE
                + "CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE t; END"
                + " $$;\n"
                + "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN PERFORM g(); CALL p(); END"
                + " $$;\n",
            "CALL p();");
    assertThat(Releases.last(release).kind()).isEqualTo(Kind.CONTRACT);
  }

  @Test
  void theSchemaIsAsTheCalledCodeLeavesIt() {
    Release release =
        Releases.of(
            TABLE + procedure("BEGIN ALTER TABLE t ADD COLUMN x int; END") + "CALL p();\n",
            "ALTER TABLE t DROP COLUMN x;");
    assertThat(release.before().column(QualifiedName.of("t"), new Name("x"))).isPresent();
  }

  @Test
  void whatChangesRowsOnlyIsToldByItsReferences() {
    assertThat(postgresql("BEGIN UPDATE t SET a = 1; END").kind()).isEqualTo(Kind.BACKFILL);
  }

  @Test
  void onMysqlABodyIsReadInAllItsBranches() {
    assertThat(mysql("IF 1 THEN ALTER TABLE t ADD COLUMN x int; END IF;").kind())
        .isEqualTo(Kind.EXPAND);
    assertThat(mysql("IF 1 THEN SELECT 1; ELSE ALTER TABLE t DROP COLUMN a; END IF;").kind())
        .isEqualTo(Kind.CONTRACT);
  }

  @Test
  void onMysqlAPreparedConstantIsRead() {
    assertThat(
            mysql("SET @s = 'ALTER TABLE t DROP COLUMN a'; PREPARE st FROM @s; EXECUTE st;").kind())
        .isEqualTo(Kind.CONTRACT);
  }

  @Test
  void onMysqlWhatABranchHasAssignedIsUnknown() {
    assertThat(
            mysql(
                    "IF 1 THEN SET @s = 'ALTER TABLE t DROP COLUMN a'; ELSE SET @s = 'SELECT 1';"
                        + " END IF; PREPARE st FROM @s; EXECUTE st;")
                .kind())
        .isEqualTo(Kind.UNKNOWN);
    assertThat(
            mysql(
                    "SET @s = 'SELECT 1'; IF 1 THEN SET @s = 'DROP TABLE t'; END IF;"
                        + " PREPARE st FROM @s; EXECUTE st;")
                .kind())
        .isEqualTo(Kind.UNKNOWN);
  }

  private static Subject postgresql(String body) {
    return Releases.last(Releases.of(TABLE + procedure(body), "CALL p();"));
  }

  private static String procedure(String body) {
    return "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ " + body + " $$;\n";
  }

  private static Subject mysql(String body) {
    return Releases.last(
        Releases.on(MYSQL, TABLE + "CREATE PROCEDURE p() BEGIN " + body + " END;\n", "CALL p();"));
  }
}
