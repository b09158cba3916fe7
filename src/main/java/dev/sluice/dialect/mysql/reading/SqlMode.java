package dev.sluice.dialect.mysql.reading;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a server takes what is written, as its settings say (manuals, "Server SQL Modes", "Identifier
 * Case Sensitivity").
 *
 * @param ansiQuotes double quotes hold names
 * @param plainBackslashes a backslash in a literal is itself
 * @param lowerCase names of tables and databases are the same in upper and lower case
 * @param unread modes that change what a statement means, and that are not read so; mostly empty
 */
public record SqlMode(
    boolean ansiQuotes, boolean plainBackslashes, boolean lowerCase, List<String> unread) {

  /** A server on which none of it is set. */
  public static final SqlMode USUAL = new SqlMode(false, false, false, List.of());

  private static final Set<String> UNREAD = Set.of("ORACLE", "MSSQL", "REAL_AS_FLOAT");

  public SqlMode {
    unread = List.copyOf(unread);
  }

  /**
   * As the server says.
   *
   * @param sqlMode with commas between modes
   * @param lowerCaseTableNames 0, 1 or 2
   */
  public static SqlMode of(String sqlMode, String lowerCaseTableNames) {
    List<String> modes = Arrays.asList(sqlMode.toUpperCase(Locale.ROOT).split(",", -1));
    return new SqlMode(
        modes.contains("ANSI_QUOTES"),
        modes.contains("NO_BACKSLASH_ESCAPES"),
        !lowerCaseTableNames.equals("0"),
        modes.stream().filter(UNREAD::contains).toList());
  }

  /** How its catalog is taken, which is shown without modes. */
  public SqlMode ofCatalog() {
    return new SqlMode(false, false, lowerCase, List.of());
  }

  /** The same for a server on which nothing of it is set. */
  public String usual(String sql) {
    return ansiQuotes || plainBackslashes || lowerCase ? new Respelling(sql).text() : sql;
  }

  /** One text. */
  private final class Respelling {

    private final String sql;
    private final StringBuilder text = new StringBuilder();
    private int at;

    Respelling(String sql) {
      this.sql = sql;
    }

    String text() {
      while (at < sql.length()) {
        char c = sql.charAt(at);
        int behind = Scanner.behindComment(sql, at);
        if (behind > at) {
          take(behind);
        } else if (c == '"' && ansiQuotes) {
          name();
        } else if (c == '\'' || c == '"') {
          literal(c);
        } else if (c == '`') {
          lowered(Scanner.behindQuoted(sql, at));
        } else if (Scanner.isLetter(c)) {
          int end = at;
          while (end < sql.length() && Scanner.isLetter(sql.charAt(end))) {
            end++;
          }
          lowered(end);
        } else {
          take(at + 1);
        }
      }
      return text.toString();
    }

    private void take(int end) {
      text.append(sql, at, end);
      at = end;
    }

    private void lowered(int end) {
      String part = sql.substring(at, end);
      text.append(lowerCase ? part.toLowerCase(Locale.ROOT) : part);
      at = end;
    }

    private void name() {
      int end = behindPlain('"');
      String quoted = sql.substring(at, end);
      String name = Literals.name(quoted);
      text.append('`')
          .append((lowerCase ? name.toLowerCase(Locale.ROOT) : name).replace("`", "``"))
          .append('`');
      at = end;
    }

    private void literal(char quote) {
      if (plainBackslashes) {
        int end = behindPlain(quote);
        text.append(sql.substring(at, end).replace("\\", "\\\\"));
        at = end;
      } else {
        take(Scanner.behindString(sql, at));
      }
    }

    /** Behind the closing quote, where only a second one is an escape. */
    private int behindPlain(char quote) {
      int end = at + 1;
      while (end < sql.length()) {
        if (sql.charAt(end) != quote) {
          end++;
        } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
          end += 2;
        } else {
          return end + 1;
        }
      }
      return sql.length();
    }
  }
}
