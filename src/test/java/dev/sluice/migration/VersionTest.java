package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

class VersionTest {

  private static final List<String> VERSIONS =
      List.of(
          "1",
          "1.0",
          "1.0.0",
          "01",
          "1.1",
          "1.01",
          "1.10",
          "1.9",
          "2",
          "0",
          "10",
          "20261121115000123456",
          "20261121115000123457",
          "1.0.1");

  /** The oracle is Flyway. */
  @Test
  void versionsCompareAsFlywayComparesThem() {
    for (String one : VERSIONS) {
      for (String other : VERSIONS) {
        int expected =
            MigrationVersion.fromVersion(one).compareTo(MigrationVersion.fromVersion(other));
        Version mine = new Version(one);
        assertThat(Integer.signum(mine.compareTo(new Version(other))))
            .as("%s and %s", one, other)
            .isEqualTo(Integer.signum(expected));
        assertThat(mine.equals(new Version(other))).isEqualTo(expected == 0);
        if (expected == 0) {
          assertThat(mine).hasSameHashCodeAs(new Version(other));
        }
      }
    }
  }

  @Test
  void underscoresAreDots() {
    assertThat(Version.parse("1_2_3")).isEqualTo(new Version("1.2.3")).hasToString("1.2.3");
  }

  @Test
  void whatIsNoVersionIsRefused() {
    Stream.of("", "a", "1.", ".1", "1..2", "-1", "1a")
        .forEach(
            text ->
                assertThatThrownBy(() -> new Version(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no version"));
  }
}
