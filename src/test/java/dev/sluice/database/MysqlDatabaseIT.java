package dev.sluice.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.mysql.server.MysqlServer;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connecting to real servers of both engines, and what a person can get wrong about it. */
class MysqlDatabaseIT {

  private static ServerDatabase fresh(Engine engine) {
    assumeTrue(engine == Engine.MARIADB || MySql.missing().isEmpty(), MySql.missing());
    return engine == Engine.MYSQL ? MySql.freshDatabase() : MariaDb.freshDatabase();
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void theServerSaysWhichEngineItIsAndNoStatementWaitsLong(Engine engine) {
    try (Database database = Database.open(Address.of(fresh(engine).url()));
        Session session = database.session()) {
      assertThat(database.server().engine()).isEqualTo(engine);
      assertThat(engine.speaks(database.version())).isTrue();
      assertThat(session.ask("SELECT @@session.lock_wait_timeout")).contains("5");
      assertThat(session.ask("SELECT @@session.innodb_lock_wait_timeout")).contains("5");
    }
  }

  @Test
  void mariaDbsDriverSpeaksToMySqlAsWell() {
    String url =
        fresh(Engine.MYSQL)
            .url()
            .replace("jdbc:mysql:", "jdbc:mariadb:")
            .replace("useSSL=false", "sslMode=disable");
    try (Database database = Database.open(Address.of(url))) {
      assertThat(database.server().engine()).isEqualTo(Engine.MYSQL);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void whatIsWrongWithALoginIsSaidAndItsPasswordIsNot(Engine engine) throws Exception {
    ServerDatabase server = fresh(engine);
    String user = "u_" + server.name();
    server.execute("CREATE USER " + user + " IDENTIFIED BY 'right'");
    String url = server.url().replace("user=root", "user=" + user);
    assertThat(refused(url + "&password=s3cret"))
        .contains(": the login is refused", "fix: correct user and password");
    assertThat(refused(url + "&password=right"))
        .contains(": the login lacks a privilege", "fix: grant it, or use another login");
    assertThat(refused(server.url().replace("/" + server.name(), "/nowhere")))
        .contains("/nowhere: the server has no such database");
    assertThat(refused(server.url().replaceFirst(":\\d+/", ":1/")))
        .contains(": no server takes connections there");
    assertThat(refused(server.url().replaceFirst("//[^:]+:", "//no.such.host.invalid:")))
        .contains(": no server takes connections there");
  }

  private static String refused(String url) {
    List<String> said = new ArrayList<>();
    assertThatThrownBy(() -> Database.open(Address.of(url)).close())
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.reason()).isEqualTo(Reason.DATABASE);
              said.add(p.getMessage());
            });
    assertThat(said.getFirst()).contains("\n  fix: ").doesNotContain("s3cret", "\tat ");
    return said.getFirst();
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"MYSQL", "MARIADB"})
  void whatALoginMustNotSeeIsSaidWithTheGrantThatShowsIt(Engine engine) throws Exception {
    ServerDatabase server = fresh(engine);
    String user = "v_" + server.name();
    server.execute(
        "CREATE TABLE t (id INT)",
        "CREATE VIEW v AS SELECT id FROM t",
        "CREATE PROCEDURE p() SELECT id FROM t",
        "CREATE USER " + user,
        "GRANT SELECT, EXECUTE ON " + server.name() + ".* TO " + user);
    String url = server.url().replace("user=root", "user=" + user);
    assertThatThrownBy(() -> catalog(url, server.name(), engine))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("view " + server.name() + ".v: this login must not see what it reads")
        .hasMessageContaining("fix: GRANT SHOW VIEW ON `" + server.name() + "`.* TO it");
    server.execute("GRANT SHOW VIEW ON " + server.name() + ".* TO " + user);
    Schema seen = catalog(url, server.name(), engine);
    assertThat(seen.routine(QualifiedName.of(server.name(), "p")).orElseThrow().definition())
        .satisfies(hidden -> assertThat(hidden.references().complete()).isFalse());
    assertThat(seen.view(QualifiedName.of(server.name(), "v"))).isPresent();
  }

  private static Schema catalog(String url, String name, Engine engine) {
    try (Database database = Database.open(Address.of(url));
        Session session = database.session()) {
      Dialect dialect = new MysqlDialect(engine, database.version());
      return CatalogReader.read(
          session,
          dialect,
          Schema.empty(List.of(new Name(name)), dialect.conventions()),
          List.of());
    }
  }

  @Test
  void anOlderServerAndAnotherOneAreRefused() {
    Address address = Address.of("jdbc:mysql://host/shop?password=s3cret");
    assertThat(spoken(address, "8.0.31").toString()).isEqualTo("8.0.31");
    assertThat(spoken(address, "10.5.0-MariaDB-log").toString()).isEqualTo("10.5");
    assertThatThrownBy(() -> spoken(address, "5.7.44-log"))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.reason()).isEqualTo(Reason.DATABASE))
        .hasMessage(
            "jdbc:mysql://host/shop: MySQL 5.7.44: what that version locks is not known; the"
                + " oldest that is known is 8\n  fix: a server of MySQL 8 or newer");
    assertThatThrownBy(() -> spoken(address, "10.4.34-MariaDB"))
        .hasMessageContaining("MariaDB 10.4.34: what that version locks is not known")
        .hasMessageContaining("fix: a server of MariaDB 10.5 or newer");
    assertThatThrownBy(() -> spoken(address, "8.0.11-TiDB-v7.5.0"))
        .hasMessageContaining("the server is TiDB (8.0.11-TiDB-v7.5.0)");
  }

  private static EngineVersion spoken(Address address, String answer) {
    return Database.spoken(address, new MysqlServer(Engine.MYSQL).answering(answer), answer);
  }
}
