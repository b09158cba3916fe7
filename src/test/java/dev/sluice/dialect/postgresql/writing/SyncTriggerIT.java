package dev.sluice.dialect.postgresql.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.Postgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Old and new version write the same rows, each by its own column. */
class SyncTriggerIT {

  private final Postgres.Database database = Postgres.freshDatabase();

  @Test
  void whatTheOldVersionWritesIsThereForTheNewOne() throws Exception {
    install("price numeric(10,2) NOT NULL", "cents integer", "price * 100", "cents / 100.0");
    run("INSERT INTO items (id, price) VALUES (1, 1.50), (2, 3)");
    assertThat(row(1)).isEqualTo("1.50|150");
    run("UPDATE items SET price = 2 WHERE id = 1");
    assertThat(row(1)).isEqualTo("2.00|200");
  }

  @Test
  void whatTheNewVersionWritesIsThereForTheOldOne() throws Exception {
    install("price numeric(10,2) NOT NULL", "cents integer", "price * 100", "cents / 100.0");
    run("INSERT INTO items (id, cents) VALUES (1, 150)");
    assertThat(row(1)).isEqualTo("1.50|150");
    run("UPDATE items SET cents = 99 WHERE id = 1");
    assertThat(row(1)).isEqualTo("0.99|99");
  }

  @Test
  void whereBothAreWrittenTheNewOneWins() throws Exception {
    install("price numeric(10,2)", "cents integer", "price * 100", "cents / 100.0");
    run("INSERT INTO items (id, price, cents) VALUES (1, 7, 150)");
    assertThat(row(1)).isEqualTo("1.50|150");
    run("UPDATE items SET price = 8, cents = 250 WHERE id = 1");
    assertThat(row(1)).isEqualTo("2.50|250");
  }

  @Test
  void aDefaultOfTheOldColumnDoesNotOverruleTheNewVersion() throws Exception {
    install("price numeric(10,2) DEFAULT 7", "cents integer", "price * 100", "cents / 100.0");
    run("INSERT INTO items (id, cents) VALUES (1, 150)");
    run("INSERT INTO items (id) VALUES (2)");
    assertThat(row(1)).isEqualTo("1.50|150");
    assertThat(row(2)).isEqualTo("7.00|700");
  }

  @Test
  void aRowWithoutEitherValueStaysSo() throws Exception {
    install("price numeric(10,2)", "cents integer", "price * 100", "cents / 100.0");
    run("INSERT INTO items (id) VALUES (1)");
    run("UPDATE items SET id = 2");
    assertThat(row(2)).isEqualTo("null|null");
    run("UPDATE items SET cents = 5");
    run("UPDATE items SET cents = NULL");
    assertThat(row(2)).isEqualTo("null|null");
  }

  @Test
  void theBackfillLeavesTheOldColumnAsItIs() throws Exception {
    run("CREATE TABLE items (id bigint PRIMARY KEY, weight numeric(10,3), grams integer)");
    run("INSERT INTO items (id, weight) VALUES (1, 1.2345)");
    // The way back loses the last digit: 1234 grams are 1.23 here.
    sync("weight", "grams", "weight * 1000", "round(grams / 1000.0, 2)");
    run("UPDATE items SET grams = weight * 1000 WHERE grams IS DISTINCT FROM weight * 1000");
    assertThat(row(1, "weight", "grams")).isEqualTo("1.235|1235");
    run("UPDATE items SET grams = 1234");
    assertThat(row(1, "weight", "grams")).isEqualTo("1.230|1234");
  }

  @Test
  void aChangeThatEqualityDoesNotSeeIsCarriedOver() throws Exception {
    run("CREATE EXTENSION citext");
    for (String[] c :
        new String[][] {
          {"citext", "citext", "'abc'", "'ABC'", "ABC"},
          {"json", "jsonb", "'{\"a\": 1}'", "'{\"a\":2}'", "{\"a\": 2}"},
          {"numeric", "numeric", "1.0", "1.00", "1.00"},
          {"interval", "interval", "'1 day'", "'24:00'", "24:00:00"},
          {"float8", "float8", "0.3", "0.1::float8 + 0.2", "0.30000000000000004"},
          {"xml", "text", "'<a/>'", "'<b/>'", "<b/>"},
          {"point", "point", "'(0,0)'", "'(1,1)'", "(1,1)"},
        }) {
      run("DROP TABLE IF EXISTS items; DROP FUNCTION IF EXISTS zz_sluice_items()");
      run("CREATE TABLE items (id bigint PRIMARY KEY, o %s, n %s)".formatted(c[0], c[1]));
      sync("o", "n", c[0].equals("xml") ? "o::text" : "o", c[0].equals("xml") ? "n::xml" : "n");
      run("INSERT INTO items (id, o) VALUES (1, " + c[2] + ")");
      // What a session prints has no say in what changed.
      run("SET extra_float_digits = 0; UPDATE items SET o = " + c[3]);
      assertThat(row(1, "n", "1")).as(c[0]).isEqualTo(c[4] + "|1");
    }
  }

  @Test
  void upsertsOfEitherVersionAreCarriedOver() throws Exception {
    install("price numeric(10,2) NOT NULL", "cents integer", "price * 100", "cents / 100.0");
    String upsert =
        "INSERT INTO items (id, %1$s) VALUES (1, %2$s) ON CONFLICT (id) DO UPDATE SET %1$s = EXCLUDED.%1$s";
    run(upsert.formatted("price", "1"));
    run(upsert.formatted("cents", "250"));
    assertThat(row(1)).isEqualTo("2.50|250");
    run(upsert.formatted("price", "3"));
    assertThat(row(1)).isEqualTo("3.00|300");
  }

