package dev.sluice.dialect.mysql.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import dev.sluice.testing.MariaDb;
import dev.sluice.testing.MySql;
import dev.sluice.testing.ServerDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The law of refusals: what the dialect says of a statement is what the server does. Each case
 * begins with what is there.
 */
class RefusalsIT {

  private static final List<String> CASES =
      List.of(
          // words of one server alone
          """
          + CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, g INT AS (a + 1) VIRTUAL, s INT AS (b + 1) STORED, j JSON, v VARCHAR(20), INDEX ia (a), CONSTRAINT ck CHECK (id > 0))
          alter table t drop column a
          alter table t drop column b
          alter table t rename column a to d
          alter table t change b d int
          alter table t modify b bigint
          alter table t drop column a, drop column g
          alter table t drop column g, drop column a
          alter table t alter column if exists a set default 1
          alter table t change column if exists a d int
          alter table t rename column if exists a to d
          alter table t rename index if exists ia to d
          alter table t drop constraint if exists ck
          alter table t add constraint if not exists ck2 check (id > 1)
          alter table t add foreign key if not exists fk (a) references t(id)
          alter table t add unique if not exists u (a)
          alter table t drop check ck
          alter table t alter check ck not enforced
          alter table t alter constraint ck not enforced
          alter table t alter index ia invisible
          alter table t alter index ia visible
          alter table t alter index ia ignored
          alter table t alter index if exists ia not ignored
          alter table t add index f ((a+b))
          create index f on t ((a+b))
          create table x (a int, index ((a+1)))
          create table x (a int, index i (a) invisible)
          create table x (a int, index i (a) ignored)
          create table x (a uuid)
          create table x (a inet6)
          create table x (a inet4)
          create table x (a vector(3))
          create table x (a int check (a > 0) not enforced)
          create table x (a int, constraint c check (a > 0) not enforced)
          create sequence s
          create or replace view v as select 1
          create or replace procedure p() select 1
          create or replace function f() returns int return 1
          create or replace trigger tr before insert on t for each row set new.a = 1
          create or replace sequence s
          create procedure if not exists p() select 1
          create function if not exists f() returns int deterministic return 1
          create trigger if not exists tr before insert on t for each row set new.a = 1
          create view if not exists v as select 1
          create table x (a int) with system versioning
          create table x (a int with system versioning)
          alter table t add system versioning
          create table x (a int, b int without system versioning) with system versioning
          select j->'$.a' from t
          select j->>'$.a' from t
          create table x (j json, g varchar(10) as (j->>'$.a'))
          insert into t (id) values (1) returning id
          delete from t returning id
          alter table t nowait add column z int
          alter table t wait 5 add column z int
          drop table t wait 5
          alter table t add column z int, algorithm=nocopy
          alter table t add column z int invisible
          alter table t alter column a set invisible
          alter table t alter column a set visible
          create table x (a varchar(40) default uuid())
          create table x (a varchar(40) default (uuid()))
          create table x (a int) page_compressed=1
          create table x (a point not null srid 4326)
          create table x (a int column_format dynamic)
          create table x (a int storage disk)
          create index i on t (a) comment 'x' invisible
          drop index if exists ia on t
          execute immediate 'select 1'
          alter table t drop index ia, algorithm=inplace, lock=none
          delete from t order by id limit 1
          create table x (a int, check (a > 0), period for system_time (b, c), b timestamp(6) generated always as row start, c timestamp(6) generated always as row end) with system versioning
          create table x (a int, b int, unique (a) , primary key (a) using hash)
          create table x (a varchar(10) charset utf8mb3)
          insert into t set id = 4 returning id
          replace into t (id) values (3) returning id
          create index i on t (a desc)
          rename table if exists nope to x
          rename table t wait 3 to x
          insert into t (id) values (1) as fresh (k) on duplicate key update a = k
          begin not atomic select 1; end
          set persist max_connections = 100
          alter table t drop column id
          alter table t drop primary key
          create view v as select id from t
          """,
          // columns that something is made of
          """
          + CREATE TABLE t (a INT, b INT, c INT, g INT AS (a + 1) VIRTUAL, s INT AS (b + 1) STORED, CONSTRAINT ck CHECK (c > 0), CONSTRAINT ck2 CHECK (a > b))
          ALTER TABLE t DROP COLUMN a
          ALTER TABLE t DROP COLUMN c
          ALTER TABLE t DROP COLUMN c, DROP CONSTRAINT ck
          ALTER TABLE t DROP CONSTRAINT ck, DROP COLUMN c
          ALTER TABLE t RENAME COLUMN c TO d
          ALTER TABLE t RENAME COLUMN a TO d
          ALTER TABLE t RENAME COLUMN b TO d
          ALTER TABLE t RENAME COLUMN c TO d, DROP CONSTRAINT ck
          ALTER TABLE t CHANGE c d INT
          ALTER TABLE t CHANGE c d INT NOT NULL
          ALTER TABLE t CHANGE a d INT
          ALTER TABLE t MODIFY c VARCHAR(10)
          ALTER TABLE t MODIFY a BIGINT
          ALTER TABLE t DROP COLUMN b
          ALTER TABLE t DROP CONSTRAINT ck2, DROP COLUMN b
          ALTER TABLE t DROP CONSTRAINT ck2, DROP COLUMN b, DROP COLUMN s
          ALTER TABLE t DROP CONSTRAINT ck2, DROP COLUMN a
          ALTER TABLE t DROP CONSTRAINT ck2, DROP COLUMN a, DROP COLUMN g
          """,
          """
          + CREATE TABLE t (a INT, b INT DEFAULT 5, c INT DEFAULT (b + 1))
          ALTER TABLE t DROP COLUMN b
          ALTER TABLE t DROP COLUMN b, DROP COLUMN c
          ALTER TABLE t RENAME COLUMN b TO d
          ALTER TABLE t DROP COLUMN a, DROP COLUMN b, DROP COLUMN c
          ALTER TABLE t DROP COLUMN a, DROP COLUMN b, DROP COLUMN c, ADD COLUMN d INT
          """,
          // columns in keys; what is there already and what is not
          """
          + CREATE TABLE t (a INT, b INT, c INT, PRIMARY KEY (a, b), UNIQUE u (b, c), UNIQUE only_b (b), KEY k (a, c), KEY one (c), d VARCHAR(20))
          + CREATE TABLE other (id INT PRIMARY KEY)
          ALTER TABLE t DROP COLUMN a
          ALTER TABLE t DROP COLUMN b
          ALTER TABLE t DROP COLUMN c
          ALTER TABLE t DROP COLUMN c, DROP INDEX u
          ALTER TABLE t DROP COLUMN b, DROP COLUMN c, DROP PRIMARY KEY
          ALTER TABLE t DROP COLUMN b, DROP INDEX u, DROP PRIMARY KEY, ADD PRIMARY KEY (a)
          ALTER TABLE t DROP COLUMN b, DROP INDEX u, DROP PRIMARY KEY
          ALTER TABLE t DROP COLUMN nope
          ALTER TABLE t DROP COLUMN a, DROP COLUMN b
          ALTER TABLE t ADD COLUMN a INT
          ALTER TABLE t ADD COLUMN x INT, ADD COLUMN x INT
          ALTER TABLE t DROP COLUMN d, ADD COLUMN d INT
          ALTER TABLE t RENAME COLUMN d TO e, ADD COLUMN d INT
          ALTER TABLE t DROP INDEX nope
          DROP INDEX nope ON t
          DROP INDEX one ON t
          ALTER TABLE t DROP INDEX one, ADD INDEX one (a)
          ALTER TABLE t DROP CONSTRAINT nope
          ALTER TABLE t DROP CONSTRAINT only_b
          ALTER TABLE t DROP FOREIGN KEY nope
          ALTER TABLE t DROP PRIMARY KEY
          ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (c)
          ALTER TABLE t ADD PRIMARY KEY (c)
          ALTER TABLE other DROP PRIMARY KEY
          ALTER TABLE t ADD INDEX k (c)
          ALTER TABLE t ADD INDEX k2 (c), ADD INDEX k2 (b)
          CREATE INDEX k ON t (b)
          ALTER TABLE t RENAME INDEX k TO u
          ALTER TABLE t RENAME INDEX k TO k2
          ALTER TABLE t RENAME INDEX k TO one, RENAME INDEX one TO k
          ALTER TABLE t RENAME INDEX nope TO u2
          ALTER TABLE t RENAME COLUMN nope TO x
          ALTER TABLE t RENAME COLUMN a TO b
          ALTER TABLE t RENAME COLUMN a TO b, RENAME COLUMN b TO a
          ALTER TABLE t MODIFY nope INT
          ALTER TABLE t CHANGE a b INT
          ALTER TABLE t ALTER COLUMN nope SET DEFAULT 4
          ALTER TABLE t ADD COLUMN x INT, ADD INDEX i (x)
          DROP TABLE nope
          DROP TABLE IF EXISTS nope
          CREATE TABLE t (a INT)
          CREATE TABLE IF NOT EXISTS t (a INT)
          CREATE TEMPORARY TABLE t (a INT)
          RENAME TABLE t TO u
          RENAME TABLE t TO other
          RENAME TABLE t TO tmp, other TO t
          ALTER TABLE t RENAME TO other
          RENAME TABLE nope TO u
          TRUNCATE TABLE nope
          ALTER TABLE nope ADD COLUMN a INT
          CREATE INDEX i ON nope (a)
          INSERT INTO nope (a) VALUES (1)
          UPDATE nope SET a = 1
          DELETE FROM nope
          """,
          """
          + CREATE TABLE t (id INT)
          ALTER TABLE t DROP PRIMARY KEY
          ALTER TABLE t DROP COLUMN id
          ALTER TABLE t DROP COLUMN id, ADD COLUMN x INT
          """,
          """
          + CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT) PARTITION BY HASH (id) PARTITIONS 2
          ALTER TABLE t DROP COLUMN id
          ALTER TABLE t DROP COLUMN a
          ALTER TABLE t RENAME COLUMN id TO x
          ALTER TABLE t RENAME COLUMN a TO x
          """,
          // what foreign keys need
          """
          + CREATE TABLE p (id INT NOT NULL, k INT NOT NULL, x INT, y INT, PRIMARY KEY (id), UNIQUE ux (x))
          + CREATE TABLE c (id INT PRIMARY KEY, p_id INT, px INT, CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id), CONSTRAINT fx FOREIGN KEY (px) REFERENCES p (x))
          ALTER TABLE p DROP PRIMARY KEY
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (id, k)
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (k, id)
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (k)
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (k), ADD UNIQUE u (id)
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (k), ADD INDEX i (id, x)
          ALTER TABLE p DROP PRIMARY KEY, ADD INDEX i (id)
          ALTER TABLE p DROP INDEX ux
          ALTER TABLE p DROP CONSTRAINT ux
          ALTER TABLE p DROP INDEX ux, ADD INDEX ux (x)
          ALTER TABLE p DROP INDEX ux, ADD INDEX ux (x, k)
          ALTER TABLE p DROP INDEX ux, ADD INDEX ux (k, x)
          ALTER TABLE p DROP INDEX ux, ADD INDEX other (x)
          ALTER TABLE p DROP COLUMN x
          ALTER TABLE p DROP COLUMN y
          ALTER TABLE c DROP INDEX fk
          DROP INDEX fk ON c
          ALTER TABLE c DROP INDEX fk, ADD INDEX fk (p_id, id)
          ALTER TABLE c DROP INDEX fk, ADD INDEX fk (id, p_id)
          ALTER TABLE c DROP INDEX fk, DROP FOREIGN KEY fk
          ALTER TABLE c DROP FOREIGN KEY fk, DROP INDEX fk
          ALTER TABLE c DROP FOREIGN KEY fk, DROP COLUMN p_id
          ALTER TABLE c DROP COLUMN p_id
          ALTER TABLE c DROP PRIMARY KEY
          ALTER TABLE c ADD INDEX mine (p_id)
          """,
          """
          + SET foreign_key_checks = 0
          + CREATE TABLE p (id INT NOT NULL, k INT NOT NULL, x INT, PRIMARY KEY (id), UNIQUE ux (x))
          + CREATE TABLE c (id INT PRIMARY KEY, p_id INT, px INT, CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id), CONSTRAINT fx FOREIGN KEY (px) REFERENCES p (x))
          ALTER TABLE p DROP PRIMARY KEY
          ALTER TABLE p DROP PRIMARY KEY, ADD PRIMARY KEY (k)
          ALTER TABLE p DROP INDEX ux
          ALTER TABLE c DROP INDEX fk
          ALTER TABLE c DROP COLUMN p_id
          """,
          """
          + CREATE TABLE tree (id INT, up INT, PRIMARY KEY (id), CONSTRAINT fs FOREIGN KEY (up) REFERENCES tree (id))
          ALTER TABLE tree DROP PRIMARY KEY
          ALTER TABLE tree DROP PRIMARY KEY, ADD PRIMARY KEY (id, up)
          ALTER TABLE tree DROP INDEX fs
          """,
          """
          + create table p (id int primary key)
          + create table c (id int primary key, p_id int, constraint fk foreign key (p_id) references p(id))
          alter table c add index fk (p_id)
          alter table c add index fk (p_id, id)
          create index fk on c (p_id)
          alter table c rename index fk to mine
          alter table c add constraint fk2 foreign key (p_id) references p(id), drop foreign key fk
          alter table c drop foreign key fk, add constraint fk foreign key (p_id) references p(id)
          alter table c add unique (p_id), drop index fk
          alter table c modify column id int, drop primary key
          alter table c change id id2 int, add primary key (p_id)
          alter table c drop primary key, drop column id
          alter table c drop column id
          alter table c drop column id, add column id int first
          alter table c rename column id to x, drop primary key
          alter table c rename to c2, add column z int
          alter table c add column z int, modify z bigint
          alter table c add column z int, alter z set default 4
          """,
          // how it is to be run
          """
          + CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, b VARCHAR(20), KEY (b)) CHARSET=utf8mb4
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=INSTANT
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=INSTANT, LOCK=NONE
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=INSTANT, LOCK=DEFAULT
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=INPLACE, LOCK=NONE
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=INPLACE, LOCK=SHARED
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=COPY
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=COPY, LOCK=NONE
          ALTER TABLE t ADD COLUMN x INT, ALGORITHM=COPY, LOCK=SHARED
          ALTER TABLE t ADD COLUMN x INT, LOCK=NONE
          ALTER TABLE t MODIFY a BIGINT NOT NULL, ALGORITHM=INSTANT
          ALTER TABLE t MODIFY a BIGINT NOT NULL, ALGORITHM=INPLACE
          ALTER TABLE t MODIFY a BIGINT NOT NULL, ALGORITHM=COPY
          ALTER TABLE t MODIFY a BIGINT NOT NULL, LOCK=NONE
          ALTER TABLE t MODIFY a BIGINT NOT NULL, LOCK=SHARED
          ALTER TABLE t MODIFY b VARCHAR(40), ALGORITHM=INSTANT
          ALTER TABLE t MODIFY b VARCHAR(40), ALGORITHM=INPLACE, LOCK=NONE
          ALTER TABLE t ADD INDEX i (a), ALGORITHM=INSTANT
          ALTER TABLE t ADD INDEX i (a), ALGORITHM=INPLACE, LOCK=NONE
          CREATE INDEX i ON t (a) ALGORITHM=INPLACE LOCK=NONE
          CREATE INDEX i ON t (a) ALGORITHM=INSTANT
          CREATE FULLTEXT INDEX i ON t (b) ALGORITHM=INPLACE LOCK=NONE
          CREATE FULLTEXT INDEX i ON t (b) ALGORITHM=INPLACE LOCK=SHARED
          ALTER TABLE t DROP PRIMARY KEY, ALGORITHM=INPLACE
          ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (a), ALGORITHM=INPLACE, LOCK=NONE
          ALTER TABLE t DROP COLUMN a, ALGORITHM=INSTANT
          ALTER TABLE t DROP COLUMN b, ALGORITHM=INSTANT
          ALTER TABLE t DROP COLUMN b, ALGORITHM=INPLACE, LOCK=NONE
          ALTER TABLE t ADD CHECK (a > 0), ALGORITHM=INPLACE
          ALTER TABLE t CONVERT TO CHARACTER SET latin1, ALGORITHM=INPLACE
          ALTER TABLE t CONVERT TO CHARACTER SET latin1, ALGORITHM=COPY, LOCK=NONE
          ALTER TABLE t ENGINE=InnoDB, ALGORITHM=INPLACE, LOCK=NONE
          DROP INDEX b ON t ALGORITHM=INPLACE LOCK=NONE
          DROP INDEX b ON t ALGORITHM=INSTANT
          """);

