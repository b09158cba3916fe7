package dev.sluice.dialect.mysql;

import dev.sluice.schema.Fragment;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/**
 * The engines' own functions, as far as they are known (manuals, "Built-In Function Reference").
 * One that is missing here counts as a routine of the user's: volatile, and able to write.
 */
final class Functions {

  /** The same for the same arguments, or at least within one statement. */
  private static final Set<String> STABLE =
      Set.of(
          ("abs acos adddate addtime aes_decrypt aes_encrypt any_value ascii asin atan atan2 avg"
                  + " benchmark bin bin_to_uuid bit_and bit_count bit_length bit_or bit_xor cast"
                  + " ceil ceiling char char_length character_length charset chr coalesce coercibility"
                  + " collation compress concat concat_ws connection_id conv convert convert_tz cos"
                  + " cot count crc32 cume_dist curdate current_date current_role current_time"
                  + " current_timestamp current_user curtime database date date_add date_format"
                  + " date_sub datediff day dayname dayofmonth dayofweek dayofyear default degrees"
                  + " dense_rank elt exp export_set extract extractvalue field find_in_set"
                  + " first_value floor format format_bytes format_pico_time found_rows from_base64"
                  + " from_days from_unixtime get_format greatest group_concat grouping hex hour if"
                  + " ifnull inet6_aton inet6_ntoa inet_aton inet_ntoa insert instr interval"
                  + " is_ipv4 is_ipv6 is_uuid isnull json_array json_array_append json_array_insert"
                  + " json_arrayagg json_contains json_contains_path json_depth json_detailed"
                  + " json_exists json_extract json_insert json_keys json_length json_merge"
                  + " json_merge_patch json_merge_preserve json_object json_objectagg json_overlaps"
                  + " json_pretty json_query json_quote json_remove json_replace json_schema_valid"
                  + " json_search json_set json_storage_size json_table json_type json_unquote"
                  + " json_valid json_value lag last_day last_value lcase lead least left length ln"
                  + " localtime localtimestamp locate log log10 log2 lower lpad ltrim make_set"
                  + " makedate maketime max md5 microsecond mid min minute mod month monthname now"
                  + " nth_value ntile nullif nvl nvl2 oct octet_length ord percent_rank period_add"
                  + " period_diff pi point polygon position pow power quarter quote radians rank"
                  + " regexp_instr regexp_like regexp_replace regexp_substr repeat replace reverse"
                  + " right round row_count row_number rpad rtrim schema sec_to_time second"
                  + " session_user sha sha1 sha2 sign sin soundex space sqrt st_asgeojson"
                  + " st_astext st_contains st_distance st_distance_sphere st_geomfromgeojson"
                  + " st_geomfromtext st_intersects st_srid st_within st_x st_y std stddev"
                  + " stddev_pop stddev_samp str_to_date strcmp subdate substr substring"
                  + " substring_index subtime sum system_user tan time time_format time_to_sec"
                  + " timediff timestamp timestampadd timestampdiff to_base64 to_days to_seconds"
                  + " trim truncate ucase uncompress uncompressed_length unhex unix_timestamp"
                  + " updatexml upper user utc_date utc_time utc_timestamp uuid_to_bin values"
                  + " var_pop var_samp variance version week weekday weekofyear weight_string year"
                  + " yearweek")
              .split(" "));

  /** Another value each time, and nothing else. */
  private static final Set<String> VOLATILE =
      Set.of(
          ("get_lock is_free_lock is_used_lock last_insert_id lastval load_file nextval rand"
                  + " random_bytes release_all_locks release_lock setval sleep sys_guid sysdate"
                  + " uuid uuid_short uuid_v4 uuid_v7")
              .split(" "));

  private Functions() {}

  static boolean isHarmless(QualifiedName function) {
    return function.schema().isEmpty()
        && (STABLE.contains(function.name().key()) || VOLATILE.contains(function.name().key()));
  }

  static boolean isVolatile(Fragment expression) {
    return !expression.references().complete()
        || expression.references().functions().stream()
            .anyMatch(f -> f.schema().isPresent() || !STABLE.contains(f.name().key()));
  }
}
