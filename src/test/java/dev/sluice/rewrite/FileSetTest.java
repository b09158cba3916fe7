package dev.sluice.rewrite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSetTest {

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void original() throws IOException {
    Files.writeString(folder.resolve("V1__x.sql"), "before");
  }

  @Test
  void newOnesAreThereAndTheOriginalIsReplaced() throws IOException {
    Files.writeString(folder.resolve("V1__x.sql.sluice"), "");
    new FileSet(
            Map.of(folder.resolve("V1.1__x.sql"), "new"),
            Map.of(folder.resolve("V1__x.sql"), "after"),
            List.of(folder.resolve("V1__x.sql.sluice")))
        .write(UTF_8);
    assertThat(names()).containsExactly("V1.1__x.sql", "V1__x.sql");
    assertThat(folder.resolve("V1__x.sql")).hasContent("after");
  }

  @Test
  void whereOneCannotBeWrittenAllAreAsTheyWere() throws IOException {
    // In the way of the file that would take the original's place.
    Files.createDirectory(folder.resolve(".sluice-V1__x.sql~"));
    assertThatThrownBy(() -> some("after").write(UTF_8)).isInstanceOf(Problem.class);
    assertThat(names()).containsExactly(".sluice-V1__x.sql~", "V1__x.sql");
    assertThat(folder.resolve("V1__x.sql")).hasContent("before");
  }

  @Test
  void whatTheEncodingCannotSayIsNotWritten() throws IOException {
    assertThatThrownBy(() -> some("→").write(ISO_8859_1))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("ISO-8859-1 has no character");
    assertThat(names()).containsExactly("V1__x.sql");
  }

  private FileSet some(String after) {
    return new FileSet(
        Map.of(folder.resolve("V1.1__x.sql"), "new"),
        Map.of(folder.resolve("V1__x.sql"), after),
        List.of());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
