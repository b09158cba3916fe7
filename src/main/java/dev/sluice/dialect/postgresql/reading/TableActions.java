package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterTable.Property;
import dev.sluice.schema.Change.EnableTrigger.Firing;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_partitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;

/** ALTER TABLE: one change for each of its clauses, in their order. */
final class TableActions {

  private final Words words;
  private final Columns columns;
  private final Constraints constraints;

  TableActions(Words words) {
    this.words = words;
    this.columns = new Columns(words);
    this.constraints = new Constraints(words);
  }

  List<Change> alter(Alter_table_statementContext statement) {
    QualifiedName table = words.qualified(statement.name);
    if (statement.alter_partition_gp() != null || statement.distributed_clause() != null) {
      throw new Unreadable("it is written for Greenplum");
    }
    if (statement.FOREIGN() != null) {
      return List.of(foreign(table, statement));
    }
    if (statement.rename_to() != null) {
      return List.of(new Change.RenameTable(table, words.name(statement.rename_to().name)));
    }
    if (statement.set_schema() != null) {
      return List.of(new Change.MoveTable(table, words.name(statement.set_schema().identifier())));
    }
    if (statement.alter_partition() != null) {
      return List.of(partition(table, statement.alter_partition()));
    }
    if (statement.RENAME() != null) {
      Name from = words.name(statement.identifier(0));
      Name to = words.name(statement.identifier(1));
      return List.of(
          statement.CONSTRAINT() != null
              ? new Change.RenameConstraint(table, from, to)
              : new Change.RenameColumn(table, from, to));
    }
    return statement.table_action().stream().map(action -> action(table, action)).toList();
  }

  private Change foreign(QualifiedName table, Alter_table_statementContext statement) {
    if (statement.rename_to() != null) {
      return new Change.RenameObject(
          ObjectKind.FOREIGN_TABLE,
          table,
          Optional.empty(),
          "",
          words.name(statement.rename_to().name));
    }
    if (statement.set_schema() != null) {
      return new Change.MoveObject(
          ObjectKind.FOREIGN_TABLE, table, "", words.name(statement.set_schema().identifier()));
    }
    return new Change.AlterObject(
        ObjectKind.FOREIGN_TABLE, table, Optional.empty(), words.behind(statement.name, statement));
  }

  private Change partition(QualifiedName parent, Alter_partitionContext action) {
    if (action.partition_table_value() != null) {
      return new Change.AttachPartition(
          parent,
          words.qualified(action.partition_table_value().schema_qualified_name()),
          words.fragment(action.partition_table_value().for_values_bound()),
          action.partition_table_value().for_values_bound().DEFAULT() != null);
    }
    return new Change.DetachPartition(
        parent,
        words.qualified(action.child),
        action.CONCURRENTLY() != null,
        action.FINALIZE() != null);
  }

  private Change action(QualifiedName table, Table_actionContext action) {
    if (action.column_action() != null) {
      return columns.alter(table, words.name(action.column), action.column_action());
    }
    if (action.table_column_definition() != null) {
      Columns.Definition column = columns.definition(action.table_column_definition());
      return new Change.AddColumn(
          table, column.column(), column.constraints(), action.if_not_exists() != null);
    }
    if (action.tabl_constraint != null) {
      return new Change.AddConstraint(table, constraints.ofTable(action.tabl_constraint));
    }
    if (action.drop_constraint() != null) {
      return new Change.DropConstraint(
          table,
          words.name(action.drop_constraint().constraint_name),
          action.drop_constraint().if_exists() != null,
          cascades(action.drop_constraint().cascade_restrict()));
    }
    if (action.validate_constraint() != null) {
      return new Change.ValidateConstraint(
          table, words.plain(action.validate_constraint().constraint_name));
    }
    if (action.column != null) {
      return new Change.DropColumn(
          table,
          words.name(action.column),
          action.if_exists() != null,
          cascades(action.cascade_restrict()));
    }
    if (action.CONSTRAINT() != null) {
      return new Change.AlterConstraint(
          table, words.name(action.identifier()), words.behind(action.identifier(), action));
    }
    if (action.owner_to() != null) {
      return new Change.ChangeOwner(
          ObjectKind.TYPE, table, true, words.of(action.owner_to().user_name()));
    }
    if (action.TRIGGER() != null) {
      return new Change.EnableTrigger(
          ObjectKind.TRIGGER,
          table,
          Optional.ofNullable(action.trigger_name).map(words::plain),
          firing(action));
    }
    if (action.RULE() != null) {
      return new Change.EnableTrigger(
          ObjectKind.RULE,
          table,
          Optional.ofNullable(action.rewrite_rule_name).map(words::plain),
          firing(action));
    }
    return new Change.AlterTable(table, property(action), words.of(action));
  }

  private static Firing firing(Table_actionContext action) {
    if (action.REPLICA() != null) {
      return Firing.REPLICA;
    }
    if (action.ALWAYS() != null) {
      return Firing.ALWAYS;
    }
    return action.ENABLE() != null ? Firing.ORDINARY : Firing.NEVER;
  }

  private static Property property(Table_actionContext action) {
    if (action.set_tablespace() != null) {
      return Property.TABLESPACE;
    }
    if (action.set_logged() != null) {
      return action.set_logged().LOGGED() != null ? Property.LOGGED : Property.UNLOGGED;
    }
    if (action.METHOD() != null) {
      return Property.ACCESS_METHOD;
    }
    if (action.IDENTITY() != null) {
      return Property.REPLICA_IDENTITY;
    }
    if (action.SECURITY() != null) {
      return Property.ROW_SECURITY;
    }
    if (action.CLUSTER() != null) {
      return Property.CLUSTER_ON;
    }
    if (action.inherit_option() != null) {
      return action.inherit_option().NO() == null ? Property.INHERIT : Property.NO_INHERIT;
    }
    if (action.OF() != null) {
      return Property.OF_TYPE;
    }
    return Property.PARAMETERS;
  }

  static boolean cascades(@Nullable Cascade_restrictContext clause) {
    return clause != null && clause.CASCADE() != null;
  }
}
