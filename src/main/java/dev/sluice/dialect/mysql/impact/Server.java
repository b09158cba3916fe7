package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.schema.Fragment;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whose costs are asked for.
 *
 * @param isVolatile of an expression: its value differs from row to row or call to call
 */
record Server(Engine engine, EngineVersion version, Predicate<Fragment> isVolatile) {

  /** What could be a default before expressions could: a constant, or the time of the statement. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "(?is)[-+]?\\s*[\\d.][\\d.e+-]*|null|true|false"
              + "|(_\\w+\\s*|[xbn]|date\\s*|time\\s*|timestamp\\s*)?(['\"]).*\\2"
              + "|(current_timestamp|now|localtime|localtimestamp)(\\s*\\(\\s*\\d?\\s*\\))?");

  boolean has(Feature feature) {
    return feature.in(engine, version);
  }

  boolean isMariadb() {
    return engine == Engine.MARIADB;
  }

  /** Whether a default is a value of its own for each row, as far as the server can tell. */
  boolean computesPerRow(Fragment value) {
    if (LITERAL.matcher(value.sql().strip()).matches()) {
      return false;
    }
    boolean constant =
        value.references().complete()
            && value.references().columns().isEmpty()
            && value.references().relations().isEmpty()
            && !isVolatile.test(value);
    // MySQL computes even what is the same for all.
    return !isMariadb() || !constant;
  }
}
