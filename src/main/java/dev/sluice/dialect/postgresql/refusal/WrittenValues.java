package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.dialect.postgresql.impact.Types;
import dev.sluice.dialect.postgresql.refusal.Casts.Family;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values that a column does not take, whatever rows there are: one given where the server computes
 * it (error 428C9), one that is none of the enum's (22P02), a default that the new type does not
 * take over (42804).
 */
final class WrittenValues {

  private final Schema schema;
  private final String sql;
  private final List<Change> statement;

  /**
   * @param statement all changes of the statement
   */
  WrittenValues(Schema schema, String sql, List<Change> statement) {
    this.schema = schema;
    this.sql = sql;
    this.statement = statement;
  }

  Optional<String> of(Change change) {
    return switch (change) {
      case Change.Insert c when statement.size() == 1 -> insert(c);
      case Change.Update c ->
          c.assignments().stream()
              .flatMap(
                  a ->
                      certain(c.table(), a.column())
                          .flatMap(k -> assigned(k, SqlText.tokens(a.value().sql())))
                          .stream())
              .findFirst();
      case Change.SetDefault c ->
          certain(c.table(), c.column()).flatMap(k -> noValue(k, SqlText.tokens(c.value().sql())));
      case Change.AddColumn c when !c.ifNotExists() -> noValue(c.column());
      case Change.CreateTable c when !c.ifNotExists() ->
          c.table().columns().stream().flatMap(k -> noValue(k).stream()).findFirst();
      case Change.AlterColumnType c -> keptDefault(c);
      default -> Optional.empty();
    };
  }

  private Optional<Column> certain(QualifiedName table, Name column) {
    return schema.column(table, column).filter(c -> schema.isCertain(table));
  }

  private Optional<String> assigned(Column column, List<String> value) {
    return value.equals(List.of("default"))
        ? Optional.empty()
        : given(column, false).or(() -> noValue(column, value));
  }

