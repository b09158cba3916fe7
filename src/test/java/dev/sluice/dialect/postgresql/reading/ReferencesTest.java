package dev.sluice.dialect.postgresql.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.Change;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferencesTest {

  private static final QualifiedName ORDERS = QualifiedName.of("orders");

  private static References of(String query) {
    return ((Change.Query) new PostgresqlReader().read(query).changes().get(0))
        .query()
        .references();
  }

  private static References.Column column(String table, String name) {
    return new References.Column(Optional.of(QualifiedName.of(table)), Optional.of(new Name(name)));
  }

  @Test
  void anAliasStandsForItsTable() {
    References names = of("SELECT o.id FROM orders AS o JOIN customers c ON c.id = o.customer");
    assertThat(names.relations()).containsExactlyInAnyOrder(ORDERS, QualifiedName.of("customers"));
    assertThat(names.columns())
        .containsExactlyInAnyOrder(
            column("orders", "id"), column("customers", "id"), column("orders", "customer"));
  }

  @Test
  void anAliasOutsideIsKnownInsideAndNotTheOtherWayRound() {
    References names =
        of("SELECT 1 FROM orders o WHERE EXISTS (SELECT 1 FROM items i WHERE i.o = o.id)");
    assertThat(names.columns())
        .containsExactlyInAnyOrder(column("items", "o"), column("orders", "id"));
  }

  @Test
  void anUnqualifiedColumnBelongsToAnyTableAround() {
    References names = of("SELECT total FROM orders, customers");
    assertThat(names.columns())
        .containsExactly(new References.Column(Optional.empty(), Optional.of(new Name("total"))));
    assertThat(names.names(ORDERS, new Name("total"))).isTrue();
  }

  @Test
  void aStarNamesEveryColumnOfItsOwnTables() {
    References names = of("SELECT o.* FROM orders o, customers");
    assertThat(names.columns())
        .containsExactly(new References.Column(Optional.of(ORDERS), Optional.empty()));
    assertThat(of("SELECT * FROM orders, customers").columns()).hasSize(2);
    assertThat(of("SELECT count(*) FROM orders").columns()).isEmpty();
  }

  @Test
  void theBareNameOfATableIsItsWholeRow() {
    assertThat(of("SELECT row_to_json(o) FROM orders o").names(ORDERS, new Name("anything")))
        .isTrue();
  }

  @Test
  void aCommonTableIsNoRelationButHidesNoneBeforeItIsNamed() {
    assertThat(of("WITH x AS (SELECT 1) SELECT * FROM x").relations()).isEmpty();
    assertThat(of("WITH orders AS (SELECT id FROM orders) SELECT * FROM orders").relations())
        .containsExactly(ORDERS);
    assertThat(of("WITH RECURSIVE r AS (SELECT 1 UNION SELECT n FROM r) TABLE r").relations())
        .isEmpty();
    assertThat(of("WITH x AS (SELECT 1) SELECT * FROM shop.x").relations())
        .containsExactly(QualifiedName.of("shop", "x"));
  }

  @Test
  void relationsNamedInStringsAreReadWhereTheServerReadsThem() {
    assertThat(of("SELECT nextval('shop.\"Seq\"'), 'orders'::regclass, 'customers'").relations())
        .containsExactlyInAnyOrder(QualifiedName.of("shop", "Seq"), ORDERS);
  }

  @Test
  void castsNameUsersTypesAndNoBuiltInOnes() {
    assertThat(of("SELECT a::mood, CAST(b AS shop.money), c::int, d::varchar(3)[]").types())
        .containsExactlyInAnyOrder(QualifiedName.of("mood"), QualifiedName.of("shop", "money"));
  }

  @Test
  void aDataModifyingWithWritesAndComesFirst() {
    List<Change> changes =
        new PostgresqlReader()
            .read(
                "WITH gone AS (DELETE FROM orders RETURNING id) INSERT INTO archive SELECT id FROM"
                    + " gone")
            .changes();
    assertThat(changes).extracting(Change::label).containsExactly("Delete", "Insert");
    Change.Insert insert = (Change.Insert) changes.get(1);
    assertThat(insert.references().writes())
        .containsExactlyInAnyOrder(ORDERS, QualifiedName.of("archive"));
    assertThat(insert.references().relations()).isEmpty();
  }

  @Test
  void excludedIsTheTargetOfTheInsert() {
    Change.Insert insert =
        (Change.Insert)
            new PostgresqlReader()
                .read(
                    "INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET total ="
                        + " excluded.net")
                .changes()
                .get(0);
    assertThat(insert.references().columns())
        .contains(column("orders", "total"), column("orders", "net"));
  }

  @Test
  void anInsertWithoutColumnsNamesThemAll() {
    Change.Insert insert =
        (Change.Insert)
            new PostgresqlReader().read("INSERT INTO orders VALUES (1)").changes().get(0);
    assertThat(insert.references().names(ORDERS, new Name("anything"))).isTrue();
  }

  @Test
  void anUpdateThatReadsFromElsewhereSaysFromWhere() {
    assertThat(update("UPDATE orders SET a = b").from()).isEmpty();
    assertThat(update("UPDATE orders SET a = c.b FROM customers c").from())
        .containsExactly(QualifiedName.of("customers"));
    assertThat(update("WITH x AS (SELECT * FROM u) UPDATE orders SET a = x.b FROM x").from())
        .containsExactly(QualifiedName.of("u"));
    assertThat(update("UPDATE orders SET a = v.b FROM (VALUES (1, 2)) v (id, b)").from())
        .containsExactly(QualifiedName.of("v"));
  }

  private static Change.Update update(String sql) {
    List<Change> changes = new PostgresqlReader().read(sql).changes();
    return (Change.Update) changes.get(changes.size() - 1);
  }
}
