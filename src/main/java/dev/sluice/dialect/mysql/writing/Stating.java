package dev.sluice.dialect.mysql.writing;

import dev.sluice.dialect.Stated;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has a statement say by what algorithm and under what lock it is to be run. */
public final class Stating {

  private static final String SPACE = "(?:\\s|/\\*.*?\\*/|(?:#|--\\s)[^\n]*\n)";
  private static final String NAME = "(?:`(?:[^`]|``)+`|\"[^\"]+\"|[\\w$\\x80-\\uffff]+)";

  /** Up to the first clause. */
  private static final Pattern ALTER =
      Pattern.compile(
          ("(?is)ALTER%1$s+(?:(?:ONLINE|IGNORE)%1$s+)*TABLE%1$s+(?:IF%1$s+EXISTS%1$s+)?"
                  + "%2$s(?:%1$s*\\.%1$s*%2$s)?(?:%1$s+(?:NOWAIT|WAIT%1$s+\\d+))?")
              .formatted(SPACE, NAME));

  /** MariaDB's takes no such words, and both know the same as a clause. */
  private static final Pattern DROP_INDEX =
      Pattern.compile(
          "(?is)DROP%1$s+INDEX%1$s+((?:IF%1$s+EXISTS%1$s+)?%2$s)%1$s+ON%1$s+(%2$s(?:%1$s*\\.%1$s*%2$s)?)%1$s*"
              .formatted(SPACE, NAME));

  /** Takes no comma in front of it. */
  private static final Pattern BARE =
      Pattern.compile(
          "(?is)%1$s*(?:PARTITION%1$s+BY|REMOVE%1$s+PARTITIONING)\\b.*".formatted(SPACE));

  /** What may hold any words. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?s)'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`(?:[^`]|``)*`|/\\*.*?\\*/"
              + "|(?:#|--\\s)[^\n]*");

  private static final Pattern OWN =
      Pattern.compile(
          "(?is)\\b(?:ALGORITHM\\s*=?\\s*(?:DEFAULT|INSTANT|NOCOPY|INPLACE|COPY)"
              + "|LOCK\\s*=?\\s*(?:DEFAULT|NONE|SHARED|EXCLUSIVE))\\b");

  private Stating() {}

  /** Whether it says so already. */
  public static boolean says(String sql) {
    return OWN.matcher(QUOTED.matcher(sql).replaceAll("''")).find();
  }

  /** The statement, with these words at the place where it takes them. */
  public static String of(String sql, Stated form) {
    if (form.algorithm().isEmpty() && form.lock().isEmpty()) {
      return sql;
    }
    Stream<String> words =
        Stream.concat(
            form.algorithm().stream().map(a -> "ALGORITHM=" + a.name()),
            form.lock().stream().map(l -> "LOCK=" + l.text()));
    Matcher dropped = DROP_INDEX.matcher(sql);
    if (dropped.matches()) {
      return "ALTER TABLE "
          + dropped.group(2)
          + " "
          + words.collect(Collectors.joining(", "))
          + ", DROP INDEX "
          + dropped.group(1);
    }
    Matcher head = ALTER.matcher(sql);
    if (!head.lookingAt()) {
      return sql + "\n" + words.collect(Collectors.joining(" "));
    }
    String rest = sql.substring(head.end());
    String said = words.collect(Collectors.joining(", "));
    return head.group() + " " + said + (BARE.matcher(rest).matches() ? " " : ", ") + rest.strip();
  }
}
