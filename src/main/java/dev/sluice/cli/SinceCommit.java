package dev.sluice.cli;

import dev.sluice.cache.Cache;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Remark;
import dev.sluice.migration.Remark.Kind;
import dev.sluice.migration.Version;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has happened to migrations since a commit, which what is deployed was made from. */
final class SinceCommit {

  /**
   * What came out.
   *
   * @param remarks what Flyway will have against it where the commit's migrations are applied
   */
  record Found(Pending.Since pending, List<Remark> remarks) {}

  private final Project project;
  private final GitDifference difference;
  private final List<Migration> now;

  /** As they were at the commit: those that are gone, or read otherwise now. */
  private final List<Migration> past;

  private final boolean whole;

  /** What is new, and stands for nothing that was there. */
  private final Set<Migration> added;

  private SinceCommit(
      Project project,
      GitDifference difference,
      List<Migration> now,
      Optional<List<Migration>> past) {
    this.project = project;
    this.difference = difference;
    this.now = now;
    this.past = past.orElse(List.of());
    this.whole = past.isPresent();
    this.added =
        now.stream()
            .filter(m -> difference.added().contains(real(m)) && before(m).isEmpty())
            .collect(Collectors.toSet());
  }

  /**
   * @param engine whose statements they are
   * @throws Problem where a versioned file was edited since: it is applied somewhere already
   */
  static Found read(Project project, String ref, FlywayMigrations migrations, String engine) {
    Path first = migrations.directories().getFirst();
    GitDifference difference = GitDifference.since(ref, first);
    Optional<List<Migration>> past = past(project, difference, migrations, engine);
    return new SinceCommit(project, difference, migrations.all(), past).found();
  }

  private Found found() {
    refuseEdited();
    Set<String> scripts =
        now.stream()
            .filter(m -> added.contains(m) || isOtherRepeatable(m))
            .map(Migration::script)
            .collect(Collectors.toSet());
    List<Migration> gone = past.stream().filter(p -> !isSameText(p)).toList();
    List<Remark> remarks = new ArrayList<>();
    past.forEach(p -> remark(p).ifPresent(remarks::add));
    remarks.addAll(outOfOrder());
    return new Found(new Pending.Since(scripts, gone, whole), remarks);
  }

  private void refuseEdited() {
    List<String> edited = new ArrayList<>();
    for (Migration migration : now) {
      Optional<Migration> before = before(migration).filter(b -> b.version().isPresent());
      boolean unread =
          !whole
              && migration.version().isPresent()
              && difference.changed().contains(real(migration));
      if (unread || before.filter(b -> !b.checksum().equals(migration.checksum())).isPresent()) {
        edited.add(
            migration.file()
                + ": edited since "
                + difference.ref()
                + before
                    .map(
                        b ->
                            (b.description().equals(migration.description())
                                    ? ""
                                    : ", where it is " + b.file())
                                + ": its checksum was "
                                + text(b)
                                + " and is "
                                + text(migration))
                    .orElse("")
                + ": where it is applied, Flyway stops at its checksum");
      }
    }
    if (!edited.isEmpty()) {
      throw new Problem(
          Reason.FILES,
          String.join("\n", edited)
              + "\n  fix: bring the text of "
              + difference.ref()
              + " back (git checkout "
              + difference.ref()
              + " -- FILE), and write the change as a new migration; where no database has it yet,"
              + " name an older commit");
    }
  }

  private static String text(Migration migration) {
    return migration.checksum().map(String::valueOf).orElse("none");
  }

  private boolean isOtherRepeatable(Migration migration) {
    return migration.version().isEmpty()
        && (before(migration).filter(b -> !b.checksum().equals(migration.checksum())).isPresent()
            || (!whole && difference.changed().contains(real(migration))));
  }

  /** What it was at the commit, under whatever description; empty where it was not or is alike. */
  private Optional<Migration> before(Migration migration) {
    return past.stream().filter(p -> isSame(p, migration)).findFirst();
  }

  private static boolean isSame(Migration one, Migration other) {
    boolean baseline = one.type() == Migration.Type.BASELINE;
    return one.version().equals(other.version())
        && baseline == (other.type() == Migration.Type.BASELINE)
        && (one.version().isPresent() || one.description().equals(other.description()));
  }

  private boolean isSameText(Migration before) {
    return now.stream().anyMatch(m -> isSame(before, m) && before.checksum().equals(m.checksum()));
  }

