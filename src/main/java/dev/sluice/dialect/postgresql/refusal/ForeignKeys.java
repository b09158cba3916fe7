package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.postgresql.impact.Types;
import dev.sluice.dialect.postgresql.refusal.Casts.Family;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What no foreign key compares: its columns and those that it points at have an equality of the
 * index there, or one becomes the other by itself (error 42804; {@code ATAddForeignKeyConstraint}
 * in tablecmds.c). Of types that are not listed nothing is said.
 */
final class ForeignKeys {

  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");
  private static final Set<String> FLOATS = Set.of("real", "double precision");

  private final Schema schema;
  private final Casts casts;

  ForeignKeys(Schema schema) {
    this.schema = schema;
    this.casts = new Casts(schema);
  }

  Optional<String> of(Change change) {
    return switch (change) {
      case Change.AddConstraint c when schema.isCertain(c.table()) ->
          first(
              Stream.of(c.constraint()),
              c.table(),
              n -> schema.column(c.table(), n),
              Optional.empty());
      case Change.AddColumn c when !c.ifNotExists() ->
          first(
              c.constraints().stream(),
              c.table(),
              n -> Optional.of(c.column()).filter(k -> k.name().equals(n)),
              Optional.empty());
      case Change.CreateTable c when !c.ifNotExists() ->
          first(
              c.table().constraints().stream(),
              c.table().name(),
              c.table()::column,
              Optional.of(c.table()));
      default -> Optional.empty();
    };
  }

  private Optional<String> first(
      Stream<Constraint> constraints,
      QualifiedName table,
      Function<Name, Optional<Column>> columns,
      Optional<Table> made) {
    return constraints
        .flatMap(c -> c instanceof Constraint.ForeignKey key ? Stream.of(key) : Stream.empty())
        .flatMap(k -> mismatch(k, table, columns, pointed(k, made)).stream())
        .findFirst();
  }

  /** The columns that it points at; empty where they are not known. */
  private List<Column> pointed(Constraint.ForeignKey key, Optional<Table> made) {
    Optional<Table> parent =
        made.filter(t -> t.name().equals(key.parent()))
            .or(() -> schema.table(key.parent()).filter(t -> schema.isCertain(key.parent())));
    return parent.stream()
        .flatMap(
            t ->
                (key.parentColumns().isEmpty() ? t.primaryKey() : key.parentColumns())
                    .stream().flatMap(n -> t.column(n).stream()))
        .toList();
  }

  private Optional<String> mismatch(
      Constraint.ForeignKey key,
      QualifiedName table,
      Function<Name, Optional<Column>> columns,
      List<Column> pointed) {
    if (pointed.size() != key.columns().size()) {
      return Optional.empty();
    }
    for (int at = 0; at < pointed.size(); at++) {
      Optional<DataType> from = columns.apply(key.columns().get(at)).map(Column::type);
      DataType to = pointed.get(at).type();
      if (from.isPresent() && !compares(from.get(), to) && !casts.areMade()) {
        return Optional.of(
            key.columns().get(at)
                + " of "
                + table
                + " is "
                + from.get()
                + ", and no foreign key compares that with "
                + key.parent()
                + "."
                + pointed.get(at).name()
                + ", which is "
                + to);
      }
    }
    return Optional.empty();
  }

  private boolean compares(DataType from, DataType to) {
    Optional<Family> own = casts.family(from);
    Optional<Family> other = casts.family(to);
    if (own.isEmpty() || other.isEmpty()) {
      return true;
    }
    if (!own.equals(other)) {
      return false;
    }
    return switch (own.get()) {
      case ENUM -> schema.resolve(Types.name(from)).equals(schema.resolve(Types.name(to)));
      // Towards the wider kind of number by itself, and back only by assignment.
      case NUMBER ->
          INTEGERS.contains(from.name())
              || FLOATS.contains(to.name())
              || (from.name().equals("numeric") && to.name().equals("numeric"));
      case TEXT, TIME, BOOLEAN, UUID, JSON -> true;
    };
  }
}
