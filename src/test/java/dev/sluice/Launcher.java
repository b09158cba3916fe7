package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code bin/sluice} as it was built, in processes of its own, with nothing of this one's settings.
 *
 * @param here where its user stands
 * @param environment besides what every process has
 */
record Launcher(Path here, Map<String, String> environment) {

  /** What a process left behind. */
  record Ended(int code, String out, String err) {}

  private static final AtomicBoolean TOUCHED = new AtomicBoolean();

  Launcher {
    Path jar = Path.of("target/sluice.jar");
    assertThat(jar).as("built in the phase before").exists();
    // Once: a newer jar has its start-up cache made anew each time.
    if (!TOUCHED.getAndSet(true)) {
      try {
        // Maven leaves a jar alone whose classes came out the same; the launcher would build it
        // again.
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Runs a command to its end. */
  Ended run(String... args) throws Exception {
    return start(args).ended();
  }

  Running start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    if (isInterruptIgnored()) {
      // A shell without job control lets what it starts in the background ignore Ctrl-C, and all
      // that those start.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of("bin/sluice").toAbsolutePath().toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(here.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(FLYWAY|SLUICE)_.*|LC_.*|LANG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("HOME", here.toString());
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(here, "out", "");
    Path err = Files.createTempFile(here, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Running(process, out, err);
  }

  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  /** A process that may have ended. */
  record Running(Process process, Path out, Path err) {

    /** Sends a signal by its name: {@code INT}, {@code TERM}, {@code KILL}. */
    void signal(String name) throws Exception {
      int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
      assertThat(code).isZero();
    }

    /** Waits for its end, two minutes at most. */
    Ended ended() throws Exception {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("it does not end; so far: " + Files.readString(err));
      }
      return new Ended(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    }
  }
}
