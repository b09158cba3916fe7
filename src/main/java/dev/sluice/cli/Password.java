package dev.sluice.cli;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches the password. What a command or file says is never shown, not even where it is wrong. */
final class Password {
  private Password() {}

  /** Empty where no setting says where it is. */
  static Optional<String> fetch(LoginSettings settings, Path directory) {
    return settings
        .passwordFile()
        .map(file -> ofFile(directory.resolve(file)))
        .or(() -> settings.passwordCommand().map(command -> ofCommand(command, directory)));
  }

  private static String ofFile(Path file) {
    try {
      return firstLine(Files.readString(file), "login.password-file: " + file);
    } catch (NoSuchFileException e) {
      throw wrong("login.password-file: " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw wrong("login.password-file: " + file + ": cannot be read", e);
    }
  }

  private static String ofCommand(String command, Path directory) {
    String place = "login.password-command";
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String output;
      try (InputStream stream = process.getInputStream()) {
        output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (process.waitFor() != 0) {
        throw new Problem(
            Reason.SETTINGS,
            place
                + ": ended with "
                + process.exitValue()
                + "\n  fix: run it by hand; its first line of output is the password");
      }
      return firstLine(output, place);
    } catch (IOException e) {
      throw wrong(place + ": cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw wrong(place + ": interrupted", e);
    }
  }

  private static String firstLine(String text, String place) {
    return text.lines()
        .findFirst()
        .filter(line -> !line.isEmpty())
        .orElseThrow(
            () ->
                new Problem(
                    Reason.SETTINGS, place + " is empty\n  fix: its first line is the password"));
  }

  private static Problem wrong(String what, Exception cause) {
    return new Problem(Reason.SETTINGS, what + "\n  fix: its first line is the password", cause);
  }
}
