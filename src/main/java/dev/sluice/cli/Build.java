package dev.sluice.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.zip.CRC32;

/** Which build of Sluice this is. */
final class Build {
  private Build() {}

  /**
   * Tells this build from every other: its jar holds its classes and names those it uses by
   * version. Empty where it runs from loose classes, which change under its feet.
   */
  static Optional<String> stamp() {
    try {
      CodeSource source = Build.class.getProtectionDomain().getCodeSource();
      Path jar = source == null ? Path.of("") : Path.of(source.getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(jar);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      return Optional.of(
          bytes.length
              + " "
              + Long.toHexString(sum.getValue())
              + " "
              + Runtime.version().feature());
    } catch (URISyntaxException | IOException e) {
      return Optional.empty();
    }
  }
}
