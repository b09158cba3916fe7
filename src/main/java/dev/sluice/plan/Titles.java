package dev.sluice.plan;

import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a change does to what, in a few words: the title of a step that does nothing else. */
final class Titles {

  private Titles() {}

  /** Of a change of the statement at hand. */
  static String of(Change change, Situation at) {
    return change instanceof Block block
        ? block(block, at.subject())
        : of(change, at.subject().object(), at.schema());
  }

  /** {@code call refresh_totals}; of other code what the statement says that it is. */
  private static String block(Block block, Subject subject) {
    if (!block.calls().isEmpty()) {
      return "call " + listed(block.calls());
    }
    String word = subject.statement().shown().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    String what =
        switch (word) {
          case "DO" -> "run DO block";
          case "EXECUTE" -> "run prepared statement";
          default -> "run block";
        };
    return what + (block.changes().isEmpty() ? "" : " on " + subject.object());
  }

  /**
   * @param object what it is about, as reports name it
   * @param before for the names that the engine makes up
   */
  private static String of(Change change, String object, Schema before) {
    return switch (change) {
      case CreateTable c -> (c.temporary() ? "create temporary table " : "create table ") + object;
      case DropTable c -> "drop table " + object;
      case RenameTable c -> "rename table " + object + " to " + c.to();
      case MoveTable c -> "move table " + object + " to schema " + c.schema();
      case AlterTable c -> "alter table " + object + ": " + words(c.property());
      case AlterPartitions c ->
          words(c.operation())
              + " partitions of "
              + object
              + (c.partitions().isEmpty() ? "" : ": " + names(c.partitions()));
      case AttachPartition c -> "attach partition " + c.partition() + " to " + c.parent();
      case DetachPartition c ->
          (c.completes() ? "complete detaching partition " : "detach partition ")
              + c.partition()
              + " from "
              + c.parent();

      case AddColumn c -> "add column " + object;
      case DropColumn c -> "drop column " + object;
      case RenameColumn c -> "rename column " + object + " to " + c.to();
      case RedefineColumn c ->
          "redefine column " + object + (c.renames() ? " as " + c.definition().name() : "");
      case AlterColumnType c -> "change type of " + object + " to " + c.type();
      case SetDefault c -> "set default of " + object;
      case DropDefault c -> "drop default of " + object;
      case SetNotNull c -> "set NOT NULL on " + object;
      case DropNotNull c -> "drop NOT NULL on " + object;
      case AddIdentity c -> "make " + object + " an identity column";
      case DropIdentity c -> "drop identity of " + object;
      case DropExpression c -> "drop generation expression of " + object;
      case SetExpression c -> "set generation expression of " + object;
      case AlterColumnOption c -> "alter column " + object;

      case AddConstraint c ->
          "add " + kind(c.constraint()) + " " + object + notValid(c.constraint());
      case DropConstraint c -> "drop constraint " + object;
      case RenameConstraint c -> "rename constraint " + object + " to " + c.to();
      case ValidateConstraint c -> "validate constraint " + object;
      case AlterConstraint c -> "alter constraint " + object;

      case CreateIndex c ->
          (c.index().unique() ? "create unique index " : "create index ")
              + before.nameOf(c.index()).name()
              + " on "
              + c.index().table();
      case DropIndex c -> "drop index " + object;
      case RenameIndex c -> "rename index " + object + " to " + c.to();
      case AttachIndex c -> "attach index " + c.index() + " to " + c.parent();
      case HideIndex c -> (c.hidden() ? "hide index " : "show index ") + object;
      case AlterIndex c -> "alter index " + object;
      case Reindex c -> "reindex " + object;

      case CreateView c ->
          (c.orReplace() ? "create or replace " : "create ")
              + (c.view().materialized() ? "materialized view " : "view ")
              + object;
      case RefreshView c -> "refresh materialized view " + object;
      case CreateSequence c -> "create sequence " + object;
      case AlterSequence c -> "alter sequence " + object;
      case CreateType c -> (c.isEnum() ? "create enum " : "create type ") + object;
      case AddEnumValue c -> "add value '" + c.value() + "' to enum " + object;
      case RenameEnumValue c ->
          "rename value '" + c.value() + "' of enum " + object + " to '" + c.to() + "'";
      case CreateDomain c -> "create domain " + object;
      case CreateRoutine c ->
          (c.orReplace() ? "create or replace " : "create ")
              + words(c.routine().kind())
              + " "
              + object;
      case CreateTrigger c -> "create trigger " + c.trigger().name() + " on " + c.trigger().table();
      case DropTrigger c -> "drop trigger " + c.trigger() + on(c.table());
      case EnableTrigger c ->
          (c.enabled() ? "enable " : "disable ")
              + c.name().map(t -> words(c.kind()) + " " + t).orElse("triggers")
              + " on "
              + c.table();
      case CreateObject c -> "create " + words(c.kind()) + " " + c.name() + on(c.on());
      case AlterObject c -> "alter " + words(c.kind()) + " " + c.name() + on(c.on());
      case DropObject c -> "drop " + words(c.kind()) + " " + c.name() + on(c.on());
      case RenameObject c ->
          "rename " + words(c.kind()) + " " + c.name() + on(c.on()) + " to " + c.to();
      case MoveObject c -> "move " + words(c.kind()) + " " + c.name() + " to schema " + c.schema();

      case Insert c -> "insert rows into " + object;
      case Update c -> "update rows of " + object;
      case Delete c -> "delete rows of " + object;
      case Merge c -> "merge rows into " + object;
      case Truncate c -> "truncate " + object;
      case Copy c -> "copy rows " + (c.into() ? "into " : "out of ") + object;
      case Query c -> "run a query" + calling(c);

      case SetParameter c -> "set " + object;
      case SetServerParameter c -> "set server parameter " + c.parameter();
      case UseSchema c -> "use schema " + c.schema();
      case TransactionControl c -> object;
      case LockTable c -> "lock " + object;
      case Grant c -> (c.revoke() ? "revoke privileges" : "grant privileges") + on(c.on());
      case Comment c -> "comment" + on(c.on());
      case ChangeOwner c -> "change owner of " + object;
      case Maintenance c -> words(c.kind()) + (c.tables().isEmpty() ? " all tables" : " " + object);
      case NoEffect c -> c.command().split("\\s", 2)[0];
      case Block c -> "run block";
      case Unrecognised c -> "run a statement that could not be read";
    };
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String words(ObjectKind kind) {
    return kind.sql().toLowerCase(Locale.ROOT);
  }

  private static String kind(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey key -> "primary key";
      case Constraint.Unique key -> "unique constraint";
      case Constraint.ForeignKey key -> "foreign key";
      case Constraint.Check check -> "check constraint";
      case Constraint.Exclude exclude -> "exclusion constraint";
      case Constraint.NotNull notNull -> "not-null constraint";
    };
  }

  private static String notValid(Constraint constraint) {
    boolean validated =
        switch (constraint) {
          case Constraint.ForeignKey key -> key.validated();
          case Constraint.Check check -> check.validated();
          case Constraint.NotNull notNull -> notNull.validated();
          case Constraint.PrimaryKey key -> true;
          case Constraint.Unique key -> true;
          case Constraint.Exclude exclude -> true;
        };
    return validated ? "" : " as NOT VALID";
  }

  private static String calling(Query query) {
    return query.query().references().functions().isEmpty()
        ? ""
        : " that calls " + listed(query.query().references().functions());
  }

  private static String on(Optional<QualifiedName> relation) {
    return relation.map(r -> " on " + r).orElse("");
  }

  private static String on(Collection<QualifiedName> relations) {
    return relations.isEmpty() ? "" : " on " + listed(relations);
  }

  private static String names(List<Name> names) {
    return names.stream().map(Name::text).collect(Collectors.joining(", "));
  }

  private static String listed(Collection<QualifiedName> names) {
    return names.stream()
        .map(QualifiedName::name)
        .map(Name::text)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
