package dev.sluice.rewrite;

import dev.sluice.migration.Version;
import dev.sluice.release.Phase;
import java.util.List;
import java.util.Optional;

/** What becomes of a migration. */
public sealed interface Rewriting {

  /** It stays as it is. */
  record NothingToSplit(Optional<Phase> phase) implements Rewriting {}

  /**
   * Plain Flyway cannot do it.
   *
   * @param reasons one sentence each, with the way out behind {@code fix:}
   */
  record Refused(List<String> reasons) implements Rewriting {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Files in its place, in the order in which Flyway runs them.
   *
   * @param needs what has to be so for them to run
   * @param lost what {@code sluice apply} does and plain Flyway does not
   */
  record Split(List<PlainFile> files, List<String> needs, List<String> lost) implements Rewriting {
    public Split {
      files = List.copyOf(files);
      needs = List.copyOf(needs);
      lost = List.copyOf(lost);
    }

    /** The last version before the deployment; empty where all of it comes afterwards. */
    public Optional<Version> lastBefore() {
      return files.stream()
          .filter(f -> f.phase() == Phase.PRE_DEPLOY)
          .reduce((first, later) -> later)
          .map(PlainFile::version);
    }
  }

  /**
   * One file.
   *
   * @param name without its folder; the first bears the migration's own
   * @param transactional whether Flyway runs it in one transaction
   * @param steps what it does, in a few words each
   */
  record PlainFile(
      Version version,
      String name,
      Phase phase,
      boolean transactional,
      List<String> steps,
      String text) {
    public PlainFile {
      steps = List.copyOf(steps);
    }
  }
}
