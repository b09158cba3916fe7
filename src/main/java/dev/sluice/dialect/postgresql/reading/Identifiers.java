package dev.sluice.dialect.postgresql.reading;

import dev.sluice.sql.Name;
import java.nio.charset.StandardCharsets;

/**
 * Identifiers as the catalog stores them (manual, "Identifiers and Key Words"): unquoted, folded to
 * lower case where they are not quoted, and cut to 63 bytes.
 */
final class Identifiers {

  /** NAMEDATALEN − 1 of every server that was not built otherwise. */
  private static final int LONGEST = 63;

  private Identifiers() {}

  static Name name(String written) {
    String plain = plain(written);
    if (plain.isEmpty()) {
      throw new Unreadable("it holds an empty identifier");
    }
    return new Name(cut(plain));
  }

  private static String plain(String written) {
    if (written.startsWith("\"")) {
      return written.substring(1, written.length() - 1).replace("\"\"", "\"");
    }
    if (written.startsWith("'")) {
      return Literals.value(written); // LANGUAGE 'plpgsql'
    }
    if (written.regionMatches(true, 0, "U&\"", 0, 3)) {
      int close = written.indexOf('"', 3);
      while (written.startsWith("\"\"", close)) {
        close = written.indexOf('"', close + 2);
      }
      String quoted = written.substring(3, close).replace("\"\"", "\"");
      return UnicodeEscapes.resolve(quoted, written.substring(close + 1));
    }
    return fold(written);
  }

  /** A to Z only: beyond ASCII a server with a multibyte encoding leaves letters as they are. */
  private static String fold(String word) {
    StringBuilder folded = null;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        if (folded == null) {
          folded = new StringBuilder(word);
        }
        folded.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return folded == null ? word : folded.toString();
  }

  private static String cut(String name) {
    // Three bytes are the most that one UTF-16 unit takes.
    if (name.length() * 3 <= LONGEST || name.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return name;
    }
    int bytes = 0;
    int end = 0;
    while (end < name.length()) {
      int point = name.codePointAt(end);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > LONGEST) {
        break;
      }
      end += Character.charCount(point);
    }
    return name.substring(0, end);
  }
}