  @Test
  void mysqlRefusesWhatIsSaidAndNothingElse() throws Exception {
    assumeTrue(MySql.missing().isEmpty(), MySql.missing());
    holds(new MysqlDialect(Engine.MYSQL, new EngineVersion(8, 0, 31)), MySql.freshDatabase());
  }

  @Test
  void mariadbRefusesWhatIsSaidAndNothingElse() throws Exception {
    holds(new MysqlDialect(Engine.MARIADB, new EngineVersion(11, 4, 5)), MariaDb.freshDatabase());
  }

  private static void holds(Dialect dialect, ServerDatabase database) throws Exception {
    List<String> differences = new ArrayList<>();
    List<String> scripts = new ArrayList<>(CASES);
    scripts.addAll(List.of(ofFile().split("\n\n", -1)));
    for (String script : scripts) {
      List<String> lines = script.lines().filter(l -> !l.isBlank()).toList();
      List<String> there =
          lines.stream().filter(l -> l.startsWith("+")).map(l -> l.substring(2)).toList();
      for (String sql : lines) {
        if (!sql.startsWith("+")) {
          compare(there, sql, dialect, database, differences);
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String ofFile() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(RefusalsIT.class.getResourceAsStream("/refusals/mysql.txt"))) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll("(?m)^#.*\n", "");
    }
  }

  private static void compare(
      List<String> there,
      String sql,
      Dialect dialect,
      ServerDatabase database,
      List<String> differences)
      throws SQLException {
    Schema before = Schema.empty(List.of(new Name(database.name())), dialect.conventions());
    for (String one : there) {
      for (Change change : dialect.read(Statement.of(one)).changes()) {
        before = before.after(change);
      }
    }
    Reading reading = dialect.read(Statement.of(sql));
    // What no reader understands is unknown anyway.
    boolean unread = reading.changes().getFirst() instanceof Change.Unrecognised;
    String said =
        dialect.refusal(Statement.of(sql), reading, before, true).map(r -> r.why()).orElse("");
    String does = refusal(there, sql, database);
    if (!unread && said.isEmpty() != does.isEmpty()) {
      differences.add(sql + "\n  said: " + said + "\n  does: " + does);
    }
    // An error that is named is the one that comes.
    String number = said.replaceAll("(?s).*\\(errors? ([\\d and]+)\\).*|.*", "$1");
    boolean another =
        !number.isEmpty() && !does.isEmpty() && !number.contains(does.substring(0, 4));
    if (another) {
      differences.add(sql + "\n  said: " + said + "\n  does: " + does);
    }
  }

  /** Its number and message; empty where the server runs it. */
  private static String refusal(List<String> there, String sql, ServerDatabase database)
      throws SQLException {
    String name = database.name();
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + name);
      statement.execute("CREATE DATABASE " + name);
      statement.execute("USE " + name);
      for (String one : there) {
        statement.execute(one);
      }
      try {
        statement.execute(sql);
        return "";
      } catch (SQLException e) {
        return e.getErrorCode() + " " + e.getMessage();
      }
    }
  }
}
