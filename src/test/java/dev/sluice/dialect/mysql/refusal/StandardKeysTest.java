package dev.sluice.dialect.mysql.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What MySQL 8.4 asks of a foreign key (its release notes), a server that is not at hand here. */
class StandardKeysTest {

  private static final String PARENT =
      "CREATE TABLE p (id int PRIMARY KEY, k int, n int, KEY (k), UNIQUE (n), UNIQUE (k, n))";
  private static final String CHILD = "CREATE TABLE c (id int PRIMARY KEY, k int, n int)";

  @Test
  void aForeignKeyPointsAtAWholeUniqueKey() {
    assertThat(refusal("8.4.0", "ALTER TABLE c ADD FOREIGN KEY (k) REFERENCES p (k)"))
        .hasValueSatisfying(r -> assertThat(r.why()).contains("error 6125"));
    assertThat(refusal("8.4.0", "ALTER TABLE c ADD FOREIGN KEY (n) REFERENCES p (n)")).isEmpty();
    assertThat(refusal("8.4.0", "ALTER TABLE c ADD FOREIGN KEY (n, k) REFERENCES p (k, n)"))
        .isEmpty();
    assertThat(refusal("8.4.0", "ALTER TABLE c ADD FOREIGN KEY (k) REFERENCES p (id)")).isEmpty();
  }

  @Test
  void anOlderServerTakesAnyKeyAndSoDoesASessionThatSaysSo() {
    String sql = "ALTER TABLE c ADD FOREIGN KEY (k) REFERENCES p (k)";
    assertThat(refusal("8.0.31", sql)).isEmpty();
    assertThat(refusal("8.4.0", sql, "SET restrict_fk_on_non_standard_key = OFF")).isEmpty();
  }

  private static Optional<Refusal> refusal(String version, String sql, String... settings) {
    Dialect dialect = new MysqlDialect(Engine.MYSQL, EngineVersion.parse(version));
    Schema schema = dialect.emptySchema();
    for (String one : List.of(PARENT, CHILD)) {
      schema = after(dialect, one, schema);
    }
    for (String one : settings) {
      schema = after(dialect, one, schema);
    }
    return dialect.refusal(Statement.of(sql), dialect.read(Statement.of(sql)), schema, true);
  }

  private static Schema after(Dialect dialect, String sql, Schema before) {
    Schema schema = before;
    for (Change change : dialect.read(Statement.of(sql)).changes()) {
      schema = schema.after(change);
    }
    return schema;
  }
}
