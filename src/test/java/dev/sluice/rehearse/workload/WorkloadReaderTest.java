package dev.sluice.rehearse.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.rehearse.workload.Workload.BoundSql;
import dev.sluice.rehearse.workload.Workload.Call;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadReaderTest {

  @Test
  void aCallHasItsNameItsWeightItsParametersAndItsStatements() {
    Call call =
        read("""
                -- Words before the first name are free.

                -- name: place order; weight: 6
                -- :customer_id random 1..rows/10
                -- :method one of card, bank transfer
                -- :order_id returned
                -- keep: order_id
                INSERT INTO orders (customer_id, method)
                VALUES (:customer_id, :method) RETURNING id AS order_id;
                INSERT INTO order_items (order_id) VALUES (:order_id);
                """)
            .calls()
            .getFirst();

    assertThat(call.name()).isEqualTo("place order");
    assertThat(call.weight()).isEqualTo(6);
    assertThat(call.parameters())
        .containsEntry(
            "customer_id", new Draw.Range(new Draw.Size.Exactly(1), new Draw.Size.PartOfRows(10)))
        .containsEntry("method", new Draw.OneOf(List.of("card", "bank transfer")))
        .containsEntry("order_id", new Draw.Returned());
    assertThat(call.keeps()).containsExactly("order_id");
    assertThat(call.statements())
        .containsExactly(
            new BoundSql(
                "INSERT INTO orders (customer_id, method)\nVALUES (?, ?) RETURNING id AS order_id",
                List.of("customer_id", "method")),
            new BoundSql("INSERT INTO order_items (order_id) VALUES (?)", List.of("order_id")));
    assertThat(call.isTransaction()).isTrue();
  }

  @Test
  void aCallWithoutAWeightCountsOnce() {
    assertThat(read("-- name: ping\nSELECT 1;").calls().getFirst().weight()).isEqualTo(1);
  }

  @Test
  void aColonOrASemicolonInAStringANameACommentOrACastIsNoneOfOurs() {
    List<BoundSql> statements =
        read("""
                -- name: odd
                -- :n random 1..2
                SELECT 'a;:b''c', ":d;", `:e`, :n::text, (ARRAY[1,2,3])[1:2] -- :f;
                /* :g; */ FROM t;
                DO $body$ BEGIN PERFORM ':h'; END; $body$;
                """)
            .calls()
            .getFirst()
            .statements();

    assertThat(statements).hasSize(2);
    assertThat(statements.get(0).parameters()).containsExactly("n");
    assertThat(statements.get(0).sql())
        .startsWith("SELECT 'a;:b''c', \":d;\", `:e`, ?::text, (ARRAY[1,2,3])[1:2] -- :f;");
    assertThat(statements.get(1).sql()).isEqualTo("DO $body$ BEGIN PERFORM ':h'; END; $body$");
  }

  @Test
  void theSizeOfTheRunNeedsNoLine() {
    Call call =
        read("-- name: fill\nINSERT INTO t SELECT n FROM generate_series(1, :rows) n;")
            .calls()
            .getFirst();
    assertThat(call.parameters()).containsExactlyEntriesOf(Map.of("rows", new Draw.Rows()));
  }

  @Test
  void aSmallRunStillHasSomethingToDraw() {
    assertThat(new Draw.Size.PartOfRows(10).of(3)).isEqualTo(1);
    assertThat(new Draw.Size.PartOfRows(10).of(100)).isEqualTo(10);
  }

  @Test
  void whatIsNotUnderstoodIsSaidWithItsPlace() {
    refuses("SELECT 1;", "w.sql:1:1: SQL without a name");
    refuses("", "w.sql:1:1: no statement");
    refuses("-- name: a; weight: many\nSELECT 1;", "w.sql:1:1: not a name");
    refuses("-- name: a; weight: 0\nSELECT 1;", "w.sql:1:1: the weight is 0");
    refuses("-- name: a", "w.sql:1:1: a name without SQL");
    refuses("-- name: a\n-- keeep: x\nSELECT 1;", "w.sql:2:1: not understood: -- keeep: x");
    refuses(
        "-- name: a\n-- :x randomly\nSELECT :x;", "w.sql:2:1: no way to draw a value: randomly");
    refuses("-- name: a\n-- :x random 1..lots\nSELECT :x;", "w.sql:2:1: not a size: lots");
    refuses("-- name: a\nSELECT :x;", "w.sql:1:1: :x has no origin");
    refuses("-- name: a\n-- :x text 3\nSELECT 1;", "w.sql:1:1: :x is declared and not used");
    refuses("-- name: a\nSELECT 'x;", "w.sql:1:1: no ' ends what begins here: 'x;");
    refuses("-- name: a\nSELECT a ? b;", "w.sql:1:1: a bare ?");
    refuses("-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;", "w.sql: two calls are named a");
  }

  @Test
  void whatNobodyKeepsCannotBeDrawn() {
    refuses(
        "-- name: pay\n-- :order_id kept\nUPDATE orders SET paid = true WHERE id = :order_id;",
        "w.sql: call pay draws :order_id from what was kept, and no call keeps it");
  }

  private static Workload read(String text) {
    return WorkloadReader.read(new Source("w.sql", text));
  }

  private static void refuses(String text, String message) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(message);
  }
}
