package dev.sluice.flyway;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Remark;
import dev.sluice.migration.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.core.internal.info.MigrationInfoServiceImpl;

/** Files against rows, as Flyway's {@code info} and {@code validate} see them. */
final class Comparison {

  /** What ran and is there as the file shows it. */
  private static final Set<MigrationState> RAN =
      EnumSet.of(MigrationState.SUCCESS, MigrationState.OUT_OF_ORDER, MigrationState.BASELINE);

  /** What a row tells of, and no file does. */
  private static final Set<MigrationState> UNSEEN =
      EnumSet.of(
          MigrationState.MISSING_SUCCESS,
          MigrationState.MISSING_FAILED,
          MigrationState.FUTURE_SUCCESS,
          MigrationState.FUTURE_FAILED,
          MigrationState.FAILED,
          MigrationState.DELETED);

  private static final Set<MigrationState> BELOW =
      EnumSet.of(MigrationState.BELOW_BASELINE, MigrationState.BASELINE_IGNORED);

  private final FlywaySession session;
  private final Map<String, Migration> files;
  private final List<Migration> classes;
  private final MigrationInfoServiceImpl info;
  private final List<MigrationInfoImpl> all;

  Comparison(FlywaySession session, List<Migration> files) {
    this.session = session;
    this.files = files.stream().collect(Collectors.toMap(Migration::script, Function.identity()));
    this.classes = files.stream().filter(m -> m.type() == Migration.Type.JAVA).toList();
    List<ValidatePattern> ignored =
        new ArrayList<>(Arrays.asList(session.configuration().getIgnoreMigrationPatterns()));
    ignored.add(ValidatePattern.fromPattern("*:pending"));
    this.info =
        session.info(session.configuration().getTarget(), ignored.toArray(ValidatePattern[]::new));
    if (session.willBaseline()) {
      info.setBaselineOnMigrateVersion(session.configuration().getBaselineVersion());
    }
    info.refresh();
    this.all = Arrays.stream(info.all()).map(MigrationInfoImpl.class::cast).toList();
  }

  Standing standing() {
    Objections objections = new Objections(session.configuration().getTable(), all);
    List<Remark> remarks = all.stream().flatMap(i -> objections.to(i, file(i)).stream()).toList();
    Optional<MigrationInfoImpl> baseline = baselineForTheMissing();
    boolean whole =
        all.stream()
                .filter(i -> UNSEEN.contains(i.getState()))
                .allMatch(i -> i.getAppliedMigration().isSuccess() && standsFor(baseline, i))
            && remarks.stream().noneMatch(r -> r.kind() == Remark.Kind.EDITED);
    return new Standing(
        Arrays.stream(info.pending()).map(this::script).toList(),
        ran(baseline).map(this::script).distinct().toList(),
        whole,
        remarks);
  }

  /** A baseline stands for what ran; a class's and a repeatable one's last row counts. */
  private Stream<MigrationInfoImpl> ran(Optional<MigrationInfoImpl> baseline) {
    Stream<MigrationInfoImpl> first = baseline.isPresent() ? baseline.stream() : belowTheMarker();
    Stream<MigrationInfoImpl> rows =
        all.stream()
            .filter(i -> i.getResolvedMigration() != null && i.getAppliedMigration() != null)
            .filter(i -> RAN.contains(i.getState()) && !standsFor(baseline, i))
            .sorted(Comparator.comparing(MigrationInfoImpl::getInstalledRank));
    return Stream.concat(first, rows);
  }

  /** What {@code flyway baseline} said that the database has. */
  private Stream<MigrationInfoImpl> belowTheMarker() {
    boolean marked =
        session.willBaseline()
            || all.stream()
                .map(MigrationInfoImpl::getAppliedMigration)
                .anyMatch(row -> row != null && row.getType() == CoreMigrationType.BASELINE);
    return all.stream()
        .filter(i -> marked && i.getAppliedMigration() == null && BELOW.contains(i.getState()))
        .filter(i -> !i.getResolvedMigration().getType().isBaseline())
        .sorted(Comparator.comparing(MigrationInfoImpl::getVersion));
  }

  /**
   * A baseline file on a database that was there before it is never run. Where files that ran are
   * gone it tells what they made.
   */
  private Optional<MigrationInfoImpl> baselineForTheMissing() {
    Set<MigrationVersion> missing = new HashSet<>();
    for (MigrationInfoImpl one : all) {
      if (one.getVersion() != null && UNSEEN.contains(one.getState())) {
        missing.add(one.getVersion());
      }
    }
    return all.stream()
        .filter(i -> i.getState() == MigrationState.IGNORED)
        .filter(i -> i.getResolvedMigration().getType().isBaseline())
        .filter(i -> missing.stream().anyMatch(v -> v.compareTo(i.getVersion()) <= 0))
        .max(Comparator.comparing(MigrationInfoImpl::getVersion));
  }

  private static boolean standsFor(Optional<MigrationInfoImpl> baseline, MigrationInfoImpl other) {
    return other.getVersion() != null
        && baseline.filter(b -> other.getVersion().compareTo(b.getVersion()) <= 0).isPresent();
  }

  /** A class's script is its name, which the stand-in for it does not bear. */
  private String script(MigrationInfoImpl one) {
    return file(one).map(Migration::script).orElse(one.getResolvedMigration().getScript());
  }

  private Optional<Migration> file(MigrationInfoImpl one) {
    ResolvedMigration resolved = one.getResolvedMigration();
    return resolved == null
        ? Optional.empty()
        : Optional.ofNullable(files.get(resolved.getScript()))
            .or(() -> classes.stream().filter(m -> Rows.belongs(m, resolved)).findFirst());
  }
}
