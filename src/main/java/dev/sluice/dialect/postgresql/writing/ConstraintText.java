package dev.sluice.dialect.postgresql.writing;

import static dev.sluice.dialect.postgresql.writing.Quoting.columns;
import static dev.sluice.dialect.postgresql.writing.Quoting.quote;

import dev.sluice.schema.Constraint;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Constraints as SQL text: behind ADD or in a column list, and inline behind a column. */
final class ConstraintText {

  private ConstraintText() {}

  /** As a table constraint. */
  static String ofTable(Constraint constraint) {
    return named(constraint)
        + switch (constraint) {
          case Constraint.PrimaryKey c ->
              "PRIMARY KEY "
                  + keyed(c.columns(), c.usingIndex(), c.withoutOverlaps())
                  + spaced(c.storage())
                  + timing(c.timing());
          case Constraint.Unique c ->
              "UNIQUE "
                  + nullsDistinct(c)
                  + keyed(c.columns(), c.usingIndex(), c.withoutOverlaps())
                  + spaced(c.storage())
                  + timing(c.timing());
          case Constraint.ForeignKey c ->
              "FOREIGN KEY " + spanned(c.columns(), c.period()) + " " + references(c);
          case Constraint.Check c -> check(c);
          case Constraint.Exclude c ->
              "EXCLUDE" + spaced(c.definition().sql()) + timing(c.timing());
          case Constraint.NotNull c -> "NOT NULL " + quote(c.column()) + notValid(c.validated());
        };
  }

  /** As a constraint of the one column that it stands on. */
  static String ofColumn(Constraint constraint) {
    return named(constraint)
        + switch (constraint) {
          case Constraint.PrimaryKey c -> "PRIMARY KEY" + spaced(c.storage()) + timing(c.timing());
          case Constraint.Unique c ->
              ("UNIQUE " + nullsDistinct(c)).strip() + spaced(c.storage()) + timing(c.timing());
          case Constraint.ForeignKey c -> references(c);
          case Constraint.Check c -> check(c);
          case Constraint.NotNull c -> "NOT NULL" + notValid(c.validated());
          case Constraint.Exclude c ->
              throw new IllegalArgumentException(
                  "EXCLUDE" + spaced(c.definition().sql()) + " is never a column's constraint");
        };
  }

  private static String named(Constraint constraint) {
    return constraint.name().map(n -> "CONSTRAINT " + quote(n) + " ").orElse("");
  }

  private static String keyed(List<Name> key, Optional<Name> usingIndex, boolean withoutOverlaps) {
    String own = columns(key);
    return usingIndex
        .map(i -> "USING INDEX " + quote(i))
        .orElse(withoutOverlaps ? own.substring(0, own.length() - 1) + " WITHOUT OVERLAPS)" : own);
  }

  /** The columns of a foreign key or of its parent, the last one a PERIOD. */
  private static String spanned(List<Name> columns, boolean period) {
    return columns.stream()
        .map(c -> (period && c.equals(columns.getLast()) ? "PERIOD " : "") + quote(c))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String nullsDistinct(Constraint.Unique unique) {
    return unique.nullsDistinct() ? "" : "NULLS NOT DISTINCT ";
  }

  private static String references(Constraint.ForeignKey key) {
    return "REFERENCES "
        + quote(key.parent())
        + (key.parentColumns().isEmpty() ? "" : " " + spanned(key.parentColumns(), key.period()))
        + (key.matchFull() ? " MATCH FULL" : "")
        + action(" ON DELETE ", key.onDelete())
        + (key.cleared().isEmpty() ? "" : " " + columns(key.cleared()))
        + action(" ON UPDATE ", key.onUpdate())
        + timing(key.timing())
        + (key.enforced() ? notValid(key.validated()) : " NOT ENFORCED");
  }

  private static String check(Constraint.Check check) {
    return "CHECK ("
        + check.expression().sql()
        + ")"
        + (check.inherited() ? "" : " NO INHERIT")
        + (check.enforced() ? notValid(check.validated()) : " NOT ENFORCED");
  }

  private static String action(String when, Constraint.Action action) {
    return switch (action) {
      case NO_ACTION -> "";
      case RESTRICT, CASCADE, SET_NULL, SET_DEFAULT -> when + action.name().replace('_', ' ');
    };
  }

  private static String timing(Constraint.Timing timing) {
    return switch (timing) {
      case IMMEDIATE -> "";
      case DEFERRABLE -> " DEFERRABLE";
      case INITIALLY_DEFERRED -> " DEFERRABLE INITIALLY DEFERRED";
    };
  }

  private static String notValid(boolean validated) {
    return validated ? "" : " NOT VALID";
  }

  private static String spaced(String text) {
    return text.isEmpty() ? "" : " " + text;
  }
}
