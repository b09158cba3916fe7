package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.Delete;
import dev.sluice.schema.Change.Insert;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Columns that rows are written to, and that their table does not have. */
final class RowColumns {

  /** Columns that servers add without a word of the file, where a setting says so. */
  private static final Set<Name> OF_SERVER =
      Set.of(
          Name.ignoringCase("my_row_id"),
          Name.ignoringCase("_rowid"),
          Name.ignoringCase("row_start"),
          Name.ignoringCase("row_end"));

  /** Words of expressions that may be names too. */
  private static final Set<String> SOFT =
      new HashSet<>(
          List.of(
              ("date time timestamp datetime year quarter month week day hour minute second microsecond"
                      + " json boolean mode language query expansion against ascii unicode utf8 utf8mb3"
                      + " utf8mb4 latin1 ucs2 utf16 utf32 nchar national zone at local escape"
                      + " sounds uuid escaped integer signed real double float")
                  .split(" ")));

  /** Collations, and character sets in front of a text. */
  private static final Pattern SOFT_SHAPE = Pattern.compile("_.*|.*_(?:ci|cs|bin)");

  private RowColumns() {}

  static Optional<String> in(List<Change> changes, Schema before) {
    Schema schema = before;
    for (Change change : changes) {
      Schema now = schema;
      Optional<String> why =
          switch (change) {
            case Insert c -> insert(c, schema);
            // In a join, a column without its table is any table's.
            case Update c when c.from().isEmpty() ->
                missing(c.table(), assigned(c), schema)
                    .or(() -> unnamed(c.table(), c.references(), now));
            case Delete c when c.using().isEmpty() -> unnamed(c.table(), c.references(), now);
            default -> Optional.empty();
          };
      if (why.isPresent()) {
        return why;
      }
      schema = schema.after(change);
    }
    return Optional.empty();
  }

  /** A row that names no columns has a value for each of them. */
  static Optional<String> inRow(List<Change> changes, int values, Schema before) {
    if (changes.size() != 1
        || !(changes.getFirst() instanceof Insert insert)
        || !insert.columns().isEmpty()
        || insert.query().isPresent()
        || !before.isCertain(insert.table())) {
      return Optional.empty();
    }
    Optional<Table> table = before.table(insert.table());
    long columns =
        table.stream()
            .flatMap(t -> t.columns().stream())
            .filter(c -> !c.attributes().invisible() && !OF_SERVER.contains(c.name()))
            .count();
    return values == 0 || table.isEmpty() || values == columns
        ? Optional.empty()
        : Optional.of(
            "the INSERT lists no columns, and has "
                + values
                + (values == 1 ? " value" : " values")
                + " for the "
                + columns
                + " of "
                + table.get().name().name()
                + " (error 1136); list the columns that it is for");
  }

  private static List<Name> assigned(Update update) {
    return update.assignments().stream().map(Update.Assignment::column).toList();
  }

  /** Names in the expressions of a statement that reads no other table. */
  private static Optional<String> unnamed(
      QualifiedName table, References references, Schema schema) {
    QualifiedName own = schema.resolve(table);
    boolean alone =
        references.complete()
            && references.relations().stream().allMatch(r -> schema.resolve(r).equals(own));
    return alone
        ? missing(
            table,
            references.columns().stream()
                .filter(c -> c.table().map(t -> schema.resolve(t).equals(own)).orElse(true))
                .flatMap(c -> c.name().stream())
                .filter(RowColumns::isSurelyColumn)
                .toList(),
            schema)
        : Optional.empty();
  }

  /** Whether a name in an expression is no word of SQL, and no column that servers have anyway. */
  static boolean isSurelyColumn(Name name) {
    return !SOFT.contains(name.key())
        && !SOFT_SHAPE.matcher(name.key()).matches()
        && !OF_SERVER.contains(name);
  }

  private static Optional<String> insert(Insert insert, Schema schema) {
    Set<Name> seen = new HashSet<>();
    return missing(insert.table(), insert.columns(), schema)
        .or(
            () ->
                insert.columns().stream()
                    .filter(c -> !seen.add(c))
                    .findFirst()
                    .map(c -> "the INSERT names " + c + " twice (error 1110)"));
  }

  private static Optional<String> missing(QualifiedName table, List<Name> columns, Schema schema) {
    if (columns.isEmpty() || !schema.isCertain(table)) {
      return Optional.empty();
    }
    Table known = schema.table(table).orElseThrow();
    return columns.stream()
        .filter(c -> known.column(c).isEmpty() && !OF_SERVER.contains(c))
        .findFirst()
        .map(c -> known.name().name() + " has no column " + c + " (error 1054)");
  }
}
