package dev.sluice.release;

import static dev.sluice.release.Releases.first;
import static dev.sluice.release.Releases.last;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a change is depends on where it stands. */
class ReleaseTest {

  private static final String SHOP =
      """
      CREATE TABLE customer (id int PRIMARY KEY, email text, name text NOT NULL);
      CREATE TABLE orders (
        id bigint PRIMARY KEY, customer_id int NOT NULL, note text, code text, status text,
        CONSTRAINT status_known CHECK (status IN ('new', 'paid')),
        CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id));
      CREATE INDEX orders_note ON orders (note);
      CREATE UNIQUE INDEX orders_code ON orders (code);
      CREATE VIEW noted AS SELECT id, note FROM orders;
      CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      """;

  @Nested
  class LockTable {

    @Test
    void whatItLocksStaysLockedUntilItsTransactionEnds() {
      Release release =
          Releases.of(
              SHOP,
              """
              LOCK TABLE orders IN EXCLUSIVE MODE;
              UPDATE orders SET note = code;
              CREATE INDEX ON orders (status);
              """,
              "VACUUM FULL orders");
      Subject lock = release.subjects().getFirst();
      assertThat(lock.impact().work()).isEqualTo(Work.BUILD);
      assertThat(lock.impact().blocksWritesForLong()).isTrue();
      assertThat(lock.impact().blocksReadsForLong()).isFalse();
      assertThat(lock.reasons())
          .contains(
              "as written, it is held until the transaction ends: through the statements behind"
                  + " it, to line 3");
    }

    @Test
    void itIsLetGoByWhatEndsTheTransactionInTheFile() {
      assertThat(work("LOCK TABLE orders;\nCOMMIT;\nUPDATE orders SET note = code;"))
          .isEqualTo(Work.INSTANT);
      assertThat(work("LOCK TABLE orders;\nSAVEPOINT a;\nUPDATE orders SET note = code;"))
          .isEqualTo(Work.SCAN);
      assertThat(work("LOCK TABLE orders;")).isEqualTo(Work.INSTANT);
      assertThat(work("LOCK TABLE orders;\nALTER TABLE orders ADD COLUMN n int;"))
          .isEqualTo(Work.INSTANT);
    }

    @Test
    void onMysqlItIsHeldUntilUnlockTables() {
      Dialect mysql = new MysqlDialect(Engine.MYSQL, EngineVersion.parse("8.4"));
      Release release =
          Releases.on(
              mysql,
              "CREATE TABLE t (id int PRIMARY KEY, a int)",
              """
              LOCK TABLES t WRITE;
              UPDATE t SET a = 1;
              UNLOCK TABLES;
              ALTER TABLE t MODIFY a bigint;
              """);
      assertThat(release.subjects().getFirst().impact().work()).isEqualTo(Work.SCAN);
      assertThat(release.subjects().getFirst().reasons())
          .contains(
              "as written, it is held until UNLOCK TABLES, or the session ends: through the"
                  + " statements behind it, to line 2");
    }

    private Work work(String pending) {
      return Releases.of(SHOP, pending).subjects().getFirst().impact().work();
    }
  }

  @Test
  void aColumnThatIsCopiedMovesToTheEndOfItsTable() {
    String moves =
        "where `plan` puts a copy in its place, it moves to the end of orders: INSERT and COPY"
            + " without a list of columns, and reads of * by position, then mean other columns";
    String table = "CREATE TABLE orders (id bigint PRIMARY KEY, n int, code varchar(9), last int)";
    assertThat(last(Releases.of(table, "ALTER TABLE orders ALTER n TYPE bigint")).reasons())
        .contains(moves);
    assertThat(last(Releases.of(table, "ALTER TABLE orders ALTER n TYPE text")).reasons())
        .contains(moves);
    assertThat(last(Releases.of(table, "ALTER TABLE orders ALTER last TYPE bigint")).reasons())
        .doesNotContain(moves);
    assertThat(last(Releases.of(table, "ALTER TABLE orders ALTER code TYPE text")).reasons())
        .doesNotContain(moves);
    assertThat(last(first(table, "ALTER TABLE orders ALTER n TYPE bigint")).reasons())
        .doesNotContain(moves);
  }

