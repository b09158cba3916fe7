package dev.sluice.history;

import dev.sluice.migration.Migration;
import dev.sluice.plan.Step;
import dev.sluice.recipes.Plainly;
import dev.sluice.recipes.TableRows;
import dev.sluice.recipes.Walk;
import dev.sluice.testing.Catalog;
import dev.sluice.testing.Postgres;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** On PostgreSQL. */
record PostgresTrial(Postgres.Database database) implements TrialDatabase {

  @Override
  public TrialDatabase copy() throws SQLException {
    return new PostgresTrial(database.copy());
  }

  @Override
  public void drop() throws SQLException {
    database.drop();
  }

  @Override
  public void fill(String text) throws SQLException {
    Traffic.fill(database, text);
  }

  @Override
  public List<String> traffic(String text) throws SQLException {
    return Traffic.on(database, text);
  }

  @Override
  public void run(List<Migration> migrations) throws SQLException {
    Plainly.run(migrations, database);
  }

  @Override
  public SortedSet<String> catalog() throws SQLException {
    return Catalog.of(database.dataSource());
  }

  @Override
  public SortedSet<String> rows() throws SQLException {
    return TableRows.of(database, List.of())
        .replaceAll("\"" + LocalDate.now(ZoneId.systemDefault()) + "[T ][\\d:.+]+\"", "now")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "uuid")
        .lines()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Steps steps() throws SQLException {
    Walk walk = new Walk(database, false);
    return new Steps() {
      @Override
      public void step(Step step) throws SQLException {
        walk.step(step);
      }

      @Override
      public void works(List<String> statements, String when) throws SQLException {
        walk.works(statements, when);
      }

      @Override
      public void close() throws SQLException {
        walk.close();
      }
    };
  }
}
