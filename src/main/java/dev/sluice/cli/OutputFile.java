package dev.sluice.cli;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files that a user named. */
final class OutputFile {
  private OutputFile() {}

  /**
   * @param directory what a relative path starts from
   * @param option that names the file, for the message
   * @throws Problem where it cannot be written
   */
  static void write(Path directory, Path file, String text, String option) {
    Path whole = directory.resolve(file);
    Path folder = whole.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw refused(file, "there is no directory " + folder, option);
    }
    try {
      Files.writeString(whole, text);
    } catch (IOException e) {
      throw refused(file, reason(whole, e), option);
    }
  }

  // Java's message is the path again, and the reason only where there is one more.
  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a directory";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : "no permission, or no space";
  }

  private static Problem refused(Path file, String why, String option) {
    return new Problem(
        Reason.USE, file + ": cannot be written: " + why + "\n  fix: another place with " + option);
  }
}
