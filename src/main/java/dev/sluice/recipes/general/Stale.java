package dev.sluice.recipes.general;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Text that no longer says what the server has: where a column was renamed after an expression was
 * written, the server's own copy follows, and the text in the file does not.
 */
public final class Stale {

  private Stale() {}

  public static boolean is(Dialect dialect, Fragment expression) {
    return !names(dialect.expression(expression.sql()).references())
        .equals(names(expression.references()));
  }

  private static Set<Name> names(References references) {
    return references.columns().stream()
        .flatMap(c -> c.name().stream())
        .collect(Collectors.toSet());
  }
}
