package dev.sluice.dialect.mysql.reading;

import dev.sluice.sql.Source;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What {@code SET sql_mode} of a file makes of the quotes in the statements behind it: under
 * ANSI_QUOTES double quotes hold names, under NO_BACKSLASH_ESCAPES a backslash in a text is itself
 * (manual, "Server SQL Modes"). What another file has set is not seen. Safe for several threads.
 */
final class SqlModes {

  /** Modes that bring ANSI_QUOTES along; the last ones on MariaDB and before MySQL 8. */
  private static final Pattern ANSI =
      Pattern.compile("(?i)\\b(?:ansi(?:_quotes)?|oracle|mssql|db2|maxdb|postgresql)\\b");

  private static final Pattern PLAIN_BACKSLASH = Pattern.compile("(?i)\\bno_backslash_escapes\\b");

  /** Quick to find out that a file is not concerned. */
  private static final Pattern ANY =
      Pattern.compile(
          "(?i)sql_mode[^;]*?(?:ansi|no_backslash_escapes|oracle|mssql|db2|maxdb|postgresql)");

  private final SqlMode server;
  private final UnaryOperator<String> opened;
  private final Map<Source, List<From>> files = new ConcurrentHashMap<>();

  /** From a place of a file on. */
  private record From(int place, SqlMode mode) {}

  /**
   * @param server its modes where a file sets none
   * @param opened makes of a text what the server reads of it: executable comments are none
   */
  SqlModes(SqlMode server, UnaryOperator<String> opened) {
    this.server = server;
    this.opened = opened;
  }

  SqlMode ofServer() {
    return server;
  }

  /** What holds where the statement stands. */
  SqlMode at(Statement statement) {
    SqlMode mode = server;
    for (From one : of(statement.source())) {
      if (one.place <= statement.span().start()) {
        mode = one.mode;
      }
    }
    return mode;
  }

  private List<From> of(Source source) {
    return files.computeIfAbsent(
        source, s -> ANY.matcher(s.text()).find() ? read(opened.apply(s.text())) : List.of());
  }

  private List<From> read(String text) {
    List<From> modes = new ArrayList<>();
    Cursor cursor = new Cursor(text);
    SqlMode before = server;
    while (!cursor.isEnd()) {
      boolean begins = cursor.mark() == 0 || cursor.before().is(";");
      if (!begins || !cursor.is("SET")) {
        cursor.next();
        continue;
      }
      while (!cursor.isEnd() && !cursor.is(";")) {
        // What is set for the server, this session does not get.
        boolean forServer = cursor.before().is("GLOBAL") || cursor.before().is("PERSIST");
        boolean here =
            !forServer
                && cursor
                    .next()
                    .text()
                    .toLowerCase(Locale.ROOT)
                    .matches("(@@((?:session|local)\\.)?)?`?sql_mode`?");
        if (forServer) {
          cursor.next();
        }
        cursor.accept(":");
        if (here && cursor.accept("=")) {
          int start = cursor.start();
          cursor.skipTo(",", ";");
          before = changed(before, cursor.since(start));
          modes.add(new From(cursor.start(), before));
        }
      }
    }
    return List.copyOf(modes);
  }

  /** A value that names the old one adds to it, or takes away from it. */
  private SqlMode changed(SqlMode before, String value) {
    boolean ansi = ANSI.matcher(value).find();
    boolean plain = PLAIN_BACKSLASH.matcher(value).find();
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.equals("default") || (lower.contains("sql_mode") && !lower.contains("@@"))) {
      // SET sql_mode = @old_sql_mode: what was kept is what held before the file.
      return server;
    }
    if (!lower.contains("sql_mode")) {
      return with(ansi, plain);
    }
    return lower.contains("replace(")
        ? with(before.ansiQuotes() && !ansi, before.plainBackslashes() && !plain)
        : with(before.ansiQuotes() || ansi, before.plainBackslashes() || plain);
  }

  private SqlMode with(boolean ansiQuotes, boolean plainBackslashes) {
    return new SqlMode(ansiQuotes, plainBackslashes, server.lowerCase(), server.unread());
  }
}
