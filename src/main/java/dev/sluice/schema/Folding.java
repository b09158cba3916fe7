package dev.sluice.schema;

import dev.sluice.schema.Change.*;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

/** Which family folds which change. */
final class Folding {
  private Folding() {}

  static void fold(Draft draft, Change change) {
    switch (change) {
      case CreateTable c -> TableFolding.create(draft, c);
      case DropTable c -> Dropping.table(draft, c);
      case RenameTable c -> Renaming.relation(draft, c.table(), c.to());
      case MoveTable c -> Renaming.move(draft, c.table(), c.schema());
      case AlterTable c -> TableFolding.alter(draft, c);
      case AttachPartition c -> TableFolding.attach(draft, c);
      case DetachPartition c -> TableFolding.detach(draft, c.parent(), c.partition());

      case AlterPartitions c -> TableFolding.partitions(draft, c);

      case AddColumn c -> ColumnFolding.add(draft, c);
      case RedefineColumn c -> RedefinedColumn.fold(draft, c);
      case DropColumn c -> Dropping.column(draft, c.table(), c.column(), c.cascade());
      case RenameColumn c -> Renaming.column(draft, c.table(), c.column(), c.to());
      case AlterColumnType c -> ColumnFolding.type(draft, c);
      case SetDefault c -> ColumnFolding.setDefault(draft, c);
      case DropDefault c -> ColumnFolding.dropDefault(draft, c);
      case SetNotNull c -> ColumnFolding.nullable(draft, c.table(), c.column(), false);
      case DropNotNull c -> ColumnFolding.nullable(draft, c.table(), c.column(), true);
      case AddIdentity c -> ColumnFolding.addIdentity(draft, c);
      case DropIdentity c -> ColumnFolding.dropIdentity(draft, c);
      case DropExpression c -> ColumnFolding.dropExpression(draft, c);
      case SetExpression c -> ColumnFolding.setExpression(draft, c);
      case AlterColumnOption c -> ColumnFolding.option(draft, c);

      case AddConstraint c -> ConstraintFolding.add(draft, c);
      case DropConstraint c -> Dropping.constraint(draft, c);
      case RenameConstraint c -> Renaming.constraint(draft, c.table(), c.constraint(), c.to());
      case ValidateConstraint c -> ConstraintFolding.validate(draft, c);
      case AlterConstraint c -> ConstraintFolding.alter(draft, c);

      case CreateIndex c -> IndexFolding.create(draft, c);
      case DropIndex c -> Dropping.index(draft, c);
      case RenameIndex c -> Renaming.index(draft, c);
      case AttachIndex c -> IndexFolding.attach(draft, c);
      case AlterIndex c -> {}
      case HideIndex c -> IndexFolding.hide(draft, c);
      case Reindex c -> {}

      case CreateView c -> ObjectFolding.view(draft, c);
      case RefreshView c -> {}
      case CreateSequence c -> ObjectFolding.sequence(draft, c);
      case AlterSequence c -> ObjectFolding.sequence(draft, c);
      case CreateType c -> ObjectFolding.type(draft, c);
      case AddEnumValue c -> ObjectFolding.enumValue(draft, c);
      case RenameEnumValue c -> ObjectFolding.enumValue(draft, c);
      case CreateDomain c -> ObjectFolding.domain(draft, c);
      case CreateRoutine c -> ObjectFolding.routine(draft, c.routine());
      case CreateTrigger c -> ObjectFolding.trigger(draft, c.trigger());
      case DropTrigger c -> ObjectFolding.dropTrigger(draft, c);
      case EnableTrigger c -> {}
      case CreateObject c -> ObjectFolding.create(draft, c);
      case AlterObject c -> ObjectFolding.alter(draft, c);
      case DropObject c -> Dropping.object(draft, c);
      case RenameObject c -> Renaming.object(draft, c);
      case MoveObject c -> Renaming.moveObject(draft, c);

      case Insert c -> {}
      case Update c -> {}
      case Delete c -> {}
      case Merge c -> {}
      case Truncate c -> {}
      case Copy c -> {}
      case Query c -> {}

      case SetParameter c -> SearchPath.set(draft, c);
      case SetServerParameter c -> {}
      case UseSchema c -> SearchPath.use(draft, c);
      case TransactionControl c -> {
        if (c.ends()) {
          draft.uncommitted = HashTreePMap.empty();
          draft.freshTypes = HashTreePSet.empty();
        }
      }
      case LockTable c -> {}
      case Grant c -> {}
      case Comment c -> {}
      case ChangeOwner c -> {}
      case Maintenance c -> {}
      case NoEffect c -> {}
      case Block c -> {
        Schema before = draft.schema();
        c.changes().forEach(inner -> fold(draft, inner));
        draft.doubt(before);
        draft.complete &= c.unknown().isEmpty();
      }
      case Unrecognised c -> draft.complete = false;
    }
  }
}
