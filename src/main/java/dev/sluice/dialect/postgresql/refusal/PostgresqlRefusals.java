package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Refusal;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why PostgreSQL refuses a statement on a schema. Each reason was seen on a server. Says nothing of
 * what the schema does not vouch for: a statement that it passes over can be refused all the same.
 */
public final class PostgresqlRefusals {

  private final EngineVersion version;
  private final boolean whole;

  /**
   * @param whole whether the schemas have all tables that there are
   */
  public PostgresqlRefusals(EngineVersion version, boolean whole) {
    this.version = version;
    this.whole = whole;
  }

  /**
   * Empty where the server takes it, and where nobody can tell.
   *
   * @param before as it stands before the statement
   */
  public Optional<Refusal> of(String sql, Reading reading, Schema before) {
    if (reading.onlyIfThere().filter(t -> !before.knows(t)).isPresent()) {
      return Optional.empty();
    }
    Optional<String> early = new EarlyValues(before, version).in(sql, reading.changes());
    if (early.isPresent()) {
      return early.map(Refusal::new);
    }
    Set<QualifiedName> dropped = dropped(reading.changes(), before);
    Schema schema = before;
    Iterator<Change> changes = reading.changes().iterator();
    while (changes.hasNext()) {
      Change change = changes.next();
      Optional<String> why = why(change, schema, dropped, sql, reading);
      if (why.isPresent()) {
        return why.map(Refusal::new);
      }
      // Most statements are one change, and nobody asks what comes after it.
      schema = changes.hasNext() ? schema.after(change) : schema;
    }
    return Optional.empty();
  }

  private Optional<String> why(
      Change change, Schema schema, Set<QualifiedName> dropped, String sql, Reading reading) {
    return new Presence(schema, whole, version)
        .of(change)
        .or(() -> new ViewRules(schema).of(change))
        .or(() -> new RoutineRules(schema).of(change))
        .or(() -> new WrittenValues(schema, sql, reading.changes()).of(change))
        .or(() -> new ForeignKeys(schema).of(change))
        .or(() -> new PartitionRules(schema, version).of(change))
        .or(() -> new InUse(schema, version, dropped).of(change));
  }

  /** DROP of several looks at all of them together. */
  private static Set<QualifiedName> dropped(List<Change> changes, Schema schema) {
    return changes.stream()
        .flatMap(
            change ->
                switch (change) {
                  case Change.DropTable c -> Optional.of(c.table()).stream();
                  case Change.DropObject c -> Optional.of(c.name()).stream();
                  default -> Optional.<QualifiedName>empty().stream();
                })
        .map(schema::resolve)
        .collect(Collectors.toSet());
  }
}
