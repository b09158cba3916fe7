package dev.sluice.recipes;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reader;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.plan.Plan;
import dev.sluice.release.DataChanges;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseReader;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import dev.sluice.rewrite.PartNames;
import dev.sluice.rewrite.Rewriter;
import dev.sluice.rewrite.Rewriting.PlainFile;
import dev.sluice.rewrite.Rewriting.Split;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pending migrations of a case, each rewritten as a release of its own where it can be.
 *
 * @param pending all of them, in order
 * @param splits by script
 */
record Rewritten(Engine engine, List<Migration> pending, Map<String, Split> splits) {

  /** Fills a column of a table with more rows than a batch has, by a key of two columns. */
  static PlanCase ofManyRows(String applied) {
    return new PlanCase(
        Path.of("many-rows.txt"),
        applied,
        List.of(
            "ALTER TABLE items ADD COLUMN slug varchar(60);\nUPDATE items SET slug = lower(name);\n"),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        2500,
        DataChanges.ASK,
        Map.of());
  }

  static Rewritten of(PlanCase one, Dialect dialect) {
    List<String> texts = new ArrayList<>(List.of(one.applied()));
    texts.addAll(one.pending());
    List<Migration> all = Releases.migrations(texts).all();
    List<Migration> pending = all.subList(1, all.size());
    Map<String, Split> splits = new HashMap<>();
    for (Migration migration : pending) {
      split(one, dialect, all, migration).ifPresent(s -> splits.put(migration.script(), s));
    }
    return new Rewritten(dialect.engine(), pending, splits);
  }

  private static Optional<Split> split(
      PlanCase one, Dialect dialect, List<Migration> all, Migration migration) {
    Release release =
        new ReleaseReader(
                Reader.of(dialect),
                dialect.emptySchema(),
                new ReleaseSettings(one.dataChanges()),
                Directives::of)
            .read(Releases.of(all), Pending.Scripts.of(List.of(migration)));
    Map<QualifiedName, Statistics.Size> sizes = new HashMap<>();
    release
        .before()
        .tables()
        .forEach(t -> sizes.put(t.name(), new Statistics.Size(one.rows(), one.rows() * 200)));
    Plan plan = Plans.plan(dialect, new Statistics(sizes), release);
    return plan.runnable()
            && new Rewriter(dialect, release, plan)
                    .rewrite(
                        new PartNames(migration.script(), "__", List.of(".sql")),
                        all.stream().flatMap(m -> m.version().stream()).toList())
                instanceof Split split
        ? Optional.of(split)
        : Optional.empty();
  }

  /** Writes the files of all, rewritten or not, and answers how many Flyway runs. */
  int write(Path folder) throws IOException {
    int files = 0;
    for (Migration migration : pending) {
      Optional<Split> split = Optional.ofNullable(splits.get(migration.script()));
      if (split.isEmpty()) {
        String text = migration.statements().getFirst().source().text();
        Files.writeString(folder.resolve(migration.script()), text);
        files++;
      } else {
        for (PlainFile file : split.get().files()) {
          Files.writeString(folder.resolve(file.name()), file.text());
          if (engine == Engine.POSTGRESQL && !file.transactional()) {
            Files.writeString(
                folder.resolve(file.name() + ".conf"), "executeInTransaction=false\n");
          }
          files++;
        }
      }
    }
    return files;
  }

  /** The last version before the roll-out, where one migration is all there is. */
  Optional<Version> lastBefore() {
    return pending.size() == 1
        ? splits.values().stream().findFirst().flatMap(Split::lastBefore)
        : Optional.empty();
  }

  boolean needs(String words) {
    return splits.values().stream()
        .flatMap(s -> s.needs().stream())
        .anyMatch(n -> n.contains(words));
  }
}
