package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.mysql.impact.Cost.Trait;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterTable.Property;
import dev.sluice.schema.Column;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableProperties;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What clauses about a table as a whole cost. */
final class TableImpact {

  private final Server server;
  private final Storage storage;
  private final RedefinitionImpact redefinitions;

  TableImpact(Server server, Storage storage, RedefinitionImpact redefinitions) {
    this.server = server;
    this.storage = storage;
    this.redefinitions = redefinitions;
  }

  Cost alter(Change.AlterTable change) {
    return switch (change.property()) {
      case ENGINE -> engine(change);
      case FORCE, ROW_FORMAT, KEY_BLOCK_SIZE, TABLESPACE ->
          Cost.of(Form.REBUILD, Trait.KEEPS_COLUMNS);
      case COMMENT, AUTO_INCREMENT, DEFAULT_CHARSET, COMPRESSION, OTHER_OPTION, PARAMETERS ->
          Cost.of(server.isMariadb() ? Form.INSTANT : Form.CATALOG, Trait.OPTION);
      case CONVERT_CHARSET -> converted(change);
      case ENCRYPTION ->
          server.isMariadb() ? Cost.of(Form.REBUILD, Trait.KEEPS_COLUMNS) : encryption(change);
      case ORDER_BY, PARTITION_BY, REMOVE_PARTITIONING -> Cost.of(Form.COPY);
      case ADD_VERSIONING, PERIOD -> Cost.of(Form.COPY);
      case DROP_VERSIONING -> Cost.of(Form.REBUILD, Trait.WRITES_WAIT, Trait.NOT_ONLINE);
      case KEYS -> Cost.of(Form.INSTANT, Trait.RENAMES_TABLE);
      case TABLESPACE_FILE -> Cost.of(Form.COPY);
      case LOGGED,
          UNLOGGED,
          ACCESS_METHOD,
          REPLICA_IDENTITY,
          ROW_SECURITY,
          CLUSTER_ON,
          INHERIT,
          NO_INHERIT,
          OF_TYPE ->
          Cost.of(Form.COPY);
    };
  }

  private Cost engine(Change.AlterTable change) {
    Map<String, String> properties = new TreeMap<>();
    TableProperties.put(properties, Property.ENGINE, change.text());
    boolean toInnodb = properties.getOrDefault("ENGINE", "").equalsIgnoreCase("innodb");
    return toInnodb && storage.isInnodb()
        ? Cost.of(Form.REBUILD, Trait.KEEPS_COLUMNS)
        : Cost.of(Form.COPY);
  }

  /** Every page is written with its key, or without (MySQL manual, "InnoDB Data-at-Rest"). */
  private Cost encryption(Change.AlterTable change) {
    String is = storage.property("ENCRYPTION").orElse("n");
    boolean asBefore = change.text().toLowerCase(Locale.ROOT).matches("(?s).*['\"]" + is + "['\"]");
    return asBefore ? Cost.of(Form.CATALOG, Trait.OPTION) : Cost.of(Form.COPY);
  }

  /** As MODIFY of every column of text; one that changes makes MySQL write the table anew. */
  private Cost converted(Change.AlterTable change) {
    Map<String, String> properties =
        new TreeMap<>(storage.table().map(Table::properties).orElse(Map.of()));
    Map<String, String> before = Map.copyOf(properties);
    TableProperties.put(properties, change.property(), change.text());
    if (!storage.isKnown()) {
      return Cost.of(Form.COPY);
    }
    Text to = Text.of(properties);
    List<Column> texts = storage.columns().stream().filter(c -> Types.isString(c.type())).toList();
    Cost cost = Cost.of(server.isMariadb() ? Form.INSTANT : Form.CATALOG, Trait.OPTION);
    for (Column column : texts) {
      Text from = Text.of(column, before);
      // A TEXT that may grow gets the next larger type, where there is one.
      boolean grows =
          Types.textRank(column.type()) >= 0
              && !Types.base(column.type()).equals("longtext")
              && !from.sameCharset(to);
      Cost one = grows ? Cost.of(Form.COPY) : redefinitions.type(column, from, column.type(), to);
      boolean rebuilt = !server.isMariadb() && one.form() == Form.CATALOG;
      cost = cost.and(rebuilt ? one.atLeast(Form.REBUILD) : one);
    }
    return cost;
  }
}
