package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_owner_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_rule_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cast_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_argsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_parametersContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.If_not_existsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Operator_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Owner_toContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rename_toContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_schemaContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Target_operatorContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.User_mapping_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.User_nameContext;

/** Objects that need no words of their own: extensions, schemas, roles, publications, … */
final class OtherObjects {

  private final Words words;

  OtherObjects(Words words) {
    this.words = words;
  }

  Change create(ParserRuleContext statement) {
    ParserRuleContext name = nameIn(statement);
    if (name == null) {
      throw new Unreadable("it creates an object without a name");
    }
    boolean replaces = statement.getToken(SQLParser.REPLACE, 0) != null;
    boolean ifNotExists = statement.getRuleContext(If_not_existsContext.class, 0) != null;
    TerminalNode close = statement.getToken(SQLParser.RIGHT_PAREN, 0);
    // A cast is named by what stands in its parentheses.
    String text =
        name instanceof Cast_nameContext
            ? words.behind(close, statement)
            : words.behind(name, statement);
    Fragment definition = new Fragment(text, words.references(statement));
    return new Change.CreateObject(
        Kinds.of(statement), named(name), Optional.empty(), definition, replaces, ifNotExists);
  }

  /** CREATE SCHEMA AUTHORIZATION r names the schema after the role. */
  Change createSchema(Create_schema_statementContext statement) {
    ParserRuleContext name = statement.name == null ? statement.user_name() : statement.name;
    if (name == null) {
      throw new Unreadable("it creates an object without a name");
    }
    String definition =
        statement.AUTHORIZATION() == null ? "" : "AUTHORIZATION " + words.of(statement.user_name());
    return new Change.CreateObject(
        ObjectKind.SCHEMA,
        named(name),
        Optional.empty(),
        Fragment.literal(definition),
        false,
        statement.if_not_exists() != null);
  }

  Change alter(ParserRuleContext statement) {
    ParserRuleContext name = nameIn(statement);
    if (name == null
        && statement.getChild(statement.getChildCount() - 1) instanceof ParserRuleContext action) {
      name = nameIn(action);
    }
    if (name == null) {
      throw new Unreadable("it alters objects without naming them");
    }
    return alter(statement, name, Optional.empty());
  }

  Change alter(Alter_policy_statementContext statement) {
    return alterOn(statement, statement.identifier(), statement.schema_qualified_name());
  }

  Change alter(Alter_rule_statementContext statement) {
    return alterOn(statement, statement.identifier(), statement.schema_qualified_name());
  }

  Change alter(Alter_trigger_statementContext statement) {
    return alterOn(statement, statement.identifier(0), statement.schema_qualified_name());
  }

  private Change alterOn(
      ParserRuleContext statement, ParserRuleContext name, Schema_qualified_nameContext table) {
    Rename_toContext rename = inside(statement, Rename_toContext.class);
    Optional<QualifiedName> on = Optional.of(words.qualified(table));
    return rename == null
        ? new Change.AlterObject(
            Kinds.of(statement), named(name), on, words.behind(table, statement))
        : new Change.RenameObject(
            Kinds.of(statement), named(name), on, "", words.name(rename.name));
  }

  private Change alter(
      ParserRuleContext statement, ParserRuleContext name, Optional<QualifiedName> on) {
    ObjectKind kind = Kinds.of(statement);
    String signature = signature(name);
    Rename_toContext rename = inside(statement, Rename_toContext.class);
    if (rename != null) {
      return new Change.RenameObject(kind, named(name), on, signature, words.name(rename.name));
    }
    Set_schemaContext move = inside(statement, Set_schemaContext.class);
    if (move != null) {
      return new Change.MoveObject(kind, named(name), signature, words.name(move.identifier()));
    }
    Owner_toContext owner = inside(statement, Owner_toContext.class);
    if (owner != null && signature.isEmpty()) {
      return new Change.ChangeOwner(kind, named(name), false, words.of(owner.user_name()));
    }
    String text = words.behind(name, statement);
    return new Change.AlterObject(kind, named(name), on, (signature + " " + text).strip());
  }

  /** ALTER VIEW v OWNER TO r, for every kind but tables. */
  Change alterOwner(Alter_owner_statementContext statement) {
    ParserRuleContext object = statement.owner_member_object();
    ParserRuleContext name = nameIn(object);
    if (name == null) {
      throw new Unreadable("the owner of a large object is not modelled");
    }
    Function_argsContext arguments = statement.owner_member_object().function_args();
    ObjectKind kind = Kinds.of(object);
    return arguments == null
        ? new Change.ChangeOwner(
            kind, named(name), false, words.of(statement.owner_to().user_name()))
        : new Change.AlterObject(
            kind, named(name), Optional.empty(), words.from(arguments, statement));
  }

  /** Of a routine, the types of its arguments in their parentheses; empty for all others. */
  private String signature(ParserRuleContext name) {
    return name instanceof Function_parametersContext routine
        ? words.of(routine.function_args())
        : "";
  }

  /** The first name that stands directly in a rule. */
  static @Nullable ParserRuleContext nameIn(ParserRuleContext rule) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      ParseTree child = rule.getChild(i);
      if (child instanceof Schema_qualified_nameContext
          || child instanceof IdentifierContext
          || child instanceof User_nameContext
          || child instanceof Function_parametersContext
          || child instanceof Operator_nameContext
          || child instanceof Target_operatorContext
          || child instanceof User_mapping_nameContext
          || child instanceof Cast_nameContext) {
        return (ParserRuleContext) child;
      }
    }
    return null;
  }

  private QualifiedName named(ParserRuleContext name) {
    if (name instanceof Schema_qualified_nameContext qualified) {
      return words.qualified(qualified);
    }
    if (name instanceof Function_parametersContext routine) {
      return words.qualified(routine.schema_qualified_name());
    }
    if (name instanceof Operator_nameContext operator) {
      return operator(operator);
    }
    if (name instanceof Target_operatorContext operator) {
      return operator(operator.operator_name());
    }
    if (name instanceof Cast_nameContext || name instanceof User_mapping_nameContext) {
      // These have no name of their own: what they stand between tells them apart.
      return QualifiedName.of(words.of(name));
    }
    return new QualifiedName(Optional.empty(), words.name(name));
  }

  private QualifiedName operator(Operator_nameContext operator) {
    return new QualifiedName(
        Optional.ofNullable(operator.schema_name).map(words::name),
        new Name(words.of(operator.operator)));
  }

  /** A clause of the statement, or of the action that it wraps. */
  private static <C extends ParserRuleContext> @Nullable C inside(
      ParserRuleContext rule, Class<C> clause) {
    C direct = rule.getRuleContext(clause, 0);
    if (direct != null) {
      return direct;
    }
    List<ParserRuleContext> inner = rule.getRuleContexts(ParserRuleContext.class);
    for (ParserRuleContext child : inner) {
      C found = child.getRuleContext(clause, 0);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
