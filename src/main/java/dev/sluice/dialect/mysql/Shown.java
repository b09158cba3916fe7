package dev.sluice.dialect.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.Action;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableCharset;
import dev.sluice.sql.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables in the words that the catalogs have for them: what is the same is then the same, whether a
 * person wrote it or the catalog shows it.
 */
final class Shown {

  private static final Pattern LENGTH = Pattern.compile("^\\s*\\(\\s*(\\d+)\\s*\\)");

  private final Engine engine;

  Shown(Engine engine) {
    this.engine = engine;
  }

  Table table(Table table) {
    Map<String, String> properties = new HashMap<>(table.properties());
    properties.putIfAbsent("ENGINE", "InnoDB");
    properties.computeIfPresent("ENGINE", (key, name) -> name.toLowerCase(Locale.ROOT));
    properties.computeIfPresent("CHARSET", (key, name) -> charset(name));
    properties.computeIfPresent("COLLATE", (key, name) -> collation(name));
    return table
        .withProperties(properties)
        .withConstraints(
            table.constraints().stream()
                .filter(c -> !isJsonCheck(c))
                .map(Shown::constraint)
                .toList())
        .withColumns(table.columns().stream().map(c -> column(c, table)).toList());
  }

  /** MariaDB's JSON is LONGTEXT with a CHECK of the column's name. */
  private boolean isJsonCheck(Constraint constraint) {
    return engine == Engine.MARIADB
        && constraint instanceof Constraint.Check check
        && check
            .name()
            .filter(
                n ->
                    Spelling.canonical(check.expression().sql())
                        .equals(List.of("json_valid", n.key())))
            .isPresent();
  }

  /** Both are checked at once on InnoDB (manuals, "FOREIGN KEY Constraints"). */
  private static Constraint constraint(Constraint constraint) {
    return constraint instanceof Constraint.ForeignKey key
        ? new Constraint.ForeignKey(
            key.name(),
            key.columns(),
            key.parent(),
            key.parentColumns(),
            action(key.onDelete()),
            action(key.onUpdate()),
            key.matchFull(),
            key.timing(),
            key.validated(),
            key.index())
        : constraint;
  }

  private static Action action(Action action) {
    return action == Action.RESTRICT ? Action.NO_ACTION : action;
  }

  private Column column(Column column, Table table) {
    Column.Attributes said = column.attributes();
    Column with =
        column.withAttributes(
            new Column.Attributes(
                Optional.empty(),
                said.onUpdate().map(Shown::time),
                said.invisible(),
                said.comment()));
    if (engine == Engine.MARIADB && column.type().name().equals("json")) {
      return with.withType(
              new DataType("longtext", List.of(), 0, column.type().text()),
              Optional.of("utf8mb4_bin"))
          .withAttributes(with.attributes().withCharset(Optional.of("utf8mb4")));
    }
    if (!TableCharset.isText(column.type())) {
      return with.withType(column.type(), Optional.empty());
    }
    Optional<String> charset =
        said.charset()
            .or(() -> column.collation().map(Shown::charsetOf))
            .or(() -> Optional.ofNullable(table.properties().get("CHARSET")))
            .or(() -> Optional.ofNullable(table.properties().get("COLLATE")).map(Shown::charsetOf))
            .map(Shown::charset);
    boolean binary = column.options().contains("BINARY");
    Optional<String> collation =
        column
            .collation()
            .or(() -> charset.filter(c -> binary).map(c -> c + "_bin"))
            .or(
                () ->
                    said.charset().isPresent()
                        ? Optional.empty()
                        : Optional.ofNullable(table.properties().get("COLLATE")))
            .map(Shown::collation);
    return with.withType(column.type(), collation)
        .withAttributes(with.attributes().withCharset(charset));
  }

  /** {@code CURRENT_TIMESTAMP} under one of its names. */
  private static String time(String written) {
    return String.join("", Spelling.canonical(written))
        .replace("now", "CURRENT_TIMESTAMP ")
        .strip();
  }

  private static String charsetOf(String collation) {
    return collation.replaceFirst("_.*", "");
  }

  private static String collation(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("^utf8_", "utf8mb3_");
  }

  private static String charset(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("utf8") ? "utf8mb3" : lower;
  }

  /** InnoDB keeps no hashes, and a length that takes the whole column is none. */
  Index index(Index index, Optional<Table> table) {
    return new Index(
        index.name(),
        index.table(),
        index.unique(),
        index.method().equals("hash") ? "btree" : index.method(),
        index.columns().stream().map(c -> key(c, table)).toList(),
        index.include(),
        index.predicate(),
        index.nullsDistinct(),
        index.storage(),
        index.valid(),
        index.hidden());
  }

  private static IndexColumn key(IndexColumn key, Optional<Table> table) {
    Matcher length = LENGTH.matcher(key.modifiers());
    if (!length.find()) {
      return key;
    }
    boolean whole =
        key.column()
            .flatMap(c -> column(table, c))
            .map(c -> c.type().arguments().equals(List.of(length.group(1))))
            .orElse(false);
    String rest = key.modifiers().substring(length.end());
    return new IndexColumn(
        key.column(), key.key(), whole ? rest.strip() : "(" + length.group(1) + ")" + rest);
  }

  private static Optional<Column> column(Optional<Table> table, Name name) {
    return table.flatMap(t -> t.column(name));
  }
}
