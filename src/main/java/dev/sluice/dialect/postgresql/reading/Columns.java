package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Column.Identity;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Collate_identifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Identity_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** Columns: their definitions, and what ALTER COLUMN does to them. */
final class Columns {

  private final Words words;
  private final DataTypes types;
  private final Constraints constraints;

  Columns(Words words) {
    this.words = words;
    this.types = new DataTypes(words);
    this.constraints = new Constraints(words);
  }

  /** A column and the constraints that stand in its definition, NOT NULL left out. */
  record Definition(Column column, List<Constraint> constraints) {}

  Definition definition(Table_column_definitionContext definition) {
    Name name = words.name(definition.identifier());
    boolean serial = types.isSerial(definition.data_type());
    Column column =
        Column.of(name, types.read(definition.data_type()), !serial)
            .withIdentity(serial ? Optional.of(Identity.SERIAL) : Optional.empty());
    List<Constraint> own = new ArrayList<>();
    List<String> options = new ArrayList<>();
    if (definition.define_foreign_options() != null || definition.encoding_identifier() != null) {
      throw new Unreadable("options of a foreign table's column are not modelled");
    }
    if (definition.storage_option() != null) {
      options.add("STORAGE " + words.of(definition.storage_option()));
    }
    if (definition.compression_identifier() != null) {
      options.add(words.of(definition.compression_identifier()));
    }
    Optional<String> collation =
        Optional.ofNullable(definition.collate_identifier()).map(this::collation);
    for (Constraint_commonContext clause : definition.constraint_common()) {
      column = with(column, clause.constr_body(), options);
      constraints.ofColumn(clause, name).ifPresent(own::add);
    }
    boolean saysNull =
        definition.constraint_common().stream()
            .map(Constraint_commonContext::constr_body)
            .anyMatch(c -> c.default_expr != null && isNull(c.default_expr));
    if (saysNull && own.stream().anyMatch(Constraint.ForeignKey.class::isInstance)) {
      // Beside a foreign key it has the rows checked.
      options.add(Column.DEFAULT_NULL);
    }
    return new Definition(
        new Column(
            name,
            column.type(),
            column.nullable(),
            column.defaultValue(),
            column.generated(),
            column.identity(),
            collation,
            String.join(" ", options)),
        own);
  }

  private Column with(Column column, Constr_bodyContext clause, List<String> options) {
    if (clause.identity_body() != null) {
      String sequence = sequence(clause.identity_body());
      if (!sequence.isEmpty()) {
        options.add(0, "(" + sequence + ")");
      }
      return column.withNullable(false).withIdentity(Optional.of(identity(clause.identity_body())));
    }
    if (clause.GENERATED() != null) {
      // Without a word it is virtual: PostgreSQL 18, the first version that lets it be left out.
      return column.withGenerated(
          Optional.of(new Column.Generated(words.fragment(clause.vex()), clause.STORED() != null)));
    }
    if (clause.default_expr != null) {
      return column.withDefault(value(clause.default_expr));
    }
    if (clause.PRIMARY() != null) {
      return column.withNullable(false);
    }
    if (clause.NULL() != null && clause.NOT() != null) {
      if (clause.inherit_option() != null && clause.inherit_option().NO() != null) {
        throw new Unreadable("NOT NULL with NO INHERIT is not modelled");
      }
      return column.withNullable(false);
    }
    return column;
  }

  /** DEFAULT NULL is no default: the server stores none. */
  private Optional<Fragment> value(VexContext expression) {
    return isNull(expression) ? Optional.empty() : Optional.of(words.fragment(expression));
  }

  private boolean isNull(VexContext expression) {
    VexContext value = expression.CAST_EXPRESSION() == null ? expression : expression.vex(0);
    return words.of(value).equalsIgnoreCase("null");
  }

  Change alter(QualifiedName table, Name column, Column_actionContext action) {
    if (action.data_type() != null) {
      return new Change.AlterColumnType(
          table,
          column,
          types.read(action.data_type()),
          Optional.ofNullable(action.vex()).map(words::fragment),
          Optional.ofNullable(action.collate_identifier()).map(this::collation));
    }
    if (action.identity_body() != null) {
      return new Change.AddIdentity(
          table, column, identity(action.identity_body()), sequence(action.identity_body()));
    }
    if (action.set_def_column() != null) {
      Optional<Fragment> value = value(action.set_def_column().vex());
      return value.isPresent()
          ? new Change.SetDefault(table, column, value.get())
          : new Change.DropDefault(table, column);
    }
    if (action.drop_def() != null) {
      return new Change.DropDefault(table, column);
    }
    if (action.NULL() != null) {
      return action.set != null
          ? new Change.SetNotNull(table, column)
          : new Change.DropNotNull(table, column);
    }
    if (action.DROP() != null && action.IDENTITY() != null) {
      return new Change.DropIdentity(table, column, action.if_exists() != null);
    }
    if (action.EXPRESSION() != null) {
      return action.expression == null
          ? new Change.DropExpression(table, column, action.if_exists() != null)
          : new Change.SetExpression(table, column, words.fragment(action.expression));
    }
    return new Change.AlterColumnOption(table, column, words.of(action));
  }

  private static Identity identity(Identity_bodyContext body) {
    return body.ALWAYS() != null ? Identity.ALWAYS : Identity.BY_DEFAULT;
  }

  private String sequence(Identity_bodyContext body) {
    return body.LEFT_PAREN() == null ? "" : words.between(body.LEFT_PAREN(), body.RIGHT_PAREN());
  }

  private String collation(Collate_identifierContext collate) {
    return words.of(collate.collation);
  }
}
