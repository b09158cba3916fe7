package dev.sluice.dialect.mysql.writing;

import static dev.sluice.dialect.mysql.writing.Quoting.names;
import static dev.sluice.dialect.mysql.writing.Quoting.plainLiteral;
import static dev.sluice.dialect.mysql.writing.Quoting.quote;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.schema.Position;
import dev.sluice.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Columns, constraints, indexes and tables, as CREATE and ALTER TABLE spell them. */
final class Definitions {

  private Definitions() {}

  static String column(Column column, List<Constraint> inline) {
    StringBuilder text = new StringBuilder(quote(column.name()));
    text.append(' ').append(column.type().text());
    Column.Attributes attributes = column.attributes();
    boolean national = column.type().text().toUpperCase(java.util.Locale.ROOT).startsWith("N");
    attributes
        .charset()
        .filter(c -> !national)
        .ifPresent(c -> text.append(" CHARACTER SET ").append(c));
    column.collation().ifPresent(c -> text.append(" COLLATE ").append(c));
    column.generated().ifPresent(g -> text.append(generated(g)));
    boolean rowPeriod =
        column.generated().map(g -> g.expression().sql().startsWith("ROW ")).orElse(false);
    if (!column.nullable() && !rowPeriod) {
      text.append(" NOT NULL");
    } else if (column.type().name().equals("timestamp") && !rowPeriod) {
      // Older servers make it NOT NULL where nothing is said.
      text.append(" NULL");
    }
    column.defaultValue().ifPresent(d -> text.append(" DEFAULT ").append(d.sql()));
    attributes.onUpdate().ifPresent(u -> text.append(" ON UPDATE ").append(u));
    if (column.identity().isPresent()) {
      text.append(" AUTO_INCREMENT");
    }
    if (attributes.invisible()) {
      text.append(" INVISIBLE");
    }
    attributes.comment().ifPresent(c -> text.append(" COMMENT ").append(plainLiteral(c)));
    if (!column.options().isEmpty()) {
      text.append(' ').append(column.options());
    }
    inline.forEach(c -> text.append(' ').append(inline(c)));
    return text.toString();
  }

  private static String generated(Column.Generated generated) {
    String expression = generated.expression().sql();
    return expression.startsWith("ROW ")
        ? " GENERATED ALWAYS AS " + expression
        : " GENERATED ALWAYS AS ("
            + expression
            + ")"
            + (generated.stored() ? " STORED" : " VIRTUAL");
  }

  private static String inline(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> "PRIMARY KEY";
      case Constraint.ForeignKey key -> references(key);
      case Constraint.Check check -> check(check);
      case Constraint.Unique ignored -> "UNIQUE";
      case Constraint.Exclude ignored -> throw unknown(constraint);
      case Constraint.NotNull ignored -> throw unknown(constraint);
    };
  }

  private static IllegalArgumentException unknown(Constraint constraint) {
    return new IllegalArgumentException("MySQL has no " + constraint.getClass().getSimpleName());
  }

  static String constraint(Constraint constraint, boolean ifNotExists) {
    return switch (constraint) {
      case Constraint.PrimaryKey key ->
          "PRIMARY KEY ("
              + key.columns().stream()
                  .map(c -> quote(c) + spaced(key.modifier(c)))
                  .collect(Collectors.joining(", "))
              + ")"
              + spaced(key.storage());
      case Constraint.ForeignKey key ->
          named(constraint, ifNotExists)
              + "FOREIGN KEY "
              + key.index().map(i -> quote(i) + " ").orElse("")
              + "("
              + names(key.columns())
              + ") "
              + references(key);
      case Constraint.Check check -> named(constraint, ifNotExists) + check(check);
      case Constraint.Unique key ->
          named(constraint, ifNotExists) + "UNIQUE (" + names(key.columns()) + ")";
      case Constraint.Exclude ignored -> throw unknown(constraint);
      case Constraint.NotNull ignored -> throw unknown(constraint);
    };
  }

  private static String named(Constraint constraint, boolean ifNotExists) {
    return constraint
        .name()
        .map(n -> "CONSTRAINT " + (ifNotExists ? "IF NOT EXISTS " : "") + quote(n) + " ")
        .orElse("");
  }

  private static String check(Constraint.Check check) {
    return "CHECK (" + check.expression().sql() + ")" + (check.enforced() ? "" : " NOT ENFORCED");
  }

  private static String references(Constraint.ForeignKey key) {
    return "REFERENCES "
        + quote(key.parent())
        + (key.parentColumns().isEmpty() ? "" : " (" + names(key.parentColumns()) + ")")
        + (key.matchFull() ? " MATCH FULL" : "")
        + action(" ON DELETE ", key.onDelete())
        + action(" ON UPDATE ", key.onUpdate());
  }

  private static String action(String when, Constraint.Action action) {
    return action == Constraint.Action.NO_ACTION ? "" : when + action.name().replace('_', ' ');
  }

  /** The words in front of INDEX. */
  static String kind(Index index) {
    if (index.unique()) {
      return "UNIQUE ";
    }
    return switch (index.method()) {
      case "btree", "hash" -> "";
      default -> index.method().toUpperCase(java.util.Locale.ROOT) + " ";
    };
  }

  /** The keys and what follows them. */
  static String keys(Index index, boolean mariadb) {
    String keys =
        index.columns().stream()
            .map(
                c ->
                    c.column().map(Quoting::quote).orElseGet(() -> c.key().sql())
                        + spaced(c.modifiers()))
            .collect(Collectors.joining(", "));
    return "("
        + keys
        + ")"
        + (index.method().equals("hash") ? " USING HASH" : "")
        + spaced(index.storage())
        + (index.hidden() ? mariadb ? " IGNORED" : " INVISIBLE" : "");
  }

  static String position(Optional<Position> position) {
    return position
        .map(
            p ->
                switch (p) {
                  case Position.First ignored -> " FIRST";
                  case Position.After after -> " AFTER " + quote(after.column());
                })
        .orElse("");
  }

  static String create(Change.CreateTable change, boolean mariadb) {
    Table table = change.table();
    if (table.properties().containsKey("PERIOD")) {
      throw new IllegalArgumentException("a table with a period has no text but its own");
    }
    List<String> lines = new ArrayList<>();
    table.columns().forEach(c -> lines.add(column(c, List.of())));
    table.constraints().forEach(c -> lines.add(constraint(c, false)));
    for (Index index : change.indexes()) {
      lines.add(
          kind(index)
              + "KEY "
              + index.name().map(n -> quote(n.name()) + " ").orElse("")
              + keys(index, mariadb));
    }
    String like =
        change.copies().isEmpty() ? "" : " LIKE " + quote(change.copies().getFirst().table());
    return "CREATE "
        + (change.temporary() ? "TEMPORARY " : "")
        + "TABLE "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + quote(table.name())
        + like
        + (lines.isEmpty() ? "" : " (\n  " + String.join(",\n  ", lines) + "\n)")
        + spaced(change.storage())
        + table.partitionKey().map(p -> " " + p.sql()).orElse("")
        + change.query().map(q -> " AS " + q.sql()).orElse("");
  }

  static String spaced(String text) {
    return text.isEmpty() ? "" : " " + text;
  }
}
