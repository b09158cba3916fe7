package dev.sluice.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. */
final class Output {

  /** How the characters of a text are written. */
  static final int NARROW = 0;

  static final int UTF_8 = 1;
  static final int UTF_16 = 2;

  private byte[] bytes = new byte[256];
  private int size;

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Small numbers take one byte; negative ones take five. */
  void number(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      octet((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    octet(rest);
  }

  void wide(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((int) (value >>> shift));
    }
  }

  /**
   * One byte a character where that holds them all, else UTF-8; two bytes a character where half of
   * a surrogate pair stands alone, which no charset of Java's keeps.
   */
  void text(String value) {
    if (isNarrow(value)) {
      text(value.getBytes(StandardCharsets.ISO_8859_1), NARROW);
    } else if (!hasHalfPair(value)) {
      text(value.getBytes(StandardCharsets.UTF_8), UTF_8);
    } else {
      number(value.length() << 2 | UTF_16);
      for (int i = 0; i < value.length(); i++) {
        octet(value.charAt(i) >>> 8);
        octet(value.charAt(i));
      }
    }
  }

  private void text(byte[] encoded, int form) {
    number(encoded.length << 2 | form);
    bytes(encoded, 0, encoded.length);
  }

  private static boolean isNarrow(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasHalfPair(String value) {
    return value
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  void bytes(byte[] from, int start, int length) {
    room(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** All of them; nothing may be added afterwards. */
  byte[] toBytes() {
    return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
  }
}
