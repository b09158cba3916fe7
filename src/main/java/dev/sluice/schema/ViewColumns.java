package dev.sluice.release;

import dev.sluice.schema.Column;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns that a view shows, as far as its text tells; empty where it does not. */
final class ViewColumns {

  private static final Set<String> BEHIND_LIST =
      Set.of("from", "where", "group", "union", "intersect", "except", "order", "limit", "having");

  private ViewColumns() {}

  static Optional<Set<Name>> of(View view, Schema schema) {
    if (!view.columns().isEmpty()) {
      return Optional.of(Set.copyOf(view.columns()));
    }
    Optional<List<String>> list = selectList(Words.stripped(Words.of(view.query().sql())));
    if (list.isEmpty()) {
      return Optional.empty();
    }
    Set<Name> columns = new HashSet<>();
    for (List<String> item : Words.split(list.get(), ",")) {
      if (item.isEmpty()) {
        return Optional.empty();
      }
      if (item.getLast().equals("*")) {
        Optional<Set<Name>> all = star(item, view, schema);
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
  private static Optional<Set<Name>> star(List<String> item, View view, Schema schema) {
    Set<QualifiedName> relations = view.query().references().relations();
    if (item.size() > 1 && relations.size() != 1) {
      return Optional.empty();
    }
    Set<Name> columns = new HashSet<>();
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
    if (isName(last)) {
      boolean alias = item.size() > 1 && !item.get(item.size() - 2).equals("::");
      boolean column = item.size() == 1 || item.get(item.size() - 2).equals(".");
      boolean keyword = Set.of("end", "null", "true", "false").contains(last);
      return (alias || column) && !keyword ? Optional.of(name(last)) : Optional.empty();
    }
    boolean call =
        last.equals(")") && isName(item.getFirst()) && item.size() > 2 && item.get(1).equals("(");
    return call && Words.closing(item, 1) == item.size() - 1
        ? Optional.of(name(item.getFirst()))
        : Optional.empty();
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
