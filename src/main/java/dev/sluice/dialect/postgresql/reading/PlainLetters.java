package dev.sluice.dialect.postgresql.reading;

/**
 * Puts one letter in the place of every character beyond ASCII. To the server each of them is a
 * letter; the grammar's lexer knows letters of alphabets only, and not arrows or signs. Names are
 * cut out of the text as written, so nothing is lost.
 */
final class PlainLetters {

  private static final char LETTER = 'ä';
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private PlainLetters() {}

  static String in(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) < 0x80) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text);
    for (int at = first; at < text.length(); at++) {
      if (text.charAt(at) >= 0x80 && !(at == 0 && text.charAt(at) == BYTE_ORDER_MARK)) {
        plain.setCharAt(at, LETTER);
      }
    }
    return plain.toString();
  }
}
