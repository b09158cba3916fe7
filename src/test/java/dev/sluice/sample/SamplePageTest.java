package dev.sluice.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rehearse.workload.Workload;
import dev.sluice.rehearse.workload.WorkloadReader;
import dev.sluice.sql.Source;
import dev.sluice.testing.MarkdownTable;
import dev.sluice.testing.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds migrations-sample/README.md against the files beside it. */
class SamplePageTest {

  private static final Path PAGE = Path.of("migrations-sample/README.md");

  @Test
  void everyPendingFileHasItsRow() throws Exception {
    List<String> pending;
    try (Stream<Path> files = Files.list(Shop.MIGRATIONS)) {
      pending =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("R__.*|V(1[3-9]|[2-9]\\d)__.*"))
              .toList();
    }
    assertThat(MarkdownTable.under(PAGE, "## The pending release").rows())
        .extracting(List::getFirst)
        .containsExactlyInAnyOrderElementsOf(pending);
  }

  @Test
  void theExampleOfTheFormatCanBeRead() throws Exception {
    String page = Files.readString(PAGE);
    int begins = page.indexOf("```sql\n") + "```sql\n".length();
    String example = page.substring(begins, page.indexOf("```", begins));
    Workload workload = WorkloadReader.read(new Source("README.md", example));
    assertThat(workload.call("place order").orElseThrow().statements()).hasSize(2);
  }

  @Test
  void theVersionsDoNotNameWhatTheyDoNotKnow() throws Exception {
    assertThat(sql(Shop.oldVersion()))
        .doesNotContainPattern(
            "full_name|deliveries|gift_|wishlist|public_id|search_name|returned'|helpful|revenue");
    assertThat(sql(Shop.newVersion()))
        .doesNotContainPattern("shipments|coupons|erp_reference|customers \\([^)]*\\bname\\b");
  }

  private static String sql(Workload workload) {
    StringBuilder text = new StringBuilder();
    workload.calls().forEach(c -> c.statements().forEach(s -> text.append(s.sql()).append('\n')));
    return text.toString();
  }
}
