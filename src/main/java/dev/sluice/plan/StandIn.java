package dev.sluice.plan;

import dev.sluice.schema.ColumnName;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;

/**
 * What bears a new name from pre-deploy to post-deploy, where a rename is split. Queries meet the
 * stand-in and find all they need; what changes a structure must go to the object behind it, which
 * still bears its old name.
 */
public sealed interface StandIn {

  /** Nothing is renamed. */
  record None() implements StandIn {}

  /**
   * A view under the new name.
   *
   * @param name the new one, resolved
   * @param table behind it, resolved
   */
  record View(QualifiedName name, QualifiedName table) implements StandIn {}

  /**
   * A column under the new name, in step with the one that will bear it.
   *
   * @param name the new one, of the table as it is called before post-deploy, resolved
   * @param original the old one
   */
  record Copy(ColumnName name, Name original) implements StandIn {}
}
