package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnName;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Comment_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Comment_on_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Label_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rule_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rule_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Security_labelContext;

/** GRANT, REVOKE, COMMENT and SECURITY LABEL: said about an object, without changing it. */
final class Privileges {

  private final Words words;

  Privileges(Words words) {
    this.words = words;
  }

  Change grant(Rule_commonContext statement) {
    if (statement.other_rules() != null) {
      return new Change.Grant(
          List.of(), statement.other_rules().REVOKE() != null, words.of(statement));
    }
    return new Change.Grant(
        on(statement.rule_member_object()), statement.REVOKE() != null, words.of(statement));
  }

  /** Relations only: a role or a function is none. */
  private List<QualifiedName> on(Rule_member_objectContext object) {
    if (object.table_names != null) {
      return words.qualified(object.table_names);
    }
    return object.SEQUENCE() != null && object.names_references() != null
        ? words.qualified(object.names_references())
        : List.of();
  }

  /** ALTER DEFAULT PRIVILEGES; {@code statement} from ALTER on. */
  Change defaults(ParserRuleContext statement, boolean revoke) {
    return new Change.Grant(List.of(), revoke, words.of(statement));
  }

  Change comment(Comment_on_statementContext statement) {
    Comment_member_objectContext object = statement.comment_member_object();
    Optional<QualifiedName> on = Optional.empty();
    if (object.COLUMN() != null) {
      on = words.column(object.name).map(ColumnName::table);
    } else if (object.table_name != null && object.DOMAIN() == null) {
      on = Optional.of(words.qualified(object.table_name));
    } else if (isRelation(object)) {
      on = Optional.of(words.qualified(object.name));
    }
    return new Change.Comment(on, words.of(statement));
  }

  private static boolean isRelation(Comment_member_objectContext object) {
    return object.TABLE() != null
        || object.VIEW() != null
        || object.INDEX() != null
        || object.SEQUENCE() != null;
  }

  Change label(Security_labelContext statement) {
    Label_member_objectContext object = statement.label_member_object();
    Optional<QualifiedName> on = Optional.empty();
    if (object.COLUMN() != null) {
      on = words.column(object.schema_qualified_name()).map(ColumnName::table);
    } else if (object.TABLE() != null || object.VIEW() != null || object.SEQUENCE() != null) {
      on = Optional.of(words.qualified(object.schema_qualified_name()));
    }
    return new Change.Comment(on, words.of(statement));
  }
}
