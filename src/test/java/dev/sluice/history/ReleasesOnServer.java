package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Sluice;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reader;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.history.ReleaseTrial.Ending;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.release.DataChanges;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every migration of a history as a release, planned and carried out: {@code mvn -B test
 * -Dtest=ReleasesOnServer -Dhistory=DIR,DIR}, for another engine than PostgreSQL with {@code
 * -Dengine=mysql} or {@code mariadb}. Its name keeps it out of the tests.
 */
class ReleasesOnServer {

  @Test
  void everyPlanEndsWhereFlywayDoesAndBreaksNobody() throws Exception {
    int wrong = 0;
    for (String directory : Arrays.asList(System.getProperty("history", "").split(",", -1))) {
      wrong += releases(Path.of(directory));
    }
    assertThat(wrong).as("plans that are wrong").isZero();
  }

  private static int releases(Path directory) throws Exception {
    Engine engine = TrialServer.asked();
    System.out.println("\n== " + directory);
    FlywaySettings settings =
        FlywaySettings.read(new FlywaySettings.Sources(directory, directory, Map.of(), Map.of()));
    List<Migration> all =
        new ArrayList<>(
            FlywayMigrations.read(settings, engine.id(), List.of(directory.toAbsolutePath()))
                .all()
                .stream()
                .filter(m -> m.readable() && m.type() == Migration.Type.VERSIONED)
                .toList());
    Map<Ending.Of, Integer> endings = new EnumMap<>(Ending.Of.class);
    TrialServer server = TrialServer.of(engine);
    TrialDatabase base = server.base();
    Dialect dialect = server.dialect();
    List<Release> releases = List.of();
    for (int i = 0; i < all.size(); ) {
      Sluice sluice =
          new Sluice(
              Reader.of(dialect),
              Releases.of(all),
              dialect.emptySchema(),
              new ReleaseSettings(DataChanges.PRE_DEPLOY),
              Directives::of);
      if (releases.isEmpty()) {
        releases = sluice.classifyEach();
      }
      Release release = releases.get(i);
      Ending ending = new ReleaseTrial(sluice, release, base).run();
      endings.merge(ending.of(), 1, Integer::sum);
      switch (ending.of()) {
        case SAME -> {}
        case REFUSED_BY_SERVER ->
            System.out.println(
                "refused "
                    + all.get(i).file()
                    + ": "
                    + ending.what().lines().findFirst().orElse(""));
        case NOT_PLANNED, WRONG ->
            System.out.println(ending.of() + " " + all.get(i).file() + ": " + ending.what());
      }
      if (ending.of() == Ending.Of.REFUSED_BY_SERVER) {
        all.remove(i);
        releases = List.of();
      } else {
        i++;
      }
    }
    base.drop();
    System.out.println(directory + " " + endings);
    return endings.getOrDefault(Ending.Of.WRONG, 0);
  }
}
