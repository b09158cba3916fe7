package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * ALTER TABLE with clauses {@code ALTER CONSTRAINT … [NOT] ENFORCED} (PostgreSQL 18), which the
 * grammar does not know; it reads the others.
 */
final class Enforcement {

  private static final Set<String> ATTRIBUTES =
      Set.of("NOT", "ENFORCED", "DEFERRABLE", "INITIALLY", "DEFERRED", "IMMEDIATE");

  private Enforcement() {}

  /** Empty for every other statement. */
  static List<Change> read(String sql) {
    Scanner scanner = new Scanner(sql);
    scanner.nextToken();
    if (!accept(scanner, "ALTER") || !accept(scanner, "TABLE")) {
      return List.of();
    }
    if (accept(scanner, "IF")) {
      accept(scanner, "EXISTS");
    }
    accept(scanner, "ONLY");
    StringBuilder name = new StringBuilder(scanner.piece());
    scanner.nextToken();
    while (scanner.isSign('.')) {
      scanner.nextToken();
      name.append('.').append(scanner.piece());
      scanner.nextToken();
    }
    if (scanner.isSign('*')) {
      scanner.nextToken();
    }
    Optional<QualifiedName> table = Constants.relation(name.toString());
    if (table.isEmpty()) {
      return List.of();
    }
    String head = sql.substring(0, scanner.start());
    List<String> clauses = clauses(sql, scanner);
    if (clauses.stream().allMatch(c -> altered(table.get(), c).isEmpty())) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    for (String clause : clauses) {
      altered(table.get(), clause)
          .ifPresentOrElse(changes::add, () -> changes.addAll(Statements.read(head + clause)));
    }
    return changes;
  }

  private static boolean accept(Scanner scanner, String word) {
    boolean is = scanner.isWord(word);
    if (is) {
      scanner.nextToken();
    }
    return is;
  }

  /** Between the commas outside of parentheses, from where the scanner stands. */
  private static List<String> clauses(String sql, Scanner scanner) {
    List<String> clauses = new ArrayList<>();
    int start = scanner.start();
    int end = start;
    int depth = 0;
    while (scanner.kind() != Scanner.Kind.END && !(depth == 0 && scanner.isSign(';'))) {
      depth += scanner.isSign('(') ? 1 : scanner.isSign(')') ? -1 : 0;
      if (depth == 0 && scanner.isSign(',')) {
        clauses.add(sql.substring(start, end));
        scanner.nextToken();
        start = scanner.start();
      } else {
        end = scanner.end();
        scanner.nextToken();
      }
    }
    clauses.add(sql.substring(start, end));
    return clauses;
  }

  private static Optional<Change> altered(QualifiedName table, String clause) {
    Scanner scanner = new Scanner(clause);
    scanner.nextToken();
    if (!accept(scanner, "ALTER") || !accept(scanner, "CONSTRAINT")) {
      return Optional.empty();
    }
    Name constraint = Identifiers.name(scanner.piece());
    List<String> words = new ArrayList<>();
    while (scanner.nextToken() == Scanner.Kind.WORD) {
      words.add(scanner.piece().toUpperCase(Locale.ROOT));
    }
    boolean known = scanner.kind() == Scanner.Kind.END && ATTRIBUTES.containsAll(words);
    return known && words.contains("ENFORCED")
        ? Optional.of(new Change.AlterConstraint(table, constraint, String.join(" ", words)))
        : Optional.empty();
  }
}
