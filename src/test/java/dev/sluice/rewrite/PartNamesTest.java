package dev.sluice.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migration.Version;
import dev.sluice.release.Phase;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartNamesTest {

  @Test
  void theFirstKeepsItsNameAndTheOthersComeRightBehind() {
    assertThat(files("V42__order_reference.sql", "42", 3))
        .containsExactly(
            "V42__order_reference.sql",
            "V42.1__order_reference_post_deploy.sql",
            "V42.2__order_reference_post_deploy.sql");
  }

  @Test
  void laterVersionsStayLater() {
    assertThat(files("V42__x.sql", "42", 3, "42.1", "43"))
        .containsExactly("V42__x.sql", "V42.0.1__x_post_deploy.sql", "V42.0.2__x_post_deploy.sql");
    assertThat(files("V42__x.sql", "42", 4, "42.2"))
        .containsExactly(
            "V42__x.sql",
            "V42.0.1__x_post_deploy.sql",
            "V42.0.2__x_post_deploy.sql",
            "V42.0.3__x_post_deploy.sql");
    assertThat(files("V42__x.sql", "42", 2, "42.0.0.1"))
        .containsExactly("V42__x.sql", "V42.0.0.0.1__x_post_deploy.sql");
  }

  @Test
  void versionsAreWrittenAsTheFileWritesThem() {
    assertThat(files("V1_2__x.SQL", "1.2", 2))
        .containsExactly("V1_2__x.SQL", "V1_2_1__x_post_deploy.SQL");
    assertThat(files("V20260101120000__x.sql", "20260101120000", 2))
        .containsExactly("V20260101120000__x.sql", "V20260101120000.1__x_post_deploy.sql");
  }

  private static List<String> files(String file, String version, int parts, String... others) {
    return new PartNames(file, "__", List.of(".sql"))
            .of(
                new Version(version),
                Collections.nCopies(parts, Phase.POST_DEPLOY),
                Stream.of(others).map(Version::new).toList())
            .stream()
            .map(PartNames.Named::file)
            .toList();
  }
}