  @Nested
  class AnIdentityForADefault {

    private static final String SERIAL = "CREATE TABLE t (id serial PRIMARY KEY, n int)";
    private static final String DROP = "ALTER TABLE t ALTER id DROP DEFAULT;\n";
    private static final String GONE = "DROP SEQUENCE t_id_seq;\n";
    private static final String ADD = "ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY;\n";
    private static final String SET =
        "SELECT setval(pg_get_serial_sequence('t', 'id'), (SELECT max(id) FROM t));\n";

    @Test
    void isOneChangeThatNobodyMisses() {
      Release release = Releases.of(SERIAL, DROP + GONE + ADD + SET + "CREATE INDEX ON t (n);");
      assertThat(release.renumberings()).hasSize(1);
      assertThat(release.renumberings().getFirst()).isEqualTo(release.subjects().subList(0, 4));
      assertThat(release.subjects()).extracting(Subject::kind).containsOnly(Kind.EXPAND);
      assertThat(release.subjects().get(2).reasons())
          .noneMatch(r -> r.contains("its sequence starts at 1"));
      assertThat(Releases.of(SERIAL, DROP + GONE + ADD).subjects().get(2).reasons())
          .anyMatch(r -> r.contains("its sequence starts at 1"));
    }

    @Test
    void setvalThatReachesTheOldSequenceIsNotTakenForTheIdentitys() {
      assertThat(last(Releases.of(SERIAL, DROP + ADD + SET)).kind()).isEqualTo(Kind.UNKNOWN);
      assertThat(last(Releases.of(SERIAL, DROP + ADD + "SELECT setval('t_id_seq', 5);")).kind())
          .isEqualTo(Kind.UNKNOWN);
      assertThat(
              last(Releases.of(
                      SERIAL, DROP + "ALTER SEQUENCE t_id_seq OWNED BY NONE;\n" + ADD + SET))
                  .kind())
          .isEqualTo(Kind.EXPAND);
    }

    @Test
    void isNoneInTwoFilesOrAroundAnotherStatement() {
      assertThat(Releases.of(SERIAL, DROP, ADD).renumberings()).isEmpty();
      assertThat(Releases.of(SERIAL, DROP + "UPDATE t SET n = 1;\n" + ADD).renumberings())
          .isEmpty();
      assertThat(Releases.of(SERIAL, DROP + "COMMIT;\n" + ADD).subjects().getFirst().kind())
          .isEqualTo(Kind.CONTRACT);
    }
  }

  @Nested
  class MadeInThisRelease {

    @Test
    void aTableHasNoTraffic() {
      Release release =
          Releases.of(
              SHOP,
              "CREATE TABLE t (a int, b int)",
              """
              ALTER TABLE t ADD COLUMN c int NOT NULL;
              ALTER TABLE t ALTER a TYPE bigint;
              ALTER TABLE t ALTER a SET NOT NULL;
              ALTER TABLE t ADD UNIQUE (a);
              CREATE INDEX ON t (b);
              ALTER TABLE t RENAME COLUMN b TO bb;
              ALTER TABLE t ADD CHECK (a > 0);
              ALTER TABLE t DROP COLUMN a;
              DELETE FROM t;
              ALTER TABLE t RENAME TO tt;
              ALTER TABLE tt ADD CHECK (bb > 0);
              INSERT INTO tt (c) VALUES (1);
              TRUNCATE tt;
              DROP TABLE tt;
              """);
      assertThat(release.subjects())
          .allSatisfy(
              s -> {
                assertThat(s.kind()).as(s.statement().sql()).isEqualTo(Kind.EXPAND);
                assertThat(s.phase()).contains(Phase.PRE_DEPLOY);
                assertThat(s.breaksOld()).isFalse();
                assertThat(s.impact().locks()).as(s.statement().sql()).isEmpty();
                assertThat(s.impact().work()).as(s.statement().sql()).isEqualTo(Work.INSTANT);
              });
    }

