package dev.sluice.rehearse.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rehearse.workload.Workload.Call;
import dev.sluice.sql.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrawsTest {

  private static final Workload SHOP =
      WorkloadReader.read(
          new Source(
              "w.sql",
              """
              -- name: place; weight: 1
              -- :customer_id random 1..rows
              -- :country one of DE, AT
              -- :note text 5
              -- :order_id returned
              -- keep: order_id
              INSERT INTO orders VALUES (:customer_id, :country, :note) RETURNING id AS order_id;
              -- name: pay; weight: 3
              -- :order_id kept
              UPDATE orders SET paid = true WHERE id = :order_id;
              -- name: delete; weight: 1
              -- :order_id taken
              DELETE FROM orders WHERE id = :order_id;
              """));
  private static final Call PLACE = SHOP.call("place").orElseThrow();
  private static final Call PAY = SHOP.call("pay").orElseThrow();
  private static final Call DELETE = SHOP.call("delete").orElseThrow();

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(journey(5)).isEqualTo(journey(5)).isNotEqualTo(journey(6));
  }

  @Test
  void valuesAreWhatTheirLinesSay() {
    Draws draws = new Draws(1, 3);
    for (int i = 0; i < 100; i++) {
      Map<String, Object> values = draws.values(PLACE);
      assertThat(values).containsOnlyKeys("customer_id", "country", "note");
      assertThat((Long) values.get("customer_id")).isBetween(1L, 3L);
      assertThat(values.get("country")).isIn("DE", "AT");
      assertThat((String) values.get("note")).matches("[a-z]{5}");
    }
  }

  @Test
  void whatIsTakenIsDrawnOnceAndWhatIsKeptAgain() {
    Draws draws = new Draws(1, 3);
    assertThat(draws.serves(PLACE)).isTrue();
    assertThat(draws.serves(PAY)).isFalse();

    draws.keep(PLACE, Map.of("order_id", 42L));
    assertThat(draws.values(PAY)).containsEntry("order_id", 42L);
    assertThat(draws.values(PAY)).containsEntry("order_id", 42L);
    assertThat(draws.values(DELETE)).containsEntry("order_id", 42L);
    assertThat(draws.serves(PAY)).isFalse();
  }

  @Test
  void whatWasTakenForACallThatFailedIsThereAgain() {
    Draws draws = new Draws(1, 3);
    draws.keep(PLACE, Map.of("order_id", 42L));
    draws.giveBack(DELETE, draws.values(DELETE));
    assertThat(draws.values(PAY)).containsEntry("order_id", 42L);
  }

  @Test
  void callsComeAsOftenAsTheyWeigh() {
    Draws draws = new Draws(1, 3);
    draws.keep(PLACE, Map.of("order_id", 42L));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      counts.merge(draws.next(SHOP).orElseThrow().name(), 1, Integer::sum);
    }
    assertThat(counts.get("pay")).isBetween(2800, 3200);
    assertThat(counts.get("place")).isBetween(850, 1150);
  }

  private static List<Object> journey(long seed) {
    Draws draws = new Draws(seed, 1000);
    List<Object> drawn = new ArrayList<>();
    for (long i = 0; i < 50; i++) {
      Call call = draws.next(SHOP).orElseThrow();
      drawn.add(call.name());
      Map<String, Object> values = draws.values(call);
      drawn.add(Map.copyOf(values));
      values.put("order_id", i);
      draws.keep(call, values);
    }
    return drawn;
  }
}
