package dev.sluice.dialect.reading;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text as a lexer takes it, in UTF-16 units, so that a token's place is a place in the text.
 * ANTLR's own streams count code points.
 */
public final class Characters implements CharStream {

  private final String text;
  private final boolean upperCase;
  private int at;

  private Characters(String text, boolean upperCase) {
    this.text = text;
    this.upperCase = upperCase;
  }

  /** The letters as they are. */
  public static Characters of(String text) {
    return new Characters(text, false);
  }

  /** ASCII letters in upper case, for a lexer whose keywords are written so. */
  public static Characters inUpperCase(String text) {
    return new Characters(text, true);
  }

  @Override
  public void consume() {
    if (at >= text.length()) {
      throw new IllegalStateException("cannot consume EOF");
    }
    at++;
  }

  @Override
  public int LA(int distance) {
    int index = distance > 0 ? at + distance - 1 : at + distance;
    if (distance == 0 || index < 0 || index >= text.length()) {
      return IntStream.EOF;
    }
    char c = text.charAt(index);
    return upperCase && c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c;
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return at;
  }

  @Override
  public void seek(int index) {
    at = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }

  @Override
  public String getText(Interval interval) {
    int start = interval.a;
    int end = Math.min(interval.b + 1, text.length());
    return start >= end ? "" : text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
