package dev.sluice.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {

  @TempDir Path folder;

  @Test
  void whatIsPackedIsWhatStandsInTheRepository() throws Exception {
    Sample sample = Sample.unpack(folder);
    for (Path file : files(Shop.MIGRATIONS)) {
      assertThat(sample.migrations().resolve(file))
          .hasSameTextualContentAs(Shop.MIGRATIONS.resolve(file));
    }
    assertThat(files(sample.migrations())).isEqualTo(files(Shop.MIGRATIONS));
  }

  @Test
  void beforeTheReleaseThereAreTwelveVersionsAndTheRepeatableAsItWas() throws Exception {
    Sample sample = Sample.unpack(folder);
    assertThat(files(sample.before())).hasSize(Shop.APPLIED + 1);
    assertThat(sample.before().resolve("R__best_sellers.sql"))
        .hasSameTextualContentAs(Shop.MIGRATIONS.resolve("before/best_sellers.sql"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
