package dev.sluice.dialect.postgresql.impact;

import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether an expression calls something volatile (manual, "Function Volatility Categories"): then
 * every row gets a value of its own. {@code now()} is stable: one value for the whole statement.
 * Operators and casts count as what the built-in ones are: none is volatile.
 */
public final class Volatility {

  private static final Optional<Name> CATALOG = Optional.of(new Name("pg_catalog"));

  private static final Pattern ZONE_OF_NOW =
      Pattern.compile(
          "^\\(*\\s*(?:pg_catalog \\. )?timezone \\( '[^']*'(?: :: (?:text|varchar|character varying))?"
              + " , \\(*\\s*(?:(?:pg_catalog \\. )?(?:now|transaction_timestamp|statement_timestamp)"
              + " \\( \\)|current_timestamp(?: \\( \\d \\))?)(?![\\w. ]*:: *time(?:tz)?\\b)");

  private static final Set<String> STABLE = stableFunctions();

  private Volatility() {}

  /** May call a stable expression volatile, never the other way round. */
  public static boolean isVolatile(Fragment expression, Schema schema) {
    return !expression.references().complete()
        || expression.references().functions().stream()
            .anyMatch(f -> isVolatile(f, expression, schema));
  }

  private static boolean isVolatile(QualifiedName function, Fragment expression, Schema schema) {
    boolean known = schema.routine(function).isPresent();
    boolean declared =
        schema
            .routine(function)
            .map(r -> r.volatility() != Routine.Volatility.VOLATILE)
            .orElse(false);
    if (known || isWrittenWithSchema(function, expression)) {
      // A built-in function of that name is found first, unless the schema is written.
      return !declared;
    }
    return !STABLE.contains(function.name().text()) && !isZoneOfNow(function, expression);
  }

  /**
   * {@code timezone(zone, now())}: of its overloads only the one for a time of day was ever
   * volatile.
   */
  private static boolean isZoneOfNow(QualifiedName function, Fragment expression) {
    return function.name().text().equals("timezone")
        && ZONE_OF_NOW.matcher(String.join(" ", SqlText.tokens(expression.sql()))).find();
  }

  /** A resolved name has a schema too, though nobody wrote it. */
  private static boolean isWrittenWithSchema(QualifiedName function, Fragment expression) {
    return function
        .schema()
        .filter(s -> !CATALOG.equals(Optional.of(s)))
        .map(s -> List.of(s.text(), ".", function.name().text()))
        .map(
            written ->
                Collections.indexOfSubList(
                        SqlText.tokens(expression.sql().replace("\"", "")), written)
                    >= 0)
        .orElse(false);
  }

  private static Set<String> stableFunctions() {
    try (InputStream list = Volatility.class.getResourceAsStream("stable-functions.txt")) {
      if (list == null) {
        throw new IllegalStateException("stable-functions.txt is not beside its class");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that no overload of any version makes volatile. */
  static Set<String> stable() {
    return STABLE;
  }
}
