package dev.sluice.drift;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.Column;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Table;
import dev.sluice.schema.TableCharset;
import dev.sluice.sql.Name;
import java.util.Locale;
import java.util.Optional;

/** Tables with their columns; constraints and indexes are left to others. */
final class TableComparison {

  private static final String COLUMN = "column";

  private final Sides sides;
  private final Dialect dialect;
  private final Differences differences;
  private final CharacterComparison characters;

  TableComparison(Sides sides, Dialect dialect, Differences differences) {
    this.sides = sides;
    this.dialect = dialect;
    this.differences = differences;
    this.characters = new CharacterComparison(differences);
  }

  void run() {
    for (Table made : sides.replayed.tables()) {
      if (sides.counts(made.name())) {
        sides
            .found
            .table(made.name())
            .ifPresentOrElse(
                there -> compare(made, there),
                () -> differences.missing("table", differences.shown(made.name()), ""));
      }
    }
    sides.found.tables().stream()
        .filter(t -> sides.counts(t.name()) && t.bounds().isEmpty())
        .filter(t -> !sides.replayed.knows(t.name()))
        .forEach(t -> differences.extra("table", differences.shown(t.name()), ""));
  }

  private void compare(Table replayed, Table found) {
    Table made = dialect.asShown(replayed);
    Table there = dialect.asShown(found);
    for (Column column : made.columns()) {
      there
          .column(column.name())
          .ifPresentOrElse(
              other -> {
                compare(made, column, other);
                characters.compare(
                    new CharacterComparison.Sides(made, column, there, other),
                    inherits(replayed, column.name()));
              },
              () ->
                  differences.missing(
                      COLUMN, differences.shown(made.name(), column.name()), shown(column)));
    }
    if (made.complete()) {
      there.columns().stream()
          .filter(c -> made.column(c.name()).isEmpty())
          .forEach(
              c -> differences.extra(COLUMN, differences.shown(made.name(), c.name()), shown(c)));
    }
    if (!made.parents().equals(there.parents())) {
      differences.differs(
          "table", differences.shown(made.name()), "parent", parents(made), parents(there));
    }
    String name = differences.shown(made.name());
    // Of one made by a query or by LIKE nobody said it.
    if (made.complete()) {
      differences.compare("table", name, "engine", engine(made), engine(there));
    }
    characters.compare(made, there);
    differences.compare("table", name, "partitioning", partitioned(made), partitioned(there));
    new ConstraintComparison(dialect, differences).run(made, there);
    new IndexComparison(sides, dialect, differences).run(made, there);
  }

  private static boolean inherits(Table written, Name column) {
    return written
        .column(column)
        .filter(c -> c.attributes().charset().isEmpty() && c.collation().isEmpty())
        .filter(c -> !c.options().contains("BINARY"))
        .isPresent();
  }

  private static String engine(Table table) {
    return table.properties().getOrDefault("ENGINE", "none");
  }

  private static String partitioned(Table table) {
    return table.partitionKey().isPresent() ? "partitioned" : "none";
  }

  private String parents(Table table) {
    return table.parents().isEmpty()
        ? "none"
        : String.join(", ", table.parents().stream().map(differences::shown).toList());
  }

  private void compare(Table table, Column made, Column there) {
    String object = differences.shown(table.name(), made.name());
    // How long a TEXT became in another character set depends on the one that nobody said.
    boolean open =
        table.properties().containsKey(TableCharset.FORMER)
            && made.type().name().endsWith("text")
            && there.type().name().endsWith("text");
    if (!open && !dialect.sameType(made.type(), there.type())) {
      differences.differs(COLUMN, object, "type", made.type().text(), there.type().text());
    }
    differences.compare(COLUMN, object, "nullability", nullability(made), nullability(there));
    differences.compare(COLUMN, object, "generation", generation(made), generation(there));
    differences.compare(COLUMN, object, "on update", onUpdate(made), onUpdate(there));
    differences.compare(COLUMN, object, "visibility", visibility(made), visibility(there));
    // An heir's own way of filling it is decided when it is made, and differs by version.
    if (table.parents().isEmpty() && !isFilledAlike(made, there)) {
      differences.differs(COLUMN, object, "default", filling(made), filling(there));
    }
  }

  private static String nullability(Column column) {
    return column.nullable() ? "NULL" : "NOT NULL";
  }

  private static String generation(Column column) {
    return column.generated().map(g -> g.stored() ? "STORED" : "VIRTUAL").orElse("none");
  }

  private static String onUpdate(Column column) {
    return column.attributes().onUpdate().orElse("none");
  }

  private static String visibility(Column column) {
    return column.attributes().invisible() ? "INVISIBLE" : "visible";
  }

  private boolean isFilledAlike(Column made, Column there) {
    if (made.identity().isPresent() || there.identity().isPresent()) {
      return made.identity().equals(there.identity());
    }
    Optional<Fragment> one = made.defaultValue().filter(d -> !isNull(d));
    Optional<Fragment> other = there.defaultValue().filter(d -> !isNull(d));
    return (one.isPresent() && other.isPresent())
        ? dialect.sameExpression(one.get(), other.get())
        : one.isEmpty() && other.isEmpty();
  }

  private static boolean isNull(Fragment value) {
    return value.sql().strip().toLowerCase(Locale.ROOT).matches("null(::.*)?");
  }

  private static String filling(Column column) {
    return column
        .identity()
        .map(
            i ->
                switch (i) {
                  case ALWAYS -> "GENERATED ALWAYS AS IDENTITY";
                  case BY_DEFAULT -> "GENERATED BY DEFAULT AS IDENTITY";
                  case SERIAL -> "serial";
                  case AUTO_INCREMENT -> "AUTO_INCREMENT";
                })
        .or(() -> column.defaultValue().map(Fragment::sql))
        .orElse("none");
  }

  private static String shown(Column column) {
    return column.type().text() + (column.nullable() ? "" : " NOT NULL");
  }
}
