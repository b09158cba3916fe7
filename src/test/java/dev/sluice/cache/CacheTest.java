package dev.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

  @TempDir Path directory;

  private final AtomicInteger worked = new AtomicInteger();

  private Name get(Cache cache, String key) {
    return cache.get(
        Name.class,
        () -> {
          worked.incrementAndGet();
          return new Name("made of " + key);
        },
        key);
  }

  private Cache open(String stamp) {
    return Cache.open(directory, stamp, "shop");
  }

  private void leave(String... keys) {
    Cache cache = open("1");
    for (String key : keys) {
      get(cache, key);
    }
    cache.save();
    worked.set(0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void theNextRunFindsIt() {
    leave("a", "b");
    Cache cache = open("1");
    assertThat(get(cache, "a")).isEqualTo(new Name("made of a"));
    assertThat(get(cache, "b")).isEqualTo(new Name("made of b"));
    assertThat(worked).hasValue(0);
    assertThat(get(cache, "c")).isEqualTo(new Name("made of c"));
    assertThat(worked).hasValue(1);
  }

  @Test
  void anotherBuildFindsNothing() {
    leave("a");
    get(open("2"), "a");
    assertThat(worked).hasValue(1);
  }

  @Test
  void whatNobodyUsedIsLeftOut() {
    leave("a", "b");
    Cache cache = open("1");
    get(cache, "b");
    get(cache, "c");
    cache.save();
    worked.set(0);
    get(open("1"), "a");
    assertThat(worked).hasValue(1);
  }

  @Test
  void wherePartsEndIsAPartOfTheKey() {
    assertThat(Key.of("x", "ab", "c")).isNotEqualTo(Key.of("x", "a", "bc"));
  }

  @Test
  void aDamagedFileIsNone() throws IOException {
    leave("a", "b");
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(get(open("1"), "a")).isEqualTo(new Name("made of a"));
    }
    assertThat(worked).hasValue(whole.length);
    for (int at = 0; at < whole.length; at++) {
      byte[] wrong = whole.clone();
      wrong[at] ^= 0x10;
      Files.write(file, wrong);
      assertThat(get(open("1"), "a")).isEqualTo(new Name("made of a"));
    }
    assertThat(worked).hasValue(2 * whole.length);
    leave("a");
    get(open("1"), "a");
    assertThat(worked).hasValue(0);
  }

  @Test
  void severalWriteAtOnceAndOneOfThemWins() throws IOException {
    IntStream.range(0, 40).parallel().forEach(i -> leave("key " + i % 4, "for all"));
    worked.set(0);
    get(open("1"), "for all");
    assertThat(worked).hasValue(0);
    assertThat(files()).hasSize(1);
  }

  @Test
  void itIsTheOwnersAlone() throws IOException {
    directory = directory.resolve("new");
    leave("a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
        .isEqualTo("rw-------");
  }

  @Test
  void oldOnesGoWhereThereAreMany() throws IOException {
    for (int i = 0; i < 40; i++) {
      Cache cache = Cache.open(directory, "1", "history " + i);
      get(cache, "a");
      cache.save();
    }
    assertThat(files()).hasSize(32);
  }

  @Test
  void whereNothingCanBeWrittenNothingIsKept() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Cache cache = Cache.open(file.resolve("below"), "1", "shop");
    assertThat(get(cache, "a")).isEqualTo(new Name("made of a"));
    cache.save();
    assertThat(file).isEmptyFile();
  }
}
