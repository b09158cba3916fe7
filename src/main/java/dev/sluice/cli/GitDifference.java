package dev.sluice.cli;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the working tree holds that a commit does not: committed since, or not committed yet. Paths
 * are absolute.
 *
 * @param ref as the user named the commit
 * @param base the commit that is compared with
 * @param root of the repository
 * @param added files that are new
 * @param changed files that were there and read otherwise now
 * @param removed files that were there
 */
record GitDifference(
    String ref, String base, Path root, Set<Path> added, Set<Path> changed, Set<Path> removed) {
  GitDifference {
    added = Set.copyOf(added);
    changed = Set.copyOf(changed);
    removed = Set.copyOf(removed);
  }

  /**
   * Compares with where the branch left {@code ref}, so that what was merged there meanwhile does
   * not count.
   *
   * @throws Problem where {@code directory} is in no repository, or {@code ref} names no commit of
   *     it
   */
  static GitDifference since(String ref, Path directory) {
    Path root = Path.of(git(directory, ref, "rev-parse", "--show-toplevel").strip());
    String base = git(root, ref, "merge-base", "--end-of-options", ref, "HEAD").strip();
    String[] difference =
        git(root, ref, "diff", "-z", "--no-renames", "--name-status", base).split("\0", -1);
    Set<Path> added = new LinkedHashSet<>();
    Set<Path> changed = new LinkedHashSet<>();
    Set<Path> removed = new LinkedHashSet<>();
    for (int i = 0; i + 1 < difference.length; i += 2) {
      Path file = root.resolve(difference[i + 1]);
      switch (difference[i]) {
        case "A" -> added.add(file);
        case "D" -> removed.add(file);
        default -> changed.add(file);
      }
    }
    Arrays.stream(
            git(root, ref, "ls-files", "-z", "--others", "--exclude-standard").split("\0", -1))
        .filter(name -> !name.isEmpty())
        .forEach(name -> added.add(root.resolve(name)));
    return new GitDifference(ref, base, root, added, changed, removed);
  }

  /** What {@code file}, which is changed or removed, was at the commit. */
  byte[] before(Path file) {
    String path = root.relativize(file).toString().replace('\\', '/');
    return output(root, ref, "cat-file", "blob", base + ":" + path);
  }

  private static String git(Path directory, String ref, String... arguments) {
    return new String(output(directory, ref, arguments), StandardCharsets.UTF_8);
  }

  private static byte[] output(Path directory, String ref, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.PIPE)
              .start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        if (arguments[0].equals("rev-parse")) {
          throw new Problem(
              Reason.USE,
              "--since "
                  + ref
                  + ": "
                  + directory
                  + " lies in no git repository\n  fix: use --from VERSION");
        }
        throw new Problem(
            Reason.USE,
            "--since "
                + ref
                + ": git "
                + arguments[0]
                + ": "
                + (error.isBlank() ? "no common commit" : error.strip())
                + "\n  fix: name a commit that this clone has (a shallow clone misses most), or use"
                + " --from VERSION");
      }
      return output;
    } catch (IOException e) {
      throw new Problem(
          Reason.USE,
          "--since " + ref + ": git cannot be started\n  fix: install it, or use --from VERSION",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while git ran", e));
    }
  }
}
