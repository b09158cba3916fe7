package dev.sluice.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Bytes that grow. */
final class Output {

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

  // No charset of Java's but the narrow one keeps half of a surrogate pair.
  void text(String value) {
    boolean narrow = isNarrow(value);
    number(value.length() << 1 | (narrow ? 0 : 1));
    if (narrow) {
      bytes(value.getBytes(StandardCharsets.ISO_8859_1), 0, value.length());
    } else {
      for (int i = 0; i < value.length(); i++) {
        octet(value.charAt(i) >>> 8);
        octet(value.charAt(i));
      }
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

  long checksum() {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, size);
    return sum.getValue();
  }

  int size() {
    return size;
  }

  void to(OutputStream stream) throws IOException {
    stream.write(bytes, 0, size);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
