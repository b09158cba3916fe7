package dev.sluice.dialect.postgresql;

import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * PostgreSQL's own functions that change neither schema nor rows: all that are not volatile, and of
 * the volatile ones these (manual, "Functions and Operators"). May miss one, never names one that
 * writes rows.
 */
final class HarmlessFunctions {

  private static final Optional<Name> CATALOG = Optional.of(new Name("pg_catalog"));

  private static final Set<String> VOLATILE =
      Set.of(
          "clock_timestamp",
          "currval",
          "gen_random_bytes",
          "gen_random_uuid",
          "lastval",
          "nextval",
          "pg_advisory_lock",
          "pg_advisory_lock_shared",
          "pg_advisory_unlock",
          "pg_advisory_unlock_all",
          "pg_advisory_unlock_shared",
          "pg_advisory_xact_lock",
          "pg_advisory_xact_lock_shared",
          "pg_notify",
          "pg_sleep",
          "pg_sleep_for",
          "pg_sleep_until",
          "pg_try_advisory_lock",
          "pg_try_advisory_xact_lock",
          "random",
          "random_normal",
          "set_config",
          "setseed",
          "setval",
          "timeofday",
          "txid_current",
          "uuid_generate_v1",
          "uuid_generate_v1mc",
          "uuid_generate_v4",
          "uuidv4",
          "uuidv7");

  private HarmlessFunctions() {}

  static boolean contain(QualifiedName function, Predicate<Fragment> isVolatile) {
    boolean own = function.schema().isEmpty() || function.schema().equals(CATALOG);
    return own
        && (VOLATILE.contains(function.name().text()) || !isVolatile.test(calling(function)));
  }

  private static Fragment calling(QualifiedName function) {
    return new Fragment(
        function + "()",
        new References(Set.of(), Set.of(), Set.of(), Set.of(function), Set.of(), true));
  }
}
