package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

  private static Change.Block block(String code) {
    return (Change.Block) new PostgresqlReader().read("DO $do$" + code + "$do$").changes().get(0);
  }

  private static References routine(String body) {
    List<Change> changes =
        new PostgresqlReader()
            .read("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$" + body + "$f$")
            .changes();
    return ((Change.CreateRoutine) changes.get(0)).routine().definition().references();
  }

  @Test
  void allBranchesOfABlockCountInTheirOrder() {
    Change.Block block =
        block(
            "BEGIN IF a() THEN ALTER TABLE t ADD c int; ELSE DROP TABLE u; END IF; "
                + "BEGIN DELETE FROM v; EXCEPTION WHEN others THEN TRUNCATE w; END; END");
    assertThat(block.unknown()).isEmpty();
    assertThat(block.changes())
        .extracting(Change::label)
        .containsExactly("Query", "AddColumn", "DropTable", "Delete", "Truncate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'DROP TABLE t'",
        "$x$DROP TABLE t$x$",
        "'DROP ' || 'TABLE' || ' t'",
        "format('DROP TABLE %I', 't')",
        "format('DROP %2$s %1$I', 't', 'TABLE')",
        "format($x$DROP TABLE %s$x$, quote_ident('t'))",
        "concat('DROP TABLE ', 't')",
        "('DROP TABLE t')::text",
        "E'DROP\\nTABLE t'",
      })
  void sqlThatIsConstantIsReadThroughExecute(String expression) {
    Change.Block block = block("BEGIN EXECUTE " + expression + "; END");
    assertThat(block.unknown()).isEmpty();
    assertThat(block.changes())
        .containsExactly(new Change.DropTable(QualifiedName.of("t"), false, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'DROP TABLE ' || v",
        "format('DROP TABLE %I', v)",
        "v",
        "(SELECT s FROM scripts)",
        "format('DROP TABLE %I')",
      })
  void sqlThatIsPutTogetherAtRunTimeIsUnknown(String expression) {
    Change.Block block = block("DECLARE v text := 't'; BEGIN EXECUTE " + expression + "; END");
    assertThat(block.unknown()).singleElement().asString().contains("EXECUTE at 1:30");
    assertThat(block.changes()).doesNotHaveAnyElementsOfTypes(Change.DropTable.class);
  }

  @Test
  void aConstantIsKnownUnlessAnInnerVariableHidesIt() {
    assertThat(block("DECLARE n CONSTANT text := 't'; BEGIN EXECUTE 'DROP TABLE ' || n; END"))
        .isEqualTo(
            new Change.Block(
                List.of(new Change.DropTable(QualifiedName.of("t"), false, false)), List.of()));
    assertThat(
            block(
                    "DECLARE n CONSTANT text := 't'; BEGIN DECLARE n text; BEGIN EXECUTE 'DROP TABLE"
                        + " ' || n; END; END")
                .unknown())
        .hasSize(1);
  }

  @Test
  void aStatementThatCannotBeReadInExecuteIsUnknownWithItsReason() {
    assertThat(block("BEGIN EXECUTE 'ALTER TABLE t FROBNICATE'; END").unknown())
        .singleElement()
        .asString()
        .contains("FROBNICATE");
  }

  @Test
  void codeInAnotherLanguageIsUnknown() {
    Change change = new PostgresqlReader().read("DO LANGUAGE plpython3u 'pass'").changes().get(0);
    assertThat(change)
        .isEqualTo(new Change.Block(List.of(), List.of("code in plpython3u is not read")));
  }

  @Test
  void codeThatTheGrammarRefusesIsUnknownAndNotUnrecognised() {
    assertThat(block("BEGIN this is no code; END").unknown()).hasSize(1);
  }

  @Test
  void intoNamesVariablesAndNoTables() {
    References names =
        routine(
            "DECLARE a int; b int; BEGIN SELECT x, y INTO STRICT a, b FROM t; "
                + "SELECT INTO a z FROM u; INSERT INTO v (q) VALUES (1) RETURNING r INTO a; "
                + "EXECUTE 'DELETE FROM w' INTO b; RETURN NEW; END");
    assertThat(names.relations())
        .containsExactlyInAnyOrder(QualifiedName.of("t"), QualifiedName.of("u"));
    assertThat(names.writes())
        .containsExactlyInAnyOrder(QualifiedName.of("v"), QualifiedName.of("w"));
    assertThat(names.complete()).isTrue();
  }

  @Test
  void aRoutineWithSqlBuiltAtRunTimeMayTouchAnything() {
    assertThat(
            routine("BEGIN EXECUTE 'DELETE FROM ' || TG_TABLE_NAME; RETURN NULL; END").complete())
        .isFalse();
  }

  @Test
  void theRowOfATriggerNamesColumns() {
    References names = routine("BEGIN NEW.total := OLD.net + NEW.tax; RETURN NEW; END");
    assertThat(names.columns())
        .extracting(c -> c.name().map(Name::text).orElse("*"))
        .contains("total", "net", "tax");
  }

  @Test
  void whatAVariableTakesItsTypeFromIsRead() {
    References names =
        routine("DECLARE a shop.orders.id%TYPE; b customers%ROWTYPE; c mood; BEGIN END");
    assertThat(names.names(QualifiedName.of("shop", "orders"), new Name("id"))).isTrue();
    assertThat(names.relations()).contains(QualifiedName.of("customers"));
    assertThat(names.types()).containsExactly(QualifiedName.of("mood"));
  }
}
