package dev.sluice.dialect.mysql.reading;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text as the lexers take it: letters in upper case, which is how their keywords are written, and
 * places in UTF-16 units, so that a token's place is one in the text.
 */
final class Characters implements CharStream {

  private final String text;
  private int at;

  Characters(String text) {
    this.text = text;
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
    return c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c;
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
