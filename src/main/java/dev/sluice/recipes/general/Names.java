package dev.sluice.recipes.general;

import dev.sluice.plan.Situation;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Conventions;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;

/** Names that the server would make up, and names for what stands only for a while. */
public final class Names {

  private Names() {}

  /** The index with the name that the server would give it, where the text gives none. */
  public static Index given(CreateIndex change, Schema before) {
    Index index = change.index();
    return index.name().isPresent()
        ? index
        : index.named(new QualifiedName(index.table().schema(), before.nameOf(index).name()));
  }

  /** The constraint with the name that the server would give it, where the text gives none. */
  public static Constraint given(AddConstraint change, Schema before) {
    return change.constraint().named(before.nameOf(change.table(), change.constraint()));
  }

  /** A name of ours for the time of a release. */
  public static Name ours(Situation at, String... parts) {
    return at.writer().fit("sluice_" + String.join("_", parts));
  }

  /** The names in use in the schema of a table. */
  public record TakenIn(Schema schema, QualifiedName table) implements Conventions.Taken {
    @Override
    public boolean byRelation(Name name) {
      QualifiedName there = schema.resolve(table).withName(name);
      return schema.knows(there) || schema.index(there).isPresent();
    }

    @Override
    public boolean byConstraint(Name name) {
      return false;
    }
  }
}
