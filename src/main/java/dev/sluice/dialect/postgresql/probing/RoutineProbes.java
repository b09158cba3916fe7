package dev.sluice.dialect.postgresql.probing;

import static dev.sluice.dialect.postgresql.writing.Quoting.literal;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a function or procedure is there, by name and by the types of its arguments. */
final class RoutineProbes {

  private static final Set<String> MODES = Set.of("in", "out", "inout", "variadic");

  /** First words of built-in types that have several. */
  private static final Set<String> LONG_TYPES =
      Set.of(
          "double",
          "character",
          "char",
          "national",
          "nchar",
          "bit",
          "time",
          "timestamp",
          "interval");

  private RoutineProbes() {}

  /**
   * @param signature with its parentheses; empty: any of the name
   */
  static String there(QualifiedName name, String signature) {
    return Catalog.inSchema(
        "pg_proc", "pro", name, signature.isEmpty() ? "" : arguments(signature));
  }

  /**
   * Not by {@code to_regprocedure}: before PostgreSQL 16 that fails where a type is not there, and
   * it takes no argument names.
   */
  private static String arguments(String signature) {
    List<String> types =
        split(SqlText.tokens(signature.substring(1, signature.length() - 1))).stream()
            .filter(a -> !a.get(0).equals("out"))
            .map(RoutineProbes::type)
            .map(t -> "coalesce(pg_catalog.format_type(to_regtype(" + literal(t) + "), NULL), '?')")
            .toList();
    return "pg_catalog.oidvectortypes(o.proargtypes) = array_to_string(ARRAY["
        + String.join(", ", types)
        + "]::text[], ', ')";
  }

  /** The type of an argument, without its mode and name. */
  private static String type(List<String> argument) {
    List<String> rest =
        MODES.contains(argument.get(0)) ? argument.subList(1, argument.size()) : argument;
    boolean named =
        rest.size() > 1
            && !LONG_TYPES.contains(rest.get(0))
            && !Set.of(".", "[", "(", "%").contains(rest.get(1))
            && !rest.get(1).equals("array");
    return (named ? rest.subList(1, rest.size()) : rest)
        .stream().collect(Collectors.joining(" ")).replace(" . ", ".");
  }

  private static List<List<String>> split(List<String> tokens) {
    List<List<String>> arguments = new ArrayList<>();
    List<String> argument = new ArrayList<>();
    int depth = 0;
    for (String token : tokens) {
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      if (token.equals(",") && depth == 0) {
        arguments.add(argument);
        argument = new ArrayList<>();
      } else {
        argument.add(token);
      }
    }
    if (!argument.isEmpty()) {
      arguments.add(argument);
    }
    return arguments;
  }
}
