package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Whole outputs kept as files. {@code -Dupdate} rewrites them; a person reads the difference. */
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /** Holds {@code text} against the file of that name. */
  public static void check(String name, String text) {
    Path file = FOLDER.resolve(name);
    try {
      if (System.getProperty("update") != null) {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
      }
      assertThat(text)
          .as("%s; to accept: -Dupdate, then read the difference", name)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
