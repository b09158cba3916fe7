package dev.sluice.dialect.postgresql.writing;

import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.dialect.Lookup;
import dev.sluice.dialect.Writer.Follow;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The trigger on a table in which another one looks a value up. A value that is not the one that
 * followed from the row as it was has been written by somebody who knows the column: it stays.
 */
final class FollowTrigger {

  private final Follow follow;
  private final Lookup lookup;

  FollowTrigger(Follow follow) {
    this.follow = follow;
    this.lookup = follow.lookup();
  }

  List<String> create() {
    return List.of(
        "CREATE FUNCTION "
            + quote(function())
            + "() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS "
            + Quoting.dollarQuoted(body()),
        "CREATE TRIGGER "
            + quote(follow.name())
            + " AFTER INSERT OR UPDATE ON "
            + quote(lookup.source())
            + " FOR EACH ROW EXECUTE FUNCTION "
            + quote(function())
            + "()");
  }

  List<String> drop() {
    return List.of(
        "DROP TRIGGER IF EXISTS " + quote(follow.name()) + " ON " + quote(lookup.source()),
        "DROP FUNCTION IF EXISTS " + quote(function()) + "()");
  }

  private QualifiedName function() {
    return new QualifiedName(lookup.source().schema(), follow.name());
  }

  private String body() {
    return """

        #variable_conflict use_column
        BEGIN
          IF TG_OP = 'INSERT' THEN
            %1$s
              WHERE (%2$s) AND %3$s IS NULL%4$s;
          ELSIF %5$s THEN
            %1$s
              WHERE ((%2$s) OR (%6$s)) AND NOT (%7$s)%4$s;
          END IF;
          RETURN NULL;
        END
        """
        .formatted(
            "UPDATE %s SET %s = %s"
                .formatted(quote(follow.table()), quote(lookup.column()), follow.up()),
            match("NEW"),
            own(lookup.column()),
            lookup.where().map(w -> " AND (" + w + ")").orElse(""),
            lookup.needed().stream()
                .sorted()
                .map(c -> SyncTrigger.differ("NEW." + quote(c), "OLD." + quote(c)))
                .collect(Collectors.joining(" OR ")),
            match("OLD"),
            SyncTrigger.differ(own(lookup.column()), before()));
  }

  /** The rows of the table that look the row up. */
  private String match(String row) {
    return lookup.keys().stream()
        .map(k -> own(k.own()) + " = " + row + "." + quote(k.source()))
        .collect(Collectors.joining(" AND "));
  }

  /** What followed from the row as it was. */
  private String before() {
    return "CAST((SELECT %s FROM (SELECT OLD.*) AS %s WHERE %s) AS %s)"
        .formatted(lookup.value(), quote(lookup.sourceRow()), lookup.condition(), follow.type());
  }

  private String own(Name column) {
    return quote(follow.table().name()) + "." + quote(column);
  }
}
