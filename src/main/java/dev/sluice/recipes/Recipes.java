package dev.sluice.recipes;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Recipe;
import dev.sluice.recipes.general.ChangeRowsInBatches;
import dev.sluice.recipes.general.DropTable;
import dev.sluice.recipes.postgresql.AddCheck;
import dev.sluice.recipes.postgresql.AddColumnApart;
import dev.sluice.recipes.postgresql.AddColumnInStep;
import dev.sluice.recipes.postgresql.AddForeignKey;
import dev.sluice.recipes.postgresql.AddPrimaryKey;
import dev.sluice.recipes.postgresql.AddUnique;
import dev.sluice.recipes.postgresql.ChangeOfFilled;
import dev.sluice.recipes.postgresql.ChangeType;
import dev.sluice.recipes.postgresql.CreateIndexConcurrently;
import dev.sluice.recipes.postgresql.DefaultInStep;
import dev.sluice.recipes.postgresql.DropColumn;
import dev.sluice.recipes.postgresql.DropIndexConcurrently;
import dev.sluice.recipes.postgresql.DropNotNull;
import dev.sluice.recipes.postgresql.FillColumn;
import dev.sluice.recipes.postgresql.FillFromTable;
import dev.sluice.recipes.postgresql.OnStandIn;
import dev.sluice.recipes.postgresql.ReindexConcurrently;
import dev.sluice.recipes.postgresql.RenameColumn;
import dev.sluice.recipes.postgresql.RenameTable;
import dev.sluice.recipes.postgresql.ReplaceConstraint;
import dev.sluice.recipes.postgresql.ReplaceIndex;
import dev.sluice.recipes.postgresql.SetNotNull;
import java.util.List;

/** All recipes there are, by engine. The planner takes the first that has a way. */
public final class Recipes {

  private Recipes() {}

  public static List<Recipe> all(Engine engine) {
    return switch (engine) {
      case POSTGRESQL ->
          List.of(
              new ReplaceIndex(),
              new ReplaceConstraint(),
              new ReplaceObject(),
              new OnStandIn(),
              new ChangeOfFilled(),
              new RenameColumn(),
              new RenameTable(),
              new ChangeType(),
              new CreateIndexConcurrently(),
              new DropIndexConcurrently(),
              new ReindexConcurrently(),
              new AddUnique(),
              new AddPrimaryKey(),
              new AddForeignKey(),
              new AddCheck(),
              new DefaultInStep(),
              new SetNotNull(),
              new DropNotNull(),
              new AddColumnInStep(),
              new AddColumnApart(),
              new DropColumn(),
              new DropTable(),
              new FillFromTable(),
              new FillColumn(),
              new ChangeRowsInBatches(),
              new AsWritten());
      case MYSQL, MARIADB -> List.of(new ReplaceObject(), new AsWritten());
    };
  }
}
