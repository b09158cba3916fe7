package dev.sluice.dialect.postgresql.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.dialect.postgresql.impact.Feature;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to be refused a server refuses, and what it takes is never said to be refused. */
class RefusalsIT {

  private static final String SHOP =
      """
      create table t(id int primary key, a text, b int, c int, d int, e int, f int, g int generated always as (f*2) stored, h int, n int);
      create unique index t_b on t(b);
      create view v as select a from t;
      create view vv as select a from v;
      create function trg() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger tw before update on t for each row when (old.c is distinct from new.c) execute function trg();
      create trigger tu before update of d on t for each row execute function trg();
      create policy p on t using (e > 0);
      create rule r as on delete to t where old.h > 5 do also nothing;
      create table child(tid int references t(id), tb int references t(b));
      create table part(id int not null, at date not null) partition by range(at);
      create table part1 partition of part for values from ('2020-01-01') to ('2021-01-01');
      create table partd partition of part default;
      create index part_id on part(id);
      create table nopart(id int, at date) partition by range(at);
      create table nopart1 partition of nopart for values from ('2020-01-01') to ('2021-01-01');
      create unique index nopart1_u on nopart1(id,at);
      create type st as enum ('a','b');
      create type st3 as enum ('a','b');
      create table en(s st, n text);
      create sequence sq;
      create table usesq(id int default nextval('sq'));
      create function sqlf() returns int language sql as 'select 1';
      create table rx(lo text, num text);
      create table words(w text unique, v varchar(10) unique, i int unique, b bigint unique, n numeric unique, f float8 unique, d date unique, z timestamptz unique, u uuid unique, o boolean unique, en st unique, other st3 unique);
      create table base(id int, a text, b int, h int, c varchar(5));
      create view wide as select id, b, h as n from base;
      create view renamed as select a, b from base;
      create view short as select c from base;
      alter view renamed rename column a to x;
      create view starred as select * from en;
      alter table en add column later int;
      alter table t add constraint nchk check (n > 0);
      create table sr(id serial primary key, k st default 'a', v varchar(9) default 'x', flag boolean default true);
      create table sr2(like sr including all);
      create table ident(id int generated always as identity, a int, b int generated always as (a * 2) stored);
      create table papa(id int, z int);
      create table heir(own int) inherits (papa);
      create function ret(a bigint, b text) returns int language sql as 'select 1';
      create view vch as select v, i from words;
      """;

