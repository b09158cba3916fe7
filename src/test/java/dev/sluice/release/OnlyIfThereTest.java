package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ALTER TABLE IF EXISTS makes no table, and alters the one that is there. */
class OnlyIfThereTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE IF EXISTS %s ADD COLUMN x int;",
        "alter table if exists only %s add column x int;",
        "-- a comment\nALTER TABLE /* another */ IF EXISTS public . %s ADD COLUMN x int, ADD y int;"
      })
  void whatIsNotThereStaysAway(String statement) {
    Schema none = Releases.of("SELECT 1;", statement.formatted("nothing")).after();
    assertThat(none.table(QualifiedName.of("nothing"))).isEmpty();
    Schema there = Releases.of("CREATE TABLE t (id int);", statement.formatted("t")).after();
    assertThat(there.column(QualifiedName.of("t"), new Name("x"))).isPresent();
  }
}
