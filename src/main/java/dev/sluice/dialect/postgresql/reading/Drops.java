package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_cast_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_database_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_operator_class_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_operator_family_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_operator_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_rule_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_user_mapping_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.If_exist_names_restrict_cascadeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.If_existsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_dropContext;

/** DROP of every kind: one change for each name. */
final class Drops {

  private final Words words;

  Drops(Words words) {
    this.words = words;
  }

  List<Change> read(Schema_dropContext statement) {
    return switch (statement.getChild(1)) {
      case Drop_statementsContext drop -> named(drop);
      case Drop_trigger_statementContext drop ->
          List.of(
              new Change.DropTrigger(
                  words.name(drop.name),
                  Optional.of(words.qualified(drop.table_name)),
                  drop.if_exists() != null,
                  TableActions.cascades(drop.cascade_restrict())));
      case Drop_function_statementContext drop ->
          one(
              drop,
              words.qualified(drop.name),
              Optional.empty(),
              drop.function_args() == null ? "" : words.of(drop.function_args()));
      case Drop_policy_statementContext drop ->
          one(
              drop,
              new QualifiedName(Optional.empty(), words.name(drop.identifier())),
              Optional.of(words.qualified(drop.schema_qualified_name())),
              "");
      case Drop_rule_statementContext drop ->
          one(
              drop,
              new QualifiedName(Optional.empty(), words.name(drop.name)),
              Optional.of(words.qualified(drop.schema_qualified_name())),
              "");
      case Drop_cast_statementContext drop ->
          one(drop, QualifiedName.of(words.of(drop.cast_name())), Optional.empty(), "");
      case Drop_database_statementContext drop ->
          one(
              drop,
              new QualifiedName(Optional.empty(), words.name(drop.identifier())),
              Optional.empty(),
              "");
      case Drop_operator_statementContext drop ->
          drop.target_operator().stream()
              .flatMap(
                  o ->
                      one(
                          drop,
                          QualifiedName.of(words.of(o.operator_name())),
                          Optional.empty(),
                          words.of(o.operator_args()))
                          .stream())
              .toList();
      case Drop_operator_class_statementContext drop ->
          one(
              drop,
              words.qualified(drop.schema_qualified_name()),
              Optional.empty(),
              "USING " + words.of(drop.identifier()));
      case Drop_operator_family_statementContext drop ->
          one(
              drop,
              words.qualified(drop.schema_qualified_name()),
              Optional.empty(),
              "USING " + words.of(drop.identifier()));
      case Drop_user_mapping_statementContext drop ->
          one(drop, QualifiedName.of(words.of(drop.user_mapping_name())), Optional.empty(), "");
      default -> throw new Unreadable("DROP OWNED drops objects without naming them");
    };
  }

  private List<Change> one(
      ParserRuleContext drop, QualifiedName name, Optional<QualifiedName> on, String signature) {
    return List.of(
        new Change.DropObject(
            Kinds.of(drop),
            name,
            on,
            signature,
            drop.getRuleContext(If_existsContext.class, 0) != null,
            TableActions.cascades(drop.getRuleContext(Cascade_restrictContext.class, 0))));
  }

  private List<Change> named(Drop_statementsContext drop) {
    If_exist_names_restrict_cascadeContext rest = drop.if_exist_names_restrict_cascade();
    boolean ifExists = rest.if_exists() != null;
    boolean cascade = TableActions.cascades(rest.cascade_restrict());
    List<QualifiedName> names = words.qualified(rest.names_references());
    if (drop.EXTERNAL() != null) {
      throw new Unreadable("it is written for Greenplum");
    }
    if (drop.TABLE() != null && drop.FOREIGN() == null) {
      return names.stream()
          .<Change>map(name -> new Change.DropTable(name, ifExists, cascade))
          .toList();
    }
    if (drop.INDEX() != null) {
      boolean concurrently = drop.CONCURRENTLY() != null;
      return names.stream()
          .<Change>map(
              name -> new Change.DropIndex(name, Optional.empty(), concurrently, ifExists, cascade))
          .toList();
    }
    ObjectKind kind = Kinds.of(drop);
    return names.stream()
        .<Change>map(
            name -> new Change.DropObject(kind, name, Optional.empty(), "", ifExists, cascade))
        .toList();
  }
}
