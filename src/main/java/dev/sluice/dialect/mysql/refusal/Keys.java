package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.AddConstraint;
import dev.sluice.schema.Change.CreateIndex;
import dev.sluice.schema.Change.CreateTable;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.schema.Position;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keys over columns that are not there, or that cannot be in a key like that. */
final class Keys {

  private static final Pattern PREFIX =
      Pattern.compile("^\\(\\s*(\\d{1,9})\\s*\\).*", Pattern.DOTALL);

  /** Types that no key takes a part of. */
  private static final Set<String> WHOLE =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "float",
          "double",
          "date",
          "datetime",
          "timestamp",
          "time",
          "year",
          "enum",
          "set");

  private final Outcome table;

  Keys(Outcome table) {
    this.table = table;
  }

  Optional<String> why() {
    return twice()
        .or(this::named)
        .or(() -> table.changes().stream().flatMap(c -> behind(c).stream()).findFirst())
        .or(() -> parts(table.newIndexes()))
        .or(this::redefined);
  }

  private Optional<String> named() {
    return table.changes().stream()
        .flatMap(Keys::lists)
        .flatMap(list -> columns(list).stream())
        .findFirst();
  }

  /** What one CREATE TABLE says twice; to ALTER TABLE it is there already. */
  private Optional<String> twice() {
    if (!(table.changes().getFirst() instanceof CreateTable create)) {
      return Optional.empty();
    }
    long keys =
        create.table().constraints().stream()
            .filter(Constraint.PrimaryKey.class::isInstance)
            .count();
    if (keys > 1) {
      return Optional.of("the table would have " + keys + " primary keys (error 1068)");
    }
    return repeated(create.table().columns().stream().map(Column::name))
        .map(c -> "two columns would be named " + c + " (error 1060)")
        .or(
            () ->
                repeated(
                        create.indexes().stream()
                            .flatMap(i -> i.name().stream())
                            .map(QualifiedName::name))
                    .map(i -> "two indexes would be named " + i + " (error 1061)"));
  }

  private static Optional<Name> repeated(Stream<Name> names) {
    Set<Name> seen = new HashSet<>();
    return names.filter(n -> !seen.add(n)).findFirst();
  }

  /** The columns of each key that a change makes. */
  private static Stream<List<Name>> lists(Change change) {
    return switch (change) {
      case CreateIndex c -> Stream.of(columns(c.index()));
      case AddConstraint c -> Stream.of(c.constraint().columns());
      case AddColumn c -> c.constraints().stream().map(Constraint::columns);
      case CreateTable c ->
          Stream.concat(
              c.table().constraints().stream().map(Constraint::columns),
              c.indexes().stream().map(Keys::columns));
      default -> Stream.empty();
    };
  }

  private static List<Name> columns(Index index) {
    return index.columns().stream().flatMap(c -> c.column().stream()).toList();
  }

  /** A key is over the columns that there are once the statement has run. */
  private Optional<String> columns(List<Name> key) {
    Set<Name> seen = new HashSet<>();
    for (Name column : key) {
      if (table.column(column).isEmpty()) {
        return Optional.of(
            "a key is over "
                + column
                + ", which "
                + table.name().name()
                + " does not have once the statement has run (error 1072)");
      }
      if (!seen.add(column)) {
        return Optional.of("a key names " + column + " twice (error 1060)");
      }
    }
    return Optional.empty();
  }

  /** AFTER looks for the other column where the clauses up to there have left it. */
  private Optional<String> behind(Change change) {
    Optional<Position> position =
        switch (change) {
          case AddColumn c -> c.position();
          case RedefineColumn c -> c.position();
          default -> Optional.empty();
        };
    return position
        .filter(Position.After.class::isInstance)
        .map(p -> ((Position.After) p).column())
        .filter(other -> table.column(other).isEmpty() || other.equals(own(change)))
        .map(
            other ->
                "AFTER "
                    + other
                    + ": "
                    + table.name().name()
                    + " has no such other column once the statement has run (error 1054)");
  }

  private static Name own(Change change) {
    return switch (change) {
      case AddColumn c -> c.column().name();
      case RedefineColumn c -> c.definition().name();
      default -> throw new IllegalArgumentException(change.label());
    };
  }

  private Optional<String> parts(List<Index> indexes) {
    return indexes.stream()
        .flatMap(i -> i.columns().stream().flatMap(key -> part(i, key).stream()))
        .findFirst();
  }

  /** A text that was short, and is in a key as a whole. */
  private Optional<String> redefined() {
    Set<Name> columns = new HashSet<>();
    for (Change change : table.changes()) {
      if (change instanceof RedefineColumn c) {
        columns.add(c.definition().name());
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : table.indexes().stream()
            .filter(i -> !table.mariadb() || table.isPrimary(i))
            .flatMap(
                i ->
                    i.columns().stream()
                        .filter(key -> key.column().map(columns::contains).orElse(false))
                        .flatMap(key -> part(i, key).stream()))
            .findFirst();
  }

  private Optional<String> part(Index index, IndexColumn key) {
    Optional<Column> column = key.column().flatMap(table::column);
    if (column.isEmpty()) {
      return Optional.empty();
    }
    DataType type = column.get().type();
    return switch (index.method()) {
      case "fulltext" -> fulltext(index, column.get());
      case "spatial" -> spatial(index, column.get());
      case "btree", "hash" -> {
        Matcher prefix = PREFIX.matcher(key.modifiers());
        yield prefix.matches()
            ? prefix(index, column.get().name(), type, Integer.parseInt(prefix.group(1)))
            : whole(index, column.get().name(), type);
      }
      default -> Optional.empty();
    };
  }

  private Optional<String> fulltext(Index index, Column column) {
    String type = Types.base(column.type());
    return WHOLE.contains(type) || Types.blobRank(column.type()) >= 0
        ? Optional.of(
            table.named(index)
                + " is FULLTEXT over "
                + column.name()
                + ", which is "
                + type
                + " and no text (error 1283)")
        : Optional.empty();
  }

  private Optional<String> spatial(Index index, Column column) {
    if (WHOLE.contains(Types.base(column.type())) || Types.isString(column.type())) {
      return Optional.of(
          table.named(index)
              + " is SPATIAL over "
              + column.name()
              + ", which is no geometry (errors 1687 and 1210)");
    }
    return column.nullable()
        ? Optional.of(
            table.named(index)
                + " is SPATIAL over "
                + column.name()
                + ", which takes NULL (error 1252); make it NOT NULL before")
        : Optional.empty();
  }

  private Optional<String> prefix(Index index, Name column, DataType type, int length) {
    String base = Types.base(type);
    boolean limited = Set.of("char", "varchar", "binary", "varbinary").contains(base);
    if (length == 0) {
      return Optional.of(table.named(index) + " takes 0 characters of " + column + " (error 1391)");
    }
    return WHOLE.contains(base) || (limited && length > Types.length(type, 1))
        ? Optional.of(
            table.named(index)
                + " takes "
                + length
                + " characters of "
                + column
                + ", which is "
                + type.text()
                + " (error 1089); leave the length out")
        : Optional.empty();
  }

  /** MariaDB takes a part of the column by itself, and a hash of it for a unique key. */
  private Optional<String> whole(Index index, Name column, DataType type) {
    String base = Types.base(type);
    if (!table.mariadb() && base.equals("json")) {
      return Optional.of(
          table.named(index)
              + " is over "
              + column
              + ", which is JSON (error 3152); a column that is computed from it can be in a key");
    }
    boolean text = Types.textRank(type) >= 0 || Types.blobRank(type) >= 0;
    return text && (!table.mariadb() || table.isPrimary(index))
        ? Optional.of(
            table.named(index)
                + " is over "
                + column
                + ", which is "
                + base
                + ", without a length (error 1170); say how much of it: "
                + column
                + "(100)")
        : Optional.empty();
  }
}
