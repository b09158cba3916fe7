package dev.sluice.cache;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** A cache as one file: stamp, entries with their keys, and a checksum over all of it. */
final class CacheFile {

  private static final String SUFFIX = ".cache";

  /** One for every directory of migrations that somebody works on. */
  private static final int MOST_FILES = 32;

  /** Some fifty thousand statements; a history beyond that is read anew each time. */
  private static final int MOST_BYTES = 64 << 20;

  private CacheFile() {}

  static String name(Key key) {
    return String.format("%016x%016x", key.high(), key.low()) + SUFFIX;
  }

  /** A result as bytes. */
  sealed interface Entry {
    int length();

    Input input();

    void writeTo(OutputStream stream) throws IOException;

    /** Part of a file's bytes. */
    final class Found implements Entry {
      private final byte[] file;
      private final int start;
      private final int length;

      private Found(byte[] file, int start, int length) {
        this.file = file;
        this.start = start;
        this.length = length;
      }

      @Override
      public int length() {
        return length;
      }

      @Override
      public Input input() {
        return new Input(file, start);
      }

      @Override
      public void writeTo(OutputStream stream) throws IOException {
        stream.write(file, start, length);
      }
    }

    /** Made in this run. */
    record Made(Output bytes) implements Entry {
      @Override
      public int length() {
        return bytes.length();
      }

      @Override
      public Input input() {
        return new Input(bytes.toBytes(), 0);
      }

      @Override
      public void writeTo(OutputStream stream) throws IOException {
        bytes.writeTo(stream);
      }
    }
  }

  /** Empty where there is no such file, or one that is cut off, damaged, or another build's. */
  static Map<Key, Entry> read(Path file, String stamp) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Input in = new Input(bytes, 0);
      int body = bytes.length - Long.BYTES;
      if (body < 0
          || new Input(bytes, body).wide() != checksum(bytes, body)
          || !in.text().equals(stamp)) {
        return Map.of();
      }
      int count = in.number();
      Map<Key, Entry> entries = HashMap.newHashMap(count);
      for (int i = 0; i < count; i++) {
        Key key = new Key(in.wide(), in.wide());
        int length = in.number();
        entries.put(key, new Entry.Found(bytes, in.at(), length));
        in.skip(length);
      }
      return entries;
    } catch (IOException | IndexOutOfBoundsException e) {
      return Map.of();
    }
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /** Replaces the file whole: who reads meanwhile sees the old one or the new one. */
  static void write(Path file, String stamp, Map<Key, Entry> entries) throws IOException {
    if (entries.values().stream().mapToLong(Entry::length).sum() > MOST_BYTES) {
      return;
    }
    Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
    make(directory);
    Path next = Files.createTempFile(directory, "next", SUFFIX);
    try {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(next))) {
        write(stream, stamp, entries);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
    deleteOldest(directory);
  }

  private static void write(OutputStream stream, String stamp, Map<Key, Entry> entries)
      throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32());
    Output head = new Output();
    head.text(stamp);
    head.number(entries.size());
    checked.write(head.toBytes());
    for (Map.Entry<Key, Entry> one : entries.entrySet()) {
      Output before = new Output();
      before.wide(one.getKey().high());
      before.wide(one.getKey().low());
      before.number(one.getValue().length());
      checked.write(before.toBytes());
      one.getValue().writeTo(checked);
    }
    Output end = new Output();
    end.wide(checked.getChecksum().getValue());
    stream.write(end.toBytes());
  }

  /** For its owner alone: what migrations say is nobody else's. */
  private static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (Files.getFileStore(existing(directory)).supportsFileAttributeView("posix")) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(directory);
    }
  }

  private static Path existing(Path directory) {
    Path at = directory;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /** Those of writers that were killed among them. */
  private static void deleteOldest(Path directory) throws IOException {
    List<Aged> all;
    try (Stream<Path> files = Files.list(directory)) {
      all = files.filter(f -> f.toString().endsWith(SUFFIX)).map(Aged::of).toList();
    }
    List<Aged> oldest =
        all.stream()
            .sorted(Comparator.comparingLong(Aged::written).reversed())
            .skip(MOST_FILES)
            .toList();
    for (Aged aged : oldest) {
      Files.deleteIfExists(aged.file());
    }
  }

  private record Aged(Path file, long written) {
    static Aged of(Path file) {
      return new Aged(file, file.toFile().lastModified());
    }
  }
}
