package dev.sluice.dialect.mysql.impact;

import dev.sluice.dialect.Stated;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.LockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a statement says by what algorithm it is to be run. */
public final class Forms {

  private static final String SPACE = "(?:\\s|/\\*.*?\\*/|(?:#|--\\s)[^\n]*\n)";
  private static final String NAME = "(?:`(?:[^`]|``)+`|\"[^\"]+\"|[\\w$\\x80-\\uffff]+)";

  /** Up to the name of the table. */
  private static final Pattern ALTER =
      Pattern.compile(
          "(?is)ALTER%1$s+(?:(?:ONLINE|IGNORE)%1$s+)*TABLE%1$s+(?:IF%1$s+EXISTS%1$s+)?%2$s(?:%1$s*\\.%1$s*%2$s)?"
              .formatted(SPACE, NAME));

  /** Takes no comma in front of it. */
  private static final Pattern BARE =
      Pattern.compile(
          "(?is)%1$s*(?:PARTITION%1$s+BY|REMOVE%1$s+PARTITIONING)\\b.*".formatted(SPACE));

  private Forms() {}

  /** The statement, with these words at the place where it takes them. */
  public static String of(String sql, Stated form) {
    if (form.equals(Stated.NOTHING)) {
      return sql;
    }
    Stream<String> words =
        Stream.concat(
            form.algorithm().stream().map(a -> "ALGORITHM = " + a.name()),
            form.lock().stream().map(l -> "LOCK = " + l.text()));
    Matcher head = ALTER.matcher(sql);
    if (!head.lookingAt()) {
      return sql + "\n" + words.collect(Collectors.joining(" "));
    }
    String rest = sql.substring(head.end());
    String said = words.collect(Collectors.joining(", "));
    return head.group() + " " + said + (BARE.matcher(rest).matches() ? " " : ", ") + rest;
  }

  /**
   * Those that let writers go on stand in front of those that do not.
   *
   * @param algorithms best first
   */
  public static List<Stated> betterFirst(List<Algorithm> algorithms) {
    List<Stated> forms = new ArrayList<>();
    for (LockMode lock : List.of(LockMode.MYSQL_NONE, LockMode.MYSQL_SHARED)) {
      for (Algorithm algorithm : algorithms) {
        boolean instant = algorithm == Algorithm.INSTANT;
        if (!instant || lock == LockMode.MYSQL_NONE) {
          forms.add(
              new Stated(
                  Optional.of(algorithm),
                  instant ? Optional.empty() : Optional.of(lock),
                  Optional.empty()));
        }
      }
    }
    return forms;
  }
}
