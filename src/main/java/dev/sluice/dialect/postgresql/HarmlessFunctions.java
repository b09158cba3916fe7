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

  /** Volatile ones, and those of extensions that are met often. */
  private static final Set<String> KNOWN =
      Set.of(
          "clock_timestamp",
          "crypt",
          "currval",
          "digest",
          "gen_random_bytes",
          "gen_random_uuid",
          "gen_salt",
          "hmac",
          "hstore",
          "hstore_to_json",
          "hstore_to_jsonb",
          "lastval",
          "nextval",
          "pg_advisory_lock",
          "pg_advisory_lock_shared",
          "pg_advisory_unlock",
          "pg_advisory_unlock_all",
          "pg_advisory_unlock_shared",
          "pg_advisory_xact_lock",
          "pg_advisory_xact_lock_shared",
          "pg_current_wal_lsn",
          "pg_database_size",
          "pg_indexes_size",
          "pg_is_in_recovery",
          "pg_notify",
          "pg_relation_size",
          "pg_sequence_last_value",
          "pg_sleep",
          "pg_sleep_for",
          "pg_sleep_until",
          "pg_stat_reset",
          "pg_table_size",
          "pg_total_relation_size",
          "pg_try_advisory_lock",
          "pg_try_advisory_lock_shared",
          "pg_try_advisory_xact_lock",
          "pg_try_advisory_xact_lock_shared",
          "pgp_sym_decrypt",
          "pgp_sym_encrypt",
          "random",
          "random_normal",
          "set_config",
          "setseed",
          "setval",
          "similarity",
          "timeofday",
          "txid_current",
          "txid_current_snapshot",
          "unaccent",
          "uuid_generate_v1",
          "uuid_generate_v1mc",
          "uuid_generate_v3",
          "uuid_generate_v4",
          "uuid_generate_v5",
          "uuid_nil",
          "uuid_ns_dns",
          "uuid_ns_oid",
          "uuid_ns_url",
          "uuid_ns_x500",
          "uuidv4",
          "uuidv7");

  private HarmlessFunctions() {}

  static boolean contain(QualifiedName function, Predicate<Fragment> isVolatile) {
    boolean own = function.schema().isEmpty() || function.schema().equals(CATALOG);
    return own && (KNOWN.contains(function.name().text()) || !isVolatile.test(calling(function)));
  }

  private static Fragment calling(QualifiedName function) {
    return new Fragment(
        function + "()",
        new References(Set.of(), Set.of(), Set.of(), Set.of(function), Set.of(), true));
  }
}
