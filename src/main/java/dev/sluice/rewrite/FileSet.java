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
    made = java.util.Collections.unmodifiableMap(new TreeMap<>(made));
    replaced = java.util.Collections.unmodifiableMap(new TreeMap<>(replaced));
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
    List<Path> begun = new ArrayList<>();
    try {
      for (Map.Entry<Path, String> file : made.entrySet()) {
        begun.add(file.getKey());
        Files.writeString(file.getKey(), file.getValue(), encoding, StandardOpenOption.CREATE_NEW);
      }
      Map<Path, Path> beside = new TreeMap<>();
      for (Map.Entry<Path, String> file : replaced.entrySet()) {
        Path other = file.getKey().resolveSibling(".sluice-" + file.getKey().getFileName() + "~");
        begun.add(other);
        beside.put(file.getKey(), other);
        Files.writeString(other, file.getValue(), encoding);
      }
      for (Map.Entry<Path, Path> file : beside.entrySet()) {
        Files.move(
            file.getValue(),
            file.getKey(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      for (Path file : gone) {
        Files.delete(file);
      }
    } catch (IOException e) {
      begun.forEach(FileSet::discard);
      throw new Problem(
          Reason.FILES,
          "not written: "
              + e.getMessage()
              + ": no permission, or no space; no file was made\n  fix: another place with --out",
          e);
    }
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
