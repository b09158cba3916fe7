package dev.sluice.cli;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** A long text as it came, never copied to grow. */
final class Pieces extends Writer {
  private final List<String> all = new ArrayList<>();

  @Override
  public void write(char[] from, int offset, int length) {
    all.add(new String(from, offset, length));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  List<String> all() {
    return List.copyOf(all);
  }
}
