package dev.sluice.dialect.mysql.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Writer;
import dev.sluice.dialect.Writer.Sync;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.RealServer;
import dev.sluice.testing.ServerDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Old and new version write the same rows, each by its own column. */
class SyncTriggersIT {

  private static ServerDatabase inStep(RealServer on) throws SQLException {
    ServerDatabase database = on.freshDatabase();
    database.execute(
        "CREATE TABLE items (id int PRIMARY KEY, title varchar(20) NOT NULL DEFAULT '',"
            + " name varchar(20), n int) COLLATE utf8mb4_general_ci");
    Writer writer = on.dialect().writer();
    database.execute(writer.createSync(twoWay()).toArray(String[]::new));
    return database;
  }

  private static Sync twoWay() {
    return new Sync(
        new Name("zz_sluice_items_name"),
        QualifiedName.of("items"),
        new Name("title"),
        new Name("name"),
        "`title`",
        "`name`");
  }

  private static String row(ServerDatabase database, int id) throws SQLException {
    return database.ask(
        "SELECT concat(title, '|', coalesce(name, 'NULL')) FROM items WHERE id = " + id);
  }

  @ParameterizedTest
  @EnumSource
  void whatOneVersionWritesIsThereForTheOther(RealServer on) throws SQLException {
    ServerDatabase database = inStep(on);
    database.execute("INSERT INTO items (id, title) VALUES (1, 'a'), (2, 'b')");
    database.execute("INSERT INTO items (id, name) VALUES (3, 'c')");
    database.execute("INSERT INTO items (id, name) SELECT 4, 'd'");
    database.execute("REPLACE INTO items (id, name) VALUES (2, 'B')");
    database.execute(
        "INSERT INTO items (id, name) VALUES (1, 'x') ON DUPLICATE KEY UPDATE name = 'y'");
    assertThat(row(database, 1)).isEqualTo("y|y");
    assertThat(row(database, 2)).isEqualTo("B|B");
    assertThat(row(database, 3)).isEqualTo("c|c");
    assertThat(row(database, 4)).isEqualTo("d|d");
    database.execute("UPDATE items SET title = 'old' WHERE id = 3");
    database.execute("UPDATE items SET name = 'new' WHERE id = 4");
    assertThat(row(database, 3)).isEqualTo("old|old");
    assertThat(row(database, 4)).isEqualTo("new|new");
  }