  private Optional<Remark> remark(Migration before) {
    Optional<Migration> same = now.stream().filter(m -> isSame(before, m)).findFirst();
    if (same.filter(m -> m.description().equals(before.description())).isPresent()) {
      return Optional.empty();
    }
    if (same.isPresent()) {
      return Optional.of(
          new Remark(
              Kind.RENAMED,
              same.get().file(),
              Optional.of(before.label()),
              "renamed since " + difference.ref() + ", where it is " + before.file(),
              "where it is applied, Flyway refuses to run: the description in its history is"
                  + " another",
              "git mv it back; where the new name is meant, flyway repair on every database",
              true));
    }
    if (before.type() == Migration.Type.BASELINE) {
      return Optional.empty();
    }
    Optional<Migration> again =
        added.stream()
            .filter(m -> m.checksum().isPresent() && m.checksum().equals(before.checksum()))
            .min(Comparator.comparing(Migration::file));
    boolean refused = !isIgnored(before, "missing");
    return Optional.of(
        new Remark(
            Kind.REMOVED,
            before.file(),
            Optional.of(before.label()),
            "removed since "
                + difference.ref()
                + again.map(m -> ", and " + m.file() + " has its text").orElse(""),
            (refused ? "where it is applied, Flyway refuses to run" : "a new database lacks it")
                + again.map(m -> "; what it did is run a second time").orElse(""),
            "bring it back (git checkout "
                + difference.ref()
                + " -- "
                + before.file()
                + "); where it is meant to be gone, flyway repair on every database marks it as"
                + " deleted",
            refused));
  }

  /** What is new, and below the newest version that was there. */
  private List<Remark> outOfOrder() {
    Optional<Migration> newest =
        Stream.concat(now.stream().filter(m -> !added.contains(m)), past.stream())
            .filter(m -> m.version().isPresent())
            .max(Comparator.comparing(m -> m.version().orElseThrow()));
    if (newest.isEmpty() || project.flyway().running().outOfOrder()) {
      return List.of();
    }
    Version limit = newest.get().version().orElseThrow();
    return now.stream()
        .filter(m -> added.contains(m) && m.type() != Migration.Type.BASELINE)
        .filter(m -> m.version().filter(v -> v.compareTo(limit) < 0).isPresent())
        .map(m -> outOfOrder(m, limit))
        .toList();
  }

  private Remark outOfOrder(Migration migration, Version newest) {
    boolean refused = !isIgnored(migration, "ignored");
    return new Remark(
        Kind.OUT_OF_ORDER,
        migration.file(),
        Optional.of(migration.label()),
        "new since " + difference.ref() + ", and below version " + newest + ", which is there",
        "where "
            + newest
            + " is applied, Flyway "
            + (refused ? "refuses to run" : "passes over it, and never runs it"),
        "give it a version above "
            + newest
            + ", or set flyway.outOfOrder=true where the order does not matter",
        refused);
  }

  private boolean isIgnored(Migration migration, String state) {
    String type = migration.version().isPresent() ? "versioned" : "repeatable";
    return project.flyway().running().ignoreMigrationPatterns().stream()
        .map(pattern -> pattern.replace(" ", ""))
        .anyMatch(p -> List.of("*:" + state, type + ":" + state, "*:*", type + ":*").contains(p));
  }

  private Path real(Migration migration) {
    return real(project.shell().directory().resolve(migration.file()));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  /** Read by Flyway's own code, from copies; empty where one of them cannot be read today. */
  private static Optional<List<Migration>> past(
      Project project, GitDifference difference, FlywayMigrations migrations, String engine) {
    Set<Path> files = new TreeSet<>();
    for (Path directory : migrations.directories()) {
      Path real = real(directory);
      Stream.concat(difference.changed().stream(), difference.removed().stream())
          .filter(file -> file.startsWith(real) && !file.toString().endsWith(".sluice"))
          .forEach(files::add);
    }
    if (files.isEmpty()) {
      return Optional.of(List.of());
    }
    try {
      Path copies = Files.createTempDirectory("sluice-since").toRealPath();
      try {
        for (Path file : files) {
          Path copy = copies.resolve(difference.root().relativize(file));
          Files.createDirectories(copy.getParent());
          Files.write(copy, difference.before(file));
        }
        return Optional.of(
            FlywayMigrations.read(project.flyway(), engine, List.of(copies), Cache.none())
                .all()
                .stream()
                .map(m -> named(m, project, difference.root().resolve(relative(m, copies))))
                .toList());
      } finally {
        delete(copies);
      }
    } catch (Problem unreadable) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path relative(Migration copy, Path copies) {
    return copies.relativize(copies.getFileSystem().getPath(copy.file()));
  }

  /** As messages name it: relative to where the user stands, where it lies below. */
  private static Migration named(Migration copy, Project project, Path file) {
    Path here = real(project.shell().directory());
    Path shown = file.startsWith(here) ? here.relativize(file) : file;
    return new Migration(
        copy.version(),
        copy.description(),
        copy.type(),
        copy.script(),
        shown.toString().replace('\\', '/'),
        copy.checksum(),
        copy.transactional(),
        copy.statements(),
        copy.placeholders());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
