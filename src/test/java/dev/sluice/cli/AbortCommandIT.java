package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rehearse.workload.Client;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import dev.sluice.testing.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample's whole release, taken back after pre-deploy, by commands only. */
class AbortCommandIT {

  private static final int ROWS = 500;
  private static final String SAMPLE = Shop.MIGRATIONS.toString();
  private static final String HISTORY =
      "SELECT string_agg(script || ' ' || checksum, ', ' ORDER BY installed_rank)"
          + " FROM flyway_schema_history";

  /** Without what a trigger of the shop's writes at every change. */
  private static final String CUSTOMERS =
      "SELECT md5(string_agg((to_jsonb(c) - 'updated_at')::text, ';' ORDER BY id)) FROM customers c";

  private static final String PAYMENTS =
      "SELECT md5(string_agg(to_jsonb(p)::text, ';' ORDER BY id)) FROM payments p";

  @TempDir private Path folder;
  private final Postgres.Database server = Postgres.freshDatabase();

  @Test
  void whatPreDeployMadeIsGoneButForWhatIsAnnounced() throws Exception {
    Shop.apply(server);
    Shop.fill(server, ROWS);
    SortedSet<String> before = Catalog.of(server.dataSource());
    String history = server.ask(HISTORY);
    String customers = server.ask(CUSTOMERS);
    String payments = server.ask(PAYMENTS);
    preDeploy();
    assertThat(server.ask(HISTORY)).isNotEqualTo(history);

    Outcome aborted = sluice("abort", "--migrations", SAMPLE);

    assertThat(aborted.code()).isZero();
    assertThat(aborted.out().lines().findFirst().orElseThrow())
        .endsWith(" steps undone, its migrations are pending again");
    assertThat(
            aborted
                .out()
                .lines()
                .skip(1)
                .map(
                    line ->
                        line.replaceFirst(
                            ": (no statement|what it did|the rows|ERROR: cannot drop).*", "")))
        .containsExactly(
            "  stays: 31.1 insert rows into categories",
            "  stays: 26.1 run DO block on reviews.helpful_votes",
            "  stays: 24.1 add value 'returned' to enum order_status",
            "  stays: 18.11 validate check constraint payments_amount_cents_check",
            "  stays: 18.10 replace payments.amount_cents by sluice_amount_cents_new",
            "  stays: 13.2 comment on orders");
    assertThat(server.ask(HISTORY)).isEqualTo(history);
    assertThat(server.ask(CUSTOMERS)).isEqualTo(customers);
    assertThat(server.ask(PAYMENTS)).isEqualTo(payments);
    assertThat(differences(before, Catalog.of(server.dataSource())))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsAnyOf(
                        " public.reviews.helpful_votes ",
                        " public.order_status ",
                        " public.payments.amount_cents "));
    assertThat(sluice("status").out()).contains(": aborted\n");
    theOldVersionWorks();
  }

  private void preDeploy() {
    String plan = folder.resolve("plan.json").toString();
    assertThat(sluice("plan", SAMPLE, "--connect", "-o", plan).code()).isZero();
    Outcome applied = sluice("apply", plan, "--phase", "pre-deploy", "--migrations", SAMPLE);
    assertThat(applied.err()).contains("next: replace every node");
    assertThat(applied.code()).isZero();
  }

  /** Every statement that it sends, on what is left. */
  private void theOldVersionWorks() throws Exception {
    Client client = new Client(7, ROWS);
    try (Connection connection = server.connect()) {
      Workload workload = Shop.oldVersion();
      for (Workload.Call call : workload.calls()) {
        for (Workload.Call provider : workload.calls()) {
          if (!client.serves(call) && !provider.keeps().isEmpty()) {
            client.send(connection, provider);
          }
        }
        client.send(connection, call);
      }
    }
  }

  private static SortedSet<String> differences(SortedSet<String> before, SortedSet<String> after) {
    SortedSet<String> differences = new TreeSet<>(before);
    differences.addAll(after);
    differences.removeIf(line -> before.contains(line) && after.contains(line));
    return differences;
  }

  private Outcome sluice(String... args) {
    return Outcome.of(Path.of(""), Map.of("FLYWAY_URL", server.url()), args);
  }
}
