package dev.sluice.recipes.mysql;

import dev.sluice.plan.Recipe;
import dev.sluice.recipes.general.AsWritten;
import dev.sluice.recipes.general.ChangeRowsInBatches;
import dev.sluice.recipes.general.DropColumn;
import dev.sluice.recipes.general.DropInBlock;
import dev.sluice.recipes.general.DropTable;
import dev.sluice.recipes.general.RunOnce;
import java.util.List;

/** Those of MySQL and MariaDB, in the order in which they are asked. */
public final class MysqlRecipes {

  private MysqlRecipes() {}

  public static List<Recipe> all() {
    return List.of(
        new ReplaceIndex(),
        new ReplaceForeignKey(),
        new ReplaceObject(),
        new ChangeOfFilled(),
        new RenameColumn(),
        new RenameTable(),
        new RedefineColumn(),
        new ConvertTable(),
        new DefaultDroppedOnTheWay(),
        new BuildIndex(),
        new AddForeignKey(),
        new AddCheck(),
        new AddColumnInStep(),
        new AddColumnNotNull(),
        new DropColumn(),
        new DropTable(),
        new DropInBlock(),
        new FillColumn(),
        new RunOnce(),
        new ChangeRowsInBatches(),
        new AsWritten());
  }
}
