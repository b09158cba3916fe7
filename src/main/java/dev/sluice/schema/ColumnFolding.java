package dev.sluice.schema;

import dev.sluice.schema.Schema.Other;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Columns. */
final class ColumnFolding {
  private ColumnFolding() {}

  static void add(Draft draft, Change.AddColumn change) {
    Schema before = draft.schema();
    QualifiedName name = before.resolve(change.table());
    Column column = resolved(change.column(), before);
    if (change.ifNotExists() && before.column(name, column.name()).isPresent()) {
      return;
    }
    firstSeen(draft, name);
    draft.withHeirs(
        name,
        table -> {
          List<Column> columns = new ArrayList<>(table.columns());
          columns.removeIf(c -> c.name().equals(column.name()));
          columns.add(place(columns, change.position()), column);
          draft.put(table.withColumns(columns));
        });
    addSequence(draft, name, column);
    ConstraintFolding.addAll(draft, name, change.constraints());
  }

  /** Where it goes; at the end where the column before it was never seen. */
  static int place(List<Column> columns, Optional<Position> position) {
    if (position.isEmpty()) {
      return columns.size();
    }
    return switch (position.get()) {
      case Position.First ignored -> 0;
      case Position.After after -> {
        List<Name> names = columns.stream().map(Column::name).toList();
        int at = names.indexOf(after.column());
        yield at < 0 ? columns.size() : at + 1;
      }
    };
  }

  /** A table that the replay meets first when it is altered: it is there, and mostly unknown. */
  static void firstSeen(Draft draft, QualifiedName table) {
    if (!draft.tables.has(table) && !draft.views.has(table)) {
      draft.put(Table.unseen(table));
    }
  }

  /** The column with the names in its expressions resolved. */
  static Column resolved(Column column, Schema at) {
    return column
        .withDefault(column.defaultValue().map(at::resolved))
        .withGenerated(
            column
                .generated()
                .map(g -> new Column.Generated(at.resolved(g.expression()), g.stored())));
  }

  /** The sequence behind a serial or identity column. */
  static void addSequence(Draft draft, QualifiedName table, Column column) {
    Optional<Column.Identity> identity =
        column.identity().filter(i -> i != Column.Identity.AUTO_INCREMENT);
    if (identity.isPresent()) {
      Name name = draft.conventions.sequence(table, column.name(), draft.taken(table));
      draft.put(
          new Other(
              draft
                  .schema()
                  .objectName(ObjectKind.SEQUENCE, Optional.empty(), table.withName(name)),
              Optional.of(table),
              Optional.of(new ColumnName(table, column.name())),
              Fragment.literal("")));
    }
  }

  static void type(Draft draft, Change.AlterColumnType change) {
    draft.changeColumn(
        change.table(), change.column(), c -> c.withType(change.type(), change.collation()));
  }

  static void setDefault(Draft draft, Change.SetDefault change) {
    Fragment value = draft.schema().resolved(change.value());
    draft.changeColumn(
        change.table(),
        change.column(),
        c -> c.withDefault(Optional.of(value)).withIdentity(declared(c)));
    Serials.recognise(draft, change.table(), change.column());
  }

  static void dropDefault(Draft draft, Change.DropDefault change) {
    draft.changeColumn(
        change.table(),
        change.column(),
        c -> c.withDefault(Optional.empty()).withIdentity(declared(c)));
  }

  /** Serial is only a default: it ends with it. */
  private static Optional<Column.Identity> declared(Column column) {
    return column.identity().filter(i -> i != Column.Identity.SERIAL);
  }

  static void nullable(Draft draft, QualifiedName table, Name column, boolean may) {
    draft.changeColumn(table, column, c -> c.withNullable(may));
    if (may) {
      draft.withHeirs(
          table,
          t ->
              draft.put(
                  t.withConstraints(
                      t.constraints().stream()
                          .filter(
                              c ->
                                  !(c instanceof Constraint.NotNull notNull
                                      && notNull.column().equals(column)))
                          .toList())));
    }
  }

  static void addIdentity(Draft draft, Change.AddIdentity change) {
    draft.changeColumn(
        change.table(), change.column(), c -> c.withIdentity(Optional.of(change.how())));
    draft
        .schema()
        .column(change.table(), change.column())
        .ifPresent(c -> addSequence(draft, draft.schema().resolve(change.table()), c));
  }

  static void dropIdentity(Draft draft, Change.DropIdentity change) {
    draft.changeColumn(change.table(), change.column(), c -> c.withIdentity(Optional.empty()));
    Dropping.ownedSequences(draft, draft.schema().resolve(change.table()), change.column());
  }

  static void dropExpression(Draft draft, Change.DropExpression change) {
    draft.changeColumn(change.table(), change.column(), c -> c.withGenerated(Optional.empty()));
  }

  static void setExpression(Draft draft, Change.SetExpression change) {
    Fragment expression = draft.schema().resolved(change.expression());
    draft.changeColumn(
        change.table(),
        change.column(),
        c ->
            c.withGenerated(
                Optional.of(
                    new Column.Generated(
                        expression, c.generated().map(Column.Generated::stored).orElse(true)))));
  }

  static void option(Draft draft, Change.AlterColumnOption change) {
    String text = change.text().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (text.contains("SET GENERATED ALWAYS")) {
      draft.changeColumn(
          change.table(),
          change.column(),
          c -> c.withIdentity(Optional.of(Column.Identity.ALWAYS)));
    } else if (text.contains("SET GENERATED BY DEFAULT")) {
      draft.changeColumn(
          change.table(),
          change.column(),
          c -> c.withIdentity(Optional.of(Column.Identity.BY_DEFAULT)));
    } else if (text.equals("SET INVISIBLE") || text.equals("SET VISIBLE")) {
      draft.changeColumn(
          change.table(),
          change.column(),
          c -> c.withAttributes(c.attributes().withInvisible(text.endsWith(" INVISIBLE"))));
    }
  }
}
