package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.mysql.impact.Cost.Trait;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Position;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What MODIFY and CHANGE cost: the sum of what the new definition says otherwise than the old one.
 */
final class RedefinitionImpact {

  private final Server server;
  private final Storage storage;
  private final ColumnImpact columns;

  RedefinitionImpact(Server server, Storage storage, ColumnImpact columns) {
    this.server = server;
    this.storage = storage;
    this.columns = columns;
  }

  Cost of(Change.RedefineColumn change) {
    Optional<Column> known = storage.column(change.column());
    if (known.isEmpty()) {
      return change.ifExists() && storage.isKnown()
          ? Cost.of(Form.INSTANT, Trait.QUIET)
          : Cost.of(Form.COPY);
    }
    Column before = known.get();
    Column after = change.definition();
    Cost cost = Cost.of(Form.INSTANT, Trait.QUIET);
    if (change.renames() && !change.column().text().equals(after.name().text())) {
      cost = cost.and(columns.rename(change.column()));
    }
    cost = cost.and(generation(before, after));
    if (before.generated().isEmpty() && after.generated().isEmpty()) {
      cost = cost.and(stored(before, after));
      cost = cost.and(type(before, after));
    }
    for (Constraint constraint : change.constraints()) {
      cost = cost.and(constraint(constraint));
    }
    return change.position().map(p -> moved(before, p)).map(cost::and).orElse(cost);
  }

  private Cost stored(Column before, Column after) {
    Cost cost = Cost.of(Form.INSTANT, Trait.QUIET);
    boolean keyed = storage.primaryKey().contains(before.name());
    if (before.nullable() && !after.nullable() && !keyed) {
      cost = Cost.of(Form.REBUILD);
    } else if (!before.nullable() && after.nullable() && !keyed) {
      cost = nullAllowed(before);
    }
    if (before.identity().isEmpty() && after.identity().isPresent()) {
      cost = cost.and(storage.hasKey() ? Cost.of(Form.COPY) : Cost.of(Form.COPY, Trait.NOT_ONLINE));
    } else if (before.identity().isPresent() && after.identity().isEmpty() && !server.isMariadb()) {
      cost = cost.and(Cost.of(Form.COPY));
    }
    return cost;
  }

  private Cost nullAllowed(Column before) {
    if (storage.isClusteredBy(before.name())) {
      return Cost.of(Form.COPY);
    }
    return storage.isRedundant() && server.has(Feature.INSTANT_NULL_IN_REDUNDANT)
        ? Cost.of(Form.INSTANT)
        : Cost.of(Form.REBUILD);
  }

  private Cost generation(Column before, Column after) {
    boolean same = computed(before).equals(computed(after));
    boolean sameType = before.type().sameAs(after.type());
    if (same && (before.generated().isEmpty() || sameType)) {
      return Cost.of(Form.INSTANT, Trait.QUIET);
    }
    boolean onlyShown =
        server.isMariadb() && Storage.isVirtual(before) && Storage.isVirtual(after) && sameType;
    return Cost.of(onlyShown && !storage.isIndexed(before.name()) ? Form.INSTANT : Form.COPY);
  }

  private static String computed(Column column) {
    return column
        .generated()
        .map(g -> g.stored() + " " + g.expression().sql().replaceAll("\\s+", " ").strip())
        .orElse("");
  }

  /** What its type, character set and collation alone cost. */
  Cost type(Column before, Column after) {
    Map<String, String> properties = storage.table().map(Table::properties).orElse(Map.of());
    return type(before, Text.of(before, properties), after.type(), Text.of(after, properties));
  }

  /** Of a type, character set and collation alone. */
  Cost type(Column column, Text was, DataType to, Text is) {
    DataType from = column.type();
    boolean texts = Types.isString(from) && Types.isString(to);
    boolean sameText = !texts || (was.sameCharset(is) && was.sameCollation(is));
    if (sameText && TypeChanges.of(from, to) == TypeChange.SAME) {
      return Cost.of(Form.INSTANT, Trait.QUIET);
    }
    if (!Types.base(from).equals(Types.base(to))) {
      return Cost.of(Form.COPY);
    }
    if (Types.isList(from)) {
      return list(from, was, to, is);
    }
    boolean grows =
        Types.isVarying(from)
            ? Width.grows(from, was, to, is, storage, server)
            : texts && from.sameAs(to);
    if (grows && was.isPartOf(is)) {
      return alike(column, was, is);
    }
    boolean unsaid = texts && (was.charset().isEmpty() || is.charset().isEmpty());
    return unsaid ? Cost.of(Form.COPY, Trait.UNSURE) : Cost.of(Form.COPY);
  }

  private Cost list(DataType from, Text was, DataType to, Text is) {
    boolean stays =
        Types.appends(from, to)
            && Types.bytesOfList(from) == Types.bytesOfList(to)
            && (was.sameCharset(is) || !server.isMariadb());
    return stays ? Cost.of(Form.INSTANT, Trait.QUIET) : Cost.of(Form.COPY);
  }

  /** Its values stay as they are; an index sorts them otherwise where the collation is another. */
  private Cost alike(Column column, Text was, Text is) {
    boolean indexed = storage.isIndexed(column.name());
    if (!server.isMariadb()) {
      boolean sameText = was.sameCharset(is) && was.sameCollation(is);
      return Cost.of(indexed && !sameText ? Form.COPY : Form.CATALOG);
    }
    if (was.sameCollation(is) || !indexed) {
      return Cost.of(Form.INSTANT);
    }
    boolean sortsRows = storage.isClusteredBy(column.name());
    return Cost.of(sortsRows || !server.has(Feature.INSTANT_COLLATION) ? Form.COPY : Form.BUILD);
  }

  /** An inline constraint; REFERENCES is not read here by any server. */
  private Cost constraint(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> Cost.of(Form.REBUILD, Trait.ADDS_PRIMARY_KEY);
      // MariaDB takes it as part of the column, and looks at no row that is there.
      case Constraint.Check check ->
          Cost.of(server.isMariadb() || !check.enforced() ? Form.INSTANT : Form.COPY);
      case Constraint.Unique ignored -> Cost.of(Form.BUILD);
      case Constraint.ForeignKey ignored -> Cost.of(Form.COPY);
      case Constraint.Exclude ignored -> Cost.of(Form.COPY);
      case Constraint.NotNull ignored -> Cost.of(Form.REBUILD);
    };
  }

  private Cost moved(Column column, Position position) {
    List<Name> names = storage.columns().stream().map(Column::name).toList();
    int from = names.indexOf(column.name());
    int to =
        switch (position) {
          case Position.First ignored -> 0;
          case Position.After after -> {
            int other = names.indexOf(after.column());
            yield other < from ? other + 1 : other;
          }
        };
    if (to == from) {
      return Cost.of(Form.INSTANT, Trait.QUIET);
    }
    if (column.generated().isPresent()) {
      return Cost.of(Form.COPY);
    }
    Cost moves =
        Cost.of(server.has(Feature.INSTANT_REORDER) ? Form.INSTANT : Form.REBUILD, Trait.MOVES);
    if (storage.isCompressed() || storage.hasFulltext()) {
      moves = moves.atLeast(Form.REBUILD);
    }
    boolean crosses =
        storage.columns().subList(Math.min(from, to), Math.max(from, to) + 1).stream()
            .anyMatch(Storage::isVirtual);
    return crosses ? moves.with(Trait.MOVES_VIRTUAL) : moves;
  }
}
