package dev.sluice.migration;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which migrations go out: the user's choice, never a guess. */
public sealed interface Pending {

  /** Whether {@code migration} goes out. */
  boolean includes(Migration migration);

  /**
   * From this version on, and no further than {@code to}; repeatables go out where {@code to} is
   * open.
   */
  record From(Version from, Optional<Version> to) implements Pending {
    @Override
    public boolean includes(Migration migration) {
      return migration
          .version()
          .map(v -> v.compareTo(from) >= 0 && to.map(t -> v.compareTo(t) <= 0).orElse(true))
          .orElse(to.isEmpty());
    }
  }

  /** Everything: the first release on an empty database. */
  record All() implements Pending {
    @Override
    public boolean includes(Migration migration) {
      return true;
    }
  }

  /** What a file list names, by script. */
  record Scripts(Set<String> scripts) implements Pending {
    public Scripts {
      scripts = Set.copyOf(scripts);
    }

    public static Scripts of(List<Migration> migrations) {
      return new Scripts(migrations.stream().map(Migration::script).collect(Collectors.toSet()));
    }

    @Override
    public boolean includes(Migration migration) {
      return scripts.contains(migration.script());
    }
  }

  /**
   * What is new since a commit.
   *
   * @param scripts what goes out
   * @param past migrations as they were at the commit, where they read otherwise now or are gone
   * @param whole whether all of those could be read
   */
  record Since(Set<String> scripts, List<Migration> past, boolean whole) implements Pending {
    public Since {
      scripts = Set.copyOf(scripts);
      past = List.copyOf(past);
    }

    @Override
    public boolean includes(Migration migration) {
      return scripts.contains(migration.script());
    }
  }

  /** What Flyway's history in a database says. */
  record Recorded(Standing standing) implements Pending {
    @Override
    public boolean includes(Migration migration) {
      return standing.pending().contains(migration.script());
    }
  }
}
