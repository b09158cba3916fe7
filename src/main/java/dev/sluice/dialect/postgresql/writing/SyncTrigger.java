package dev.sluice.dialect.postgresql.writing;

import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trigger that keeps two columns of a row in step while both versions run. It has no mode and
 * no marker: it judges by values alone, so it is right for every client, COPY and ON CONFLICT
 * included.
 */
final class SyncTrigger {

  private static final Name NAMELESS = new Name("sluice_row");

  private final Sync sync;

  SyncTrigger(Sync sync) {
    this.sync = sync;
  }

  List<String> create() {
    return List.of(
        "CREATE FUNCTION "
            + quote(function())
            + "() RETURNS trigger LANGUAGE plpgsql"
            // The expressions mean what they mean to the migration, whatever path the writer has.
            + " SET search_path FROM CURRENT AS "
            + Quoting.dollarQuoted(body()),
        "CREATE TRIGGER "
            + quote(sync.name())
            + " BEFORE INSERT OR UPDATE ON "
            + quote(sync.table())
            + " FOR EACH ROW EXECUTE FUNCTION "
            + quote(function())
            + "()");
  }

  Change.CreateTrigger trigger() {
    return new Change.CreateTrigger(
        new Trigger(
            sync.name(),
            sync.table(),
            "BEFORE INSERT OR UPDATE",
            Optional.of(function()),
            Fragment.literal(sync.down()),
            false),
        false);
  }

  List<String> drop() {
    return List.of(
        "DROP TRIGGER IF EXISTS " + quote(sync.name()) + " ON " + quote(sync.table()),
        "DROP FUNCTION IF EXISTS " + quote(function()) + "()");
  }

  private QualifiedName function() {
    return new QualifiedName(sync.table().schema(), sync.name());
  }

  /**
   * A new value that already follows from the old one leaves the old one alone. Without that the
   * backfill, which writes {@code new = up(old)}, would come back as {@code old = down(up(old))}
   * and damage the old column wherever the way back loses something.
   */
  private String body() {
    return """

        #variable_conflict use_column
        DECLARE
          given record := NEW;
        BEGIN
          IF TG_OP = 'UPDATE' AND NOT (%s) THEN
            RETURN NEW;
          END IF;
          %s := %s;
          IF %s
              AND (CASE TG_OP WHEN 'INSERT' THEN %s IS DISTINCT FROM NULL ELSE %s END) THEN
            %s := %s;%s
          END IF;
          RETURN NEW;
        END
        """
        .formatted(
            columns().map(c -> differ("NEW", "OLD", c)).collect(Collectors.joining(" OR ")),
            field("NEW", sync.newColumn()),
            value(sync.up()),
            differ("NEW", "given", sync.newColumn()),
            field("given", sync.newColumn()),
            differ("given", "OLD", sync.newColumn()),
            field("NEW", sync.newColumn()),
            field("given", sync.newColumn()),
            sync.down().isEmpty()
                ? ""
                : "\n    "
                    + field("NEW", sync.oldColumns().getFirst())
                    + " := "
                    + value(sync.down())
                    + ";");
  }

  private Stream<Name> columns() {
    return Stream.concat(Stream.of(sync.newColumn()), sync.oldColumns().stream());
  }

  private static String differ(String one, String other, Name column) {
    return differ(field(one, column), field(other, column));
  }

  /**
   * By image, not by {@code =} and not as text: json has no equality, citext and numeric find equal
   * what is not the same, and text depends on settings of the session (extra_float_digits). Manual,
   * "Composite Type Comparison".
   */
  static String differ(String one, String other) {
    return "ROW(%s)::record *<> ROW(%s)::record".formatted(one, other);
  }

  /** The expression over the bare columns, without touching its text. */
  private String value(String expression) {
    return "(SELECT (%s) FROM (SELECT %s) AS %s)"
        .formatted(
            expression,
            columns()
                .map(c -> field("given", c) + " AS " + quote(c))
                .collect(Collectors.joining(", ")),
            quote(sync.row().orElse(NAMELESS)));
  }

  private static String field(String row, Name column) {
    return row + "." + quote(column);
  }
}
