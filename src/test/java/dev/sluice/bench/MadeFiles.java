package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;

/** Statements as files of migrations: some hold one, some two dozen, as in real histories. */
final class MadeFiles {
  private MadeFiles() {}

  static void write(
      Path directory, int files, int statements, Random random, Supplier<String> statement)
      throws IOException {
    Files.createDirectories(directory);
    int rest = statements;
    for (int version = 1; version <= files; version++) {
      int left = files - version;
      int mean = rest / (left + 1);
      int size = left == 0 ? rest : Math.min(rest - left, 1 + random.nextInt(2 * mean));
      StringBuilder text = new StringBuilder();
      if (random.nextInt(3) == 0) {
        text.append("-- TICKET-").append(version).append(": what the team decided\n\n");
      }
      for (int i = 0; i < size; i++) {
        text.append(statement.get()).append(";\n\n");
      }
      rest -= size;
      Files.writeString(directory.resolve("V" + version + "__change_" + version + ".sql"), text);
    }
  }
}
