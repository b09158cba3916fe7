package dev.sluice.dialect.postgresql.writing;

import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.dialect.RowCopy;
import dev.sluice.dialect.RowCopy.Value;
import dev.sluice.dialect.Writer.Carry;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The triggers on a table whose rows are copied to another one. A value there that is not the one
 * that followed from the row as it was has been written by somebody who knows the table: it stays.
 *
 * <p>Rows go before those that they were made of, whose keys they may hold on to, and come after
 * them. The function has its owner's rights: the old version was never granted any on the new
 * table.
 */
final class CarryTrigger {

  private final Carry carry;
  private final RowCopy copy;

  CarryTrigger(Carry carry) {
    this.carry = carry;
    this.copy = carry.copy();
  }

  List<String> create() {
    return List.of(
        "CREATE FUNCTION "
            + quote(function())
            + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS "
            + Quoting.dollarQuoted(body()),
        trigger(carry.name(), "AFTER INSERT OR UPDATE"),
        trigger(carry.gone(), "BEFORE DELETE"));
  }

  private String trigger(Name name, String when) {
    return "CREATE TRIGGER "
        + quote(name)
        + " "
        + when
        + " ON "
        + quote(copy.source())
        + " FOR EACH ROW EXECUTE FUNCTION "
        + quote(function())
        + "()";
  }

  List<String> drop() {
    return List.of(
        "DROP TRIGGER IF EXISTS " + quote(carry.name()) + " ON " + quote(copy.source()),
        "DROP TRIGGER IF EXISTS " + quote(carry.gone()) + " ON " + quote(copy.source()),
        "DROP FUNCTION IF EXISTS " + quote(function()) + "()");
  }

  private QualifiedName function() {
    return new QualifiedName(copy.source().schema(), carry.name());
  }

  private String body() {
    return """

        #variable_conflict use_column
        DECLARE
          was record;
          made record;
          had boolean := false;
          has boolean := false;
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            %1$s
            had := FOUND;
          END IF;
          IF TG_OP <> 'DELETE' THEN
            %2$s
            has := FOUND;
          END IF;
          IF had AND has THEN
            IF %3$s THEN
              UPDATE %4$s SET %5$s
              WHERE %6$s;
            END IF;
          ELSIF had THEN
            DELETE FROM %4$s
            WHERE %6$s;
          ELSIF has THEN
            INSERT INTO %4$s (%7$s)
            VALUES (%8$s)
            ON CONFLICT (%9$s) DO NOTHING;
          END IF;
          IF TG_OP = 'DELETE' THEN
            RETURN OLD;
          END IF;
          RETURN NULL;
        END
        """
        .formatted(
            made("was", "OLD"),
            made("made", "NEW"),
            each(
                carry.followed(),
                c -> SyncTrigger.differ(field("was", c), field("made", c)),
                " OR "),
            quote(copy.target()),
            each(carry.followed(), this::following, ", "),
            each(carry.key(), c -> own(c) + " = " + field("was", c), " AND "),
            each(columns(), c -> quote(c), ", "),
            each(columns(), c -> field("made", c), ", "),
            each(carry.key(), c -> quote(c), ", "));
  }

  /** The row that follows from one of the source; none where it is not copied. */
  private String made(String into, String from) {
    return "SELECT %s INTO %s FROM (SELECT %s.*) AS %s%s;"
        .formatted(
            copy.values().stream()
                .map(v -> "CAST(" + v.sql() + " AS " + type(v) + ") AS " + quote(v.column()))
                .collect(Collectors.joining(", ")),
            into,
            from,
            quote(copy.row()),
            copy.where().map(w -> " WHERE (" + w + ")").orElse(""));
  }

  private String type(Value value) {
    String type = carry.types().get(value.column());
    if (type == null) {
      throw new IllegalArgumentException("no type is known of " + value.column());
    }
    return type;
  }

  private String following(Name column) {
    return "%s = CASE WHEN %s THEN %s ELSE %s END"
        .formatted(
            quote(column),
            SyncTrigger.differ(own(column), field("was", column)),
            own(column),
            field("made", column));
  }

  private List<Name> columns() {
    return copy.values().stream().map(Value::column).toList();
  }

  private static String each(List<Name> names, Function<Name, String> text, String between) {
    return names.stream().map(text).collect(Collectors.joining(between));
  }

  private String own(Name column) {
    return quote(copy.target().name()) + "." + quote(column);
  }

  private static String field(String row, Name column) {
    return row + "." + quote(column);
  }
}
