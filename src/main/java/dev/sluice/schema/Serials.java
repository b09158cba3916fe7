package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A serial column is an integer whose default draws from a sequence that it owns; that is how a
 * dump writes it (manual, "Serial Types").
 */
final class Serials {

  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");
  private static final Pattern DRAWS =
      Pattern.compile("(?is)\\s*nextval\\s*\\(\\s*'[^']*'(\\s*::\\s*(text|regclass))*\\s*\\)\\s*");

  private Serials() {}

  /** Marks the column as serial where it has become one. */
  static void recognise(Draft draft, QualifiedName table, Name column) {
    Schema now = draft.schema();
    now.column(table, column)
        .filter(c -> c.identity().isEmpty() && INTEGERS.contains(c.type().name()))
        .flatMap(Column::defaultValue)
        .filter(d -> drawsFromItsOwn(now, table, column, d))
        .ifPresent(
            d ->
                draft.change(
                    table,
                    t ->
                        t.withColumns(
                            t.columns().stream()
                                .map(c -> c.name().equals(column) ? serial(c) : c)
                                .toList())));
  }

  private static boolean drawsFromItsOwn(
      Schema now, QualifiedName table, Name column, Fragment value) {
    ColumnName owner = new ColumnName(now.resolve(table), column);
    return DRAWS.matcher(value.sql()).matches()
        && value.references().relations().stream()
            .anyMatch(
                s ->
                    now.other(ObjectKind.SEQUENCE, s)
                        .flatMap(Schema.Other::owner)
                        .filter(owner::equals)
                        .isPresent());
  }

  private static Column serial(Column column) {
    return column.withDefault(Optional.empty()).withIdentity(Optional.of(Column.Identity.SERIAL));
  }
}
