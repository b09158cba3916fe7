package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Stated;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a statement says by what algorithm it is to be run. */
final class Forms {

  private Forms() {}

  static String of(String sql, Stated form) {
    if (form.equals(Stated.NOTHING)) {
      return sql;
    }
    Stream<String> words =
        Stream.concat(
            form.algorithm().stream().map(a -> "ALGORITHM = " + a.name()),
            form.lock().stream().map(l -> "LOCK = " + l.text()));
    if (!sql.startsWith("ALTER")) {
      return sql + " " + words.collect(Collectors.joining(" "));
    }
    String said = words.collect(Collectors.joining(", "));
    if (sql.matches("ALTER TABLE \\w+ (PARTITION BY|REMOVE PARTITIONING).*")) {
      return sql.replaceFirst("(ALTER TABLE \\w+)", "$1 " + said);
    }
    if (sql.matches("ALTER TABLE \\w+ (\\w+ PARTITION|ORDER BY)\\b.*")) {
      return sql.replaceFirst("(ALTER TABLE \\w+)", "$1 " + said + ",");
    }
    return sql + ", " + said;
  }
}
