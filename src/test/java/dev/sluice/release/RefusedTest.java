package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server refuses leaves the schema as it was, for all that follows. */
class RefusedTest {

  private static final String SHOP =
      """
      CREATE TABLE customer (id int PRIMARY KEY, name text);
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customer, note text);
      CREATE VIEW names AS SELECT name FROM customer;
      """;

  @Test
  void aTableThatStaysIsKnown() {
    Release release =
        Releases.of(SHOP, "DROP TABLE customer", "ALTER TABLE customer ADD COLUMN age int");
    assertThat(release.subjects().getFirst().refusal()).isPresent();
    assertThat(Releases.last(release).kind()).isEqualTo(Kind.EXPAND);
    assertThat(Releases.last(release).reasons()).noneMatch(r -> r.contains("never seen"));
    assertThat(release.after().table(name())).isPresent();
  }

  @Test
  void allClausesAreRefusedTogether() {
    Release release =
        Releases.of(
            SHOP,
            "ALTER TABLE customer ADD COLUMN age int, DROP COLUMN name",
            "ALTER TABLE customer ADD COLUMN age int");
    assertThat(release.subjects()).hasSize(3);
    assertThat(release.subjects().get(1).refusal()).isPresent();
    assertThat(Releases.last(release).refusal()).isEmpty();
    assertThat(Releases.last(release).kind()).isEqualTo(Kind.EXPAND);
  }

  @Test
  void aKeyThatIsNotMadeIsNotThere() {
    Release release =
        Releases.of(
            SHOP,
            "ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (note) REFERENCES customer (id)",
            "ALTER TABLE customer ADD COLUMN age int");
    assertThat(release.subjects().getFirst().refusal()).isPresent();
    assertThat(release.after().table(name("orders")).orElseThrow().constraints()).hasSize(2);
  }

  @Test
  void whatARefusedStatementWouldMakeIsNotMadeHere() {
    Release release =
        Releases.of(
            SHOP,
            "ALTER TABLE customer ADD COLUMN age int, DROP COLUMN name",
            "ALTER TABLE customer ADD COLUMN age int",
            "ALTER TABLE customer DROP COLUMN age",
            "DROP TABLE customer",
            "DELETE FROM customer");
    assertThat(release.subjects())
        .extracting(Subject::kind)
        .containsExactly(
            Kind.UNKNOWN, Kind.UNKNOWN, Kind.EXPAND, Kind.EXPAND, Kind.UNKNOWN, Kind.CONTRACT);
  }

  @Test
  void eachMigrationFindsTheSchemaWithoutIt() {
    List<Release> releases =
        Releases.reader(ReleaseSettings.DEFAULTS)
            .each(
                Releases.migrations(
                    List.of(
                        SHOP, "DROP TABLE customer", "ALTER TABLE customer ADD COLUMN age int")));
    assertThat(Releases.last(releases.get(1)).refusal()).isPresent();
    assertThat(Releases.last(releases.get(2)).reasons()).noneMatch(r -> r.contains("never seen"));
    assertThat(releases.get(2).after().table(name())).isPresent();
  }

  @Test
  void theSameOnMysql() {
    Dialect mysql = new MysqlDialect(Engine.MYSQL, new EngineVersion(8, 4, 0));
    Release release =
        Releases.on(
            mysql,
            """
            CREATE TABLE customer (id int PRIMARY KEY);
            CREATE TABLE orders (id int PRIMARY KEY, c int, FOREIGN KEY (c) REFERENCES customer (id));
            """,
            "DROP TABLE customer",
            "ALTER TABLE customer ADD COLUMN age int");
    assertThat(release.subjects().getFirst().refusal()).isPresent();
    assertThat(Releases.last(release).kind()).isEqualTo(Kind.EXPAND);
    assertThat(Releases.last(release).reasons()).noneMatch(r -> r.contains("never seen"));
  }

  private static QualifiedName name() {
    return name("customer");
  }

  private static QualifiedName name(String table) {
    return new QualifiedName(Optional.empty(), new Name(table));
  }
}