  private Optional<String> insert(Change.Insert insert) {
    Optional<Table> table = schema.table(insert.table()).filter(t -> schema.isCertain(t.name()));
    if (table.isEmpty() || table.get().columns().stream().noneMatch(this::isParticular)) {
      return Optional.empty();
    }
    List<String> tokens = SqlText.tokens(sql);
    if (!tokens.getFirst().equals("insert")) {
      return Optional.empty();
    }
    boolean overriding = tokens.contains("overriding");
    List<Name> names =
        insert.columns().isEmpty()
            ? table.get().columns().stream().map(Column::name).toList()
            : insert.columns();
    if (insert.query().isPresent()) {
      return insert.columns().stream()
          .flatMap(n -> table.get().column(n).stream())
          .flatMap(c -> given(c, overriding).stream())
          .findFirst();
    }
    for (List<List<String>> row : rows(tokens)) {
      for (int at = 0; at < Math.min(row.size(), names.size()); at++) {
        Optional<Column> column = table.get().column(names.get(at));
        List<String> value = row.get(at);
        if (column.isPresent() && !value.equals(List.of("default"))) {
          Optional<String> why =
              given(column.get(), overriding).or(() -> noValue(column.get(), value));
          if (why.isPresent()) {
            return why;
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isParticular(Column column) {
    return column.generated().isPresent()
        || column.identity().isPresent()
        || values(column).isPresent();
  }

  private static Optional<String> given(Column column, boolean overriding) {
    if (column.generated().isPresent()) {
      return Optional.of(column.name() + " is computed, and takes no value but DEFAULT");
    }
    return column.identity().equals(Optional.of(Column.Identity.ALWAYS)) && !overriding
        ? Optional.of(
            column.name()
                + " is GENERATED ALWAYS AS IDENTITY: only an INSERT with OVERRIDING SYSTEM VALUE"
                + " gives it a value")
        : Optional.empty();
  }

  /** Of VALUES, each value as its tokens; empty where nothing is written so. */
  private static List<List<List<String>>> rows(List<String> tokens) {
    List<List<List<String>>> rows = new ArrayList<>();
    int at = tokens.indexOf("values") + 1;
    while (at > 0 && at < tokens.size() && tokens.get(at).equals("(")) {
      List<List<String>> row = new ArrayList<>();
      List<String> value = new ArrayList<>();
      int depth = 1;
      at++;
      while (at < tokens.size() && depth > 0) {
        String token = tokens.get(at++);
        depth += token.equals("(") || token.equals("[") ? 1 : 0;
        depth -= token.equals(")") || token.equals("]") ? 1 : 0;
        if (depth == 0 || (depth == 1 && token.equals(","))) {
          row.add(value);
          value = new ArrayList<>();
        } else {
          value.add(token);
        }
      }
      rows.add(row);
      at += at < tokens.size() && tokens.get(at).equals(",") ? 1 : tokens.size();
    }
    return rows;
  }

  private Optional<String> noValue(Column column) {
    return column
        .defaultValue()
        .map(Fragment::sql)
        .filter(text -> text.startsWith("'") && values(column).isPresent())
        .flatMap(text -> noValue(column, SqlText.tokens(text)));
  }

  /** A string becomes a value of the enum before any row is looked at. */
  private Optional<String> noValue(Column column, List<String> value) {
    if (value.size() != 1
        || !value.getFirst().startsWith("'")
        || column.type().dimensions() > 0
        || column.generated().isPresent()) {
      return Optional.empty();
    }
    String quoted = value.getFirst();
    String text = quoted.substring(1, quoted.length() - 1).replace("''", "'");
    return values(column)
        .filter(e -> schema.isSettled(e.name()) && !e.values().contains(text))
        .map(
            e ->
                quoted + " is no value of " + e.name().name() + ", which " + column.name() + " is");
  }

  private Optional<Schema.EnumType> values(Column column) {
    return schema.enumType(Types.name(column.type()));
  }

  /** The server casts it as an assignment does, whatever USING says of the rows. */
  private Optional<String> keptDefault(Change.AlterColumnType change) {
    Casts casts = new Casts(schema);
    Optional<Column> column = certain(change.table(), change.column());
    Optional<Family> old = column.flatMap(c -> casts.family(c.type()));
    Optional<Family> now = casts.family(change.type());
    boolean goes =
        statement.stream()
            .anyMatch(
                c -> c instanceof Change.DropDefault drop && drop.column().equals(change.column()));
    boolean uncast =
        old.isPresent()
            && now.isPresent()
            && !now.equals(Optional.of(Family.TEXT))
            && (!old.equals(now) || areOtherEnums(column.get(), change));
    return uncast && !goes && !casts.areMade()
        ? column
            .flatMap(Column::defaultValue)
            .filter(d -> isOf(old.get(), SqlText.tokens(d.sql())))
            .map(
                d ->
                    "the default of "
                        + change.column()
                        + ", "
                        + d.sql()
                        + ", does not become a "
                        + change.type()
                        + " by itself: DROP DEFAULT first, SET DEFAULT again after")
        : Optional.empty();
  }

  private boolean areOtherEnums(Column column, Change.AlterColumnType change) {
    return schema.enumType(Types.name(column.type())).isPresent()
        && !schema
            .resolve(Types.name(column.type()))
            .equals(schema.resolve(Types.name(change.type())));
  }

  /** A literal that is itself of the column's type; of others the server knows the type. */
  private static boolean isOf(Family family, List<String> value) {
    String first = value.isEmpty() ? "" : value.getFirst();
    return switch (family) {
      case TEXT, ENUM, UUID, JSON, TIME -> value.size() == 1 && first.startsWith("'");
      case BOOLEAN -> value.equals(List.of("true")) || value.equals(List.of("false"));
      case NUMBER -> value.size() == 1 && first.matches("\\d+");
    };
  }
}
