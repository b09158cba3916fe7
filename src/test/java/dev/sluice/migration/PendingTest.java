package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PendingTest {

  private static Migration versioned(String version) {
    return migration(Optional.of(new Version(version)), "V" + version + "__x.sql");
  }

  private static Migration migration(Optional<Version> version, String script) {
    return new Migration(
        version,
        "x",
        version.isPresent() ? Migration.Type.VERSIONED : Migration.Type.REPEATABLE,
        script,
        "sql/" + script,
        Optional.of(1),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static final List<Migration> ALL =
      List.of(
          versioned("1"), versioned("2"), versioned("10"), migration(Optional.empty(), "R__x.sql"));

  private static Stream<String> of(Pending pending) {
    return ALL.stream().filter(pending::includes).map(Migration::script);
  }

  @Test
  void fromAVersionOnTakesTheRepeatablesToo() {
    assertThat(of(new Pending.From(new Version("2"), Optional.empty())))
        .containsExactly("V2__x.sql", "V10__x.sql", "R__x.sql");
  }

  @Test
  void anEndLeavesTheRepeatablesOut() {
    assertThat(of(new Pending.From(new Version("2.0"), Optional.of(new Version("9")))))
        .containsExactly("V2__x.sql");
  }

  @Test
  void allIsAll() {
    assertThat(of(new Pending.All())).hasSize(4);
  }

  @Test
  void scriptsAreTakenByName() {
    assertThat(of(Pending.Scripts.of(List.of(ALL.get(3), ALL.get(0)))))
        .containsExactly("V1__x.sql", "R__x.sql");
  }
}
