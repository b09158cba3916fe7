package dev.sluice.cli;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Version;
import dev.sluice.plan.Plan;
import dev.sluice.release.Phase;
import dev.sluice.report.PlanText;
import dev.sluice.rewrite.PartNames;
import dev.sluice.rewrite.Placing;
import dev.sluice.rewrite.Placing.Placed;
import dev.sluice.rewrite.RewriteText;
import dev.sluice.rewrite.Rewriter;
import dev.sluice.rewrite.Rewriting;
import dev.sluice.rewrite.Rewriting.Split;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A migration as files for who stays with plain Flyway. */
@Command(
    name = "rewrite",
    description = {
      "Splits a migration that is applied nowhere into phase-separated Flyway files, in its place.",
      "Ends with 1 where a directive is needed, two statements are in conflict, or plain Flyway cannot do it."
    })
final class RewriteCommand implements Callable<Integer> {
  private final SluiceCommand sluice;
  private final Shell shell;

  @Mixin private final OneMigration one = new OneMigration();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the files there, and leave the migration as it is.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--yes",
      description = "It is applied nowhere: write without asking, and without a database.")
  private boolean yes;

  RewriteCommand(SluiceCommand sluice, Shell shell) {
    this.sluice = sluice;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OneMigration.Found found = one.read(sluice, shell);
    Plan plan = found.plan();
    if (!plan.runnable()) {
      shell.out().print(PlanText.of(plan, shell.style(sluice.color(), shell.terminal().out())));
      shell.err().println(found.migration().file() + ": not planned, so not rewritten");
      return ExitCode.FINDINGS;
    }
    Migration migration = found.migration();
    Path original = original(migration);
    Rewriting rewriting =
        new Rewriter(found.dialect(), found.release(), plan)
            .rewrite(names(found, original), others(found));
    shell.out().print(RewriteText.of(migration.file(), rewriting));
    return switch (rewriting) {
      case Rewriting.NothingToSplit none -> ExitCode.CLEAN;
      case Rewriting.Refused refused -> ExitCode.FINDINGS;
      case Split split -> write(found, original, split);
    };
  }

  private int write(OneMigration.Found found, Path original, Split split) {
    Placed placed =
        new Placing(
                found.dialect().engine(),
                found.migration(),
                original,
                found.project().flyway().files().encoding(),
                found.project().flyway().running().executeInTransaction())
            .place(split.files(), folder());
    shell.out().print("\n" + placed.difference());
    placed.files().check(placed.encoding());
    warn(found, split);
    if (dryRun) {
      shell.err().println("--dry-run: nothing is written");
      return ExitCode.CLEAN;
    }
    if (!confirmed(found)) {
      shell
          .err()
          .println(
              "nothing is written: offline nobody knows whether "
                  + found.migration().file()
                  + " is applied somewhere, and there another text of it breaks Flyway's checksum\n"
                  + "  fix: --connect or --url, to ask a database, or --yes where you know");
      return ExitCode.WRONG_USE;
    }
    placed.files().write(placed.encoding());
    shell
        .err()
        .println(
            "written: "
                + split.files().size()
                + " in place of "
                + found.migration().file()
                + found.asked().map(d -> ", which " + d + " does not have").orElse(""));
    return ExitCode.CLEAN;
  }

  /** Another directory is no danger: what is applied stays as it is. */
  private boolean confirmed(OneMigration.Found found) {
    return yes
        || out.isPresent()
        || found.asked().isPresent()
        || shell.confirms(
            "Nobody was asked whether "
                + found.migration().file()
                + " is applied somewhere. Is it applied nowhere, and shall it be replaced?");
  }

  private void warn(OneMigration.Found found, Split split) {
    found.plan().notes().stream()
        .map(
            note -> "note: " + note.place().file() + ":" + note.place().line() + ": " + note.text())
        .distinct()
        .forEach(shell.err()::println);
    Version last = split.files().getLast().version();
    others(found).stream()
        .filter(v -> split.files().getLast().phase() == Phase.POST_DEPLOY)
        .filter(v -> v.compareTo(last) > 0)
        .findFirst()
        .ifPresent(
            next ->
                shell
                    .err()
                    .println(
                        "note: Flyway runs "
                            + next
                            + " behind "
                            + last
                            + ": it waits until the old version is gone, or goes into the next"
                            + " release"));
    if (found.project().settings().directives().stream()
        .anyMatch(d -> d.label().equals(found.migration().label()))) {
      shell
          .err()
          .println(
              "note: the settings have directives for "
                  + found.migration().label()
                  + ", which are carried out: take them out");
    }
  }

  private Optional<Path> folder() {
    return out.map(
        dir -> {
          Path whole = shell.directory().resolve(dir);
          if (!Files.isDirectory(whole)) {
            throw new Problem(
                Reason.USE, dir + ": there is no such directory\n  fix: make it, or another --out");
          }
          return whole;
        });
  }

  private Path original(Migration migration) {
    Path file = shell.directory().resolve(migration.file());
    if (!Files.isRegularFile(file)) {
      throw new Problem(
          Reason.FILES,
          migration.file() + ": no file of its own\n  fix: name the directory where it lies");
    }
    return file;
  }

  private static PartNames names(OneMigration.Found found, Path original) {
    return new PartNames(
        String.valueOf(original.getFileName()),
        found.project().flyway().files().separator(),
        found.project().flyway().files().suffixes());
  }

  /** Of all other migrations, in their order. */
  private static List<Version> others(OneMigration.Found found) {
    return found.migrations().all().stream()
        .filter(m -> !m.equals(found.migration()))
        .flatMap(m -> m.version().stream())
        .toList();
  }
}
