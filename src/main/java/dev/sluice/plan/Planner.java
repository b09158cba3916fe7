package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.release.Release;
import dev.sluice.release.Subject;
import dev.sluice.schema.Statistics;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the plan of a release: one fold over its changes, in order. Pure. */
public final class Planner {

  private final Dialect dialect;
  private final List<Recipe> recipes;
  private final PlanSettings settings;

  /**
   * @param recipes asked in this order; the first that has a way is taken, so the last takes all
   */
  public Planner(Dialect dialect, List<Recipe> recipes, PlanSettings settings) {
    this.dialect = dialect;
    this.recipes = List.copyOf(recipes);
    this.settings = settings;
  }

  /**
   * What a plan is made of besides the engine.
   *
   * @param decisions what a person has decided about the statement of a change
   * @param date for the release's name only
   * @param debt what an earlier release owes, which comes first; mostly empty
   */
  public record Order(
      Release release,
      Statistics statistics,
      Function<Subject, Decisions> decisions,
      LocalDate date,
      Optional<Debt> debt) {

    /** Nothing is owed. */
    public Order(
        Release release,
        Statistics statistics,
        Function<Subject, Decisions> decisions,
        LocalDate date) {
      this(release, statistics, decisions, date, Optional.empty());
    }

    /** Sizes unknown, nothing decided. */
    public static Order of(Release release, LocalDate date) {
      return new Order(release, Statistics.NONE, subject -> Decisions.NONE, date);
    }
  }

  /** The plan; it is there, and says what is missing, also where it cannot run. */
  public Plan plan(Order order) {
    return new Planning(dialect, recipes, settings, order).plan();
  }
}
