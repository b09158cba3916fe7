package dev.sluice.schema;

import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns that a view shows, as far as its text tells; empty where it does not. */
public final class ViewColumns {

  private static final Set<String> BEHIND_LIST =
      Set.of("from", "where", "group", "union", "intersect", "except", "order", "limit", "having");

  /** Names nothing by itself: a value, the end of a CASE, the second word of a type. */
  private static final Set<String> KEYWORDS =
      Set.of("end", "null", "true", "false", "precision", "varying", "zone");

  /** What an expression goes on behind. */
  private static final Set<String> CONTINUED =
      Set.of(
          "and",
          "or",
          "not",
          "is",
          "in",
          "like",
          "ilike",
          "similar",
          "to",
          "between",
          "symmetric",
          "collate",
          "zone",
          "time",
          "from",
          "distinct",
          "over",
          "escape",
          "any",
          "all",
          "some",
          "case",
          "when",
          "then",
          "else");

  private ViewColumns() {}

  /**
   * In the order of the view.
   *
   * @param schema whose tables a star means
   */
  public static Optional<List<Name>> of(View view, Schema schema) {
    if (!view.columns().isEmpty()) {
      return Optional.of(view.columns());
    }
    Optional<List<String>> list = list(view);
    if (list.isEmpty()) {
      return Optional.empty();
    }
    List<Name> columns = new ArrayList<>();
    for (List<String> item : Words.split(list.get(), ",")) {
      if (item.isEmpty()) {
        return Optional.empty();
      }
      if (item.getLast().equals("*")) {
        Optional<List<Name>> all = star(item, view, schema);
        if (all.isEmpty()) {
          return Optional.empty();
        }
        columns.addAll(all.get());
      } else {
        Optional<Name> name = named(item);
        if (name.isEmpty()) {
          return Optional.empty();
        }
        columns.add(name.get());
      }
    }
    return Optional.of(columns);
  }

  /**
   * The column that each of the view's columns is, of the only relation that it reads; empty for
   * what is computed, and all of them where there is a star.
   */
  public static List<Optional<Name>> plain(View view) {
    if (view.query().references().relations().size() != 1 || hasStar(view)) {
      return List.of();
    }
    return list(view).stream()
        .flatMap(l -> Words.split(l, ",").stream())
        .map(item -> isAliased(item) ? item.subList(0, item.size() - 2) : item)
        .map(item -> isPath(item) ? Optional.of(name(item.getLast())) : Optional.<Name>empty())
        .toList();
  }

  /**
   * Of its items those that are one call of a function with a column alone: the function and the
   * column; empty for all others. As {@link #plain} otherwise.
   */
  public static List<Optional<Call>> calls(View view) {
    if (view.query().references().relations().size() != 1 || hasStar(view)) {
      return List.of();
    }
    return list(view).stream()
        .flatMap(l -> Words.split(l, ",").stream())
        .map(item -> isAliased(item) ? item.subList(0, item.size() - 2) : item)
        .map(ViewColumns::call)
        .toList();
  }

  /** A function and the column that it is called with. */
  public record Call(String function, Name column) {}

  private static Optional<Call> call(List<String> item) {
    boolean call =
        item.size() > 3
            && isName(item.getFirst())
            && item.get(1).equals("(")
            && Words.closing(item, 1) == item.size() - 1
            && isPath(item.subList(2, item.size() - 1));
    return call
        ? Optional.of(new Call(item.getFirst(), name(item.get(item.size() - 2))))
        : Optional.empty();
  }

  private static boolean isAliased(List<String> item) {
    return item.size() > 2 && item.get(item.size() - 2).equals("as");
  }

  /** Whether a star stands for columns: those that its tables had when the view was made. */
  public static boolean hasStar(View view) {
    return list(view).stream()
        .flatMap(l -> Words.split(l, ",").stream())
        .anyMatch(item -> !item.isEmpty() && item.getLast().equals("*"));
  }

  private static Optional<List<String>> list(View view) {
    return selectList(Words.stripped(Words.of(view.query().sql())));
  }

  /** What stands between the outermost SELECT and its FROM. */
  private static Optional<List<String>> selectList(List<String> words) {
    int depth = 0;
    int start = -1;
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      if (word.equals("(") || word.equals("[")) {
        depth++;
      } else if (word.equals(")") || word.equals("]")) {
        depth--;
      } else if (depth == 0 && start < 0 && word.equals("select")) {
        start = at + 1;
      } else if (depth == 0 && start >= 0 && BEHIND_LIST.contains(word)) {
        return Optional.of(withoutDistinct(words.subList(start, at)));
      }
    }
    return start < 0
        ? Optional.empty()
        : Optional.of(withoutDistinct(words.subList(start, words.size())));
  }

  private static List<String> withoutDistinct(List<String> list) {
    if (list.isEmpty() || !(list.getFirst().equals("distinct") || list.getFirst().equals("all"))) {
      return list;
    }
    List<String> rest = list.subList(1, list.size());
    return rest.size() > 2 && rest.getFirst().equals("on") && rest.get(1).equals("(")
        ? rest.subList(Words.closing(rest, 1) + 1, rest.size())
        : rest;
  }

  /** All columns of the only relation, or for a bare star of all; empty where one is not known. */
  private static Optional<List<Name>> star(List<String> item, View view, Schema schema) {
    Set<QualifiedName> relations = view.query().references().relations();
    if (item.size() > 1 && relations.size() != 1) {
      return Optional.empty();
    }
    List<Name> columns = new ArrayList<>();
    for (QualifiedName relation : relations) {
      Optional<Table> table = schema.table(relation).filter(Table::complete);
      if (table.isEmpty()) {
        return Optional.empty();
      }
      table.get().columns().stream().map(Column::name).forEach(columns::add);
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }

  /** The alias, or the column itself, or the function that is called. */
  private static Optional<Name> named(List<String> item) {
    String last = item.getLast();
    if (isPath(item)) {
      return KEYWORDS.contains(last) ? Optional.empty() : Optional.of(name(last));
    }
    if (isName(last)) {
      return isAlias(item) ? Optional.of(name(last)) : Optional.empty();
    }
    boolean call =
        last.equals(")") && isName(item.getFirst()) && item.size() > 2 && item.get(1).equals("(");
    return call && Words.closing(item, 1) == item.size() - 1
        ? Optional.of(name(item.getFirst()))
        : Optional.empty();
  }

  /** Names with dots between them: a column. */
  private static boolean isPath(List<String> item) {
    for (int at = 0; at < item.size(); at++) {
      if (at % 2 == 0 ? !isName(item.get(at)) : !item.get(at).equals(".")) {
        return false;
      }
    }
    return item.size() % 2 == 1;
  }

  /** Behind AS, or behind what an expression can end with. */
  private static boolean isAlias(List<String> item) {
    String last = item.getLast();
    String before = item.get(item.size() - 2);
    if (before.equals("as")) {
      return true;
    }
    boolean ended =
        before.equals(")")
            || before.startsWith("'")
            || Character.isDigit(before.charAt(0))
            || (isName(before) && !CONTINUED.contains(before));
    return ended && !KEYWORDS.contains(last) && !item.contains("interval");
  }

  private static boolean isName(String word) {
    return word.matches("(?s)\".+\"|[\\p{L}_][\\p{L}\\d_$]*");
  }

  private static Name name(String word) {
    return word.startsWith("\"")
        ? new Name(word.substring(1, word.length() - 1).replace("\"\"", "\""))
        : new Name(word.toLowerCase(Locale.ROOT));
  }
}
