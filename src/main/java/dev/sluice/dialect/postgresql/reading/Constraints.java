package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.Action;
import dev.sluice.schema.Constraint.Timing;
import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.ActionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Changed_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_parametersContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_with_periodContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_without_overlapsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_deferrableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_initialy_immedContext;

/** Constraints of tables and columns. */
final class Constraints {

  private final Words words;

  Constraints(Words words) {
    this.words = words;
  }

  /** Of a table, or added to one. */
  Constraint ofTable(Constraint_commonContext constraint) {
    return read(constraint, List.of())
        .orElseThrow(() -> new Unreadable("it has a column's clause where a constraint belongs"));
  }

  /** Of a column; empty for a clause that is no constraint of its own (NOT NULL, DEFAULT). */
  Optional<Constraint> ofColumn(Constraint_commonContext constraint, Name column) {
    return constraint.constr_body().NULL() != null
        ? Optional.empty()
        : read(constraint, List.of(column));
  }

  private Optional<Constraint> read(Constraint_commonContext constraint, List<Name> column) {
    Constr_bodyContext body = constraint.constr_body();
    Optional<Name> name = Optional.ofNullable(constraint.identifier()).map(words::name);
    Timing timing = timing(constraint.table_deferrable(), constraint.table_initialy_immed());
    boolean enforced =
        constraint.table_enforced() == null || constraint.table_enforced().NOT() == null;
    boolean validated = constraint.VALID() == null && enforced;
    if (body.PRIMARY() != null) {
      return Optional.of(
          new Constraint.PrimaryKey(
              name,
              keys(body.names_without_overlaps(), column, body.index_parameters()),
              usingIndex(body.index_parameters()),
              timing,
              storage(body.index_parameters()),
              modifiers(body.names_without_overlaps())));
    }
    if (body.UNIQUE() != null) {
      boolean nullsDistinct =
          body.nulls_distinction() == null || body.nulls_distinction().NOT() == null;
      return Optional.of(
          new Constraint.Unique(
              name,
              keys(body.names_without_overlaps(), column, body.index_parameters()),
              nullsDistinct,
              usingIndex(body.index_parameters()),
              timing,
              storage(body.index_parameters()),
              isWithoutOverlaps(body.names_without_overlaps())));
    }
    if (body.REFERENCES() != null) {
      return Optional.of(foreignKey(body, name, column, timing, validated, enforced));
    }
    if (body.CHECK() != null) {
      boolean inherited = body.inherit_option() == null || body.inherit_option().NO() == null;
      return Optional.of(
          new Constraint.Check(
              name, words.fragment(body.expression), inherited, validated, enforced));
    }
    if (body.EXCLUDE() != null) {
      Fragment definition =
          new Fragment(words.behind(body.EXCLUDE(), body), words.references(body));
      return Optional.of(new Constraint.Exclude(name, definition, timing));
    }
    if (body.NULL() != null && body.NOT() != null && body.col_name != null) {
      return Optional.of(new Constraint.NotNull(name, words.plain(body.col_name), validated));
    }
    return Optional.empty();
  }

  private Constraint foreignKey(
      Constr_bodyContext body,
      Optional<Name> name,
      List<Name> column,
      Timing timing,
      boolean validated,
      boolean enforced) {
    List<Name> columns = body.FOREIGN() == null ? column : columns(body.col_period);
    List<Name> parentColumns = body.ref_period == null ? List.of() : columns(body.ref_period);
    return new Constraint.ForeignKey(
        name,
        columns,
        words.qualified(body.schema_qualified_name()),
        parentColumns,
        action(body.changed_action(), true),
        action(body.changed_action(), false),
        body.FULL() != null,
        timing,
        validated,
        Optional.empty(),
        cleared(body.changed_action()),
        enforced,
        body.FOREIGN() != null && body.col_period.name_with_period() != null);
  }

  private List<Name> columns(Names_with_periodContext names) {
    return names.name_with_period() == null
        ? words.plain(names.schema_qualified_name())
        : followed(names.schema_qualified_name(), names.name_with_period().schema_qualified_name());
  }

  private List<Name> followed(
      List<Schema_qualified_nameContext> names, Schema_qualified_nameContext last) {
    List<Name> all = new ArrayList<>(words.plain(names));
    all.add(words.plain(last));
    return all;
  }

  private List<Name> keys(
      @Nullable Names_without_overlapsContext names,
      List<Name> column,
      Index_parametersContext parameters) {
    if (names == null) {
      return usingIndex(parameters).isPresent() ? List.of() : column;
    }
    return isWithoutOverlaps(names)
        ? followed(
            names.schema_qualified_name(), names.name_without_overlaps().schema_qualified_name())
        : words.plain(names.schema_qualified_name());
  }

  private static boolean isWithoutOverlaps(@Nullable Names_without_overlapsContext names) {
    return names != null && names.name_without_overlaps() != null;
  }

  private static List<String> modifiers(@Nullable Names_without_overlapsContext names) {
    if (names == null || !isWithoutOverlaps(names)) {
      return List.of();
    }
    List<String> modifiers =
        new ArrayList<>(Collections.nCopies(names.schema_qualified_name().size(), ""));
    modifiers.add(Constraint.PrimaryKey.WITHOUT_OVERLAPS);
    return modifiers;
  }

  private Optional<Name> usingIndex(Index_parametersContext parameters) {
    return Optional.ofNullable(parameters.schema_qualified_name()).map(words::plain);
  }

  private String storage(Index_parametersContext parameters) {
    return parameters.schema_qualified_name() == null ? words.of(parameters) : "";
  }

  private static Action action(List<Changed_actionContext> changes, boolean onDelete) {
    for (Changed_actionContext change : changes) {
      if ((change.DELETE() != null) == onDelete) {
        return action(change.action());
      }
    }
    return Action.NO_ACTION;
  }

  /** The columns behind SET NULL and SET DEFAULT, which the server takes on DELETE only. */
  private List<Name> cleared(List<Changed_actionContext> changes) {
    for (Changed_actionContext change : changes) {
      if (change.action().names_in_parens() != null) {
        return words.qualified(change.action().names_in_parens().names_references()).stream()
            .map(QualifiedName::name)
            .toList();
      }
    }
    return List.of();
  }

  private static Action action(ActionContext action) {
    if (action.cascade_restrict() != null) {
      return action.cascade_restrict().CASCADE() != null ? Action.CASCADE : Action.RESTRICT;
    }
    if (action.SET() != null) {
      return action.NULL() != null ? Action.SET_NULL : Action.SET_DEFAULT;
    }
    return Action.NO_ACTION;
  }

  static Timing timing(
      @Nullable Table_deferrableContext deferrable, @Nullable Table_initialy_immedContext first) {
    if (first != null && first.DEFERRED() != null) {
      return Timing.INITIALLY_DEFERRED;
    }
    return deferrable != null && deferrable.NOT() == null ? Timing.DEFERRABLE : Timing.IMMEDIATE;
  }
}
