package dev.sluice.dialect.mysql.writing;

import static dev.sluice.dialect.mysql.writing.Quoting.quote;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The two triggers that keep columns of a row in step: MySQL and MariaDB have none for INSERT and
 * UPDATE at once. They judge by values alone, by their bytes, so that a change of case or of
 * trailing spaces is carried over too. Triggers of one kind fire in the order in which they were
 * made: those behind whatever was there before.
 *
 * <p>Between two columns of which each is the other's value, both triggers mean the same when the
 * columns have swapped their names. Where the way back computes, what agrees with the old column is
 * left alone: it is how rows are filled, and may come back as something else.
 */
final class SyncTriggers {

  private static final Name NAMELESS = new Name("sluice_row");

  private final Sync sync;

  SyncTriggers(Sync sync) {
    this.sync = sync;
  }

  List<Change.CreateTrigger> all() {
    return List.of(
        trigger("ins", "BEFORE INSERT", insert()), trigger("upd", "BEFORE UPDATE", update()));
  }

  List<String> drop() {
    return all().stream()
        .map(
            t ->
                "DROP TRIGGER IF EXISTS "
                    + Quoting.schema(sync.table())
                    + quote(t.trigger().name()))
        .toList();
  }

  private Change.CreateTrigger trigger(String kind, String timing, String body) {
    return new Change.CreateTrigger(
        new Trigger(
            Quoting.fit(sync.name().text() + "_" + kind),
            sync.table(),
            timing,
            Optional.empty(),
            Fragment.literal("FOR EACH ROW " + body),
            false),
        false);
  }

  private String insert() {
    String carry = "IF " + is("NEW") + " IS NULL THEN SET " + is("NEW") + " = " + up() + "; ";
    return carry + (sync.down().isEmpty() ? "" : "ELSE SET " + down() + "; ") + "END IF";
  }

  private String update() {
    String written = changed(sync.newColumn());
    String sources =
        sync.oldColumns().stream().map(SyncTriggers::changed).collect(Collectors.joining(" OR "));
    String carry = "SET " + is("NEW") + " = " + up() + "; ";
    if (!sync.down().isEmpty()) {
      String back = "SET " + down() + "; ";
      return "IF "
          + written
          + " THEN "
          + (isCopy()
              ? back
              : "IF "
                  + MysqlWriter.wouldChangeTo(is("NEW"), up(), sync.type())
                  + " THEN "
                  + back
                  + "END IF; ")
          + "ELSEIF "
          + sources
          + " THEN "
          + carry
          + "END IF";
    }
    return "IF NOT ("
        + written
        + ")"
        + (sources.isEmpty() ? " AND " + is("NEW") + " IS NULL" : " AND (" + sources + ")")
        + " THEN "
        + carry
        + "END IF";
  }

  private String is(String row) {
    return field(row, sync.newColumn());
  }

  /** Whether each is the other's value. */
  private boolean isCopy() {
    return sync.down().equals(quote(sync.newColumn()))
        && sync.up().equals(quote(sync.oldColumns().getFirst()));
  }

  private String down() {
    String value = sync.down().equals(quote(sync.newColumn())) ? is("NEW") : ofRow(sync.down());
    return field("NEW", sync.oldColumns().getFirst()) + " = " + value;
  }

  /** The expression over the bare columns, without touching its text. */
  private String up() {
    if (sync.oldColumns().size() == 1 && sync.up().equals(quote(sync.oldColumns().getFirst()))) {
      return field("NEW", sync.oldColumns().getFirst());
    }
    return ofRow(sync.up());
  }

  private String ofRow(String expression) {
    return "(SELECT ("
        + expression
        + ") FROM (SELECT "
        + Stream.concat(Stream.of(sync.newColumn()), sync.oldColumns().stream())
            .map(c -> field("NEW", c) + " AS " + quote(c))
            .collect(Collectors.joining(", "))
        + ") AS "
        + quote(sync.row().orElse(NAMELESS))
        + ")";
  }

  private static String changed(Name column) {
    return differ(field("NEW", column), field("OLD", column));
  }

  /** By bytes, or case and accents would be lost. */
  static String differ(String one, String other) {
    return "NOT (CAST((" + one + ") AS BINARY) <=> CAST((" + other + ") AS BINARY))";
  }

  private static String field(String row, Name column) {
    return row + "." + quote(column);
  }
}
