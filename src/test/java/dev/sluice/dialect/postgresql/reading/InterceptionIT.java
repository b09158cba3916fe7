package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Interception;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.testing.Postgres;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trigger or a rule makes of an INSERT: as the server does it. */
class InterceptionIT {

  private static final String SHOP =
      """
      CREATE TABLE orders (id int, note text);
      CREATE TABLE other (id int, note text);
      CREATE VIEW simple AS SELECT id, note FROM orders;
      CREATE VIEW joined AS SELECT o.id, o.note FROM orders o JOIN other x ON x.id = o.id;
      CREATE FUNCTION raises() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE FUNCTION raises_without_level() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; RETURN new; END $$;
      CREATE FUNCTION raises_either() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN RAISE 'no'; ELSE RAISE EXCEPTION 'not this either'; END IF; END $$;
      CREATE FUNCTION silent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'left out'; RETURN NULL; END $$;
      CREATE FUNCTION moves() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO other VALUES (new.id, new.note); RETURN NULL; END $$;
      CREATE FUNCTION passes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.note := 'x'; RETURN new; END $$;
      CREATE FUNCTION endless() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.note := 'x'; END $$;
      CREATE FUNCTION decides() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.id < 0 THEN RAISE EXCEPTION 'no'; END IF; RETURN new; END $$;
      """;

  record Case(Interception expected, String relation, String statement) {
    @Override
    public String toString() {
      return expected + " " + statement;
    }
  }

  static Stream<Case> cases() {
    return """
    REFUSES   orders | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION raises()
    REFUSES   orders | CREATE TRIGGER t AFTER INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION raises()
    REFUSES   orders | CREATE TRIGGER t BEFORE INSERT OR UPDATE ON orders EXECUTE FUNCTION raises_without_level()
    REFUSES   orders | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION raises_either()
    REFUSES   orders | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION endless()
    REFUSES   orders | CREATE CONSTRAINT TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION raises()
    DROPS     orders | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION silent()
    PASSES    orders | CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION silent()
    PASSES    orders | CREATE TRIGGER t BEFORE INSERT ON orders EXECUTE FUNCTION silent()
    REDIRECTS orders | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION moves()
    PASSES    orders | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION passes()
    DECIDES   orders | CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION decides()
    REDIRECTS simple | CREATE TRIGGER t INSTEAD OF INSERT ON simple FOR EACH ROW EXECUTE FUNCTION moves()
    DROPS     simple | CREATE TRIGGER t INSTEAD OF INSERT ON simple FOR EACH ROW EXECUTE FUNCTION silent()
    DROPS     orders | CREATE RULE r AS ON INSERT TO orders DO INSTEAD NOTHING
    DROPS     orders | CREATE RULE r AS ON INSERT TO orders WHERE new.id > 0 DO INSTEAD NOTHING
    DROPS     simple | CREATE RULE r AS ON INSERT TO simple DO INSTEAD NOTHING
    REDIRECTS orders | CREATE RULE r AS ON INSERT TO orders DO INSTEAD INSERT INTO other VALUES (new.id, new.note)
    PASSES    simple | CREATE RULE r AS ON INSERT TO simple DO INSTEAD INSERT INTO orders VALUES (new.id, new.note)
    PASSES    orders | CREATE RULE r AS ON INSERT TO orders DO ALSO INSERT INTO other VALUES (new.id, new.note)
    PASSES    orders | CREATE RULE r AS ON INSERT TO orders DO NOTHING
    """
        .lines()
        .map(
            line -> {
              String head = line.substring(0, line.indexOf('|')).strip();
              int space = head.indexOf(' ');
              return new Case(
                  Interception.valueOf(head.substring(0, space)),
                  head.substring(space).strip(),
                  line.substring(line.indexOf('|') + 1).strip());
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isWhatTheServerDoes(Case it) throws SQLException {
    assertThat(claimed(it)).isEqualTo(it.expected());
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(SHOP);
    database.execute(it.statement());
    boolean refused = false;
    try {
      database.execute("INSERT INTO " + it.relation() + " VALUES (1, 'a')");
    } catch (SQLException e) {
      refused = true;
    }
    boolean arrived = database.ask("SELECT count(*) FROM orders").equals("1");
    boolean elsewhere = database.ask("SELECT count(*) FROM other").equals("1");
    switch (it.expected()) {
      case REFUSES -> assertThat(refused).isTrue();
      case DROPS -> assertThat(refused || arrived || elsewhere).isFalse();
      case REDIRECTS -> assertThat(!refused && !arrived && elsewhere).isTrue();
      case PASSES, DECIDES -> assertThat(arrived).isTrue();
      case UNKNOWN -> throw new AssertionError("nothing is measured");
    }
    database.drop();
  }

  /** The old version could not write it before. */
  @ParameterizedTest
  @MethodSource("onJoin")
  void whatMakesAViewWritableStopsNobody(String statement) throws SQLException {
    Case it = new Case(Interception.PASSES, "joined", statement);
    assertThat(claimed(it)).isEqualTo(Interception.PASSES);
    Postgres.Database database = Postgres.freshDatabase();
    database.execute(SHOP);
    assertThatThrownBy(() -> database.execute("INSERT INTO joined VALUES (1, 'a')"))
        .hasMessageContaining("cannot insert");
    database.drop();
  }

  static Stream<String> onJoin() {
    return Stream.of(
        "CREATE TRIGGER t INSTEAD OF INSERT ON joined FOR EACH ROW EXECUTE FUNCTION moves()",
        "CREATE RULE r AS ON INSERT TO joined DO INSTEAD NOTHING");
  }

  private static Interception claimed(Case it) {
    PostgresqlDialect dialect = new PostgresqlDialect(EngineVersion.parse("17"));
    Schema schema = dialect.emptySchema();
    for (String statement : SHOP.lines().toList()) {
      schema = schema.after(new PostgresqlReader().read(statement).changes().getFirst());
    }
    Change change = new PostgresqlReader().read(it.statement()).changes().getFirst();
    Schema before = schema;
    return switch (change) {
      case Change.CreateTrigger c -> dialect.interception(c.trigger(), before);
      case Change.CreateObject c ->
          dialect.interception(
              before
                  .after(c)
                  .other(ObjectKind.RULE, Optional.of(c.on().orElseThrow()), c.name())
                  .orElseThrow(),
              before);
      default -> throw new AssertionError(change.label());
    };
  }
}