  @Test
  void columnsWithAwkwardNamesAreKeptInStep() throws Exception {
    run(
        "CREATE TABLE items (id bigint PRIMARY KEY, old text, \"new\" text, given text, \"Tg Op\" text)");
    sync("old", "new", "upper(old)", "lower(new)");
    run("INSERT INTO items (id, old) VALUES (1, 'a')");
    assertThat(row(1, "old", "new")).isEqualTo("a|A");
    run("DROP TRIGGER zz_sluice_items ON items; DROP FUNCTION zz_sluice_items()");
    sync("given", "Tg Op", "given || $sluice$'$sluice$", "left(\"Tg Op\", -1)");
    run("UPDATE items SET given = 'b'");
    assertThat(row(1, "given", "\"Tg Op\"")).isEqualTo("b|b'");
    run("UPDATE items SET \"Tg Op\" = 'c''' ");
    assertThat(row(1, "given", "\"Tg Op\"")).isEqualTo("c|c'");
  }

  @Test
  void withoutAWayBackOnlyTheNewColumnIsFilled() throws Exception {
    install("price numeric(10,2)", "cents integer", "price * 100", "");
    run("INSERT INTO items (id, price) VALUES (1, 1)");
    assertThat(row(1)).isEqualTo("1.00|100");
    run("UPDATE items SET cents = 5");
    assertThat(row(1)).isEqualTo("1.00|5");
    run("UPDATE items SET price = 2");
    assertThat(row(1)).isEqualTo("2.00|200");
  }

  @Test
  void theExpressionsMeanWhatTheyMeantToTheMigration() throws Exception {
    run(
        "CREATE SCHEMA lib; CREATE FUNCTION lib.slug(t text) RETURNS text LANGUAGE sql AS 'SELECT lower(t)'");
    run("CREATE TABLE items (id bigint PRIMARY KEY, title text, slug text)");
    Sync sync = sync("title", "slug", "slug(title)", "", "SET search_path = public, lib; ");
    assertThat(sync.table()).isEqualTo(QualifiedName.of("items"));
    run("SET search_path = ''; INSERT INTO public.items (id, title) VALUES (1, 'ABC')");
    assertThat(row(1, "title", "slug")).isEqualTo("ABC|abc");
  }

  @Test
  void aColumnIsFilledFromSeveralOthersOrFromNone() throws Exception {
    run("CREATE TABLE people (id bigint PRIMARY KEY, first text, last text, full_name text)");
    fill("full_name", List.of("first", "last"), "first || ' ' || last");
    run("INSERT INTO people (id, first, last) VALUES (1, 'Ada', 'King')");
    run("UPDATE people SET last = 'Lovelace' WHERE id = 1");
    assertThat(ask("SELECT full_name FROM people")).isEqualTo("Ada Lovelace");

    run("ALTER TABLE people ADD COLUMN origin text");
    fill("origin", List.of(), "'web'");
    run("INSERT INTO people (id, first, last) VALUES (2, 'Alan', 'Turing')");
    run("INSERT INTO people (id, origin) VALUES (3, 'app')");
    run("UPDATE people SET first = 'Augusta' WHERE id = 1");
    assertThat(ask("SELECT string_agg(coalesce(origin, '-'), ' ' ORDER BY id) FROM people"))
        .isEqualTo("- web app");
  }

  private void fill(String column, List<String> sources, String value) throws SQLException {
    Sync sync =
        new Sync(
            new Name("zz_sluice_" + column),
            QualifiedName.of("people"),
            sources.stream().map(Name::new).toList(),
            new Name(column),
            value,
            "");
    run(String.join("; ", new PostgresqlWriter().createSync(sync)));
  }

  @Test
  void whatWasInstalledIsTakenAwayAgain() throws Exception {
    install("price numeric(10,2)", "cents integer", "price * 100", "cents / 100.0");
    Sync sync =
        new Sync(
            new Name("zz_sluice_items"),
            QualifiedName.of("items"),
            new Name("price"),
            new Name("cents"),
            "",
            "");
    for (String sql : new PostgresqlWriter().dropSync(sync)) {
      run(sql);
    }
    run("INSERT INTO items (id, price) VALUES (1, 1)");
    assertThat(row(1)).isEqualTo("1.00|null");
    assertThat(ask("SELECT count(*) FROM pg_proc WHERE proname LIKE 'zz_sluice%'")).isEqualTo("0");
  }

  private void install(String oldColumn, String newColumn, String up, String down)
      throws SQLException {
    run("CREATE TABLE items (id bigint PRIMARY KEY, " + oldColumn + ", " + newColumn + ")");
    sync(oldColumn.split(" ", 2)[0], newColumn.split(" ", 2)[0], up, down);
  }

  private void sync(String oldColumn, String newColumn, String up, String down)
      throws SQLException {
    Sync sync = sync(oldColumn, newColumn, up, down, "");
    assertThat(sync.target().column()).isEqualTo(new Name(newColumn));
  }

  private Sync sync(String oldColumn, String newColumn, String up, String down, String session)
      throws SQLException {
    Sync sync =
        new Sync(
            new Name("zz_sluice_items"),
            QualifiedName.of("items"),
            new Name(oldColumn),
            new Name(newColumn),
            up,
            down);
    run(session + String.join("; ", new PostgresqlWriter().createSync(sync)));
    return sync;
  }

  private void run(String sql) throws SQLException {
    database.execute(sql);
  }

  private String row(long id) throws SQLException {
    return row(id, "price", "cents");
  }

  private String row(long id, String one, String other) throws SQLException {
    return ask(
        "SELECT coalesce(%s::text, 'null') || '|' || coalesce(%s::text, 'null') FROM items WHERE id = %d"
            .formatted(one, other, id));
  }

  private String ask(String sql) throws SQLException {
    return database.ask(sql);
  }
}
