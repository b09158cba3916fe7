package dev.sluice.dialect.postgresql.probing;

import static dev.sluice.dialect.postgresql.probing.Catalog.both;
import static dev.sluice.dialect.postgresql.probing.Catalog.column;
import static dev.sluice.dialect.postgresql.probing.Catalog.exists;
import static dev.sluice.dialect.postgresql.probing.Catalog.not;
import static dev.sluice.dialect.postgresql.probing.Catalog.relation;
import static dev.sluice.dialect.postgresql.writing.Quoting.literal;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.DataType;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether columns and constraints are as a change leaves them. */
final class ColumnProbes {

  private ColumnProbes() {}

  static String renamed(Change.RenameColumn change) {
    return both(
        column(change.table(), change.to(), ""), not(column(change.table(), change.column(), "")));
  }

  /**
   * Empty where USING computes new values: the type alone would not tell whether they were
   * computed, if it was the same before.
   */
  static Optional<String> typed(Change.AlterColumnType change) {
    boolean castOnly =
        change
            .using()
            .map(u -> SqlText.tokens(u.sql()))
            .map(t -> t.contains("::") || t.contains("cast"))
            .orElse(true);
    if (!castOnly) {
      return Optional.empty();
    }
    String collated =
        change
            .collation()
            .map(ColumnProbes::collation)
            .map(c -> " AND a.attcollation IN (" + c + ")")
            .orElse("");
    return Optional.of(column(change.table(), change.column(), isType(change.type()) + collated));
  }

  private static String collation(String written) {
    List<String> parts = SqlText.tokens(written);
    return "SELECT oid FROM pg_catalog.pg_collation WHERE collname = "
        + literal(TableProbes.name(parts.get(parts.size() - 1)));
  }

  /** The type itself, and the arguments as {@code format_type} shows them. */
  private static String isType(DataType type) {
    String base = withoutArguments(type.text());
    String arguments = String.join(",", type.arguments()).toLowerCase(Locale.ROOT);
    return "a.atttypid = to_regtype("
        + literal(base)
        + ") AND replace(lower(coalesce("
        + "substring(pg_catalog.format_type(a.atttypid, a.atttypmod) from '\\((.*)\\)'), '')), ' ', '') = "
        + literal(arguments.replace(" ", ""));
  }

  /** {@code timestamp with time zone} of {@code timestamp(3) with time zone}. */
  private static String withoutArguments(String type) {
    StringBuilder base = new StringBuilder();
    int depth = 0;
    for (String token : SqlText.tokens(type)) {
      depth += token.equals("(") ? 1 : 0;
      if (depth == 0) {
        boolean glued = token.equals(".") || token.equals("[") || token.equals("]");
        boolean behindDot = base.length() > 0 && base.charAt(base.length() - 1) == '.';
        base.append(base.isEmpty() || glued || behindDot ? "" : " ").append(token);
      }
      depth -= token.equals(")") ? 1 : 0;
    }
    return base.toString();
  }

  /**
   * Compared with what the catalog prints, so only for constants and plain calls; empty for the
   * rest, which it prints in its own words. A constant that the server stores in another form
   * ({@code '2020-1-1'} as a date) is never found, and setting it again is harmless.
   */
  static Optional<String> defaulted(Change.SetDefault change) {
    List<String> tokens = SqlText.tokens(change.value().sql());
    String stored = "pg_catalog.pg_get_expr(d.adbin, d.adrelid)";
    return constant(tokens)
        .map(c -> sameConstant(stored, c))
        .or(() -> plainCall(tokens).map(c -> stored + " = " + literal(c)))
        .map(same -> storedDefault(change.table(), change.column(), same));
  }

  /** A word, number or string, with a sign or a cast. */
  private static Optional<String> constant(List<String> tokens) {
    boolean cast = tokens.size() > 2 && tokens.get(1).equals("::");
    if (tokens.size() == 1 || cast) {
      return Optional.of(tokens.get(0)).filter(t -> !t.equals("("));
    }
    return tokens.size() == 2 && tokens.get(0).equals("-")
        ? Optional.of("-" + tokens.get(1))
        : Optional.empty();
  }

  private static Optional<String> plainCall(List<String> tokens) {
    return tokens.size() == 3 && SqlText.isWord(tokens.get(0)) && tokens.get(1).equals("(")
        ? Optional.of(String.join("", tokens))
        : Optional.empty();
  }

  /** Numbers and booleans are stored bare or, where the type differs, quoted and cast. */
  private static String sameConstant(String stored, String constant) {
    String quoted = constant.startsWith("'") ? constant : "'" + constant + "'";
    return "(lower("
        + stored
        + ") = "
        + literal(constant)
        + " OR "
        + stored
        + " LIKE "
        + literal(like(quoted) + "::%")
        + ")";
  }

