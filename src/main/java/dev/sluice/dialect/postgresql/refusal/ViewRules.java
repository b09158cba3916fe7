package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Schema;
import dev.sluice.schema.View;
import dev.sluice.schema.ViewColumns;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A view keeps the columns that it has, by name and in their order, and only gets more behind them
 * (manual, "CREATE VIEW": error 42P16); and it has none of a table's definitions (42809).
 */
final class ViewRules {

  private static final String AGAIN = ": DROP VIEW and CREATE VIEW make it anew";

  private static final Set<String> TEXT_TO_TEXT =
      Set.of("lower", "upper", "initcap", "btrim", "ltrim", "rtrim", "reverse", "md5");

  private final Schema schema;

  ViewRules(Schema schema) {
    this.schema = schema;
  }

  Optional<String> of(Change change) {
    return switch (change) {
      case Change.CreateView c -> c.temporary() || !c.orReplace() ? none() : replaced(c.view());
      case Change.AddColumn c -> noTable(c.table(), "takes no columns by ALTER TABLE");
      case Change.DropColumn c -> noTable(c.table(), "loses no columns by ALTER TABLE");
      case Change.AlterColumnType c -> noTable(c.table(), "has the types of its query");
      case Change.SetNotNull c -> noTable(c.table(), "has no NOT NULL");
      case Change.DropNotNull c -> noTable(c.table(), "has no NOT NULL");
      case Change.AddConstraint c -> noTable(c.table(), "has no constraints");
      case Change.DropConstraint c -> noTable(c.table(), "has no constraints");
      case Change.CreateIndex c ->
          view(c.index().table())
              .filter(v -> !v.materialized())
              .map(v -> c.index().table() + " is a view, which has no indexes");
      default -> none();
    };
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private Optional<View> view(QualifiedName name) {
    return schema.view(name).filter(v -> schema.isSettled(v.name()));
  }

  private Optional<String> noTable(QualifiedName name, String why) {
    return view(name).map(v -> name + " is a view, and " + why);
  }

  private Optional<String> replaced(View now) {
    Optional<View> was = view(now.name()).filter(v -> !v.materialized());
    // A star of the old view stands for the columns that its tables had then.
    Optional<List<Name>> before =
        was.filter(v -> !ViewColumns.hasStar(v)).flatMap(v -> ViewColumns.of(v, schema));
    Optional<List<Name>> after = isKnown(now) ? ViewColumns.of(now, schema) : Optional.empty();
    if (before.isEmpty() || after.isEmpty()) {
      return none();
    }
    List<Name> old = before.get();
    List<Name> fresh = after.get();
    for (int at = 0; at < old.size(); at++) {
      if (at >= fresh.size() || !fresh.get(at).equals(old.get(at))) {
        return Optional.of(
            "CREATE OR REPLACE VIEW keeps the columns that are there, in their order: column "
                + (at + 1)
                + " of "
                + now.name()
                + " is "
                + old.get(at)
                + (at < fresh.size() ? ", not " + fresh.get(at) : ", and is missing")
                + AGAIN);
      }
    }
    return retyped(was.get(), now, old);
  }

  private Optional<String> retyped(View was, View now, List<Name> names) {
    List<Optional<DataType>> before = types(was);
    List<Optional<DataType>> after = types(now);
    for (int at = 0; at < Math.min(names.size(), Math.min(before.size(), after.size())); at++) {
      Optional<DataType> old = before.get(at);
      Optional<DataType> fresh = after.get(at);
      if (old.isPresent() && fresh.isPresent() && !old.equals(fresh)) {
        return Optional.of(
            "CREATE OR REPLACE VIEW keeps the types of the columns that are there: "
                + names.get(at)
                + " of "
                + now.name()
                + " is "
                + old.get()
                + ", not "
                + fresh.get()
                + AGAIN);
      }
    }
    return none();
  }

  /** Of the columns that a table has so. */
  private List<Optional<DataType>> types(View view) {
    Optional<QualifiedName> table =
        view.query().references().relations().stream().filter(schema::isCertain).findFirst();
    List<Optional<Name>> plain = ViewColumns.plain(view);
    List<Optional<ViewColumns.Call>> calls = ViewColumns.calls(view);
    return IntStream.range(0, plain.size())
        .mapToObj(
            at ->
                plain
                    .get(at)
                    .flatMap(n -> table.flatMap(t -> schema.column(t, n)))
                    .filter(k -> k.collation().isEmpty())
                    .map(Column::type)
                    .or(
                        () ->
                            calls
                                .get(at)
                                .filter(c -> isText(c, table))
                                .map(c -> new DataType("text", List.of(), 0, "text"))))
        .toList();
  }

  /** Of other arguments these functions return other types. */
  private boolean isText(ViewColumns.Call call, Optional<QualifiedName> table) {
    return TEXT_TO_TEXT.contains(call.function())
        && schema.routine(new QualifiedName(Optional.empty(), new Name(call.function()))).isEmpty()
        && table
            .flatMap(t -> schema.column(t, call.column()))
            .filter(k -> k.collation().isEmpty())
            .map(Column::type)
            .filter(t -> t.dimensions() == 0)
            .filter(t -> t.name().equals("text") || t.name().equals("character varying"))
            .isPresent();
  }

  /** In which order a star lists the columns of several tables no text tells here. */
  private boolean isKnown(View view) {
    return !ViewColumns.hasStar(view)
        || (view.query().references().relations().size() == 1
            && view.query().references().relations().stream().allMatch(schema::isCertain));
  }
}
