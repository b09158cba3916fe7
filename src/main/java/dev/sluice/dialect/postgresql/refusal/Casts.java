package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.postgresql.impact.Types;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of type that need USING: the server has no assignment cast ({@code pg_cast}). Of types
 * that are not listed nothing is said.
 */
final class Casts {

  /** Between two of a family a cast goes by itself, and from any of them to a text. */
  enum Family {
    TEXT,
    NUMBER,
    TIME,
    BOOLEAN,
    UUID,
    JSON,
    ENUM
  }

  private static final Map<Family, Set<String>> FAMILIES =
      Map.of(
          Family.TEXT,
          Set.of("text", "character varying", "character"),
          Family.NUMBER,
          Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision"),
          Family.TIME,
          Set.of("date", "timestamp without time zone", "timestamp with time zone"),
          Family.BOOLEAN,
          Set.of("boolean"),
          Family.UUID,
          Set.of("uuid"),
          Family.JSON,
          Set.of("json", "jsonb"));

  private final Schema schema;

  Casts(Schema schema) {
    this.schema = schema;
  }

  Optional<String> of(Change.AlterColumnType change) {
    Optional<DataType> from =
        schema
            .column(change.table(), change.column())
            .filter(c -> schema.isCertain(change.table()))
            .map(Column::type);
    Optional<Family> old = from.flatMap(this::family);
    Optional<Family> now = family(change.type());
    boolean needed =
        old.isPresent()
            && now.isPresent()
            && !old.equals(now)
            && !now.equals(Optional.of(Family.TEXT));
    return change.using().isEmpty() && needed && !areMade()
        ? Optional.of(
            "no "
                + from.orElseThrow()
                + " becomes a "
                + change.type()
                + " by itself: USING "
                + change.column()
                + "::"
                + change.type()
                + " says how")
        : Optional.empty();
  }

  /** Whether there are casts that no server has from the beginning. */
  boolean areMade() {
    return schema.others().stream().anyMatch(o -> o.name().kind() == ObjectKind.CAST);
  }

  Optional<Family> family(DataType type) {
    if (type.dimensions() > 0) {
      return Optional.empty();
    }
    return FAMILIES.entrySet().stream()
        .filter(e -> e.getValue().contains(type.name()))
        .map(Entry::getKey)
        .findFirst()
        .or(
            () ->
                schema.enumType(Types.name(type)).isPresent()
                    ? Optional.of(Family.ENUM)
                    : Optional.empty());
  }
}
