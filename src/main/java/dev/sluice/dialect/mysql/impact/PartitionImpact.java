package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.Algorithm;
import dev.sluice.schema.Change;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Impact.Lock;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Work;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What changes of partitions cost (MySQL manual, "Online DDL Operations", partitioning; seen on
 * both engines with readers and writers beside them). MySQL takes an algorithm for those that move
 * rows or partitions, MariaDB for none.
 */
final class PartitionImpact {

  private final Server server;
  private final Schema schema;

  PartitionImpact(Server server, Schema schema) {
    this.server = server;
    this.schema = schema;
  }

  Impact of(Change.AlterPartitions change) {
    return switch (change.operation()) {
      case ADD -> isByRange(change) ? brief(change, inPlace()) : written(change);
      case DROP -> brief(change, inPlace());
      case TRUNCATE -> brief(change, Optional.empty());
      case REORGANIZE, COALESCE, REBUILD -> written(change);
      case EXCHANGE -> exchanged(change);
      case CONVERT_IN -> compared(change);
      case CONVERT_OUT -> brief(change, Optional.empty());
      // MySQL rebuilds all of the table for one partition, and both let writers go on.
      case OPTIMIZE -> impact(change, LockMode.MYSQL_NONE, Work.REWRITE, Optional.empty());
      case ANALYZE, CHECK -> impact(change, LockMode.MYSQL_NONE, Work.SCAN, Optional.empty());
      case REPAIR -> impact(change, repairing(), Work.REWRITE, Optional.empty());
      case DISCARD_TABLESPACE -> brief(change, Optional.empty());
      case IMPORT_TABLESPACE ->
          impact(change, LockMode.MYSQL_EXCLUSIVE, Work.REWRITE, Optional.empty());
    };
  }

  private LockMode repairing() {
    return server.isMariadb() ? LockMode.MYSQL_SHARED : LockMode.MYSQL_EXCLUSIVE;
  }

  private Optional<Algorithm> inPlace() {
    return server.isMariadb() ? Optional.empty() : Optional.of(Algorithm.INPLACE);
  }

  /** The catalog and whole files: nobody passes for that moment. */
  private Impact brief(Change.AlterPartitions change, Optional<Algorithm> algorithm) {
    return impact(change, LockMode.MYSQL_EXCLUSIVE, Work.INSTANT, algorithm);
  }

  /** Rows go to other partitions: writers of the whole table wait. */
  private Impact written(Change.AlterPartitions change) {
    return impact(change, LockMode.MYSQL_SHARED, Work.REWRITE, inPlace());
  }

  /** Each row of the table is held against the bounds of the partition, unless told not to. */
  private Impact exchanged(Change.AlterPartitions change) {
    LockMode mode = LockMode.MYSQL_SHARED;
    Impact impact =
        impact(change, mode, validates(change) ? Work.SCAN : Work.INSTANT, Optional.empty());
    return change.other().map(o -> impact.alsoLocking(o, mode)).orElse(impact);
  }

  private Impact compared(Change.AlterPartitions change) {
    LockMode mode = LockMode.MYSQL_EXCLUSIVE;
    Impact impact =
        impact(change, mode, validates(change) ? Work.SCAN : Work.INSTANT, Optional.empty());
    return change.other().map(o -> impact.alsoLocking(o, mode)).orElse(impact);
  }

  private static boolean validates(Change.AlterPartitions change) {
    return !change.text().toUpperCase(Locale.ROOT).matches("(?s).*WITHOUT\\s+VALIDATION\\s*");
  }

  /** A new range or list takes no row of the others; one more of a hash takes rows of all. */
  private boolean isByRange(Change.AlterPartitions change) {
    boolean hashed =
        schema
            .table(change.table())
            .flatMap(t -> t.partitionKey())
            .map(k -> k.sql().toUpperCase(Locale.ROOT))
            .map(k -> k.matches("(?s)PARTITION\\s+BY\\s+(LINEAR\\s+)?(HASH|KEY)\\b.*"))
            .orElse(true);
    boolean listed = change.text().toUpperCase(Locale.ROOT).matches("(?s).*\\bVALUES\\b.*");
    return listed && !hashed;
  }

  private static Impact impact(
      Change.AlterPartitions change, LockMode mode, Work work, Optional<Algorithm> algorithm) {
    return new Impact(List.of(new Lock(change.table(), mode)), work, algorithm, false);
  }
}
