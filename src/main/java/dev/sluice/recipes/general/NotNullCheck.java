package dev.sluice.recipes.general;

import dev.sluice.plan.Situation;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.DropConstraint;
import dev.sluice.schema.Change.SetNotNull;
import dev.sluice.schema.Change.ValidateConstraint;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The CHECK that proves to PostgreSQL that no row lacks a column, so that SET NOT NULL reads none.
 */
public final class NotNullCheck {

  private NotNullCheck() {}

  /** The CHECK's name, for as long as it is needed. */
  public static Name name(Situation at, QualifiedName table, Name column) {
    return Names.ours(at, table.name().text(), column.text(), "not_null");
  }

  /** NOT VALID, so that rows that are there are not read yet. */
  public static Constraint.Check of(Situation at, Name name, Name column) {
    References references =
        new References(
            Set.of(),
            Set.of(),
            Set.of(new References.Column(Optional.empty(), Optional.of(column))),
            Set.of(),
            Set.of(),
            true);
    return new Constraint.Check(
        Optional.of(name),
        new Fragment(at.writer().quote(column) + " IS NOT NULL", references),
        true,
        false);
  }

  /** The statements that put NOT NULL back where it was taken away. */
  public static List<String> putBack(Situation at, QualifiedName table, Name column) {
    Name check = name(at, table, column);
    return Stream.of(
            new AddConstraint(table, of(at, check, column)),
            new ValidateConstraint(table, check),
            new SetNotNull(table, column),
            new DropConstraint(table, check, false, false))
        .map(at.writer()::write)
        .toList();
  }
}