    @Test
    void theParentOfItsForeignKeyIsStillLocked() {
      Subject subject =
          last(
              Releases.of(
                  SHOP,
                  "CREATE TABLE t (o bigint)",
                  "ALTER TABLE t ADD FOREIGN KEY (o) REFERENCES orders"));
      assertThat(subject.kind()).isEqualTo(Kind.EXPAND);
      assertThat(subject.impact().locks())
          .extracting(l -> l.relation().name().text(), l -> l.mode())
          .containsExactly(tuple("orders", LockMode.SHARE_ROW_EXCLUSIVE));
      assertThat(subject.impact().work()).isEqualTo(Work.INSTANT);
    }

    @Test
    void aColumnBreaksNobodyUnlessTheOldVersionsInsertsAreRefused() {
      String column = "ALTER TABLE orders ADD COLUMN c text";
      assertKind(Kind.EXPAND, column, "ALTER TABLE orders RENAME COLUMN c TO d");
      assertKind(Kind.EXPAND, column, "ALTER TABLE orders ALTER c TYPE int USING c::int");
      assertKind(Kind.EXPAND, column, "ALTER TABLE orders DROP COLUMN c");
      assertKind(Kind.EXPAND, column, "ALTER TABLE orders ADD UNIQUE (c)");
      assertKind(Kind.EXPAND, column, "ALTER TABLE orders ADD CHECK (c <> '')");
      assertKind(Kind.EXPAND, column, "CREATE UNIQUE INDEX ON orders (customer_id, c)");
      assertKind(Kind.CONTRACT, column, "ALTER TABLE orders ADD CHECK (c IS NOT NULL)");
      assertKind(Kind.CONTRACT, column, "ALTER TABLE orders ADD CHECK (c <> note)");
      assertKind(Kind.CONTRACT, column, "ALTER TABLE orders ALTER c SET NOT NULL");
      assertKind(
          Kind.EXPAND,
          column,
          "ALTER TABLE orders ALTER c SET DEFAULT 'x'",
          "ALTER TABLE orders ALTER c SET NOT NULL");
      assertKind(
          Kind.CONTRACT,
          "ALTER TABLE orders ADD COLUMN c text NOT NULL DEFAULT 'x'",
          "ALTER TABLE orders ALTER c DROP DEFAULT");
      assertKind(
          Kind.CONTRACT,
          "ALTER TABLE orders ADD COLUMN c text NOT NULL DEFAULT 'x'",
          "CREATE UNIQUE INDEX ON orders (c)");
      assertKind(
          Kind.EXPAND,
          "ALTER TABLE orders ADD COLUMN c uuid NOT NULL DEFAULT gen_random_uuid()",
          "CREATE UNIQUE INDEX ON orders (c)");
    }

    @Test
    void itsNewNameIsNewAndTheNewNameOfSomethingOldIsNot() {
      assertKind(
          Kind.EXPAND,
          "ALTER TABLE orders ADD COLUMN c text",
          "ALTER TABLE orders RENAME COLUMN c TO d",
          "ALTER TABLE orders DROP COLUMN d");
      assertKind(
          Kind.CONTRACT,
          "ALTER TABLE orders RENAME COLUMN code TO d",
          "ALTER TABLE orders DROP COLUMN d");
    }

