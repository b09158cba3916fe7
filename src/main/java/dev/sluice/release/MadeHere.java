package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what a change works on is of this release's own making, so that nobody used it before.
 */
final class MadeHere {
  private static final Pattern ARGUMENTS = Pattern.compile("^\\((?:[^()]|\\([^()]*\\))*\\)");

  private MadeHere() {}

  /** False for what makes something new, and for rows, whose source counts as well. */
  static boolean concerns(Change change, Scene scene) {
    return switch (change) {
      case DropTable c -> scene.made(c.table());
      case RenameTable c -> scene.made(c.table());
      case MoveTable c -> scene.made(c.table());
      case AlterTable c -> scene.made(c.table());
      case AttachPartition c -> scene.made(c.parent());
      case DetachPartition c -> scene.made(c.parent()) || scene.made(c.partition());

      case AlterPartitions c -> scene.made(c.table());

      case AddColumn c -> scene.made(c.table());
      case RedefineColumn c -> scene.made(c.table(), c.column());
      case DropColumn c -> scene.made(c.table(), c.column());
      case RenameColumn c -> scene.made(c.table(), c.column());
      case AlterColumnType c -> scene.made(c.table(), c.column());
      case SetDefault c -> scene.made(c.table(), c.column());
      case DropDefault c -> scene.made(c.table());
      case SetNotNull c -> scene.made(c.table());
      case DropNotNull c -> scene.made(c.table(), c.column());
      case AddIdentity c -> scene.made(c.table(), c.column());
      case DropIdentity c -> scene.made(c.table());
      case DropExpression c -> scene.made(c.table(), c.column());
      case SetExpression c -> scene.made(c.table(), c.column());
      case AlterColumnOption c -> scene.made(c.table(), c.column());

      case AddConstraint c -> scene.made(c.table());
      case DropConstraint c -> scene.made().constraint(scene.resolve(c.table()), c.constraint());
      case RenameConstraint c -> scene.made().constraint(scene.resolve(c.table()), c.constraint());
      case ValidateConstraint c -> scene.made(c.table());
      case AlterConstraint c -> scene.made().constraint(scene.resolve(c.table()), c.constraint());

      case CreateIndex c -> scene.made(c.index().table());
      case DropIndex c -> index(c.index(), c.table(), scene);
      case RenameIndex c -> index(c.index(), c.table(), scene);
      case AttachIndex c -> index(c.index(), Optional.empty(), scene);
      case AlterIndex c -> index(c.index(), Optional.empty(), scene);
      case HideIndex c -> index(c.index(), Optional.of(c.table()), scene);
      case Reindex c ->
          switch (c.target()) {
            case INDEX -> index(c.name(), Optional.empty(), scene);
            case TABLE -> scene.made(c.name());
            case SCHEMA, DATABASE, SYSTEM -> false;
          };

      case CreateView c -> false;
      case RefreshView c -> scene.made(c.view());
      case CreateSequence c -> false;
      case AlterSequence c -> scene.made(c.sequence());
      case CreateType c -> false;
      case AddEnumValue c -> type(c.type(), scene);
      case RenameEnumValue c -> type(c.type(), scene);
      case CreateDomain c -> false;
      case CreateRoutine c -> false;
      case CreateTrigger c -> scene.made(c.trigger().table());
      case DropTrigger c ->
          c.table()
              .map(
                  t ->
                      KindOfObjectChange.madeHere(
                          ObjectKind.TRIGGER,
                          new QualifiedName(Optional.empty(), c.trigger()),
                          c.table(),
                          scene))
              .orElse(false);
      case EnableTrigger c -> scene.made(c.table());
      case CreateObject c -> c.on().map(scene::made).orElse(false);
      case AlterObject c ->
          KindOfObjectChange.madeHere(c.kind(), c.name(), c.on(), arguments(c.text()), scene);
      case DropObject c ->
          KindOfObjectChange.madeHere(c.kind(), c.name(), c.on(), c.signature(), scene);
      case RenameObject c ->
          KindOfObjectChange.madeHere(c.kind(), c.name(), c.on(), c.signature(), scene);
      case MoveObject c ->
          KindOfObjectChange.madeHere(c.kind(), c.name(), Optional.empty(), c.signature(), scene);

      case Grant c -> !c.on().isEmpty() && c.on().stream().allMatch(scene::made);
      case ChangeOwner c ->
          c.table()
              ? scene.made(c.name())
              : KindOfObjectChange.madeHere(c.kind(), c.name(), Optional.empty(), scene);

      case CreateTable c -> false;
      case Insert c -> false;
      case Update c -> false;
      case Delete c -> false;
      case Merge c -> false;
      case Truncate c -> false;
      case Copy c -> false;
      case Query c -> false;
      case SetParameter c -> false;
      case SetServerParameter c -> false;
      case UseSchema c -> false;
      case TransactionControl c -> false;
      case LockTable c -> false;
      case Comment c -> false;
      case Maintenance c -> false;
      case NoEffect c -> false;
      case Block c -> false;
      case Unrecognised c -> false;
    };
  }

  /** Those that stand behind the name of a routine. */
  private static String arguments(String text) {
    Matcher found = ARGUMENTS.matcher(text);
    return found.find() ? found.group() : "";
  }

  private static boolean index(QualifiedName name, Optional<QualifiedName> table, Scene scene) {
    Optional<Index> known = scene.before().index(name, table);
    QualifiedName resolved = known.flatMap(Index::name).orElseGet(() -> scene.resolve(name));
    Optional<QualifiedName> on = known.map(Index::table).or(() -> table);
    return scene.made().item(Item.index(scene.before(), resolved, on))
        || on.map(scene::made).orElse(false);
  }

  private static boolean type(QualifiedName name, Scene scene) {
    return scene.made().item(Item.of(Item.Kind.TYPE, scene.resolve(name)));
  }
}
