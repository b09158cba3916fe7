package dev.sluice.drift;

import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What is compared, and which of the names in it count. */
final class Sides {

  final Schema replayed;
  final Schema found;
  private final Predicate<QualifiedName> counted;
  private final Set<Name> schemas = new HashSet<>();

  Sides(Schema replayed, Schema found, Predicate<QualifiedName> counted) {
    this.replayed = replayed;
    this.found = found;
    this.counted = counted;
    schemas.add(replayed.defaultSchema());
    replayed.tables().stream()
        .map(Table::name)
        .map(QualifiedName::schema)
        .flatMap(Optional::stream)
        .forEach(schemas::add);
  }

  /** Whether an object of that name is compared. */
  boolean counts(QualifiedName name) {
    return name.schema().map(schemas::contains).orElse(true) && counted.test(name);
  }
}
