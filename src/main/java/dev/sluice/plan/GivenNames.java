package dev.sluice.plan;

import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/**
 * Names that the engine would make up from those of the table and its columns, said outright:
 * before post-deploy it would make up others.
 */
final class GivenNames {

  private GivenNames() {}

  /**
   * @param before the schema that the change meets in the files
   */
  static Change in(Change change, Schema before) {
    return switch (change) {
      case Change.AddColumn c -> addColumn(c, before);
      case Change.AddConstraint c ->
          new Change.AddConstraint(
              c.table(),
              c.constraint().named(before.nameOf(c.table(), c.constraint())),
              c.ifNotExists());
      case Change.CreateIndex c when c.index().name().isEmpty() ->
          new Change.CreateIndex(
              c.index()
                  .named(
                      new QualifiedName(
                          c.index().table().schema(), before.nameOf(c.index()).name())),
              c.concurrently(),
              c.ifNotExists(),
              c.only());
      default -> change;
    };
  }

  private static Change addColumn(Change.AddColumn change, Schema before) {
    Schema schema =
        before.after(
            new Change.AddColumn(change.table(), change.column(), List.of(), change.ifNotExists()));
    List<Constraint> named = new ArrayList<>();
    for (Constraint constraint : change.constraints()) {
      Constraint one = constraint.named(schema.nameOf(change.table(), constraint));
      named.add(one);
      schema = schema.after(new Change.AddConstraint(change.table(), one));
    }
    return new Change.AddColumn(
        change.table(), change.column(), named, change.position(), change.ifNotExists());
  }
}