    @Test
    void aFolderThatBeginsWithWhatNoFileMadeIsOfABaselinedDatabase() {
      ReleaseReader reader = Releases.reader(ReleaseSettings.DEFAULTS);
      assertThat(
              reader
                  .each(Releases.migrations(List.of("CREATE TABLE t (a int);\nDROP TABLE legacy;")))
                  .getFirst()
                  .subjects())
          .extracting(Subject::kind)
          .containsExactly(Kind.EXPAND, Kind.CONTRACT);
      assertThat(
              reader
                  .each(
                      Releases.migrations(
                          List.of(
                              "DROP TABLE IF EXISTS t;\nCREATE TABLE t (a int);\nDROP TABLE t;")))
                  .getFirst()
                  .subjects())
          .extracting(Subject::kind)
          .containsOnly(Kind.EXPAND);
    }

    @Test
    void onAnEmptyDatabaseNothingWasThereBefore() {
      Release release =
          first(
              "DROP TABLE IF EXISTS t",
              "CREATE TABLE t (a int)",
              "CREATE TABLE u (b int)",
              "ALTER TABLE u DROP COLUMN b",
              "ALTER TABLE t DROP COLUMN a");
      assertThat(release.subjects()).extracting(Subject::kind).containsOnly(Kind.EXPAND);
    }

    @Test
    void whatFillsAColumnOfTheReleaseIsABackfill() {
      String column = "ALTER TABLE orders ADD COLUMN c text";
      Subject own = last(Releases.of(SHOP, column, "UPDATE orders SET c = lower(note)"));
      assertThat(own.kind()).isEqualTo(Kind.BACKFILL);
      assertThat(own.phase()).contains(Phase.PRE_DEPLOY);
      assertThat(own.reasons().getFirst())
          .isEqualTo("fills what this release adds, from the same row");

      Subject across =
          last(
              Releases.of(
                  SHOP,
                  column,
                  "UPDATE orders SET c = x.name FROM customer x WHERE x.id = customer_id"));
      assertThat(across.kind()).isEqualTo(Kind.BACKFILL);
      assertThat(across.reasons())
          .containsExactly("fills what this release adds from customer", Sources.KEPT_UP);

      Subject both = last(Releases.of(SHOP, column, "UPDATE orders SET c = note, note = ''"));
      assertThat(both.phase()).isEmpty();
    }
  }

  @Nested
  class Redefined {

    @Test
    void aViewThatKeepsItsColumnsIsReplaced() {
      Release release =
          Releases.of(
              SHOP,
              "DROP VIEW noted",
              "CREATE VIEW noted AS SELECT o.id, upper(note) AS note, code FROM orders o");
      assertThat(release.subjects()).extracting(Subject::kind).containsOnly(Kind.EXPAND);
      assertThat(release.redefinitions())
          .extracting(r -> r.dropped(), r -> r.made())
          .containsExactly(tuple(release.subjects().getFirst(), release.subjects().getLast()));
    }

    @Test
    void aViewThatLosesAColumnBreaksTheOldVersion() {
      Release release =
          Releases.of(SHOP, "DROP VIEW noted", "CREATE VIEW noted AS SELECT id FROM orders");
      assertThat(release.subjects())
          .extracting(Subject::kind)
          .containsExactly(Kind.CONTRACT, Kind.CONTRACT);
      assertThat(last(release).reasons().getFirst())
          .isEqualTo("the new view has no note, which the old version reads");
      assertKinds(
          List.of(Kind.REPLACE, Kind.REPLACE),
          "DROP VIEW noted",
          "CREATE VIEW noted AS SELECT id, id + 1 AS next FROM orders");
    }

    @Test
    void aTriggerThatDoesTheSameTakesTheOthersPlace() {
      String drop = "DROP TRIGGER touched ON orders";
      assertKinds(
          List.of(Kind.EXPAND, Kind.EXPAND),
          drop,
          "CREATE TRIGGER renewed BEFORE INSERT OR UPDATE ON orders"
              + " FOR EACH ROW EXECUTE FUNCTION touch()");
      assertKinds(
          List.of(Kind.EXPAND, Kind.CONTRACT),
          "CREATE TRIGGER inserted BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
          drop);
      assertKinds(
          List.of(Kind.UNKNOWN, Kind.UNKNOWN),
          drop,
          "CREATE TRIGGER noted BEFORE UPDATE OF note ON orders"
              + " FOR EACH ROW EXECUTE FUNCTION touch()");
    }

