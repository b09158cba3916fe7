package dev.sluice.rewrite;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files that are written all or not at all: new ones first, then those that are replaced, each in
 * one instant, then those that go.
 *
 * @param made text by place; none of them is there
 * @param replaced text by place; all of them are there
 * @param gone places; all of them are there
 */
public record FileSet(Map<Path, String> made, Map<Path, String> replaced, List<Path> gone) {

  public FileSet {
    made = Collections.unmodifiableMap(new TreeMap<>(made));
    replaced = Collections.unmodifiableMap(new TreeMap<>(replaced));
    gone = List.copyOf(gone);
  }

  /**
   * Looks, and writes nothing.
   *
   * @throws Problem where a new file is there already, or the encoding has no such character
   */
  public void check(Charset encoding) {
    List<String> there = made.keySet().stream().filter(Files::exists).map(Path::toString).toList();
    if (!there.isEmpty()) {
      throw new Problem(
          Reason.FILES,
          String.join(", ", there)
              + (there.size() == 1 ? " is" : " are")
              + " there already, and nothing is overwritten\n"
              + "  fix: take it away, or name another directory with --out");
    }
    CharsetEncoder encoder = encoding.newEncoder();
    for (Map<Path, String> some : List.of(made, replaced)) {
      some.forEach(
          (file, text) -> {
            if (!encoder.canEncode(text)) {
              throw new Problem(
                  Reason.FILES,
                  file
                      + ": "
                      + encoding
                      + " has no character for all of its text\n"
                      + "  fix: set flyway.encoding=UTF-8, and write the migrations so");
            }
          });
    }
  }

  /**
   * Writes them.
   *
   * @throws Problem where one cannot be written; then none is
   */
  public void write(Charset encoding) {
    check(encoding);
    Map<Path, byte[]> before = new TreeMap<>();
    List<Path> begun = new ArrayList<>();
    try {
      for (Path file : replaced.keySet()) {
        before.put(file, Files.readAllBytes(file));
      }
      for (Path file : gone) {
        before.put(file, Files.readAllBytes(file));
      }
      for (Map.Entry<Path, String> file : made.entrySet()) {
        Files.writeString(file.getKey(), file.getValue(), encoding, StandardOpenOption.CREATE_NEW);
        begun.add(file.getKey());
      }
      replace(encoding, begun);
      for (Path file : gone) {
        Files.delete(file);
      }
    } catch (IOException e) {
      takeBack(begun, before);
      throw new Problem(
          Reason.FILES,
          "not written: "
              + e.getMessage()
              + ": no permission, or no space; all files are as they were\n"
              + "  fix: another place with --out",
          e);
    }
  }

  /** All are written before the first of them is there. */
  private void replace(Charset encoding, List<Path> begun) throws IOException {
    Map<Path, Path> beside = new TreeMap<>();
    for (Map.Entry<Path, String> file : replaced.entrySet()) {
      Path other = file.getKey().resolveSibling(".sluice-" + file.getKey().getFileName() + "~");
      Files.writeString(other, file.getValue(), encoding);
      begun.add(other);
      beside.put(file.getKey(), other);
    }
    for (Map.Entry<Path, Path> file : beside.entrySet()) {
      Files.move(
          file.getValue(),
          file.getKey(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void takeBack(List<Path> begun, Map<Path, byte[]> before) {
    begun.forEach(FileSet::discard);
    before.forEach(
        (file, bytes) -> {
          try {
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
              Files.write(file, bytes);
            }
          } catch (IOException e) {
            throw new Problem(
                Reason.FILES,
                file + ": replaced already, and cannot be put back\n  fix: git checkout " + file,
                e);
          }
        });
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Problem(
          Reason.FILES,
          file + ": half written, and cannot be taken away again\n  fix: delete it by hand",
          e);
    }
  }
}
