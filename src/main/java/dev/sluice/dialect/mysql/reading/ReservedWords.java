package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Refusal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Words that a server keeps for itself: as a name they stand in backticks (manuals, "Keywords and
 * Reserved Words"; each was tried as a name on MySQL 8.0.31 and MariaDB 11.4.5).
 */
final class ReservedWords {

  private static final String BOTH =
      """
      accessible add all alter analyze and as asc asensitive before between bigint binary blob
      both by call cascade case change char character check collate column condition
      constraint continue convert create cross current_date current_time current_timestamp
      current_user cursor databases day_hour day_microsecond day_minute day_second dec decimal
      declare default delayed delete desc describe deterministic distinct distinctrow div
      double drop dual each else elseif enclosed escaped except exists exit explain false
      fetch float float4 float8 for force foreign from fulltext grant group having
      high_priority hour_microsecond hour_minute hour_second if ignore in index infile inner
      inout insensitive insert int int1 int2 int3 int4 int8 integer interval into is iterate
      join key keys kill leading leave left like limit linear lines load localtime
      localtimestamp lock long longblob longtext loop low_priority match maxvalue mediumblob
      mediumint mediumtext middleint minute_microsecond minute_second mod modifies natural
      no_write_to_binlog not null numeric on optimize optionally or order out outer outfile
      over partition precision primary procedure purge range read read_write reads real
      recursive references regexp release rename repeat replace require resignal restrict
      return revoke right rlike rows schemas second_microsecond select sensitive separator set
      show signal smallint spatial specific sql sql_big_result sql_calc_found_rows
      sql_small_result sqlexception sqlstate sqlwarning ssl starting straight_join table
      terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique
      unlock unsigned update usage use using utc_date utc_time utc_timestamp values varbinary
      varchar varcharacter varying when where while with write xor year_month zerofill
      """;

  private static final String MYSQL =
      """
      cube cume_dist database dense_rank empty first_value function generated get grouping
      groups io_after_gtids io_before_gtids lag last_value lead nth_value ntile of
      optimizer_costs option percent_rank rank row schema stored system virtual window
      """;

  private static final String MARIADB =
      """
      current_role delete_domain_id do_domain_ids ignore_domain_ids page_checksum
      parse_vcol_expr portion ref_system_id returning sql_after_gtids sql_before_gtids
      stats_auto_recalc stats_persistent stats_sample_pages
      """;

  /** The first version that keeps it; empty for none. */
  private record Since(String mysql, String mariadb) {}

  private static final Map<String, Since> WORDS = words();

  private ReservedWords() {}

  private static Map<String, Since> words() {
    Map<String, Since> words = new HashMap<>();
    put(words, BOTH, new Since("8.0.2", "10.5.0"));
    put(words, MYSQL, new Since("8.0.4", ""));
    put(words, MARIADB, new Since("", "10.5.0"));
    put(words, "lateral json_table", new Since("8.0.14", ""));
    put(words, "intersect", new Since("8.0.31", "10.5.0"));
    put(words, "row_number", new Since("8.0.2", "10.7.1"));
    put(words, "offset", new Since("", "10.6.0"));
    put(words, "manual parallel qualify tablesample", new Since("8.4.0", ""));
    return Map.copyOf(words);
  }

  private static void put(Map<String, Since> words, String list, Since since) {
    for (String word : list.strip().split("\\s+", -1)) {
      words.put(word, since);
    }
  }

  /** Whether any server keeps the word. */
  static boolean has(String word) {
    return WORDS.containsKey(word.toLowerCase(Locale.ROOT));
  }

  /** Why that server takes no such name as it stands; empty where it does. */
  static Optional<Refusal> refusal(String name, Target target) {
    Optional<Since> known = Optional.ofNullable(WORDS.get(name.toLowerCase(Locale.ROOT)));
    return known
        .map(s -> target.isMariadb() ? s.mariadb() : s.mysql())
        .filter(since -> !since.isEmpty())
        .filter(since -> target.version().compareTo(EngineVersion.parse(since)) >= 0)
        .map(
            since ->
                new Refusal(
                    name
                        + " is a word of "
                        + target.engine().title()
                        + "'s own (error 1064); as a name it stands in backticks"));
  }
}
