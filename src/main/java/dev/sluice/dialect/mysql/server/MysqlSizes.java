package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Sizes;
import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * InnoDB's persistent statistics as {@code information_schema.tables} shows them: an estimate of
 * rows that errs by half now and then, and pages in use.
 */
final class MysqlSizes implements Sizes {

  private final Engine engine;

  MysqlSizes(Engine engine) {
    this.engine = engine;
  }

  // MySQL shows what it saw up to a day ago (manual, "information_schema_stats_expiry").
  @Override
  public List<String> prepare() {
    return engine == Engine.MYSQL
        ? List.of("SET SESSION information_schema_stats_expiry = 0")
        : List.of();
  }

  @Override
  public String tables(List<Name> schemas) {
    return "SELECT "
        + folded("table_schema")
        + ", "
        + folded("table_name")
        + ", COALESCE(table_rows, 0),"
        + " COALESCE(data_length, 0) + COALESCE(index_length, 0) FROM information_schema.tables"
        + " WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND table_schema IN ("
        + schemas.stream()
            .map(Name::text)
            .map(Quoting::literal)
            .collect(Collectors.joining(", ", "", ")"))
        + " ORDER BY 1, 2";
  }

  // With 2 the catalog keeps the case that it ignores.
  private static String folded(String name) {
    return "IF(@@global.lower_case_table_names = 2, LOWER(" + name + "), " + name + ")";
  }

  @Override
  public Optional<String> guess(String table) {
    return Optional.empty();
  }
}
