package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Schema.EnumType;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Statements of one file that put an enum in the place of another one, which has all of its values
 * and more: made, every column of the old one altered to it by its text, the old one dropped, its
 * name given to the new one. Tools write them so, because ALTER TYPE … ADD VALUE ran in no
 * transaction before PostgreSQL 12. It leaves what that leaves, and rewrites each table under
 * ACCESS EXCLUSIVE on the way.
 *
 * @param first position in the release of the first change that belongs to it
 * @param last position of the last one
 * @param type the enum's name, before and behind it
 * @param values behind it, in order
 */
record EnumSwap(int first, int last, QualifiedName type, List<String> before, List<String> values) {

  private static final Pattern NO_WORDS = Pattern.compile("[\\s()\"]+");
  private static final Pattern CAST = Pattern.compile("::.*$");

  EnumSwap {
    before = List.copyOf(before);
    values = List.copyOf(values);
  }

  boolean holds(int position) {
    return first <= position && position <= last;
  }

  /** What each of its changes is. */
  static Verdict verdict() {
    return Verdict.expand(
        "another type with the same values and more takes the place of this one: `plan` adds the"
            + " values to it as it is");
  }

  /** What adds the new values to the old type, in order. */
  List<Change.AddEnumValue> additions() {
    List<Change.AddEnumValue> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (!before.contains(values.get(i))) {
        boolean atEnd = values.subList(i, values.size()).stream().noneMatch(before::contains);
        String position =
            atEnd
                ? ""
                : i == 0
                    ? "BEFORE " + quoted(values.stream().filter(before::contains).findFirst().get())
                    : "AFTER " + quoted(values.get(i - 1));
        all.add(new Change.AddEnumValue(type, values.get(i), position, true));
      }
    }
    return all;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /**
   * @param scripts the file of each change
   * @param before the schema right before each change
   * @param end the schema behind the last one
   */
  static List<EnumSwap> in(
      List<Change> changes, IntFunction<String> scripts, IntFunction<Schema> before, Schema end) {
    List<EnumSwap> all = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      if (begins(changes.get(i), before.apply(i))) {
        Optional<EnumSwap> found = new Search(changes, scripts, before, end, i).found();
        if (found.isPresent()) {
          all.add(found.get());
          i = found.get().last();
        }
      }
    }
    return all;
  }

  private static boolean begins(Change change, Schema schema) {
    return (change instanceof Change.CreateType made && made.isEnum())
        || (change instanceof Change.RenameObject rename
            && rename.kind() == ObjectKind.TYPE
            && schema.enumType(rename.name()).isPresent())
        || change instanceof Change.DropDefault;
  }

  /** Looks for the one that begins at a change. */
  private record Search(
      List<Change> changes,
      IntFunction<String> scripts,
      IntFunction<Schema> schemas,
      Schema end,
      int first) {

    Optional<EnumSwap> found() {
      Schema start = schemas.apply(first);
      Set<QualifiedName> made = new HashSet<>();
      Set<ColumnName> altered = new HashSet<>();
      Set<ColumnName> defaults = new HashSet<>();
      Optional<EnumSwap> found = Optional.empty();
      for (int i = first;
          i < changes.size() && scripts.apply(i).equals(scripts.apply(first));
          i++) {
        Schema there = schemas.apply(i);
        boolean belongs =
            switch (changes.get(i)) {
              case Change.CreateType c -> c.isEnum() && made.add(there.place(c.type()));
              case Change.RenameObject c -> c.kind() == ObjectKind.TYPE;
              case Change.DropObject c -> c.kind() == ObjectKind.TYPE && !c.cascade();
              case Change.DropDefault c -> defaults.add(column(c.table(), c.column(), there));
              case Change.SetDefault c -> defaults.contains(column(c.table(), c.column(), there));
              case Change.AlterColumnType c ->
                  isByText(c, there) && altered.add(column(c.table(), c.column(), there));
              default -> false;
            };
        if (!belongs) {
          break;
        }
        Schema after = i + 1 < changes.size() ? schemas.apply(i + 1) : end;
        Optional<EnumSwap> whole = whole(i, start, after, altered, defaults);
        found = whole.isPresent() ? whole : found;
      }
      return found;
    }

    /** Whether by then all is as it was, but for values that one enum has got. */
    private Optional<EnumSwap> whole(
        int last, Schema start, Schema after, Set<ColumnName> altered, Set<ColumnName> defaults) {
      if (altered.isEmpty() || after.enumTypes().size() != start.enumTypes().size()) {
        return Optional.empty();
      }
      Map<QualifiedName, EnumType> enums = new HashMap<>();
      start.enumTypes().forEach(e -> enums.put(e.name(), e));
      List<EnumType> changed =
          after.enumTypes().stream().filter(e -> !e.equals(enums.get(e.name()))).toList();
      if (changed.size() != 1) {
        return Optional.empty();
      }
      QualifiedName type = changed.getFirst().name();
      List<String> values = changed.getFirst().values();
      return start
          .enumType(type)
          .map(EnumType::values)
          .filter(old -> values.stream().filter(old::contains).toList().equals(old))
          .filter(
              old ->
                  altered.equals(columnsOf(type, start))
                      && unchanged(altered, defaults, start, after))
          .map(old -> new EnumSwap(first, last, type, old, values));
    }

    private static Set<ColumnName> columnsOf(QualifiedName type, Schema schema) {
      Set<ColumnName> all = new HashSet<>();
      for (Table table : schema.tables()) {
        for (Column column : table.columns()) {
          if (schema.resolve(EffectsOf.typeName(column.type())).equals(type)) {
            all.add(new ColumnName(table.name(), column.name()));
          }
        }
      }
      return all;
    }

    private static boolean unchanged(
        Set<ColumnName> altered, Set<ColumnName> defaults, Schema start, Schema after) {
      return altered.containsAll(defaults)
          && altered.stream()
              .allMatch(
                  c -> {
                    Optional<Column> old = start.column(c.table(), c.column());
                    Optional<Column> now = after.column(c.table(), c.column());
                    return old.isPresent()
                        && now.isPresent()
                        && now.get().type().equals(old.get().type())
                        && value(now.get()).equals(value(old.get()));
                  });
    }

    /** A default without the type that it is cast to. */
    private static Optional<String> value(Column column) {
      return column.defaultValue().map(d -> CAST.matcher(d.sql()).replaceFirst("").strip());
    }
  }

  private static ColumnName column(QualifiedName table, Name column, Schema schema) {
    return new ColumnName(schema.resolve(table), column);
  }

  /** {@code USING state::text::status_new}, in whatever parentheses: each value stays its word. */
  private static boolean isByText(Change.AlterColumnType change, Schema schema) {
    QualifiedName type = EffectsOf.typeName(change.type());
    String text =
        change.using().map(Fragment::sql).map(u -> NO_WORDS.matcher(u).replaceAll("")).orElse("");
    String column = change.column().text();
    return schema.enumType(type).isPresent()
        && Set.of("text", "varchar").stream()
            .flatMap(
                between ->
                    List.of(
                        column + "::" + between + "::" + type.name(),
                        column + "::" + between + "::" + type)
                        .stream())
            .anyMatch(text::equalsIgnoreCase);
  }
}
