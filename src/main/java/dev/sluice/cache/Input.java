package dev.sluice.cache;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What {@link Output} wrote, from a place on. */
final class Input {

  private final byte[] bytes;
  private int at;

  Input(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  int at() {
    return at;
  }

  int octet() {
    return bytes[at++] & 0xff;
  }

  int number() {
    int value = 0;
    int shift = 0;
    int octet = octet();
    while ((octet & 0x80) != 0) {
      value |= (octet & 0x7f) << shift;
      shift += 7;
      octet = octet();
    }
    return value | octet << shift;
  }

  long wide() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  String text() {
    int header = number();
    int length = header >>> 2;
    return switch (header & 3) {
      case Output.NARROW -> encoded(length, StandardCharsets.ISO_8859_1);
      case Output.UTF_8 -> encoded(length, StandardCharsets.UTF_8);
      default -> wideText(length);
    };
  }

  private String encoded(int length, Charset charset) {
    String text = new String(bytes, at, length, charset);
    at += length;
    return text;
  }

  private String wideText(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) (octet() << 8 | octet());
    }
    return new String(text);
  }

  void skip(int length) {
    at += length;
  }
}
