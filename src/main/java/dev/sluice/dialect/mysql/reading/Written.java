package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** Which table a definition inside a body is about: running the body changes it. */
final class Written {

  private Written() {}

  static List<QualifiedName> tables(Change change) {
    return switch (change) {
      case Change.CreateTable c -> List.of(c.table().name());
      case Change.DropTable c -> List.of(c.table());
      case Change.RenameTable c -> List.of(c.table(), c.table().withName(c.to()));
      case Change.MoveTable c -> List.of(c.table(), c.table().in(c.schema()));
      case Change.AlterTable c -> List.of(c.table());
      case Change.AlterPartitions c -> List.of(c.table());
      case Change.AddColumn c -> List.of(c.table());
      case Change.RedefineColumn c -> List.of(c.table());
      case Change.DropColumn c -> List.of(c.table());
      case Change.RenameColumn c -> List.of(c.table());
      case Change.SetDefault c -> List.of(c.table());
      case Change.DropDefault c -> List.of(c.table());
      case Change.AlterColumnOption c -> List.of(c.table());
      case Change.AddConstraint c -> List.of(c.table());
      case Change.DropConstraint c -> List.of(c.table());
      case Change.AlterConstraint c -> List.of(c.table());
      case Change.CreateIndex c -> List.of(c.index().table());
      case Change.DropIndex c -> c.table().stream().toList();
      case Change.RenameIndex c -> c.table().stream().toList();
      case Change.HideIndex c -> List.of(c.table());
      case Change.Truncate c -> c.tables();
      case Change.CreateView c -> List.of(c.view().name());
      case Change.DropObject c -> List.of(c.name());
      default -> List.of();
    };
  }
}
