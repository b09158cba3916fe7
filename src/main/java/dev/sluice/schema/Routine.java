package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A function or procedure.
 *
 * @param signature the argument types, as written between the parentheses of a DROP; may be empty
 * @param language lower case: {@code sql}, {@code plpgsql}, …
 * @param definition the whole statement from the arguments' parenthesis on, as written, with what
 *     its body reads and writes
 */
public record Routine(
    ObjectKind kind,
    QualifiedName name,
    String signature,
    String language,
    Volatility volatility,
    Fragment definition) {

  /** What an engine may assume of its result. */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }

  /** First words of types that are more than one word: no argument's name. */
  private static final Set<String> BEGIN_A_TYPE =
      Set.of("double", "character", "char", "timestamp", "time", "bit", "national", "interval");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("int2", "smallint"),
          Map.entry("bool", "boolean"),
          Map.entry("varchar", "character varying"),
          Map.entry("char", "character"),
          Map.entry("decimal", "numeric"),
          Map.entry("float", "double precision"),
          Map.entry("float8", "double precision"),
          Map.entry("float4", "real"),
          Map.entry("timestamptz", "timestamp with time zone"),
          Map.entry("timestamp", "timestamp without time zone"));

  /** What tells it from others of its name, where routines are told by their arguments. */
  public String types() {
    return types(signature);
  }

  /**
   * Argument types in one spelling: without names, modes, defaults and lengths, which do not tell
   * one routine from another.
   *
   * @param arguments as written, with or without the parentheses around them
   */
  public static String types(String arguments) {
    return String.join(", ", arguments(arguments).stream().map(Routine::type).toList());
  }

  /**
   * The arguments one by one, as written.
   *
   * @param written with or without the parentheses around them
   */
  public static List<String> arguments(String written) {
    String text = written.strip().replaceFirst("(?s)^\\((.*)\\)$", "$1").strip();
    List<String> all = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        all.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    if (!text.isEmpty()) {
      all.add(text.substring(from).strip());
    }
    return all;
  }

  private static String type(String argument) {
    String text =
        argument
            .toLowerCase(Locale.ROOT)
            .replaceFirst("(?s)(\\sdefault\\s|=).*$", "")
            .replaceAll("\\([^()]*\\)", "")
            .replaceAll("\\s+", " ")
            .replace(" [", "[")
            .strip();
    while (text.contains(" ") && !BEGIN_A_TYPE.contains(text.substring(0, text.indexOf(' ')))) {
      text = text.substring(text.indexOf(' ') + 1);
    }
    int array = text.indexOf('[');
    String base = (array < 0 ? text : text.substring(0, array)).replaceFirst("^pg_catalog\\.", "");
    return ALIASES.getOrDefault(base, base) + (array < 0 ? "" : "[]");
  }
}