  /**
   * {@code #} in front: the server refuses it, and nobody says so; {@code -- silent from} behind
   * it: from that feature on.
   */
  private static final String STATEMENTS =
      """
      alter table t alter a type varchar(10)
      alter table t alter c type bigint
      alter table t alter d type bigint
      alter table t alter e type bigint
      alter table t alter f type bigint
      alter table t alter h type bigint
      alter table t alter n type bigint
      alter table part alter at type timestamp
      alter table t drop column a
      alter table t drop column c
      alter table t drop column d
      alter table t drop column e
      alter table t drop column f
      alter table t drop column h
      alter table t drop column n
      alter table t drop column id
      alter table t drop column b
      alter table part drop column at
      alter table t drop constraint t_pkey
      drop index t_b
      drop index t_pkey
      drop table t
      drop table t, child cascade
      drop table child, t
      drop view v
      drop view v, vv
      drop type st
      drop sequence sq
      drop function trg()
      drop table part1
      create index concurrently on part(id)
      create index concurrently on only part(at)
      drop index concurrently part_id
      reindex index concurrently part_id
      reindex table concurrently part
      alter table part detach partition part1 concurrently
      alter table nopart detach partition nopart1 concurrently
      create unique index pu on only part(id, at)
      alter table nopart add constraint q unique using index nopart1_u
      alter table part add foreign key (id) references t not valid
      alter table part add unique (id)
      alter table part add primary key (id, at)
      alter table part add exclude using gist (at with =) -- silent from EXCLUDE_ON_PARTITIONED_TABLES
      create unique index on part(id)
      drop index concurrently t_b cascade
      drop index concurrently t_b, part_id
      alter table t add primary key (b)
      alter table rx alter num type int
      alter table rx alter num type numeric
      alter table rx alter num type date
      alter table rx alter num type jsonb
      alter table rx alter num type boolean
      alter table rx alter num type varchar(3)
      # alter table t alter b type text
      alter table t alter b type boolean
      alter table t alter b type numeric
      alter table t alter b type smallint
      alter table en alter s type text
      alter table en alter n type st
      create view v as select 1
      create or replace view v as select 1 as b
      create table v (i int)
      create table t_b (i int)
      create type st as enum ('c')
      create table st (i int)
      create sequence t_b
      create index t_b on t(h)
      create index sq on t(h)
      create trigger tw before update on t for each row execute function trg()
      create policy p on t using (true)
      create rule r as on delete to t do also nothing
      alter table t add constraint nchk check (n > 1)
      alter table t add constraint t_b check (n > 1)
      alter table t add constraint t_b unique (n)
      alter table t validate constraint zz -- silent from NOT_NULL_CONSTRAINTS
      alter table t drop constraint zz -- silent from NOT_NULL_CONSTRAINTS
      alter table t rename constraint zz to y -- silent from NOT_NULL_CONSTRAINTS
      alter table t rename column a to b
      alter table t rename to v
      alter table t rename column zz to y
      alter table t alter zz set not null
      create index on t(zz)
      alter table t add foreign key (zz) references child
      alter table t add foreign key (h) references child
      alter table t add foreign key (h) references child (tid)
      alter table v add column z int
      drop view t
      drop table v
      drop materialized view v
      # refresh materialized view v
      alter table t alter id drop not null
      alter table t alter id drop identity
      alter table t alter g set default 5
      alter table t alter g drop expression
      alter table t alter id add generated always as identity
      alter table t alter h add generated always as identity
      # create statistics ss on b from t
      alter type st add value 'a'
      alter type st rename value 'zz' to 'y'
      # alter sequence zz restart
      # create table kid partition of t for values in (1)
      alter table t attach partition child for values in (1)
      # alter table part detach partition child
            alter table t set logged
      # alter table t cluster on zz
      alter table t enable trigger zz
      drop trigger zz on t
      drop policy zz on t
      comment on column t.zz is 'x'
      comment on column t.a is 'x'
      truncate t
      truncate t, child
      alter type st add value 'zz'
      alter table t drop constraint if exists zz
      drop table if exists zz
      drop table zz
      alter table if exists zz add column a int
      alter table zz add column a int
      alter table t add column if not exists a int
      alter table t add column a int
      create table if not exists t (i int)
      create or replace view v as select a from t
      alter table t drop column a cascade
      merge into rx using child on true when matched then delete
      merge into rx using child on true when not matched by source then delete
      create table z (a int, b int generated always as (a) virtual)
      create table z (a int, b int generated always as (a) stored)
      create table z (a int, b int generated always as (a))
      alter table t alter g set expression as (3)
      alter table t add check (h > 0) not enforced
      alter table t add constraint nn not null h
      alter table t add constraint nn not null h not valid
      create table z (a int unique nulls not distinct)
      create unique index on t (h) nulls not distinct
      create table z (a int, b int, foreign key (a) references t on delete set null (a))
      alter table t add foreign key (h) references t not enforced
      alter table child alter constraint child_tid_fkey enforced
      create unlogged sequence z
      alter sequence sq set unlogged
      create view z with (security_invoker = true) as select 1
      create table z (a int4range, b int4range, unique (a, b without overlaps))
      alter table t alter g drop expression
      alter table t alter a set compression pglz
      create function z() returns int language sql return 1
      create function z() returns int language sql begin atomic select 1; end
      create function z() returns int language sql as 'select 1'
      create or replace trigger tw before update on t for each row execute function trg()
      alter table t set access method heap
      create statistics on h, n from t
      create publication z for tables in schema public
      # drop index concurrently t_a_idx
      create or replace view v as select a, b from t
      create or replace view v as select b, a from t
      create or replace view v as select b as a from t
      create or replace view v as select t.a from t where b > 0
      # create or replace view v as select b + id from t
      # create or replace view v as select id + h as a from t
      create or replace view v (z) as select a from t
      create or replace view wide as select id, b from base
      create or replace view wide as select id from base
      create or replace view wide as select id, b as n from base
      create or replace view wide as select id, b, id as n, a from base
      create or replace view renamed as select a as x, b from base
      create or replace view renamed as select a, b from base
      create or replace view renamed as select b as x, b from base
      create or replace view short as select a as c from base
      create or replace view short as select base.c from base
      # create or replace view short as select c::varchar(6) as c from base
      create or replace view starred as select en.s, en.n from en
      create or replace view starred as select * from en
      create or replace temporary view v as select 1 as b
      create or replace view pg_temp.v as select 1 as b
      alter table v drop column a
      alter table v drop column if exists zz
      alter table v alter a type text
      alter table v alter a set not null
      alter table v alter a set default 'x'
      alter table v add check (a > '')
      alter table v drop constraint if exists zz
      alter table v rename column a to z
      alter view v rename column a to z
      create index on v (a)
      alter table t alter constraint nchk enforced
      alter table t alter constraint nchk deferrable
      alter table t alter constraint t_pkey deferrable initially deferred
      alter table child alter constraint child_tid_fkey deferrable
      alter table child alter constraint zz deferrable -- silent from NOT_NULL_CONSTRAINTS
      alter table rx add foreign key (lo) references t
      alter table rx add foreign key (lo) references words (w)
      alter table rx add foreign key (num) references words (v)
      alter table t add foreign key (h) references words (i)
      alter table t add foreign key (h) references words (b)
      alter table t add foreign key (h) references words (n)
      alter table t add foreign key (h) references words (f)
      alter table t add foreign key (h) references words (w)
      alter table words add foreign key (n) references t (id)
      alter table words add foreign key (b) references t (id)
      alter table words add foreign key (f) references t (id)
      alter table words add foreign key (f) references words (n)
      alter table words add foreign key (n) references words (f)
      alter table words add foreign key (n) references words (n)
      alter table words add foreign key (d) references words (z)
      alter table words add foreign key (z) references words (d)
      alter table words add foreign key (d) references words (w)
      alter table words add foreign key (u) references words (w)
      alter table words add foreign key (w) references words (u)
      alter table words add foreign key (o) references words (i)
      alter table words add foreign key (en) references words (w)
      alter table words add foreign key (en) references words (en)
      alter table words add foreign key (other) references words (en)
      alter table words add column r text references t
      alter table words add column r bigint references t
      create table z (a text references t)
      create table z (a smallint references t)
      create table z (a text, foreign key (a) references t (b))
      create table z (a int primary key, b text references z)
      drop sequence sr_id_seq
      drop sequence sr_id_seq cascade
      drop sequence ident_id_seq
      drop table sr
      drop table sr, sr2
      drop table sr2
      insert into ident values (1, 2)
      insert into ident values (default, 2)
      insert into ident (a, id) values (1, 2)
      insert into ident (a, id) overriding system value values (1, 2)
      insert into ident (a) values (1), (coalesce((1), 2))
      insert into ident (a, b) values (1, 2)
      insert into ident (a, b) values (1, default), (2, 3)
      insert into ident (id) select 1
      insert into ident (a) select 1
      insert into ident (zz) values (1)
      insert into sr (k) values ('a')
      insert into sr (k) values ('zz')
      insert into sr (v) values ('zz')
      update sr set k = 'zz'
      update sr set k = 'b'
      update sr set zz = 1
      update ident set b = 3
      update ident set b = default
      update ident set id = 3
      alter table sr alter k set default 'zz'
      alter table sr alter k set default 'b'
      alter table sr add column kk st default 'zz'
      create table z (k st default 'zz')
      alter table sr alter v type st using v::st
      alter table sr alter v drop default, alter v type st using v::st
      alter table sr alter v type st using v::st, alter v drop default
      alter table sr alter k type st3 using k::text::st3
      alter table sr alter flag type int using 1
      alter table sr alter flag type text
      alter table heir drop column z
      alter table heir drop column own
      alter table heir rename column z to y
      alter table heir alter z type bigint
      alter table papa drop column z
      alter table part1 drop column id
      create or replace function ret(a bigint, b text) returns text language sql as 'select null::text'
      create or replace function ret(a int8, b text) returns int4 language sql as 'select 2'
      create or replace function ret(x bigint, b text) returns int language sql as 'select 1'
      create or replace function ret(bigint, text) returns int language sql as 'select 1'
      create or replace function ret(a int) returns text language sql as 'select null::text'
      create or replace view vch as select lower(v) as v, i from words
      create or replace view vch as select v, i, lower(v) as l from words
      """;

