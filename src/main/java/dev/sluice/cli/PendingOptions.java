package dev.sluice.cli;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which migrations go out: said by the user, or asked of the database; never guessed. */
final class PendingOptions {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Directories of migrations; without any, Flyway's locations.")
  private List<Path> directories = List.of();

  @Option(
      names = "--from",
      paramLabel = "VERSION",
      description = "Pending: this version and all after it.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "With --from: up to this version, without repeatables.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "GITREF",
      description = "Pending: what was added since this commit, and repeatables changed since.")
  private Optional<String> since = Optional.empty();

  @Option(names = "--all", description = "Pending: everything; the first release of all.")
  private boolean all;

  @Option(
      names = "--url",
      paramLabel = "JDBC-URL",
      description = "Pending: what Flyway's history in this database says.")
  private Optional<String> url = Optional.empty();

  @Option(names = "--connect", description = "The same with Flyway's configured url.")
  private boolean connect;

  /** What was said. */
  sealed interface Choice {
    /** Flyway's history in a database; {@code url} is empty for the configured one. */
    record OfHistory(Optional<String> url) implements Choice {}

    /** What was added since a commit. */
    record OfGit(String ref) implements Choice {}

    /** Named by version. */
    record Named(Pending pending) implements Choice {}

    /** Nothing said. */
    record Nothing() implements Choice {}
  }

  List<Path> directories() {
    return directories;
  }

  Optional<String> url() {
    return url;
  }

  /**
   * @throws Problem where more than one was chosen, or a version is none
   */
  Choice choice() {
    List<String> chosen =
        Stream.of(
                from.map(v -> "--from"),
                since.map(v -> "--since"),
                Optional.of("--all").filter(x -> all),
                url.map(v -> "--url"),
                Optional.of("--connect").filter(x -> connect))
            .flatMap(Optional::stream)
            .toList();
    if (chosen.size() > 1) {
      throw new Problem(
          Reason.USE,
          String.join(" and ", chosen)
              + " each say what is pending, and they need not agree\n  fix: keep one of them");
    }
    if (to.isPresent() && from.isEmpty()) {
      throw new Problem(
          Reason.USE,
          "--to says where pending ends, not where it begins\n  fix: add --from VERSION");
    }
    if (from.isPresent()) {
      Version first = version("--from", from.get());
      Optional<Version> last = to.map(v -> version("--to", v));
      if (last.filter(v -> v.compareTo(first) < 0).isPresent()) {
        throw new Problem(
            Reason.USE,
            "--from "
                + first
                + " --to "
                + last.get()
                + ": that ends before it begins\n  fix: --from "
                + last.get()
                + " --to "
                + first);
      }
      return new Choice.Named(new Pending.From(first, last));
    }
    if (since.isPresent()) {
      return new Choice.OfGit(since.get());
    }
    if (all) {
      return new Choice.Named(new Pending.All());
    }
    return connect || url.isPresent() ? new Choice.OfHistory(url) : new Choice.Nothing();
  }

  /** What to say where nothing was. */
  static Problem nothingChosen(String command) {
    return new Problem(
        Reason.USE,
        "nothing says which migrations are pending, and guessing could plan what runs already\n"
            + "  fix: sluice "
            + command
            + " with one of\n"
            + "    --from VERSION   this version and all after it\n"
            + "    --since GITREF   what was added since this commit\n"
            + "    --all            everything: a new database\n"
            + "    --connect        what Flyway's history says, at its configured url (or --url"
            + " JDBC-URL)"
            + (command.equals("classify")
                ? "\n    --each           every migration by itself"
                : ""));
  }

  /** What to say where everything was chosen, and a part of it too. */
  static Problem eachAndMore() {
    return new Problem(
        Reason.USE,
        "--each takes every migration by itself, so nothing else says what is pending\n"
            + "  fix: leave out --each, or --from, --since, --all, --url and --connect");
  }

  /**
   * What to say where nothing is as new as the named version: it would plan nothing, in silence.
   */
  Problem nothingThere(Migrations migrations) {
    if (from.isEmpty()) {
      return new Problem(
          Reason.USE,
          (all ? "--all" : "--each")
              + ": there is no migration\n  fix: name the directory where they lie");
    }
    return new Problem(
        Reason.USE,
        "--from "
            + from.get()
            + to.map(v -> " --to " + v).orElse("")
            + ": there is no such migration"
            + newest(migrations)
            + "\n  fix: name the first version that is pending, or the directory where it lies");
  }

  /** What to say where repeatable migrations alone are as new as the named version; else empty. */
  Optional<String> nothingVersioned(Choice choice, Migrations migrations) {
    List<Migration> included =
        choice instanceof Choice.Named(Pending.From range)
            ? migrations.all().stream().filter(range::includes).toList()
            : List.of();
    return included.isEmpty() || included.stream().anyMatch(m -> m.version().isPresent())
        ? Optional.empty()
        : Optional.of(
            "--from "
                + from.orElse("")
                + ": no versioned migration is pending"
                + newest(migrations)
                + ". Repeatable ones alone go out\n"
                + "  fix: none where that is meant; else name the first version that is pending");
  }

  private static String newest(Migrations migrations) {
    return migrations.all().stream()
        .filter(migration -> migration.version().isPresent())
        .reduce((first, later) -> later)
        .map(migration -> "; the newest is " + migration.file())
        .orElse("");
  }

  private static Version version(String option, String text) {
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Reason.USE, option + ": " + e.getMessage() + "\n  fix: as in " + option + " 42.1", e);
    }
  }
}
