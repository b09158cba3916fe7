package dev.sluice.recipes;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Recipe;
import dev.sluice.recipes.mysql.MysqlRecipes;
import dev.sluice.recipes.postgresql.PostgresqlRecipes;
import java.util.List;

/** All recipes there are, by engine. The planner takes the first that has a way. */
public final class Recipes {

  private Recipes() {}

  public static List<Recipe> all(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> PostgresqlRecipes.all();
      case MYSQL, MARIADB -> MysqlRecipes.all();
    };
  }
}
