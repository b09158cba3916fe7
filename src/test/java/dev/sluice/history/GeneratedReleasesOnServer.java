package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Any seeds, given by hand: {@code mvn -B test -Dtest=GeneratedReleasesOnServer -Dseeds=1-300}, for
 * another engine than PostgreSQL with {@code -Dengine=mysql} or {@code mariadb}. Its name keeps it
 * out of the tests.
 */
class GeneratedReleasesOnServer {

  @Test
  void everyPlanEndsWhereFlywayDoesAndBreaksNobody() throws Exception {
    String[] seeds = System.getProperty("seeds", "1-100").split("-", -1);
    GeneratedReleases releases =
        GeneratedReleases.of(
            TrialServer.asked(),
            LongStream.rangeClosed(
                Long.parseLong(seeds[0]), Long.parseLong(seeds[seeds.length - 1])));
    releases.notPlanned().forEach(System.out::println);
    releases.wrong().forEach(System.out::println);
    System.out.println(releases);
    assertThat(releases.wrong().size()).as("plans that are wrong").isZero();
  }
}