  /** {@code SET DEFAULT NULL} leaves a cast of NULL where the type has a length. */
  static String undefaulted(Change.DropDefault change) {
    return "NOT "
        + storedDefault(
            change.table(),
            change.column(),
            "pg_catalog.pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'NULL::%'");
  }

  private static String storedDefault(QualifiedName table, Name column, String where) {
    return exists(
        "pg_catalog.pg_attribute a JOIN pg_catalog.pg_attrdef d"
            + " ON d.adrelid = a.attrelid AND d.adnum = a.attnum",
        "a.attrelid = "
            + relation(table)
            + " AND a.attname = "
            + literal(column.text())
            + " AND NOT a.attisdropped AND "
            + where);
  }

  private static String like(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /** On PostgreSQL 18 a NOT NULL that is NOT VALID sets {@code attnotnull} too. */
  static String notNull(QualifiedName table, Name column) {
    return column(
        table,
        column,
        "a.attnotnull AND NOT "
            + exists(
                "pg_catalog.pg_constraint c",
                "c.conrelid = a.attrelid AND c.contype = 'n' AND c.conkey = ARRAY[a.attnum]"
                    + " AND NOT c.convalidated"));
  }

  static String identity(Change.AddIdentity change) {
    String letter = change.how() == Column.Identity.ALWAYS ? "a" : "d";
    return column(change.table(), change.column(), "a.attidentity = '" + letter + "'");
  }

  /** Empty for what is set on an identity's sequence, and for options. */
  static Optional<String> optioned(Change.AlterColumnOption change) {
    List<String> words = SqlText.tokens(change.text());
    String last = words.get(words.size() - 1);
    if (words.contains("statistics") && last.matches("\\d+") && !words.contains("-")) {
      return Optional.of(column(change.table(), change.column(), "a.attstattarget = " + last));
    }
    if (words.contains("storage") && !last.equals("default")) {
      String letter =
          switch (last) {
            case "main" -> "m";
            case "external" -> "e";
            case "extended" -> "x";
            default -> "p";
          };
      return Optional.of(
          column(change.table(), change.column(), "a.attstorage = '" + letter + "'"));
    }
    return Optional.empty();
  }

  /** By name; without one by its columns, where it stands on columns. */
  static Optional<String> added(Change.AddConstraint change) {
    QualifiedName table = change.table();
    Constraint constraint = change.constraint();
    if (constraint.name().isPresent()) {
      return Optional.of(Catalog.constraint(table, constraint.name().get(), validity(constraint)));
    }
    return switch (constraint) {
      case Constraint.PrimaryKey c ->
          Optional.of(
              exists(
                  "pg_catalog.pg_constraint",
                  "conrelid = " + relation(table) + " AND contype = 'p'"));
      case Constraint.Unique c ->
          c.usingIndex()
              // The constraint takes the index's name.
              .map(i -> Catalog.constraint(table, i, ""))
              .or(() -> Optional.of(Catalog.constraintOn(table, 'u', c.columns(), "")));
      case Constraint.ForeignKey c ->
          Optional.of(
              Catalog.constraintOn(
                  table,
                  'f',
                  c.columns(),
                  "c.confrelid = " + relation(c.parent()) + " AND " + validity(c)));
      case Constraint.NotNull c ->
          Optional.of(Catalog.constraintOn(table, 'n', c.columns(), validity(c)));
      case Constraint.Check c -> Optional.empty();
      case Constraint.Exclude c -> Optional.empty();
    };
  }

  private static String validity(Constraint constraint) {
    boolean validated =
        switch (constraint) {
          case Constraint.ForeignKey c -> c.validated();
          case Constraint.Check c -> c.validated();
          case Constraint.NotNull c -> c.validated();
          case Constraint.PrimaryKey c -> true;
          case Constraint.Unique c -> true;
          case Constraint.Exclude c -> true;
        };
    return validated ? "convalidated" : "true";
  }

  static String renamed(Change.RenameConstraint change) {
    return both(
        Catalog.constraint(change.table(), change.to(), ""),
        not(Catalog.constraint(change.table(), change.constraint(), "")));
  }

  /** Empty for INHERIT and NO INHERIT. */
  static Optional<String> altered(Change.AlterConstraint change) {
    List<String> words = SqlText.tokens(change.text());
    if (change.enforced().isPresent()) {
      // The column is there since 18, as the clause is.
      return Optional.of(
          Catalog.constraint(
              change.table(),
              change.constraint(),
              change.enforced().get() ? "conenforced" : "NOT conenforced"));
    }
    if (!words.contains("deferrable") && !words.contains("initially")) {
      return Optional.empty();
    }
    boolean deferred = words.contains("deferred");
    boolean deferrable = deferred || (words.contains("deferrable") && !words.contains("not"));
    return Optional.of(
        Catalog.constraint(
            change.table(),
            change.constraint(),
            (deferrable ? "condeferrable" : "NOT condeferrable")
                + (deferred ? " AND condeferred" : " AND NOT condeferred")));
  }
}