  @ParameterizedTest
  @EnumSource
  void whereBothAreWrittenTheNewOneWins(RealServer on) throws SQLException {
    ServerDatabase database = inStep(on);
    database.execute("INSERT INTO items (id, title, name) VALUES (1, 'old', 'new')");
    assertThat(row(database, 1)).isEqualTo("new|new");
    database.execute("UPDATE items SET title = 'o', name = 'n' WHERE id = 1");
    assertThat(row(database, 1)).isEqualTo("n|n");
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatTheCollationDoesNotSeeIsCarriedOver(RealServer on) throws SQLException {
    ServerDatabase database = inStep(on);
    database.execute("INSERT INTO items (id, title) VALUES (1, 'abc')");
    database.execute("UPDATE items SET title = 'ABC' WHERE id = 1");
    assertThat(row(database, 1)).isEqualTo("ABC|ABC");
    database.execute("UPDATE items SET name = 'ABC ' WHERE id = 1");
    assertThat(row(database, 1)).isEqualTo("ABC |ABC ");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasThereBeforeIsFilledAndNothingElse(RealServer on) throws SQLException {
    ServerDatabase database = inStep(on);
    Writer writer = on.dialect().writer();
    database.execute(writer.dropSync(twoWay()).toArray(String[]::new));
    database.execute("INSERT INTO items (id, title) VALUES (1, 'early')");
    database.execute(writer.createSync(twoWay()).toArray(String[]::new));
    database.execute("UPDATE items SET n = 5");
    assertThat(row(database, 1)).isEqualTo("early|NULL");
    database.execute("UPDATE items SET name = title WHERE " + writer.differ("name", "title"));
    assertThat(row(database, 1)).isEqualTo("early|early");
  }

  @ParameterizedTest
  @EnumSource
  void theTriggersWorkOnWhenTheColumnsSwapTheirNames(RealServer on) throws SQLException {
    ServerDatabase database = inStep(on);
    database.execute("INSERT INTO items (id, title) VALUES (1, 'a')");
    database.execute("ALTER TABLE items RENAME COLUMN title TO name, RENAME COLUMN name TO title");
    database.execute("INSERT INTO items (id, name) VALUES (2, 'b')");
    database.execute("INSERT INTO items (id, name) SELECT 3, 'c'");
    database.execute("INSERT INTO items (id) VALUES (4)");
    database.execute("UPDATE items SET name = 'A' WHERE id = 1");
    assertThat(row(database, 1)).isEqualTo("A|A");
    assertThat(row(database, 2)).isEqualTo("b|b");
    assertThat(row(database, 3)).isEqualTo("c|c");
    assertThat(row(database, 4)).isEqualTo("|");
  }

  @ParameterizedTest
  @EnumSource
  void aColumnIsComputedUnlessItIsWritten(RealServer on) throws SQLException {
    ServerDatabase database = on.freshDatabase();
    database.execute(
        "CREATE TABLE items (id int PRIMARY KEY, title varchar(20), name varchar(20), n int)");
    Sync sync =
        new Sync(
            new Name("zz_sluice_items_name"),
            QualifiedName.of("items"),
            List.of(new Name("n"), new Name("title")),
            new Name("name"),
            "concat(lower(title), '-', n)",
            "");
    database.execute(on.dialect().writer().createSync(sync).toArray(String[]::new));
    database.execute("INSERT INTO items (id, title, n) VALUES (1, 'A', 1), (2, 'B', 2)");
    database.execute("INSERT INTO items (id, title, n, name) VALUES (3, 'C', 3, 'own')");
    database.execute("UPDATE items SET n = 7 WHERE id = 1");
    database.execute("UPDATE items SET n = 7, name = 'mine' WHERE id = 2");
    assertThat(row(database, 1)).isEqualTo("A|a-7");
    assertThat(row(database, 2)).isEqualTo("B|mine");
    assertThat(row(database, 3)).isEqualTo("C|own");
  }

  @Test
  void aLongNameIsFitted() {
    Sync sync =
        new Sync(
            new Name("z".repeat(64)),
            QualifiedName.of("items"),
            new Name("title"),
            new Name("name"),
            "`title`",
            "`name`");
    assertThat(new MysqlWriter(Engine.MYSQL).syncTriggers(sync))
        .extracting(t -> t.trigger().name().text().length())
        .containsExactly(64, 64);
  }

  @ParameterizedTest
  @EnumSource
  void aLossyWayBackLeavesWhatIsFilledAlone(RealServer on) throws SQLException {
    ServerDatabase database = on.freshDatabase();
    database.execute(
        "CREATE TABLE items (id int PRIMARY KEY, title varchar(20), name varchar(20))",
        "INSERT INTO items (id, title) VALUES (1, 'MiXed'), (2, 'Two'), (3, 'Three')");
    Sync sync =
        new Sync(
            new Name("zz_sluice_items_name"),
            QualifiedName.of("items"),
            new Name("title"),
            new Name("name"),
            "lower(title)",
            "upper(name)");
    database.execute(on.dialect().writer().createSync(sync).toArray(String[]::new));
    database.execute("UPDATE items SET name = lower(title)");
    database.execute("UPDATE items SET name = 'new' WHERE id = 2");
    database.execute("UPDATE items SET title = 'Old' WHERE id = 3");
    database.execute("INSERT INTO items (id, name) VALUES (4, 'own')");
    assertThat(row(database, 1)).isEqualTo("MiXed|mixed");
    assertThat(row(database, 2)).isEqualTo("NEW|new");
    assertThat(row(database, 3)).isEqualTo("Old|old");
    assertThat(row(database, 4)).isEqualTo("OWN|own");
  }
}
