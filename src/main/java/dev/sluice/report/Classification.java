package dev.sluice.report;

import dev.sluice.dialect.Dialect;
import dev.sluice.drift.Drift;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations.Bystander;
import dev.sluice.migration.Remark;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Release;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Statistics;
import dev.sluice.schema.Statistics.Size;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code classify} has to say.
 *
 * @param dialect that the statements were read by
 * @param releases one, or with {@code --each} one for every migration
 * @param bystanders files that Flyway runs besides migrations
 * @param remarks what is amiss with the files besides what they do, and with what ran of them
 * @param statistics how large tables are; empty where nobody said
 * @param onlyUnrecognised whether statements that a reader understood are left out
 * @param drift how the database differs from the applied migrations; empty where none was asked
 */
public record Classification(
    Dialect dialect,
    List<Release> releases,
    List<Bystander> bystanders,
    List<Remark> remarks,
    Statistics statistics,
    boolean onlyUnrecognised,
    Optional<Drift> drift) {

  public Classification {
    releases = List.copyOf(releases);
    bystanders = List.copyOf(bystanders);
    remarks = List.copyOf(remarks);
  }

  /** A migration with its statements, in file order; none where it cannot be read. */
  record File(Migration migration, List<Judged> statements) {
    Kind kind() {
      return migration.readable()
          ? Kind.together(statements.stream().map(Judged::kind))
          : Kind.UNKNOWN;
    }
  }

  /** A statement with its changes, in order of its clauses. */
  record Judged(Statement statement, List<Subject> subjects) {
    Kind kind() {
      return Kind.together(subjects.stream().map(Subject::kind));
    }

    /** Empty where its changes go to different phases, or to none. */
    Optional<Phase> phase() {
      List<Phase> phases = subjects.stream().flatMap(s -> s.phase().stream()).distinct().toList();
      return phases.size() == 1 ? Optional.of(phases.get(0)) : Optional.empty();
    }

    boolean unrecognised() {
      return subjects.stream()
          .map(Subject::change)
          .anyMatch(
              change ->
                  change instanceof Change.Unrecognised
                      || (change instanceof Change.Block block && !block.unknown().isEmpty()));
    }
  }

  /** Empty where it is not known, or the release makes the table itself. */
  Optional<Size> size(Subject subject, QualifiedName relation) {
    return statistics.size(subject.before().resolve(relation));
  }

  Stream<File> files() {
    return releases.stream().flatMap(this::files);
  }

  private Stream<File> files(Release release) {
    IdentityHashMap<Statement, List<Subject>> subjects = new IdentityHashMap<>();
    release
        .subjects()
        .forEach(s -> subjects.computeIfAbsent(s.statement(), x -> new ArrayList<>()).add(s));
    return release.migrations().stream()
        .map(
            migration ->
                new File(
                    migration,
                    migration.statements().stream()
                        .map(s -> new Judged(s, subjects.getOrDefault(s, List.of())))
                        .filter(judged -> !onlyUnrecognised || judged.unrecognised())
                        .toList()));
  }
}