    @Test
    void aTriggerThatStaysUntilTheEndFiresBesideTheNewOneAndRunsTheNewBody() {
      Release beside =
          Releases.of(
              SHOP,
              "DROP TRIGGER touched ON orders",
              "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END"
                  + " $$",
              "CREATE TRIGGER other BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION other()");
      assertThat(last(beside).reasons())
          .anyMatch(r -> r.startsWith("touched, which ") && r.contains("fires beside it"));
      Release body =
          Releases.of(
              SHOP,
              "CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                  + " new.id := 1; RETURN new; END $$",
              "DROP TRIGGER touched ON orders");
      assertThat(body.subjects().getFirst().kind()).isEqualTo(Kind.REPLACE);
      assertThat(body.subjects().getFirst().reasons().getFirst())
          .contains("runs the new body until the old version is gone");
    }

    @Test
    void routinesAndTriggersAreReplaced() {
      assertKinds(
          List.of(Kind.EXPAND, Kind.EXPAND),
          "DROP FUNCTION twice(int)",
          "CREATE FUNCTION twice(m int) RETURNS int LANGUAGE sql AS $$ SELECT m + m $$");
      assertKinds(
          List.of(Kind.REPLACE, Kind.REPLACE),
          "DROP FUNCTION twice(int)",
          "CREATE FUNCTION twice(m int, n int) RETURNS int LANGUAGE sql AS $$ SELECT m + n $$");
      assertKinds(
          List.of(Kind.EXPAND, Kind.EXPAND),
          "DROP TRIGGER touched ON orders",
          "CREATE TRIGGER touched BEFORE INSERT ON orders"
              + " FOR EACH ROW EXECUTE FUNCTION touch()");
    }

    @Test
    void aCheckIsComparedWithWhatItWas() {
      assertCheck(Kind.EXPAND, "status IN ('new', 'paid', 'sent')");
      assertCheck(Kind.EXPAND, "(status = ANY (ARRAY['new'::text, 'paid'::text, 'sent'::text]))");
      assertCheck(Kind.CONTRACT, "status IN ('new')");
      assertKinds(
          List.of(Kind.EXPAND, Kind.CONTRACT),
          "ALTER TABLE orders DROP CONSTRAINT status_known",
          "ALTER TABLE orders ADD CONSTRAINT status_known CHECK (status IN ('new', 'sent'))");
    }

    private void assertCheck(Kind kind, String check) {
      assertKinds(
          List.of(kind, kind),
          "ALTER TABLE orders DROP CONSTRAINT status_known",
          "ALTER TABLE orders ADD CONSTRAINT status_known CHECK (" + check + ")");
    }

    @Test
    void aForeignKeyWithOtherActionsIsKeptByTheRowsAlready() {
      assertKinds(
          List.of(Kind.EXPAND, Kind.EXPAND),
          "ALTER TABLE orders DROP CONSTRAINT orders_customer_fk",
          "ALTER TABLE orders ADD CONSTRAINT orders_customer_fk"
              + " FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE");
    }

    @Test
    void anIndexIsBuiltAnew() {
      assertKinds(
          List.of(Kind.EXPAND, Kind.EXPAND),
          "DROP INDEX orders_note",
          "CREATE INDEX orders_note ON orders (note, id)");
      assertKinds(
          List.of(Kind.CONTRACT, Kind.CONTRACT),
          "DROP INDEX orders_note",
          "CREATE UNIQUE INDEX orders_note ON orders (note)");
    }

