package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_default_privileges_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_owner_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_rule_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_rewrite_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_statistics_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_as_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_external_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** Hands each statement to the class of its family. */
final class Statements {

  private final Words words;

  Statements(Words words) {
    this.words = words;
  }

  /** The changes that a text makes, which the grammar reads. */
  static List<Change> read(String text) {
    Statements statements = new Statements(new Words(text));
    List<Change> changes = new ArrayList<>();
    Grammar.statements(text).statement().forEach(s -> changes.addAll(statements.read(s)));
    return changes;
  }

  private List<Change> read(StatementContext statement) {
    if (statement.data_statement() != null) {
      return new Rows(words).read(statement.data_statement());
    }
    if (statement.schema_statement() != null) {
      return read(statement.schema_statement());
    }
    Script_statementContext script = statement.script_statement();
    return script.script_transaction() != null
        ? List.of(new Session(words).read(script.script_transaction()))
        : new Commands(words).read(script.script_additional());
  }

  List<Change> read(Schema_statementContext statement) {
    if (statement.schema_create() != null) {
      return List.of(create(statement.schema_create()));
    }
    return statement.schema_alter() != null
        ? alter(statement.schema_alter())
        : new Drops(words).read(statement.schema_drop());
  }

  private Change create(Schema_createContext statement) {
    if (statement.CREATE() == null) {
      return said(statement);
    }
    return switch ((ParserRuleContext) statement.getChild(1)) {
      case Create_table_statementContext table -> new Tables(words).create(table);
      case Create_table_as_statementContext table -> new Tables(words).createAs(table);
      case Create_index_statementContext index -> new Indexes(words).create(index);
      case Create_view_statementContext view -> new Views(words).create(view);
      case Create_sequence_statementContext sequence -> new Sequences(words).create(sequence);
      case Create_type_statementContext type -> new UserTypes(words).create(type);
      case Create_domain_statementContext domain -> new UserTypes(words).createDomain(domain);
      case Create_function_statementContext routine -> new Routines(words).create(routine);
      case Create_trigger_statementContext trigger -> new TableObjects(words).trigger(trigger);
      case Create_rewrite_statementContext rule -> new TableObjects(words).rule(rule);
      case Create_policy_statementContext policy -> new TableObjects(words).policy(policy);
      case Create_statistics_statementContext statistics ->
          new TableObjects(words).statistics(statistics);
      case Create_schema_statementContext schema -> new OtherObjects(words).createSchema(schema);
      case Create_table_external_statementContext table ->
          throw new Unreadable("it is written for Greenplum");
      case ParserRuleContext other -> new OtherObjects(words).create(other);
    };
  }

  /** What the grammar counts among CREATE. */
  private Change said(Schema_createContext statement) {
    if (statement.set_statement() != null) {
      return new Session(words).set(statement.set_statement().set_action());
    }
    if (statement.comment_on_statement() != null) {
      return new Privileges(words).comment(statement.comment_on_statement());
    }
    if (statement.rule_common() != null) {
      return new Privileges(words).grant(statement.rule_common());
    }
    if (statement.security_label() != null) {
      return new Privileges(words).label(statement.security_label());
    }
    throw new Unreadable("IMPORT FOREIGN SCHEMA makes tables without naming their columns");
  }

  private List<Change> alter(Schema_alterContext statement) {
    return switch ((ParserRuleContext) statement.getChild(1)) {
      case Alter_table_statementContext table -> new TableActions(words).alter(table);
      case Alter_index_statementContext index -> List.of(new Indexes(words).alter(index));
      case Alter_view_statementContext view -> List.of(new Views(words).alter(view));
      case Alter_materialized_view_statementContext view -> List.of(new Views(words).alter(view));
      case Alter_sequence_statementContext sequence ->
          List.of(new Sequences(words).alter(sequence));
      case Alter_type_statementContext type -> List.of(new UserTypes(words).alter(type));
      case Alter_domain_statementContext domain ->
          List.of(new UserTypes(words).alterDomain(domain));
      case Alter_policy_statementContext policy -> List.of(new OtherObjects(words).alter(policy));
      case Alter_rule_statementContext rule -> List.of(new OtherObjects(words).alter(rule));
      case Alter_trigger_statementContext trigger ->
          List.of(new OtherObjects(words).alter(trigger));
      case Alter_owner_statementContext owner -> List.of(new OtherObjects(words).alterOwner(owner));
      case Alter_default_privileges_statementContext defaults ->
          List.of(
              new Privileges(words)
                  .defaults(statement, defaults.abbreviated_grant_or_revoke().REVOKE() != null));
      case ParserRuleContext other -> List.of(new OtherObjects(words).alter(other));
    };
  }
}
