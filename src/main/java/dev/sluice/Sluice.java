package dev.sluice;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Reader;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Pending;
import dev.sluice.plan.Debt;
import dev.sluice.plan.Decisions;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.Planner;
import dev.sluice.recipes.Recipes;
import dev.sluice.release.OnDatabase;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseReader;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.Name;
import java.time.LocalDate;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The library's door: what migrations do to a running application, and the plan that spares it.
 * Pure: reads no file, opens no connection, knows no time.
 *
 * @param reader of the engine's statements, at one version
 * @param migrations all there are, applied ones too: they tell the schema
 * @param start the schema before the first migration; its search path is the one that Flyway sets
 * @param directives what is said of a migration's statements
 */
public record Sluice(
    Reader reader,
    Migrations migrations,
    Schema start,
    ReleaseSettings settings,
    Function<Migration, Directives> directives) {

  /** On a new database, with nothing decided but what the migrations themselves say. */
  public static Sluice of(Dialect dialect, Migrations migrations) {
    return new Sluice(
        Reader.of(dialect),
        migrations,
        dialect.emptySchema(),
        ReleaseSettings.DEFAULTS,
        Directives::of);
  }

  /** The engine, at one version. */
  public Dialect dialect() {
    return reader.dialect();
  }

  /**
   * The pending migrations as one release.
   *
   * @throws dev.sluice.sql.Problem where a directive cannot be read
   */
  public Release classify(Pending pending) {
    return releases().read(migrations, pending);
  }

  /**
   * The pending migrations as one release on what a database has.
   *
   * @param catalog reads what it has, by {@link #start}'s search path, given the schemas that
   *     migrations name
   * @throws dev.sluice.sql.Problem where a directive cannot be read
   */
  public OnDatabase classify(Pending pending, Function<Set<Name>, Schema> catalog) {
    return releases().read(migrations, pending, catalog);
  }

  /**
   * Every migration as a release of its own, on the schema of all before it.
   *
   * @throws dev.sluice.sql.Problem where a directive cannot be read
   */
  public List<Release> classifyEach() {
    return releases().each(migrations);
  }

  private ReleaseReader releases() {
    return new ReleaseReader(reader, start, settings, directives);
  }

  /**
   * The plan of a release; it is there, and says what is missing, also where it cannot run.
   *
   * @param statistics sizes of tables, for estimates and windows
   * @param date for the release's name
   */
  public Plan plan(
      Release release, PlanSettings planSettings, Statistics statistics, LocalDate date) {
    return plan(release, planSettings, statistics, date, Optional.empty());
  }

  /**
   * The same behind what an earlier release still owes.
   *
   * @param debt of that release; the release at hand is judged on what the database has once it is
   *     paid
   */
  public Plan plan(
      Release release,
      PlanSettings planSettings,
      Statistics statistics,
      LocalDate date,
      Optional<Debt> debt) {
    IdentityHashMap<Migration, Directives> said = new IdentityHashMap<>();
    return new Planner(dialect(), Recipes.all(dialect().engine()), planSettings)
        .plan(
            new Planner.Order(
                release,
                statistics,
                subject ->
                    new Decisions(
                        said.computeIfAbsent(subject.migration(), directives)
                            .of(subject.statement())),
                date,
                debt));
  }
}
