package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code DROP TRANSFORM FOR type LANGUAGE name}, which the grammar does not know. */
final class Transforms {

  private static final Pattern DROP =
      Pattern.compile(
          "(?is)\\s*DROP\\s+TRANSFORM\\s+(IF\\s+EXISTS\\s+)?FOR\\s+([^;]+?)\\s+LANGUAGE\\s+(\"[^\"]+\"|\\w+)"
              + "(?:\\s+(CASCADE|RESTRICT))?\\s*;?\\s*");

  private Transforms() {}

  /** Empty for every other statement. */
  static Optional<Change> read(String sql) {
    Matcher matcher = DROP.matcher(sql);
    Optional<QualifiedName> language =
        matcher.matches() ? Constants.relation(String.valueOf(matcher.group(3))) : Optional.empty();
    return language.map(
        name ->
            new Change.DropObject(
                ObjectKind.TRANSFORM,
                name,
                Optional.empty(),
                "FOR " + matcher.group(2) + " LANGUAGE " + matcher.group(3),
                matcher.group(1) != null,
                "CASCADE".equalsIgnoreCase(matcher.group(4))));
  }
}
