package dev.sluice.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Results by the checksum of what they were made of. What a run worked out is there for the next
 * one, in one file, which holds what its last writer used and nothing else. Safe for several
 * threads and several processes: the file is replaced whole, and where two write, one of them wins.
 *
 * <p>Whatever is wrong with the file (not there, cut off, another build's, not to be written to)
 * costs time and nothing else. Nothing secret may be put in.
 */
public final class Cache {

  private final @Nullable Path file;
  private final String stamp;
  private final Map<Key, CacheFile.Entry> earlier;
  private final Map<Key, CacheFile.Entry> used = new ConcurrentHashMap<>();
  private final boolean isNew;
  private volatile boolean more;

  private Cache(@Nullable Path file, String stamp, Map<Key, CacheFile.Entry> earlier) {
    this.file = file;
    this.isNew = file == null || !Files.exists(file);
    this.more = isNew;
    this.stamp = stamp;
    this.earlier = earlier;
  }

  /** Remembers nothing. */
  public static Cache none() {
    return new Cache(null, "", Map.of());
  }

  /**
   * Reads what the last writer left.
   *
   * @param directory for such files; it need not exist
   * @param stamp of the build: what another one wrote counts for nothing
   * @param of whose results they are; each has a file of its own
   */
  public static Cache open(Path directory, String stamp, String... of) {
    Path file = directory.resolve(CacheFile.name(Key.of("cache", of)));
    return new Cache(file, stamp, CacheFile.read(file, stamp));
  }

  /** Whether no earlier run has left anything: what is many and small is then not worth keeping. */
  public boolean isNew() {
    return isNew;
  }

  /**
   * What {@code work} gives, from an earlier run where there was one.
   *
   * @param type of what it gives; see {@link Shape} for what a record may hold
   * @param key all that {@code work} depends on, besides the build
   */
  public <R extends Record> R get(Class<R> type, Supplier<R> work, String... key) {
    if (file == null) {
      return work.get();
    }
    Key sum = Key.of(type.getName(), key);
    CacheFile.Entry entry = used.getOrDefault(sum, earlier.get(sum));
    if (entry != null) {
      try {
        R result = type.cast(Shape.of(type).read(entry.input()));
        used.put(sum, entry);
        return result;
      } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
        // Its checksum was right, and still it is none of ours.
        return made(type, work, sum);
      }
    }
    return made(type, work, sum);
  }

  private <R extends Record> R made(Class<R> type, Supplier<R> work, Key sum) {
    R result = work.get();
    Output out = new Output();
    Shape.of(type).write(result, out);
    used.put(sum, new CacheFile.Entry.Made(out));
    more = true;
    return result;
  }

  /** Leaves what was used for the next run, where that is more than what the last one left. */
  public void save() {
    if (file != null && more) {
      try {
        CacheFile.write(file, stamp, used);
        more = false;
      } catch (IOException e) {
        // The next run works it out again.
        return;
      }
    }
  }
}
