package dev.sluice.drift;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a database differs from what the migrations that ran on it make.
 *
 * @param differences by object; empty where there is none
 * @param complete false where an applied migration or an object of the database could not be read:
 *     a difference then has its reason there, or is one
 */
public record Drift(List<Difference> differences, boolean complete) {

  public Drift {
    differences = List.copyOf(differences);
  }

  /**
   * Compares objects in the schemas that the migrations use. Left alone: the text of views, bodies
   * and policies, privileges, storage; partitions that only the database has (they come and go with
   * time), and its extensions; comments and the order of columns.
   *
   * @param replayed what the applied migrations make
   * @param found what the database has
   * @param counted false for what is not the migrations' own: Flyway's table, Sluice's journal
   */
  public static Drift between(
      Schema replayed, Schema found, Dialect dialect, Predicate<QualifiedName> counted) {
    Sides sides = new Sides(replayed, found, counted);
    Differences differences = new Differences(replayed.defaultSchema());
    new TableComparison(sides, dialect, differences).run();
    new ObjectComparison(sides, dialect, differences).run();
    return new Drift(differences.all(), replayed.complete() && found.complete());
  }
}
