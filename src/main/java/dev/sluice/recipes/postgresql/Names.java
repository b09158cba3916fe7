package dev.sluice.recipes.postgresql;

import dev.sluice.plan.Situation;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Conventions;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names that the server would make up, and names for what stands only for a while. */
final class Names {

  private Names() {}

  /** The index with the name that the server would give it, where the text gives none. */
  static Index given(CreateIndex change, Schema before) {
    Index index = change.index();
    if (index.name().isPresent()) {
      return index;
    }
    Set<QualifiedName> there = names(before.allIndexesOn(index.table()));
    Schema after = before.after(change);
    return names(after.allIndexesOn(index.table())).stream()
        .filter(n -> !there.contains(n))
        .findFirst()
        .map(n -> index.named(new QualifiedName(index.table().schema(), n.name())))
        .orElseThrow(() -> new IllegalStateException("an index has no name after it was made"));
  }

  private static Set<QualifiedName> names(List<Index> indexes) {
    return indexes.stream().flatMap(i -> i.name().stream()).collect(Collectors.toSet());
  }

  /** The constraint with the name that the server would give it, where the text gives none. */
  static Constraint given(Situation at, AddConstraint change, Schema before) {
    if (change.constraint().name().isPresent()) {
      return change.constraint();
    }
    Set<Name> there = constraints(before, change.table());
    return constraints(before.after(change), change.table()).stream()
        .filter(n -> !there.contains(n))
        .findFirst()
        .map(change.constraint()::named)
        .orElseGet(() -> onUnknownTable(at, change));
  }

  private static Constraint onUnknownTable(Situation at, AddConstraint change) {
    Table bare =
        new Table(
            change.table(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false);
    Name name = at.dialect().conventions().constraint(bare, change.constraint(), NOTHING_TAKEN);
    return change.constraint().named(name);
  }

  private static final Conventions.Taken NOTHING_TAKEN =
      new Conventions.Taken() {
        @Override
        public boolean byRelation(Name name) {
          return false;
        }

        @Override
        public boolean byConstraint(Name name) {
          return false;
        }
      };

  private static Set<Name> constraints(Schema schema, QualifiedName table) {
    return schema.table(table).map(Table::constraints).orElse(List.of()).stream()
        .flatMap(c -> c.name().stream())
        .collect(Collectors.toSet());
  }

  /** A name of ours for the time of a release. */
  static Name ours(Situation at, String... parts) {
    return at.writer().fit("sluice_" + String.join("_", parts));
  }

  /** The names in use in the schema of a table. */
  record TakenIn(Schema schema, QualifiedName table) implements Conventions.Taken {
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
