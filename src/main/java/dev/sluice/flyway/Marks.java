package dev.sluice.flyway;

import java.util.Arrays;

/**
 * A text without the byte order marks that stand in it, as where files were put together. Flyway's
 * parser drops them wherever they stand; of two in a row it lets the second through to the server,
 * which no statement survives.
 */
final class Marks {

  static final char MARK = '\ufeff';

  private final String text;

  /** Where each character of the text stood, and the end; empty where nothing was dropped. */
  private final int[] places;

  private Marks(String text, int[] places) {
    this.text = text;
    this.places = places;
  }

  static Marks dropFrom(String original) {
    if (original.indexOf(MARK) < 0) {
      return new Marks(original, new int[0]);
    }
    StringBuilder text = new StringBuilder(original.length());
    int[] places = new int[original.length() + 1];
    for (int at = 0; at < original.length(); at++) {
      if (original.charAt(at) != MARK) {
        places[text.length()] = at;
        text.append(original.charAt(at));
      }
    }
    places[text.length()] = original.length();
    return new Marks(text.toString(), Arrays.copyOf(places, text.length() + 1));
  }

  /** Without them. */
  String text() {
    return text;
  }

  /** Where the character at {@code offset} stood. */
  int original(int offset) {
    return places.length == 0 ? offset : places[offset];
  }

  /** How far from {@code offset}, at most to {@code end}, the characters stood side by side. */
  int runEnd(int offset, int end) {
    if (places.length == 0) {
      return end;
    }
    int at = offset + 1;
    while (at < end && places[at] == places[at - 1] + 1) {
      at++;
    }
    return at;
  }
}
