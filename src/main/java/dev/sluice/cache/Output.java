package dev.sluice.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes that grow; a long report among them, so that what is written is never copied to grow. */
final class Output {

  /** How the characters of a text are written. */
  static final int NARROW = 0;

  static final int UTF_8 = 1;
  static final int UTF_16 = 2;

  private static final int PART = 64 << 10;

  private final List<byte[]> full = new ArrayList<>();
  private int before;
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
      number((value.length() << 2) | NARROW);
      bytes(value.getBytes(StandardCharsets.ISO_8859_1), 0, value.length());
      return;
    }
    int length = lengthInUtf8(value);
    if (length < 0) {
      number((value.length() << 2) | UTF_16);
      for (int i = 0; i < value.length(); i++) {
        octet(value.charAt(i) >>> 8);
        octet(value.charAt(i));
      }
    } else {
      number((length << 2) | UTF_8);
      room(length);
      utf8(value);
    }
  }

  private static boolean isNarrow(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  /** In bytes; negative where half of a surrogate pair stands alone. */
  private static int lengthInUtf8(String value) {
    int length = 0;
    for (int i = 0; i < value.length(); i++) {
      int c = value.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        return -1;
      }
      length += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      i += c < 0x10000 ? 0 : 1;
    }
    return length;
  }

  // Java's own encoder takes three times the room first, and this may be the longest text there is.
  private void utf8(String value) {
    for (int i = 0; i < value.length(); i++) {
      int c = value.codePointAt(i);
      if (c < 0x80) {
        octet(c);
      } else if (c < 0x800) {
        octet(0xc0 | (c >> 6));
        octet(0x80 | (c & 0x3f));
      } else if (c < 0x10000) {
        octet(0xe0 | (c >> 12));
        octet(0x80 | ((c >> 6) & 0x3f));
        octet(0x80 | (c & 0x3f));
      } else {
        octet(0xf0 | (c >> 18));
        octet(0x80 | ((c >> 12) & 0x3f));
        octet(0x80 | ((c >> 6) & 0x3f));
        octet(0x80 | (c & 0x3f));
        i++;
      }
    }
  }

  void bytes(byte[] from, int start, int length) {
    room(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  private void room(int more) {
    if (bytes.length - size >= more) {
      return;
    }
    if (size + more <= PART) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    } else {
      full.add(bytes.length == size ? bytes : Arrays.copyOf(bytes, size));
      before += size;
      bytes = new byte[Math.max(PART, more)];
      size = 0;
    }
  }

  int length() {
    return before + size;
  }

  void writeTo(OutputStream stream) throws IOException {
    for (byte[] part : full) {
      stream.write(part);
    }
    stream.write(bytes, 0, size);
  }

  byte[] toBytes() {
    byte[] all = new byte[length()];
    int at = 0;
    for (byte[] part : full) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    System.arraycopy(bytes, 0, all, at, size);
    return all;
  }
}