  private static final Postgres.Database DATABASE = Postgres.freshDatabase();

  private static Dialect dialect;
  private static Schema schema;

  @BeforeAll
  static void makeTheShop() throws SQLException {
    dialect = new PostgresqlDialect(EngineVersion.parse(DATABASE.ask("SHOW server_version")));
    schema = dialect.emptySchema();
    for (String sql : SHOP.lines().map(l -> l.strip().replaceAll(";$", "")).toList()) {
      DATABASE.execute(sql);
      schema = after(sql, schema);
    }
    schema = schema.committed();
  }

  @AfterAll
  static void drop() throws SQLException {
    DATABASE.drop();
  }

  static Stream<String> statements() {
    return STATEMENTS.lines();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void whatIsSaidIsWhatTheServerDoes(String line) throws SQLException {
    String sql = line.replaceAll("^# | -- silent from .*", "");
    boolean silent =
        line.startsWith("#")
            || (line.contains(" -- silent from ")
                && Feature.valueOf(line.replaceAll(".* -- silent from ", ""))
                    .in(dialect.version()));
    Optional<Refusal> said = refusal(sql, schema);
    Optional<String> error = error(List.of(sql), sql.contains("concurrently"));

    assertThat(said.isPresent()).as(said + " / " + error).isEqualTo(error.isPresent() && !silent);
    assertThat(silent && error.isEmpty()).as("no longer refused").isFalse();
  }

  static Stream<List<String>> earlyValues() {
    return """
    alter type st add value 'zz'; update en set s = 'zz'
    alter type st add value 'zz'; insert into en (s) values ('zz')
    alter type st add value 'zz'; insert into en (s) values ('a')
    alter type st add value 'zz'; alter table en alter s set default 'zz'
    alter type st add value 'zz'; alter table en add check (s <> 'zz')
    alter type st add value 'zz'; create view vz as select 1 from en where s = 'zz'
    alter type st add value 'zz'; create table e2 (s st default 'zz')
    alter type st add value 'zz'; create table e2 (s text default 'zz')
    alter type st rename value 'a' to 'zz'; update en set s = 'zz'
    create type st2 as enum ('q'); create table e2 (s st2 default 'q')
    create type st2 as enum ('q'); alter type st2 add value 'zz'; create table e2 (s st2 default 'zz')
    """
        .lines()
        .map(line -> List.of(line.split("; ", -1)));
  }

  @ParameterizedTest
  @MethodSource("earlyValues")
  void aNewEnumValueIsUsedOnceItIsCommitted(List<String> transaction) throws SQLException {
    Schema before = schema;
    Optional<Refusal> said = Optional.empty();
    for (String sql : transaction) {
      said = said.isPresent() ? said : refusal(sql, before);
      before = after(sql, before);
    }
    assertThat(said.isPresent())
        .as(String.valueOf(said))
        .isEqualTo(error(transaction, false).isPresent());

    Schema committed = schema;
    for (String sql : transaction) {
      assertThat(refusal(sql, committed)).isEmpty();
      committed = after(sql, committed).committed();
    }
  }

  private static Optional<Refusal> refusal(String sql, Schema before) {
    dev.sluice.sql.Statement statement = dev.sluice.sql.Statement.of(sql);
    return dialect.refusal(statement, dialect.read(statement), before, true);
  }

  private static Schema after(String sql, Schema before) {
    Reading reading = dialect.read(dev.sluice.sql.Statement.of(sql));
    Schema schema = before;
    for (Change change : reading.changes()) {
      schema = schema.after(change);
    }
    return schema;
  }

  /** Why the server refuses one of them; leaves nothing behind unless it runs outside. */
  private static Optional<String> error(List<String> statements, boolean outside)
      throws SQLException {
    Postgres.Database where = outside ? DATABASE.copy() : DATABASE;
    try (Connection connection = where.connect();
        Statement run = connection.createStatement()) {
      connection.setAutoCommit(outside);
      try {
        for (String sql : statements) {
          run.execute(sql);
        }
        return Optional.empty();
      } catch (SQLException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      } finally {
        if (!outside) {
          connection.rollback();
        }
      }
    } finally {
      if (outside) {
        where.drop();
      }
    }
  }
}
