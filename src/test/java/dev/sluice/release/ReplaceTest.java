package dev.sluice.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import org.junit.jupiter.api.Test;

/** REPLACE deletes the row that is there, and what points at it goes along. */
class ReplaceTest {

  private static final Dialect MYSQL = new MysqlDialect(Engine.MYSQL, new EngineVersion(8, 4, 0));

  private static final String SHOP =
      """
      CREATE TABLE customer (id int PRIMARY KEY, name text);
      CREATE TABLE orders (id int PRIMARY KEY, c int, FOREIGN KEY (c) REFERENCES customer (id) ON DELETE CASCADE);
      """;

  @Test
  void isAskedForWhateverTheTeamDecidedOnce() {
    Subject subject = subject("REPLACE INTO customer VALUES (1, 'x')");
    assertThat(subject.kind()).isEqualTo(Kind.BACKFILL);
    assertThat(subject.phase()).isEmpty();
    assertThat(subject.reasons().getFirst()).contains("rows of orders that point at it");
    assertThat(subject.effects().changes()).anyMatch(i -> i.owner().name().text().equals("orders"));
  }

  @Test
  void anUpsertDeletesNothing() {
    Subject subject =
        subject("INSERT INTO customer VALUES (1, 'x') ON DUPLICATE KEY UPDATE name = 'x'");
    assertThat(subject.phase()).contains(Phase.PRE_DEPLOY);
  }

  @Test
  void aColumnOfItsOwnDoesNotBuildOnAnotherThatChanges() {
    Release release =
        Releases.on(
            MYSQL,
            "CREATE TABLE k (id int PRIMARY KEY, a int)",
            "ALTER TABLE k MODIFY a INT NOT NULL",
            "ALTER TABLE k ADD COLUMN n1 INT NOT NULL");
    assertThat(Dependencies.among(release.subjects()).of(Releases.last(release))).isEmpty();
  }

  private static Subject subject(String sql) {
    return Releases.last(
        Releases.on(new ReleaseSettings(DataChanges.PRE_DEPLOY), MYSQL, SHOP, sql));
  }
}
