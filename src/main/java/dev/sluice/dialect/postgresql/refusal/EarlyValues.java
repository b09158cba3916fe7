package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.postgresql.impact.Feature;
import dev.sluice.dialect.postgresql.impact.Types;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An enum value that is used before the transaction that adds it has committed: {@code unsafe use
 * of new value} (manual, "ALTER TYPE").
 */
final class EarlyValues {

  private final Schema schema;
  private final EngineVersion version;

  EarlyValues(Schema schema, EngineVersion version) {
    this.schema = schema;
    this.version = version;
  }

  Optional<String> in(String sql, List<Change> changes) {
    if (schema.typesExtended().isEmpty()) {
      return Optional.empty();
    }
    List<String> tokens = SqlText.tokens(sql);
    for (QualifiedName type : schema.typesExtended()) {
      boolean fine = schema.isMadeInTransaction(type) && Feature.VALUES_OF_FRESH_ENUMS.in(version);
      for (String value : fine ? Set.<String>of() : schema.valuesAdded(type)) {
        if (tokens.contains("'" + value.replace("'", "''") + "'")
            && changes.stream().anyMatch(c -> uses(c, type))) {
          return Optional.of(
              "'"
                  + value
                  + "' was added to "
                  + type.name()
                  + " in the same transaction, and can be used once that is committed: ALTER TYPE"
                  + " belongs into a migration of its own before this one");
        }
      }
    }
    return Optional.empty();
  }

  /** Whether it evaluates an expression of the type: a string in it is then read as a value. */
  private boolean uses(Change change, QualifiedName type) {
    return switch (change) {
      case Change.Insert c -> has(c.table(), type);
      case Change.Update c -> has(c.table(), type);
      case Change.Delete c -> has(c.table(), type);
      case Change.Merge c -> has(c.table(), type);
      case Change.SetDefault c ->
          schema.column(c.table(), c.column()).filter(k -> isOf(k.type(), type)).isPresent();
      case Change.AddColumn c -> isOf(c.column().type(), type);
      case Change.CreateTable c -> c.table().columns().stream().anyMatch(k -> isOf(k.type(), type));
      case Change.AddConstraint c -> has(c.table(), type);
      case Change.CreateIndex c -> has(c.index().table(), type);
      case Change.CreateView c -> any(c.view().query().references().relations().stream(), type);
      case Change.Query c -> any(c.query().references().read().stream(), type);
      default -> false;
    };
  }

  private boolean any(Stream<QualifiedName> relations, QualifiedName type) {
    return relations.anyMatch(r -> has(r, type));
  }

  private boolean has(QualifiedName table, QualifiedName type) {
    return schema.table(table).stream()
        .flatMap(t -> t.columns().stream())
        .anyMatch(c -> isOf(c.type(), type));
  }

  private boolean isOf(DataType written, QualifiedName type) {
    return schema.resolve(Types.name(written)).equals(type);
  }
}