    @Test
    void anOldNameCanStayAsAView() {
      assertKinds(
          List.of(Kind.EXPAND, Kind.EXPAND),
          "ALTER TABLE orders RENAME TO purchase",
          "CREATE VIEW orders AS SELECT * FROM purchase");
    }

    @Test
    void aColumnIsNot() {
      Release release =
          Releases.of(
              SHOP,
              "ALTER TABLE orders DROP COLUMN code",
              "ALTER TABLE orders ADD COLUMN code jsonb");
      assertThat(release.subjects())
          .extracting(Subject::kind)
          .containsExactly(Kind.CONTRACT, Kind.EXPAND);
      assertThat(last(release).reasons())
          .contains("the name is taken away before, at V2__x.sql:1:1");
    }
  }

  @Nested
  class Companion {

    @Test
    void aNotNullColumnMustNotRefuseTheNewVersion() {
      assertThat(reasons("ALTER TABLE customer DROP COLUMN name"))
          .contains(
              "companion: it gets a default (`sluice: default \"<expression>\"`) or loses NOT NULL"
                  + " before the deployment, because INSERTs of the new version leave it out");
      assertThat(reasons("ALTER TABLE orders DROP COLUMN note CASCADE"))
          .noneMatch(r -> r.startsWith("companion"))
          .contains("index orders_note goes with it", "view noted reads it and goes before it");
    }

    @Test
    void aConstraintOnADroppedColumnGoesBefore() {
      assertThat(reasons("ALTER TABLE orders DROP COLUMN customer_id"))
          .anyMatch(r -> r.startsWith("companion: foreign key orders_customer_fk is dropped"));
      assertThat(reasons("ALTER TABLE orders DROP COLUMN status"))
          .anyMatch(r -> r.startsWith("companion: CHECK status_known is dropped"));
    }

    @Test
    void aForeignKeyOfADroppedTableMustNotRefuseDeletesOfItsParent() {
      assertThat(reasons("DROP TABLE orders CASCADE"))
          .anyMatch(r -> r.startsWith("companion: its foreign key orders_customer_fk is dropped"));
    }

    private List<String> reasons(String sql) {
      return last(Releases.of(SHOP, sql)).reasons();
    }
  }

  @Nested
  class Decided {

    @Test
    void aDirectiveSaysThePhase() {
      Subject early =
          last(
              Releases.of(
                  SHOP,
                  "-- sluice: phase pre-deploy: the code upserts\n"
                      + "CREATE UNIQUE INDEX u ON orders (note)"));
      assertThat(early.kind()).isEqualTo(Kind.EXPAND);
      assertThat(early.phase()).contains(Phase.PRE_DEPLOY);
      assertThat(early.neededByNew()).isTrue();
      assertThat(early.reasons().getFirst())
          .isEqualTo("a directive says pre-deploy: the code upserts");

      Subject late =
          last(
              Releases.of(
                  SHOP,
                  "-- sluice: phase post-deploy: the old version counts on them\n"
                      + "UPDATE orders SET note = ''"));
      assertThat(late.phase()).contains(Phase.POST_DEPLOY);
      assertThat(late.breaksOld()).isTrue();
      assertThat(late.neededByNew()).isFalse();
    }

    @Test
    void dataChangesGoWhereTheTeamSays() {
      String update = "UPDATE orders SET note = ''";
      String delete = "DELETE FROM orders";
      assertThat(phase(DataChanges.ASK, update)).isEmpty();
      assertThat(phase(DataChanges.PRE_DEPLOY, update)).contains(Phase.PRE_DEPLOY);
      assertThat(phase(DataChanges.POST_DEPLOY, update)).contains(Phase.POST_DEPLOY);
      assertThat(phase(DataChanges.ASK, delete)).contains(Phase.POST_DEPLOY);
      assertThat(phase(DataChanges.PRE_DEPLOY, delete)).contains(Phase.PRE_DEPLOY);
    }

