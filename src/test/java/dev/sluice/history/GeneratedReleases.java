package dev.sluice.history;

import dev.sluice.Sluice;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reader;
import dev.sluice.history.ReleaseTrial.Ending;
import dev.sluice.history.mysql.MysqlRelease;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.release.DataChanges;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Releases that seeds make up, each planned and carried out. */
final class GeneratedReleases {

  private final Map<Ending.Of, Integer> endings = new EnumMap<>(Ending.Of.class);
  private final List<String> wrong = new ArrayList<>();
  private final List<String> notPlanned = new ArrayList<>();

  private final Engine engine;

  private GeneratedReleases(Engine engine) {
    this.engine = engine;
  }

  static GeneratedReleases of(Engine engine, LongStream seeds) throws SQLException {
    GeneratedReleases releases = new GeneratedReleases(engine);
    for (long seed : seeds.toArray()) {
      releases.run(seed);
    }
    return releases;
  }

  /** Those that end otherwise than plain Flyway, or break a version. */
  List<String> wrong() {
    return wrong;
  }

  /** Those that are refused, and why. */
  List<String> notPlanned() {
    return notPlanned;
  }

  int same() {
    return endings.getOrDefault(Ending.Of.SAME, 0);
  }

  private void run(long seed) throws SQLException {
    GeneratedRelease.Texts texts =
        switch (engine) {
          case POSTGRESQL -> PostgresRelease.of(seed);
          case MYSQL, MARIADB -> MysqlRelease.of(seed, engine);
        };
    TrialServer server = TrialServer.of(engine);
    TrialDatabase base = server.base();
    Dialect dialect = server.dialect();
    base.run(Releases.migrations(List.of(texts.applied())).all());
    List<String> all = new ArrayList<>(List.of(texts.applied()));
    all.addAll(texts.pending());
    List<Migration> migrations = Releases.migrations(all).all();
    Sluice sluice =
        new Sluice(
            Reader.of(dialect),
            Releases.of(migrations),
            dialect.emptySchema(),
            new ReleaseSettings(DataChanges.PRE_DEPLOY),
            Directives::of);
    Release release = sluice.classify(new Pending.From(new Version("2"), Optional.empty()));
    Ending ending = new ReleaseTrial(sluice, release, base).run();
    base.drop();
    endings.merge(ending.of(), 1, Integer::sum);
    String told =
        "seed %d: %s\n%s\n---- applied\n%s\n---- pending\n%s"
            .formatted(
                seed,
                ending.of(),
                ending.what(),
                texts.applied(),
                String.join("\n--\n", texts.pending()));
    switch (ending.of()) {
      case SAME -> {}
      case REFUSED_BY_SERVER, WRONG -> wrong.add(told);
      case NOT_PLANNED -> notPlanned.add(told);
    }
  }

  @Override
  public String toString() {
    return endings.toString();
  }
}
