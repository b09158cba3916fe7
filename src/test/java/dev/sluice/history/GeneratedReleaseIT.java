package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Engine;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A few releases that seeds make up; more by {@link GeneratedReleasesOnServer}. */
class GeneratedReleaseIT {

  @Test
  void everyPlanEndsWhereFlywayDoesAndBreaksNobody() throws SQLException {
    GeneratedReleases releases =
        GeneratedReleases.of(Engine.POSTGRESQL, LongStream.rangeClosed(1, 24));
    assertThat(releases.wrong()).isEmpty();
    assertThat(releases.same()).as("planned and carried out").isGreaterThan(12);
  }
}
