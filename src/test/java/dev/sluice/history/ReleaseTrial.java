package dev.sluice.history;

import dev.sluice.Sluice;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.Step;
import dev.sluice.release.Phase;
import dev.sluice.release.Release;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * One release on a real server: planned and carried out on one copy of a database, run plainly on
 * another. Both end alike, and each version's statements work as long as it lives.
 */
final class ReleaseTrial {

  /** How a release ended; {@code what} says more, and is empty where all is well. */
  record Ending(Of of, String what) {
    enum Of {
      SAME,
      REFUSED_BY_SERVER,
      NOT_PLANNED,
      WRONG
    }
  }

  private final Sluice sluice;
  private final Release release;
  private final TrialDatabase base;

  ReleaseTrial(Sluice sluice, Release release, TrialDatabase base) {
    this.sluice = sluice;
    this.release = release;
    this.base = base;
  }

  /** Afterwards the base is as the release leaves it, where the server takes it. */
  Ending run() throws SQLException {
    TrialDatabase filled = base.copy();
    try {
      filled.fill(text());
      Ending ending = run(filled);
      // Rows that are made up can violate what a release asks of them.
      if (ending.of() == Ending.Of.REFUSED_BY_SERVER) {
        ending = run(base);
      }
      if (ending.of() != Ending.Of.REFUSED_BY_SERVER) {
        base.run(release.migrations());
      }
      return ending;
    } finally {
      filled.drop();
    }
  }

  private Ending run(TrialDatabase before) throws SQLException {
    TrialDatabase plain = before.copy();
    TrialDatabase planned = before.copy();
    try {
      plain.run(release.migrations());
      return compare(planned, plain);
    } catch (SQLException e) {
      return new Ending(Ending.Of.REFUSED_BY_SERVER, String.valueOf(e.getMessage()));
    } catch (AssertionError e) {
      return new Ending(Ending.Of.WRONG, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Ending(Ending.Of.WRONG, e + "\n  at " + List.of(e.getStackTrace()).subList(0, 5));
    } finally {
      planned.drop();
      plain.drop();
    }
  }

  private Ending compare(TrialDatabase planned, TrialDatabase plain) throws SQLException {
    Plan plan = sluice.plan(release, PlanSettings.DEFAULTS, sizes(), LocalDate.of(2026, 11, 21));
    if (!plan.runnable()) {
      return new Ending(Ending.Of.NOT_PLANNED, whyNot(plan));
    }
    carryOut(plan, planned, planned.traffic(text()), plain.traffic(text()));
    String catalogs = difference(planned.catalog(), plain.catalog());
    if (!catalogs.isEmpty()) {
      return new Ending(Ending.Of.WRONG, "catalog\n" + catalogs);
    }
    String rows = difference(planned.rows(), plain.rows());
    return rows.isEmpty()
        ? new Ending(Ending.Of.SAME, "")
        : new Ending(
            Ending.Of.WRONG, "rows\n" + rows.lines().limit(6).collect(Collectors.joining("\n")));
  }

  private void carryOut(Plan plan, TrialDatabase planned, List<String> old, List<String> fresh)
      throws SQLException {
    try (TrialDatabase.Steps walk = planned.steps()) {
      boolean newVersion = false;
      for (Step step : plan.steps()) {
        walk.step(step);
        newVersion |= step.phase() == Phase.ROLLING;
        if (step.phase() != Phase.POST_DEPLOY) {
          walk.works(old, "the old version after " + step.id() + " " + step.title());
        }
        if (newVersion) {
          walk.works(fresh, "the new version after " + step.id() + " " + step.title());
        }
      }
    }
  }

  String text() {
    return release.migrations().stream()
        .flatMap(m -> m.statements().stream())
        .map(Statement::sql)
        .collect(Collectors.joining("\n"));
  }

  private Statistics sizes() {
    Map<QualifiedName, Statistics.Size> sizes = new HashMap<>();
    release.before().tables().forEach(t -> sizes.put(t.name(), new Statistics.Size(1000, 200_000)));
    return new Statistics(sizes);
  }

  private static String whyNot(Plan plan) {
    return java.util.stream.Stream.concat(
            plan.conflicts().stream()
                .map(
                    c ->
                        "conflict: "
                            + c.why()
                            + c.statements().stream()
                                .map(
                                    s ->
                                        "\n      "
                                            + s.file()
                                            + ":"
                                            + s.line()
                                            + " "
                                            + s.sql().replaceAll("\\s+", " "))
                                .collect(Collectors.joining())),
            plan.directivesNeeded().stream()
                .map(
                    d ->
                        "directive: "
                            + d.why()
                            + "\n      "
                            + d.place().file()
                            + ":"
                            + d.place().line()
                            + " "
                            + d.place().sql().replaceAll("\\s+", " ")))
        .collect(Collectors.joining("\n    "));
  }

  private static String difference(SortedSet<String> planned, SortedSet<String> plain) {
    StringBuilder text = new StringBuilder();
    planned.stream()
        .filter(l -> !plain.contains(l))
        .forEach(l -> text.append("      planned: ").append(l).append('\n'));
    plain.stream()
        .filter(l -> !planned.contains(l))
        .forEach(l -> text.append("      plain:   ").append(l).append('\n'));
    return text.toString();
  }
}
