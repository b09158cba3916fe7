package dev.sluice.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.dialect.Engine;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.testing.ServerDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is only so where databases hold tables and nothing else; the rest is in JournalIT. */
@ParameterizedClass
@EnumSource(
    value = Engine.class,
    names = {"MYSQL", "MARIADB"})
class JournalOnMysqlIT {

  private final ServerDatabase server;
  private final Database database;
  private final Session session;

  JournalOnMysqlIT(Engine engine) {
    this.server = ServerDatabase.fresh(engine);
    this.database = Database.open(Address.of(server.url()));
    this.session = database.session();
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @Test
  void theNameOfTheSettingsBeginsTheNamesOfItsTables() {
    Journal journal = new Journal(database.server(), new Name("Releases `of` us"));
    journal.create(session);
    assertThat(journal.exists(session)).isTrue();
    assertThat(
            session.ask(
                "SELECT GROUP_CONCAT(table_name, ' ', engine ORDER BY table_name) FROM"
                    + " information_schema.tables WHERE table_schema = DATABASE()"))
        .contains("Releases `of` us_release InnoDB,Releases `of` us_step InnoDB");
    assertThat(new Journal(database.server(), Journal.SCHEMA).exists(session)).isFalse();
  }

  @Test
  void theSettingsOfTheServerChangeNothingOfIt() {
    session.execute(
        "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT',"
            + " time_zone = '+11:00', default_storage_engine = MyISAM");
    Journal journal = new Journal(database.server(), Journal.SCHEMA);
    journal.create(session);
    assertThat(
            session.ask(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND"
                    + " engine = 'InnoDB'"))
        .contains("2");
  }

  @Test
  void aLoginThatCannotMakeItIsToldWhatToRun() throws Exception {
    String user = server.name() + "_app";
    server.execute(
        "CREATE USER " + user, "GRANT SELECT, INSERT ON " + server.name() + ".* TO " + user);
    String url = server.url().replace("user=root", "user=" + user);
    Journal journal = new Journal(database.server(), Journal.SCHEMA);
    try (Database other = Database.open(Address.of(url));
        Session theirs = other.session()) {
      assertThatThrownBy(() -> journal.create(theirs))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("the journal (`sluice_release`, `sluice_step`) cannot be made")
          .hasMessageContaining("fix: GRANT CREATE, ALTER, INDEX, REFERENCES, SELECT");
      server.execute(
          "GRANT CREATE, ALTER, INDEX, REFERENCES, UPDATE ON " + server.name() + ".* TO " + user);
    }
    // A database's privileges count from when a session enters it.
    try (Database again = Database.open(Address.of(url));
        Session theirs = again.session()) {
      journal.create(theirs);
      assertThat(journal.exists(theirs)).isTrue();
    } finally {
      server.execute("DROP USER " + user);
    }
  }
}