    private Optional<Phase> phase(DataChanges setting, String sql) {
      return last(Releases.of(new ReleaseSettings(setting), SHOP, sql)).phase();
    }

    @Test
    void aFillIsNamed() {
      Subject subject =
          last(
              Releases.of(
                  SHOP,
                  "-- sluice: fill \"'unknown'\"\n"
                      + "ALTER TABLE orders ADD COLUMN channel text NOT NULL"));
      assertThat(subject.kind()).isEqualTo(Kind.REPLACE);
      assertThat(subject.reasons())
          .contains("a directive fills it with 'unknown' until the old version is gone");
    }
  }

  @Nested
  class NeededByTheReleaseItself {

    @Test
    void uniquenessThatAForeignKeyPointsAt() {
      Release release =
          Releases.of(
              SHOP,
              "ALTER TABLE customer ADD UNIQUE (email)",
              "CREATE TABLE t (e text REFERENCES customer (email))");
      assertThat(release.subjects().getFirst().kind()).isEqualTo(Kind.EXPAND);
      assertThat(release.subjects().getFirst().neededByNew()).isTrue();
    }

    @Test
    void uniquenessThatAnUpsertReliesOn() {
      Release release =
          Releases.of(
              SHOP,
              "ALTER TABLE customer ADD UNIQUE (email)",
              "INSERT INTO customer (id, name, email) VALUES (1, 'x', 'y')"
                  + " ON CONFLICT (email) DO NOTHING");
      assertThat(release.subjects().getFirst().kind()).isEqualTo(Kind.EXPAND);
    }

    @Test
    void aValidationGoesWithItsAdd() {
      assertKinds(
          List.of(Kind.CONTRACT, Kind.CONTRACT),
          "ALTER TABLE orders ADD CONSTRAINT c CHECK (note <> '') NOT VALID",
          "ALTER TABLE orders VALIDATE CONSTRAINT c");
    }

    @Test
    void aTriggerThatIsOnlyPausedBreaksNobody() {
      assertKinds(
          List.of(Kind.NONE, Kind.CONTRACT, Kind.NONE),
          "ALTER TABLE orders DISABLE TRIGGER touched",
          "DELETE FROM orders",
          "ALTER TABLE orders ENABLE TRIGGER touched");
    }
  }

  @Nested
  class Replayed {

    @Test
    void whatWasNeverSeenIsTakenAtItsWorstAndSaidSo() {
      Subject column = last(Releases.of(SHOP, "ALTER TABLE legacy DROP COLUMN c"));
      assertThat(column.kind()).isEqualTo(Kind.CONTRACT);
      assertThat(column.reasons())
          .contains(
              "legacy was never seen: it is taken as there, in use, and at its worst",
              "it was never seen: taken as NOT NULL without a default");

      Subject type = last(Releases.of(SHOP, "ALTER TABLE legacy ALTER c TYPE varchar(80)"));
      assertThat(type.kind()).isEqualTo(Kind.REPLACE);
    }

    @Test
    void anUnreadableStatementOfThePastStopsNothing() {
      Release release =
          Releases.of(SHOP + "THIS IS NO STATEMENT", "ALTER TABLE orders DROP COLUMN note");
      assertThat(last(release).kind()).isEqualTo(Kind.CONTRACT);
      assertThat(release.before().complete()).isFalse();
    }

    @Test
    void aBaselineStartsTheReplay() {
      List<Migration> all =
          List.of(
              Releases.migration("1", Migration.Type.VERSIONED, "CREATE TABLE old (a int)"),
              Releases.migration("2", Migration.Type.BASELINE, "CREATE TABLE t (a int)"),
              Releases.migration("3", Migration.Type.VERSIONED, "CREATE TABLE u (a int)"),
              Releases.migration("4", Migration.Type.VERSIONED, "CREATE TABLE v (a int)"));
      Release release =
          Releases.reader(ReleaseSettings.DEFAULTS)
              .read(Releases.of(all), new Pending.From(new Version("4"), Optional.empty()));
      assertThat(release.before().tables())
          .extracting(t -> t.name().name().text())
          .containsExactlyInAnyOrder("t", "u");
      assertThat(release.migrations()).extracting(Migration::label).containsExactly("4");
    }

