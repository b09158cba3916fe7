package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.mysql.impact.Cost.Trait;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Position;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What changes of columns cost, all but MODIFY and CHANGE. */
final class ColumnImpact {

  /** Types that have no value which stands for none, so that rows need one written. */
  private static final Set<String> WITHOUT_IMPLICIT_VALUE =
      Set.of(
          "date",
          "datetime",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geomcollection");

  private final Server server;
  private final Storage storage;
  private final Schema schema;

  ColumnImpact(Server server, Storage storage, Schema schema) {
    this.server = server;
    this.storage = storage;
    this.schema = schema;
  }

  Cost add(Change.AddColumn change) {
    Column column = change.column();
    boolean there = change.ifNotExists() && storage.column(column.name()).isPresent();
    if (there) {
      return Cost.of(Form.INSTANT, Trait.QUIET);
    }
    Cost cost = added(column, change.position());
    for (Constraint constraint : change.constraints()) {
      cost = cost.and(inline(constraint));
    }
    return cost;
  }

  private Cost added(Column column, Optional<Position> position) {
    if (column.identity().isPresent()) {
      // Rows that come meanwhile would draw other numbers in the copy.
      return Cost.of(Form.REBUILD, Trait.WRITES_WAIT, Trait.NOT_ONLINE, Trait.ADDS_COLUMN);
    }
    if (Storage.isStored(column)) {
      return Cost.of(Form.COPY);
    }
    if (Storage.isVirtual(column)) {
      return addedVirtual(position);
    }
    if (column.defaultValue().map(server::computesPerRow).orElse(false)) {
      return Cost.of(Form.COPY);
    }
    boolean last = isLast(position);
    boolean instant =
        server.has(last ? Feature.INSTANT : Feature.INSTANT_ANYWHERE)
            && !storage.isCompressed()
            && !storage.hasFulltext()
            && (server.isMariadb() || hasValue(column));
    Cost cost = Cost.of(instant ? Form.INSTANT : Form.REBUILD, Trait.ADDS_COLUMN);
    if (last) {
      return cost;
    }
    return storage.hasVirtualColumns()
        ? cost.with(Trait.MOVES).with(Trait.MOVES_VIRTUAL)
        : cost.with(Trait.MOVES);
  }

  private Cost addedVirtual(Optional<Position> position) {
    boolean last = isLast(position);
    boolean first = position.filter(Position.First.class::isInstance).isPresent();
    boolean refused = !last && (storage.hasVirtualColumns() || (first && !server.isMariadb()));
    boolean instant = server.has(Feature.INSTANT) && !refused;
    return Cost.of(instant ? Form.INSTANT : Form.COPY, Trait.ADDS_VIRTUAL);
  }

  private boolean isLast(Optional<Position> position) {
    List<Column> columns = storage.columns();
    return position
        .map(
            p ->
                p instanceof Position.After after
                    && !columns.isEmpty()
                    && columns.getLast().name().equals(after.column()))
        .orElse(true);
  }

  private static boolean hasValue(Column column) {
    return column.nullable()
        || column.defaultValue().isPresent()
        || !WITHOUT_IMPLICIT_VALUE.contains(Types.base(column.type()));
  }

  private Cost inline(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> Cost.of(Form.REBUILD, Trait.ADDS_PRIMARY_KEY);
      case Constraint.Unique ignored -> Cost.of(Form.REBUILD);
      // MariaDB takes it as part of the column: every row has the same value there.
      case Constraint.Check check -> {
        boolean read = server.has(Feature.CHECKS) && check.enforced() && !server.isMariadb();
        yield Cost.of(read ? Form.COPY : Form.INSTANT);
      }
      case Constraint.ForeignKey ignored ->
          Cost.of(ConstraintImpact.checksForeignKeys(schema) ? Form.COPY : Form.REBUILD);
      case Constraint.Exclude ignored -> Cost.of(Form.COPY);
      case Constraint.NotNull ignored -> Cost.of(Form.INSTANT);
    };
  }

  Cost drop(Change.DropColumn change) {
    Name name = change.column();
    Optional<Column> column = storage.column(name);
    if (column.isEmpty() && change.ifExists() && storage.isKnown()) {
      return Cost.of(Form.INSTANT, Trait.QUIET);
    }
    if (storage.primaryKey().contains(name)) {
      return Cost.of(Form.REBUILD, Trait.DROPS_PRIMARY_KEY, Trait.DROPS_COLUMN);
    }
    boolean indexed = storage.isIndexed(name);
    if (column.map(Storage::isVirtual).orElse(false)) {
      return Cost.of(indexed ? Form.CATALOG : instant(Feature.INSTANT), Trait.DROPS_VIRTUAL);
    }
    Cost cost = droppedStored(name, indexed);
    boolean moves =
        storage.hasVirtualColumnBehind(name) && !server.has(Feature.DROP_COLUMN_BEFORE_VIRTUAL);
    return moves ? cost.with(Trait.MOVES_VIRTUAL) : cost;
  }

  private Cost droppedStored(Name name, boolean indexed) {
    if (storage.isClusteredBy(name)) {
      return Cost.of(Form.COPY, Trait.DROPS_COLUMN);
    }
    if (!server.has(Feature.INSTANT_ANYWHERE)
        || storage.isCompressed()
        || storage.hasFulltext()
        || (indexed && !server.isMariadb())) {
      return Cost.of(Form.REBUILD, Trait.DROPS_COLUMN);
    }
    return Cost.of(indexed ? Form.CATALOG : Form.INSTANT, Trait.DROPS_COLUMN);
  }

  private Form instant(Feature feature) {
    return server.has(feature) ? Form.INSTANT : Form.CATALOG;
  }

  /** MySQL goes to InnoDB for a column that a foreign key points at. */
  Cost rename(Name column) {
    boolean pointedAt = !server.isMariadb() && storage.isPointedAt(column);
    return Cost.of(pointedAt ? Form.CATALOG : instant(Feature.INSTANT_RENAME_COLUMN));
  }

  Cost quiet() {
    return Cost.of(instant(Feature.INSTANT), Trait.QUIET);
  }
}
