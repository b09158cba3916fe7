package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names in SQL that no tree of the grammar stands behind: every word that is not reserved
 * counts as a column, in front of a parenthesis as a function, behind {@code ::} as a type. Too
 * many, never too few.
 */
final class Mentions {

  /** Words that the server takes for no name (manual, "SQL Key Words", reserved). */
  private static final Set<String> RESERVED =
      Set.of(
          "all",
          "analyse",
          "analyze",
          "and",
          "any",
          "array",
          "as",
          "asc",
          "asymmetric",
          "both",
          "case",
          "cast",
          "check",
          "collate",
          "column",
          "constraint",
          "create",
          "current_catalog",
          "current_date",
          "current_role",
          "current_time",
          "current_timestamp",
          "current_user",
          "default",
          "deferrable",
          "desc",
          "distinct",
          "do",
          "else",
          "end",
          "except",
          "false",
          "fetch",
          "for",
          "foreign",
          "from",
          "grant",
          "group",
          "having",
          "in",
          "initially",
          "intersect",
          "into",
          "lateral",
          "leading",
          "limit",
          "localtime",
          "localtimestamp",
          "not",
          "null",
          "offset",
          "on",
          "only",
          "or",
          "order",
          "placing",
          "primary",
          "references",
          "returning",
          "select",
          "session_user",
          "some",
          "symmetric",
          "system_user",
          "table",
          "then",
          "to",
          "trailing",
          "true",
          "union",
          "unique",
          "user",
          "using",
          "variadic",
          "when",
          "where",
          "window",
          "with");

  /** Reserved, and yet in front of a parenthesis. */
  private static final Set<String> BEFORE_PARENTHESIS =
      Set.of(
          "all",
          "and",
          "any",
          "array",
          "as",
          "asc",
          "case",
          "cast",
          "check",
          "distinct",
          "else",
          "except",
          "from",
          "having",
          "in",
          "intersect",
          "into",
          "lateral",
          "limit",
          "not",
          "offset",
          "on",
          "or",
          "references",
          "returning",
          "select",
          "some",
          "then",
          "unique",
          "union",
          "using",
          "when",
          "where",
          "with",
          "key",
          "values",
          "by",
          "over",
          "filter",
          "set");

  private final Set<References.Column> columns = new LinkedHashSet<>();
  private final Set<QualifiedName> functions = new LinkedHashSet<>();
  private final Set<QualifiedName> types = new LinkedHashSet<>();

  private Mentions() {}

  /** A piece with every name in it that could mean something. */
  static Fragment fragment(String sql) {
    return new Fragment(sql, in(sql, Set.of(), Set.of()));
  }

  /**
   * @param reads relations that are known to stand in it
   * @param writes tables that are known to be written by it
   */
  static References in(String sql, Set<QualifiedName> reads, Set<QualifiedName> writes) {
    Mentions mentions = new Mentions();
    mentions.collect(sql);
    return new References(
        reads, writes, mentions.columns, mentions.functions, mentions.types, true);
  }

  /**
   * Whether a word that is never a function stands in front of a parenthesis where a function
   * would: whoever read that as a call misread it.
   */
  static boolean callKeywords(String sql) {
    Scanner scanner = new Scanner(sql);
    String before = "";
    while (scanner.nextToken() != Scanner.Kind.END) {
      if (scanner.isSign('(')
          && RESERVED.contains(before)
          && !BEFORE_PARENTHESIS.contains(before)) {
        return true;
      }
      before = scanner.kind() == Scanner.Kind.WORD ? scanner.piece().toLowerCase(Locale.ROOT) : "";
    }
    return false;
  }

  private void collect(String sql) {
    Scanner scanner = new Scanner(sql);
    int colons = 0;
    scanner.nextToken();
    while (scanner.kind() != Scanner.Kind.END) {
      if (isName(scanner)) {
        boolean type = colons == 2;
        add(parts(scanner), type, scanner.isSign('('));
        colons = 0;
      } else {
        colons = scanner.isSign(':') ? colons + 1 : 0;
        if (scanner.isSign('*')) {
          columns.add(new References.Column(Optional.empty(), Optional.empty()));
        }
        scanner.nextToken();
      }
    }
  }

  /** A name and what follows it behind dots; the scanner then stands behind them. */
  private static List<Name> parts(Scanner scanner) {
    List<Name> parts = new ArrayList<>();
    parts.add(Identifiers.name(scanner.piece()));
    scanner.nextToken();
    while (scanner.isSign('.')) {
      scanner.nextToken();
      if (isName(scanner) || scanner.kind() == Scanner.Kind.WORD) {
        parts.add(Identifiers.name(scanner.piece()));
        scanner.nextToken();
      }
    }
    return parts;
  }

  private void add(List<Name> parts, boolean type, boolean called) {
    Name last = parts.get(parts.size() - 1);
    QualifiedName name =
        parts.size() == 1
            ? new QualifiedName(Optional.empty(), last)
            : new QualifiedName(Optional.of(parts.get(parts.size() - 2)), last);
    if (type) {
      if (!DataTypes.isBuiltIn(last.text())) {
        types.add(name);
      }
    } else if (called) {
      functions.add(name);
    } else {
      columns.add(new References.Column(Optional.empty(), Optional.of(last)));
    }
  }

  private static boolean isName(Scanner scanner) {
    return scanner.kind() == Scanner.Kind.QUOTED_IDENTIFIER
        || (scanner.kind() == Scanner.Kind.WORD
            && !RESERVED.contains(scanner.piece().toLowerCase(Locale.ROOT)));
  }
}
