package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What other parsers are known to misread without an error. */
class MisreadingsTest {

  private static final QualifiedName T = QualifiedName.of("t");

  private static List<Change> read(String sql) {
    Reading reading = new PostgresqlReader().read(sql);
    assertThat(reading.parsedBy()).as(sql).isEqualTo(Reading.ParsedBy.GRAMMAR);
    return reading.changes();
  }

  @Test
  void aConcurrentDropIsConcurrentAndNamesItsIndex() {
    assertThat(read("DROP INDEX CONCURRENTLY ix"))
        .containsExactly(
            new Change.DropIndex(QualifiedName.of("ix"), Optional.empty(), true, false, false));
  }

  @Test
  void aCommandOfPsqlIsNamed() {
    assertThat(new PostgresqlReader().read("\\connect shop\nCREATE TABLE t (id int)").changes())
        .containsExactly(
            new Change.Unrecognised("\\connect is a command of psql: the server does not know it"));
  }

  @Test
  void anIndexMayBeCalledConcurrently() {
    assertThat(read("DROP INDEX \"concurrently\""))
        .containsExactly(
            new Change.DropIndex(
                QualifiedName.of("concurrently"), Optional.empty(), false, false, false));
  }

  @Test
  void aUniqueConstraintKeepsItsName() {
    assertThat(read("ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)"))
        .containsExactly(
            new Change.AddConstraint(
                T,
                new Constraint.Unique(
                    Optional.of(new Name("c")),
                    List.of(new Name("a")),
                    true,
                    Optional.empty(),
                    Constraint.Timing.IMMEDIATE,
                    "")));
  }

  @Test
  void whatFollowsAValidationIsNotSwallowed() {
    assertThat(read("ALTER TABLE t VALIDATE CONSTRAINT c, DROP COLUMN x"))
        .containsExactly(
            new Change.ValidateConstraint(T, new Name("c")),
            new Change.DropColumn(T, new Name("x"), false, false));
  }

  @Test
  void aDroppedRoutineKeepsItsEmptyParentheses() {
    assertThat(read("DROP FUNCTION f()"))
        .extracting(c -> ((Change.DropObject) c).signature())
        .containsExactly("()");
  }

  @Test
  void aSchemaWithTablesInItIsNotASchemaAlone() {
    assertThat(new PostgresqlReader().read("CREATE SCHEMA s CREATE TABLE t (a int)").changes())
        .singleElement()
        .isInstanceOf(Change.Unrecognised.class);
  }

  @Test
  void theOnlyInFromIsNoFunction() {
    assertThat(new PostgresqlReader().read("SELECT * FROM ONLY (t)").changes())
        .singleElement()
        .isInstanceOf(Change.Unrecognised.class);
  }

  @Test
  void aStatementInAStringIsNoStatement() {
    assertThat(read("INSERT INTO t VALUES (E'it\\'s; DROP TABLE t; --')"))
        .singleElement()
        .isInstanceOf(Change.Insert.class);
    assertThat(read("COMMENT ON TABLE t IS $x$; DROP TABLE t; $x$"))
        .singleElement()
        .isInstanceOf(Change.Comment.class);
  }

  @Test
  void aStatementInACommentIsNoStatement() {
    assertThat(read("/* DROP TABLE a; /* nested */ */ DROP TABLE b -- , c"))
        .containsExactly(new Change.DropTable(QualifiedName.of("b"), false, false));
  }

  @Test
  void theLastCommandOfAFileNeedsNoSemicolonAndTakesOne() {
    assertThat(read("DROP TABLE b;")).isEqualTo(read("DROP TABLE b"));
  }

  @Test
  void setDefaultNullTakesTheDefaultAway() {
    assertThat(read("ALTER TABLE t ALTER a SET DEFAULT NULL"))
        .containsExactly(new Change.DropDefault(T, new Name("a")));
  }
}