    @Test
    void aSearchPathEndsWithItsFile() {
      Release release =
          Releases.of(
              file("CREATE SCHEMA app", "SET search_path TO app", "CREATE TABLE t (a int)"),
              "CREATE TABLE t (b int)");
      assertThat(release.after().tables())
          .extracting(t -> t.name().toString())
          .containsExactlyInAnyOrder("app.t", "public.t");
    }

    @Test
    void eachMigrationIsAReleaseOnAllBeforeIt() {
      List<Release> releases =
          Releases.reader(ReleaseSettings.DEFAULTS)
              .each(
                  Releases.migrations(
                      List.of(
                          "CREATE TABLE t (a int)",
                          file("ALTER TABLE t ADD COLUMN b int", "ALTER TABLE t DROP COLUMN b"),
                          "ALTER TABLE t DROP COLUMN a")));
      assertThat(releases).hasSize(3);
      assertThat(releases.stream().flatMap(r -> r.subjects().stream()).map(Subject::kind))
          .containsExactly(Kind.EXPAND, Kind.EXPAND, Kind.EXPAND, Kind.CONTRACT);
    }
  }

  @Test
  void aComputedColumnThatMustHaveAValueRefusesRowsWithoutItsSources() {
    String before = "CREATE TABLE t (id int PRIMARY KEY, a int, b int NOT NULL)";
    String add = "ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (%s) STORED NOT NULL";
    Subject refusing = last(Releases.of(before, add.formatted("a * b")));
    assertThat(refusing.kind()).isEqualTo(Kind.REPLACE);
    assertThat(refusing.reasons().getFirst()).contains("computed from a:");
    for (String filled : List.of("b * 2", "coalesce(a, 0)")) {
      assertThat(last(Releases.of(before, add.formatted(filled))).kind()).isEqualTo(Kind.EXPAND);
    }
  }

  @Test
  void whatIsGivenAgainAndThenDroppedIsGone() {
    String before =
        """
        CREATE TABLE t (id int PRIMARY KEY, a int);
        CREATE VIEW v AS SELECT id FROM t;
        CREATE INDEX i ON t (a);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        """;
    String trigger =
        "CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()";
    for (String release :
        List.of(
            file("DROP VIEW v", "CREATE VIEW v AS SELECT id, a FROM t", "DROP VIEW v"),
            file(trigger, "DROP TRIGGER tr ON t"))) {
      Subject drop = last(Releases.of(before, release));
      assertThat(drop.kind()).as(release + "\n" + drop.reasons()).isEqualTo(Kind.CONTRACT);
    }
    Subject own =
        last(Releases.of(before, file("CREATE VIEW w AS SELECT id FROM t", "DROP VIEW w")));
    assertThat(own.kind()).as("nobody knew it").isNotEqualTo(Kind.CONTRACT);
  }

  /** One file, of these statements. */
  private static String file(String... statements) {
    return String.join(";\n", statements);
  }

  private static void assertKind(Kind kind, String... statements) {
    String sql = file(statements);
    Subject subject = last(Releases.of(SHOP, sql));
    assertThat(subject.kind()).as(sql + "\n" + subject.reasons()).isEqualTo(kind);
  }

  private static void assertKinds(List<Kind> kinds, String... statements) {
    String sql = file(statements);
    Release release = Releases.of(SHOP, sql);
    assertThat(release.subjects().stream().map(Subject::kind))
        .as(sql + "\n" + release.subjects().stream().map(Subject::reasons).toList())
        .containsExactlyElementsOf(kinds);
  }
}
