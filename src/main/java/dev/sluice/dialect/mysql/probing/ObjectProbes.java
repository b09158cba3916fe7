package dev.sluice.dialect.mysql.probing;

import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** Whether what is no table is there. */
final class ObjectProbes {

  private ObjectProbes() {}

  /** Empty for what {@code information_schema} does not show to everyone: servers, roles. */
  static Optional<String> there(ObjectKind kind, QualifiedName name) {
    return switch (kind) {
      case VIEW -> Optional.of(Catalog.view(name));
      case SEQUENCE -> Optional.of(Catalog.sequence(name));
      case FUNCTION, PROCEDURE -> Optional.of(Catalog.routine(kind, name));
      case TRIGGER -> Optional.of(Catalog.trigger(name));
      case EVENT -> Optional.of(Catalog.event(name));
      case SCHEMA, DATABASE -> Optional.of(Catalog.schema(name.name()));
      default -> Optional.empty();
    };
  }
}
