package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The object of a change in one word, for reports: as the catalog would name it, with its schema
 * where the text gives it.
 */
final class Objects {
  private Objects() {}

  /**
   * Never empty; a change without an object is named by what it does.
   *
   * @param before for the names that the engine makes up
   */
  static String of(Change change, Schema before) {
    return switch (change) {
      case CreateTable c -> c.table().name().toString();
      case DropTable c -> c.table().toString();
      case RenameTable c -> c.table().toString();
      case MoveTable c -> c.table().toString();
      case AlterTable c -> c.table().toString();
      case AttachPartition c -> c.partition().toString();
      case DetachPartition c -> c.partition().toString();

      case AlterPartitions c -> c.table().toString();

      case AddColumn c -> in(c.table(), c.column().name());
      case RedefineColumn c -> in(c.table(), c.column());
      case DropColumn c -> in(c.table(), c.column());
      case RenameColumn c -> in(c.table(), c.column());
      case AlterColumnType c -> in(c.table(), c.column());
      case SetDefault c -> in(c.table(), c.column());
      case DropDefault c -> in(c.table(), c.column());
      case SetNotNull c -> in(c.table(), c.column());
      case DropNotNull c -> in(c.table(), c.column());
      case AddIdentity c -> in(c.table(), c.column());
      case DropIdentity c -> in(c.table(), c.column());
      case DropExpression c -> in(c.table(), c.column());
      case SetExpression c -> in(c.table(), c.column());
      case AlterColumnOption c -> in(c.table(), c.column());

      case AddConstraint c -> in(c.table(), before.nameOf(c.table(), c.constraint()));
      case DropConstraint c -> in(c.table(), c.constraint());
      case RenameConstraint c -> in(c.table(), c.constraint());
      case ValidateConstraint c -> in(c.table(), c.constraint());
      case AlterConstraint c -> in(c.table(), c.constraint());

      case CreateIndex c -> c.index().table().withName(before.nameOf(c.index()).name()).toString();
      case DropIndex c -> c.index().toString();
      case RenameIndex c -> c.index().toString();
      case AttachIndex c -> c.index().toString();
      case AlterIndex c -> c.index().toString();
      case HideIndex c -> c.table().withName(c.index().name()).toString();
      case Reindex c -> c.name().toString();

      case CreateView c -> c.view().name().toString();
      case RefreshView c -> c.view().toString();
      case CreateSequence c -> c.sequence().toString();
      case AlterSequence c -> c.sequence().toString();
      case CreateType c -> c.type().toString();
      case AddEnumValue c -> c.type().toString();
      case RenameEnumValue c -> c.type().toString();
      case CreateDomain c -> c.domain().toString();
      case CreateRoutine c -> c.routine().name().toString();
      case CreateTrigger c -> in(c.trigger().table(), c.trigger().name());
      case DropTrigger c -> on(c.table(), c.trigger());
      case EnableTrigger c ->
          c.name().map(t -> in(c.table(), t)).orElseGet(() -> c.table().toString());
      case CreateObject c -> on(c.on(), c.name());
      case AlterObject c -> on(c.on(), c.name());
      case DropObject c -> on(c.on(), c.name());
      case RenameObject c -> on(c.on(), c.name());
      case MoveObject c -> c.name().toString();

      case Insert c -> c.table().toString();
      case Update c -> c.table().toString();
      case Delete c -> c.table().toString();
      case Merge c -> c.table().toString();
      case Truncate c -> listed(c.tables()).orElseGet(c::label);
      case Copy c -> c.table().toString();
      case Query c -> listed(c.query().references().functions()).orElseGet(c::label);

      case SetParameter c -> c.parameter();
      case SetServerParameter c -> c.parameter();
      case UseSchema c -> c.schema().toString();
      case TransactionControl c -> c.command();
      case LockTable c -> listed(c.tables()).orElseGet(c::label);
      case Grant c -> listed(c.on()).orElseGet(c::label);
      case Comment c -> c.on().map(QualifiedName::toString).orElseGet(c::label);
      case ChangeOwner c -> c.name().toString();
      case Maintenance c -> listed(c.tables()).orElseGet(() -> c.kind().name());
      case NoEffect c -> c.label();
      case Block c -> inBlock(c, before);
      case Unrecognised c -> c.label();
    };
  }

  private static String in(QualifiedName table, Name part) {
    return table + "." + part;
  }

  private static String on(Optional<QualifiedName> table, Object name) {
    return table.map(t -> t + "." + name).orElseGet(name::toString);
  }

  private static Optional<String> listed(Collection<QualifiedName> names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            names.stream().map(QualifiedName::toString).sorted().collect(Collectors.joining(", ")));
  }

  private static String inBlock(Block block, Schema before) {
    List<String> objects =
        block.changes().stream()
            .filter(
                c ->
                    !(c instanceof Query)
                        && !(c instanceof NoEffect)
                        && !(c instanceof SetParameter)
                        && !(c instanceof TransactionControl))
            .map(c -> of(c, before))
            .distinct()
            .toList();
    return objects.isEmpty() ? block.label() : String.join(", ", objects);
  }
}
