package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Recipe;
import dev.sluice.recipes.general.AsWritten;
import dev.sluice.recipes.general.ChangeRowsInBatches;
import dev.sluice.recipes.general.DropColumn;
import dev.sluice.recipes.general.DropInBlock;
import dev.sluice.recipes.general.DropTable;
import dev.sluice.recipes.general.RunOnce;
import java.util.List;

/** Those of PostgreSQL, in the order in which they are asked. */
public final class PostgresqlRecipes {

  private PostgresqlRecipes() {}

  public static List<Recipe> all() {
    return List.of(
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
        new DropInBlock(),
        new FillFromTable(),
        new FillColumn(),
        new CopyRows(),
        new RunOnce(),
        new ChangeRowsInBatches(),
        new AsWritten());
  }
}
