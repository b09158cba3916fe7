package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.mysql.impact.Cost.Trait;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What changes of constraints cost. */
final class ConstraintImpact {

  private final Server server;
  private final Storage storage;
  private final Schema schema;

  ConstraintImpact(Server server, Storage storage, Schema schema) {
    this.server = server;
    this.storage = storage;
    this.schema = schema;
  }

  Cost add(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> Cost.of(Form.REBUILD, Trait.ADDS_PRIMARY_KEY);
      case Constraint.Unique ignored -> Cost.of(Form.BUILD);
      case Constraint.ForeignKey key -> foreignKey(key);
      case Constraint.Check check ->
          Cost.of(server.has(Feature.CHECKS) && check.enforced() ? Form.COPY : Form.INSTANT);
      case Constraint.Exclude ignored -> Cost.of(Form.COPY);
      case Constraint.NotNull ignored -> Cost.of(Form.REBUILD);
    };
  }

  /** Without checks no row is looked at; an index is built where none begins with the columns. */
  private Cost foreignKey(Constraint.ForeignKey key) {
    if (checksForeignKeys(schema)) {
      return Cost.of(Form.COPY);
    }
    boolean indexed = storage.indexes().stream().anyMatch(i -> beginsWith(i, key.columns()));
    if (!indexed) {
      return Cost.of(Form.BUILD);
    }
    return Cost.of(server.isMariadb() ? Form.INSTANT : Form.CATALOG);
  }

  private static boolean beginsWith(Index index, List<Name> columns) {
    List<Name> keys =
        index.columns().stream()
            .map(c -> c.column().filter(n -> c.modifiers().isEmpty()))
            .takeWhile(Optional::isPresent)
            .flatMap(Optional::stream)
            .toList();
    return keys.size() >= columns.size()
        && Set.copyOf(keys.subList(0, columns.size())).equals(Set.copyOf(columns));
  }

  /** What the session has set; 1 where it has not. */
  static boolean checksForeignKeys(Schema schema) {
    return schema
        .setting("foreign_key_checks")
        .map(v -> v.replaceAll("['\"]", "").strip().toLowerCase(Locale.ROOT))
        .map(v -> !Set.of("0", "off", "false").contains(v))
        .orElse(true);
  }

  Cost drop(Change.DropConstraint change) {
    Optional<Constraint> known = find(change);
    if (known.isPresent()) {
      return dropped(known.get());
    }
    return switch (change.meant()) {
      case PRIMARY_KEY -> Cost.of(Form.REBUILD, Trait.DROPS_PRIMARY_KEY);
      case FOREIGN_KEY -> Cost.of(server.isMariadb() ? Form.INSTANT : Form.CATALOG);
      case CHECK -> Cost.of(Form.INSTANT, Trait.QUIET);
      case ANY -> named(change);
    };
  }

  /** DROP CONSTRAINT reaches unique indexes too. */
  private Cost named(Change.DropConstraint change) {
    return schema
        .index(change.table().withName(change.constraint()), Optional.of(change.table()))
        .map(i -> new IndexImpact(server, storage).dropped(i))
        .orElseGet(
            () ->
                change.ifExists() && storage.isKnown()
                    ? Cost.of(Form.INSTANT, Trait.QUIET)
                    : Cost.of(Form.CATALOG));
  }

  Optional<Constraint> find(Change.DropConstraint change) {
    return storage.table().map(Table::constraints).orElse(List.of()).stream()
        .filter(change::means)
        .findFirst();
  }

  private Cost dropped(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> Cost.of(Form.REBUILD, Trait.DROPS_PRIMARY_KEY);
      case Constraint.ForeignKey ignored ->
          Cost.of(server.isMariadb() ? Form.INSTANT : Form.CATALOG);
      case Constraint.Check ignored -> Cost.of(Form.INSTANT, Trait.QUIET);
      case Constraint.Unique ignored -> Cost.of(Form.CATALOG);
      case Constraint.Exclude ignored -> Cost.of(Form.CATALOG);
      case Constraint.NotNull ignored -> Cost.of(Form.REBUILD);
    };
  }

  /** ENFORCED and NOT ENFORCED: rows are read only where it was not kept to before. */
  Cost alter(Change.AlterConstraint change) {
    boolean off = change.text().toUpperCase(Locale.ROOT).contains("NOT");
    boolean wasOn =
        storage
            .table()
            .flatMap(t -> t.constraint(change.constraint()))
            .map(c -> c instanceof Constraint.Check check && check.enforced())
            .orElse(false);
    return off || wasOn ? Cost.of(Form.INSTANT, Trait.QUIET) : Cost.of(Form.COPY);
  }
}
