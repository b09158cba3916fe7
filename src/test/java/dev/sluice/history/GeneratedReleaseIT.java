package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dialect.Engine;
import dev.sluice.testing.MySql;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few releases that seeds make up; more by {@link GeneratedReleasesOnServer}. */
class GeneratedReleaseIT {

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, 24, 12", "MYSQL, 16, 6", "MARIADB, 16, 6"})
  void everyPlanEndsWhereFlywayDoesAndBreaksNobody(Engine engine, int seeds, int planned)
      throws SQLException {
    assumeTrue(engine != Engine.MYSQL || MySql.missing().isEmpty(), MySql.missing());
    GeneratedReleases releases = GeneratedReleases.of(engine, LongStream.rangeClosed(1, seeds));
    assertThat(releases.wrong()).isEmpty();
    assertThat(releases.same()).as("planned and carried out").isGreaterThan(planned);
  }
}
