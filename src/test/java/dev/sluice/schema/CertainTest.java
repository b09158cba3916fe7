package dev.sluice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import org.junit.jupiter.api.Test;

/** When what the replay does not know of a table is not there. */
class CertainTest {

  private static final Dialect DIALECT = new PostgresqlDialect(EngineVersion.parse("17"));
  private static final String T = "CREATE TABLE t (id int)";
  private static final String BLOCK =
      "DO $$ BEGIN IF now() > '2030-01-01' THEN ALTER TABLE t ADD COLUMN a int; END IF; END $$";

  @Test
  void aTableThatAFileMadeIsCertainAndOneThatNoneMadeIsNot() {
    assertThat(certain("t", T)).isTrue();
    assertThat(certain("other", T)).isFalse();
    assertThat(certain("t", "CREATE TABLE t AS SELECT * FROM unseen")).isFalse();
    assertThat(certain("t", T, "THIS IS NO STATEMENT")).isFalse();
  }

  @Test
  void whichBranchOfABlockRanNobodyKnows() {
    assertThat(certain("t", T, "CREATE TABLE u (id int)", BLOCK)).isFalse();
    assertThat(certain("u", T, "CREATE TABLE u (id int)", BLOCK)).isTrue();
    assertThat(certain("t", T, "DO $$ BEGIN DELETE FROM t; END $$")).isTrue();
  }

  @Test
  void doubtFollowsTheTableToItsNewNameAndEndsWithIt() {
    assertThat(certain("u", T, BLOCK, "ALTER TABLE t RENAME TO u")).isFalse();
    assertThat(certain("t", T, BLOCK, "ALTER TABLE t RENAME TO u", T)).isTrue();
    assertThat(certain("t", T, BLOCK, "DROP TABLE t", T)).isTrue();
  }

  private static boolean certain(String table, String... statements) {
    Schema schema = DIALECT.emptySchema();
    for (String sql : statements) {
      for (Change change : DIALECT.read(Statement.of(sql)).changes()) {
        schema = schema.after(change);
      }
    }
    return schema.isCertain(QualifiedName.of(table));
  }
}
