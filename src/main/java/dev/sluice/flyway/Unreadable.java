package dev.sluice.flyway;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Files that Flyway's scanner passes over in silence because it cannot open them: a migration that
 * nobody sees is worse than an error.
 */
final class Unreadable {

  /** Stands in a name for bytes that the process's locale has no character for. */
  private static final char UNKNOWN = '\ufffd';

  private Unreadable() {}

  /**
   * @param suffixes of migrations
   * @throws Problem where a file or directory under {@code root} would be passed over
   */
  static void refuse(File root, List<String> suffixes) {
    List<String> found = new ArrayList<>();
    collect(root, suffixes, found);
    if (!found.isEmpty()) {
      throw new Problem(Reason.FILES, String.join("\n", found));
    }
  }

  private static void collect(File directory, List<String> suffixes, List<String> found) {
    for (File file : Optional.ofNullable(directory.listFiles()).orElse(new File[0])) {
      if (!file.canRead()) {
        if (file.getName().indexOf(UNKNOWN) >= 0) {
          found.add(
              file
                  + ": its name cannot be read in the locale of this process\n"
                  + "  fix: LC_ALL=C.UTF-8");
        } else if (Files.isSymbolicLink(file.toPath()) && !file.exists()) {
          if (isMigration(file, suffixes)) {
            found.add(
                file
                    + ": a link that leads nowhere; Flyway would pass over it in silence\n"
                    + "  fix: put back what it leads to, or take it away");
          }
        } else if (file.isDirectory() || isMigration(file, suffixes)) {
          found.add(
              file
                  + ": cannot be read; Flyway would pass over it in silence\n"
                  + "  fix: let this user read it, or take it away");
        }
      } else if (file.isDirectory() && !file.isHidden() && !isAbove(file)) {
        collect(file, suffixes, found);
      }
    }
  }

  /** A link to a folder that it lies in: what is there is seen already. */
  private static boolean isAbove(File directory) {
    try {
      return Files.isSymbolicLink(directory.toPath())
          && directory
              .getAbsoluteFile()
              .getParentFile()
              .toPath()
              .toRealPath()
              .startsWith(directory.toPath().toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isMigration(File file, List<String> suffixes) {
    String name = file.getName().toLowerCase(Locale.ROOT);
    return suffixes.stream().anyMatch(s -> name.endsWith(s.toLowerCase(Locale.ROOT)));
  }
}
