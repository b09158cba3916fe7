package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether validated CHECKs show, as the server would find out, that rows belong to a partition, or
 * that none of them does: then it reads no rows (manual, "Partition Maintenance"). Understands
 * RANGE over one column and LIST, with the bounds in the CHECK word for word; says no to all else.
 */
final class PartitionProof {

  private final String key;

  /** What holds of each row, without that the key is not NULL; empty where it is not understood. */
  private final Set<List<String>> conditions;

  /** Of a LIST partition; empty for others. */
  private final Set<List<String>> values;

  /**
   * @param partitionKey {@code RANGE (at)}; empty where the parent was never seen
   * @param bounds from FOR VALUES on
   */
  PartitionProof(Optional<String> partitionKey, String bounds) {
    List<String> words = partitionKey.map(SqlText::tokens).orElse(List.of());
    boolean oneColumn = words.size() == 4 && words.get(1).equals("(");
    key = oneColumn ? words.get(2) : "";
    List<String> bare = withoutCasts(SqlText.tokens(bounds));
    conditions = oneColumn ? conditions(words.get(0), bare) : Set.of();
    boolean list = oneColumn && words.get(0).equals("list") && bare.contains("in");
    values = list ? listed(bare.subList(bare.indexOf("in") + 1, bare.size())) : Set.of();
  }

  private Set<List<String>> conditions(String method, List<String> bounds) {
    Set<List<String>> all = new HashSet<>();
    if (method.equals("range") && bounds.contains("from")) {
      int to = bounds.indexOf("to");
      List<String> low = Conjuncts.unwrapped(bounds.subList(bounds.indexOf("from") + 1, to));
      List<String> high = Conjuncts.unwrapped(bounds.subList(to + 1, bounds.size()));
      if (!low.equals(List.of("minvalue"))) {
        all.add(comparison(">=", low));
      }
      if (!high.equals(List.of("maxvalue"))) {
        all.add(comparison("<", high));
      }
    }
    if (method.equals("list") && bounds.contains("in")) {
      List<String> values = bounds.subList(bounds.indexOf("in"), bounds.size());
      List<String> condition = new ArrayList<>(List.of(key));
      condition.addAll(values);
      all.add(condition);
    }
    return all;
  }

  private List<String> comparison(String operator, List<String> value) {
    List<String> condition = new ArrayList<>(List.of(key));
    condition.addAll(SqlText.tokens(operator));
    condition.addAll(value);
    return condition;
  }

  /** Whether every row of the table is shown to belong to the partition. */
  boolean holdsIn(Optional<Table> table) {
    if (conditions.isEmpty() || table.isEmpty()) {
      return false;
    }
    Set<List<String>> known = new HashSet<>();
    checks(table.get()).forEach(c -> known.addAll(conditionsOf(c)));
    boolean notNull =
        known.contains(List.of(key, "is", "not", "null"))
            || table.get().column(new Name(Types.plain(key))).map(c -> !c.nullable()).orElse(false);
    return notNull
        && (known.containsAll(conditions)
            || (!values.isEmpty()
                && known.stream().map(this::valuesIn).anyMatch(v -> isAmong(v, values))));
  }

  private static boolean isAmong(Set<List<String>> some, Set<List<String>> all) {
    return !some.isEmpty() && all.containsAll(some);
  }

  /** Of {@code key = 5}, {@code key IN (5, 6)} and {@code key = ANY (ARRAY[5, 6])}; or empty. */
  private Set<List<String>> valuesIn(List<String> condition) {
    if (condition.size() < 3 || !condition.get(0).equals(key)) {
      return Set.of();
    }
    List<String> rest = condition.subList(2, condition.size());
    if (condition.get(1).equals("in")) {
      return listed(rest);
    }
    if (!condition.get(1).equals("=")) {
      return Set.of();
    }
    if (rest.size() > 4 && rest.subList(0, 2).equals(List.of("any", "("))) {
      List<String> array = Conjuncts.unwrapped(rest.subList(1, rest.size()));
      boolean brackets =
          array.size() > 2
              && array.subList(0, 2).equals(List.of("array", "["))
              && array.indexOf("]") == array.size() - 1;
      return brackets ? separated(array.subList(2, array.size() - 1)) : Set.of();
    }
    boolean constant = rest.stream().noneMatch(t -> SqlText.isWord(t) || t.startsWith("\""));
    return constant ? Set.of(rest) : Set.of();
  }

  private static Set<List<String>> listed(List<String> parenthesised) {
    return separated(Conjuncts.unwrapped(parenthesised));
  }

  private static Set<List<String>> separated(List<String> tokens) {
    return new HashSet<>(Conjuncts.split(tokens, ","));
  }

  /** Whether no row of the table is one that belongs to the partition. */
  boolean excludedFrom(Table table) {
    return !conditions.isEmpty() && checks(table).stream().anyMatch(this::excludes);
  }

  private boolean excludes(String check) {
    List<String> tokens = Conjuncts.unwrapped(withoutCasts(SqlText.tokens(check)));
    if (!tokens.isEmpty() && tokens.get(0).equals("not")) {
      Set<List<String>> inside = conditionsOf(String.join(" ", tokens.subList(1, tokens.size())));
      inside.remove(List.of(key, "is", "not", "null"));
      return inside.equals(conditions);
    }
    Set<List<String>> outside = new HashSet<>();
    Conjuncts.split(tokens, "or").forEach(part -> outside.add(Conjuncts.unwrapped(part)));
    Set<List<String>> opposites = new HashSet<>();
    conditions.forEach(c -> opposites.add(opposite(c)));
    return outside.equals(opposites);
  }

  /** {@code at < 1} for {@code at >= 1}. */
  private static List<String> opposite(List<String> condition) {
    List<String> other = new ArrayList<>(List.of(condition.get(0)));
    switch (condition.get(1)) {
      case ">" -> {
        other.add("<");
        other.addAll(condition.subList(3, condition.size()));
      }
      case "<" -> {
        other.addAll(List.of(">", "="));
        other.addAll(condition.subList(2, condition.size()));
      }
      default -> {
        other.add("not");
        other.addAll(condition.subList(1, condition.size()));
      }
    }
    return other;
  }

  private static List<String> checks(Table table) {
    return table.constraints().stream()
        .filter(c -> c instanceof Constraint.Check check && check.validated())
        .map(c -> ((Constraint.Check) c).expression().sql())
        .toList();
  }

  private static Set<List<String>> conditionsOf(String check) {
    Set<List<String>> conditions = new HashSet<>();
    Conjuncts.of(check).forEach(c -> conditions.add(withoutCasts(c)));
    return conditions;
  }

  /** {@code '2025-01-01'} of {@code '2025-01-01'::date} and {@code DATE '2025-01-01'}. */
  private static List<String> withoutCasts(List<String> tokens) {
    List<String> bare = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).equals("::")) {
        i++;
      } else {
        boolean typed =
            Set.of("date", "timestamp", "timestamptz").contains(tokens.get(i))
                && i + 1 < tokens.size()
                && tokens.get(i + 1).startsWith("'");
        if (!typed) {
          bare.add(tokens.get(i));
        }
      }
    }
    return bare;
  }
}
