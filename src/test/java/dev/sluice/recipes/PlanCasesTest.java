package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dupdate} rewrites the plans in the files; a person reads the difference. */
class PlanCasesTest {

  static Stream<PlanCase> cases() {
    return Stream.concat(PlanCase.all(), PlanCase.ofMysql());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePlanIsAsWritten(PlanCase one) throws IOException {
    String text = one.text();
    if (System.getProperty("update") != null) {
      Files.writeString(one.file(), text);
    }
    assertThat(text)
        .as("%s; to accept: -Dupdate, then read the difference", one)
        .isEqualTo(Files.readString(one.file()));
  }
}
