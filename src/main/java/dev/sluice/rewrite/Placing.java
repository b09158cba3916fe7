package dev.sluice.rewrite;

import dev.sluice.dialect.Engine;
import dev.sluice.migration.Migration;
import dev.sluice.rewrite.Rewriting.PlainFile;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the files go, and what they do there.
 *
 * @param engine whether a file without a transaction needs to say so
 * @param migration that they take the place of
 * @param original its file
 * @param encoding of migrations, unless the file's own settings name another
 * @param transactions whether Flyway is set to run files in transactions
 */
public record Placing(
    Engine engine, Migration migration, Path original, Charset encoding, boolean transactions) {

  /**
   * Files, and what a person reads of them before they are written.
   *
   * @param encoding that they are written in
   */
  public record Placed(FileSet files, Charset encoding, String difference) {}

  /**
   * @param out another directory, where the original is not touched; empty for the original's
   * @throws Problem where the original cannot be read
   */
  public Placed place(List<PlainFile> files, Optional<Path> out) {
    List<String> own = settings();
    Charset charset = own.stream().flatMap(l -> encoding(l).stream()).findFirst().orElse(encoding);
    String text = read(original, charset);
    boolean windows = text.contains("\r\n");
    Path folder = out.orElseGet(() -> folder(original));
    Map<Path, String> all = new TreeMap<>();
    for (PlainFile file : files) {
      Path place = folder.resolve(file.name());
      all.put(place, windows ? file.text().replace("\n", "\r\n") : file.text());
      settings(file, own).ifPresent(s -> all.put(conf(place), s));
    }
    if (out.isPresent()) {
      return placed(new FileSet(all, Map.of(), List.of()), charset);
    }
    List<Path> old =
        Stream.of(original, conf(original), sidecar()).filter(Files::isRegularFile).toList();
    Map<Path, String> replaced = new TreeMap<>(all);
    replaced.keySet().retainAll(old);
    all.keySet().removeAll(old);
    return placed(
        new FileSet(all, replaced, old.stream().filter(f -> !replaced.containsKey(f)).toList()),
        charset);
  }

  private Placed placed(FileSet files, Charset charset) {
    StringBuilder difference = new StringBuilder();
    List<Path> order = new ArrayList<>(files.replaced().keySet());
    order.addAll(files.made().keySet());
    for (Path file : order) {
      difference.append(
          files.replaced().containsKey(file)
              ? UnifiedDiff.changed(
                  shown(file), read(file, charset), files.replaced().getOrDefault(file, ""))
              : UnifiedDiff.made(shown(file), files.made().getOrDefault(file, "")));
    }
    files.gone().forEach(f -> difference.append(UnifiedDiff.gone(shown(f), read(f, charset))));
    return new Placed(files, charset, difference.toString());
  }

  /** As the migration's own place is shown. */
  private String shown(Path file) {
    if (!folder(file).equals(folder(original))) {
      return file.toString().replace('\\', '/');
    }
    String its = migration.file();
    return its.substring(0, its.lastIndexOf('/') + 1) + file.getFileName();
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
  }

  private static Path conf(Path file) {
    return file.resolveSibling(file.getFileName() + ".conf");
  }

  private Path sidecar() {
    return original.resolveSibling(original.getFileName() + ".sluice");
  }

  /** The original's own, whether it runs in a transaction left out; may be empty. */
  private List<String> settings() {
    Path conf = conf(original);
    return Files.isRegularFile(conf)
        ? read(conf, StandardCharsets.UTF_8)
            .lines()
            .filter(l -> !l.isBlank() && !l.strip().startsWith("executeInTransaction"))
            .toList()
        : List.of();
  }

  private Optional<String> settings(PlainFile file, List<String> own) {
    List<String> lines = new ArrayList<>(own);
    if (engine == Engine.POSTGRESQL && file.transactional() != transactions) {
      lines.add("executeInTransaction=" + file.transactional());
    } else if (engine == Engine.POSTGRESQL && !file.transactional()) {
      lines.add("executeInTransaction=false");
    } else if (engine != Engine.POSTGRESQL) {
      migration.transactional().ifPresent(t -> lines.add("executeInTransaction=" + t));
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(lines.stream().map(l -> l + "\n").collect(Collectors.joining()));
  }

  private static Optional<Charset> encoding(String line) {
    String[] parts = line.split("=", 2);
    return parts.length == 2 && parts[0].strip().equals("encoding")
        ? Optional.of(Charset.forName(parts[1].strip()))
        : Optional.empty();
  }

  private static String read(Path file, Charset charset) {
    try {
      return Files.readString(file, charset);
    } catch (IOException e) {
      throw new Problem(
          Reason.FILES,
          file + ": cannot be read as " + charset + "\n  fix: set flyway.encoding",
          e);
    }
  }
}
