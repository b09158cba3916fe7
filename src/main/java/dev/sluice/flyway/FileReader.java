package dev.sluice.flyway;

import dev.sluice.cache.Cache;
import dev.sluice.flyway.FileNames.Meaning;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Remark;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.Source;
import dev.sluice.sql.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.sqlscript.SqlScriptMetadata;

/** Reads files whose names say that Flyway would run them; several at once, if need be. */
final class FileReader {

  private final FlywaySettings settings;
  private final Configuration configuration;
  private final Supplier<FlywayParsers.Reader> parsers;
  private final BuiltIns builtIns;
  private final Cache cache;
  private final Path here;
  private final Queue<Remark> empty = new ConcurrentLinkedQueue<>();

  FileReader(
      FlywaySettings settings,
      Configuration configuration,
      Supplier<FlywayParsers.Reader> parsers,
      BuiltIns builtIns,
      Cache cache) {
    this.settings = settings;
    this.configuration = configuration;
    this.parsers = parsers;
    this.builtIns = builtIns;
    this.cache = cache;
    this.here = settings.directory().toAbsolutePath().normalize();
  }

  /** The file as messages name it: relative to where the user stands, where it lies below. */
  String shown(LoadableResource resource) {
    return shown(path(resource));
  }

  private String shown(Path path) {
    Path relative = path.startsWith(here) ? here.relativize(path) : path;
    return relative.toString().replace('\\', '/');
  }

  static Path path(LoadableResource resource) {
    return Path.of(resource.getAbsolutePathOnDisk());
  }

  Migration read(LoadableResource resource, Meaning.Runs meaning) {
    Path path = path(resource);
    String shown = shown(path);
    if (meaning.type() == Migration.Type.SCRIPT) {
      return script(resource, meaning, shown);
    }
    FlywayParsers.Reader parser = parsers.get();
    SqlScriptMetadata own = own(path, shown, parser);
    Source source =
        ScriptText.read(
            path,
            shown,
            settings.files(),
            Optional.ofNullable(own.encoding()).map(n -> charset(n, shown)));
    boolean replacement =
        Optional.ofNullable(own.placeholderReplacement())
            .orElse(settings.placeholders().replacement());
    FlywaySettings.Placeholders placeholders = settings.placeholders().replacing(replacement);
    Map<String, String> values = builtIns.values(resource.getFilename());
    Expansion expansion = Expansion.of(source, placeholders, values);
    Optional<Boolean> inTransaction = Optional.ofNullable(own.executeInTransaction());
    List<Statement> statements =
        own.shouldExecute()
            ? new Splitter(source, expansion, parser, cache)
                .split(settings.running(), inTransaction)
            : List.of();
    if (statements.isEmpty() && own.shouldExecute()) {
      openComment(source).map(FileReader::nothing).ifPresent(empty::add);
    }
    return new Migration(
        meaning.version(),
        meaning.description(),
        meaning.type(),
        resource.getRelativePath(),
        shown,
        Optional.of(checksum(resource, source, meaning, expansion)),
        inTransaction,
        statements,
        expansion.names(),
        sidecar(path));
  }

  /** Of the files that were read: those with nothing in them but a comment that never ends. */
  List<Remark> empty() {
    return List.copyOf(empty);
  }

  /** Where it opens, with the file in front; empty where every comment ends. */
  private static Optional<String> openComment(Source source) {
    String text = source.text();
    int at = 0;
    while (at < text.length()) {
      int behind = at + 1;
      if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          return Optional.of(source.file() + ":" + source.locate(at));
        }
        behind = end + 2;
      } else if (text.startsWith("--", at) || text.charAt(at) == '#') {
        int feed = text.indexOf('\n', at);
        behind = feed < 0 ? text.length() : feed + 1;
      }
      at = behind;
    }
    return Optional.empty();
  }

  private static Remark nothing(String place) {
    return new Remark(
        Remark.Kind.IGNORED,
        place,
        Optional.empty(),
        "the comment that opens here is never closed, and nothing else is in the file",
        "Flyway runs nothing of it and records it as applied",
        "close the comment with */, or take the file away",
        false);
  }

  private Migration script(LoadableResource resource, Meaning.Runs meaning, String shown) {
    Source source = ScriptText.read(path(resource), shown, settings.files(), Optional.empty());
    return new Migration(
        meaning.version(),
        meaning.description(),
        meaning.type(),
        resource.getRelativePath(),
        shown,
        Optional.of(ChecksumCalculator.calculate(new TextResource(source.text()))),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /**
   * A repeatable file's checksum is that of its resolved text, so that a new value runs it again.
   * Where a value is known to the server alone, it is that of the file as written, which Flyway
   * takes for equal.
   */
  private int checksum(
      LoadableResource resource, Source source, Meaning.Runs meaning, Expansion expansion) {
    LoadableResource text = new TextResource(source.text());
    List<String> names = expansion.names();
    if (meaning.type() != Migration.Type.REPEATABLE
        || names.isEmpty()
        || !builtIns.certain(names)) {
      return ChecksumCalculator.calculate(text);
    }
    ParsingContext context = new ParsingContext();
    context.getPlaceholders().putAll(builtIns.own(resource.getFilename()));
    return ChecksumCalculator.calculate(
        LoadableResource.createPlaceholderReplacingLoadableResource(text, configuration, context));
  }

  /**
   * @throws Problem where a {@code .conf} under {@code root} is one that Flyway refuses
   */
  void refuseBrokenSettings(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.filter(file -> file.toString().endsWith(".conf"))
          .map(file -> Path.of(file.toString().replaceFirst("\\.conf$", "")))
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> own(file, shown(file), parsers.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings in the file's own {@code .conf}; empty ones where there is none. */
  private SqlScriptMetadata own(Path path, String shown, FlywayParsers.Reader parser) {
    Path conf = path.resolveSibling(path.getFileName() + ".conf");
    try {
      return SqlScriptMetadata.fromResource(
          Files.isRegularFile(conf)
              ? new TextResource(ScriptText.utf8(conf, shown(conf)).text())
              : null,
          parser.parser(),
          configuration);
    } catch (FlywayException e) {
      throw new Problem(Reason.FILES, shown + ".conf: Flyway refuses it: " + e.getMessage(), e);
    }
  }

  private static Charset charset(String name, String shown) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new Problem(
          Reason.FILES, shown + ".conf: encoding is \"" + name + "\", which Java does not know", e);
    }
  }

  /**
   * Settings of a migration that is not there.
   *
   * @throws Problem where {@code path} holds directives for a migration that is not there: they
   *     would be lost in silence
   */
  Optional<Remark> alone(Path path) {
    String name = String.valueOf(path.getFileName());
    if (name.endsWith(".sluice")) {
      String migration = name.substring(0, name.length() - ".sluice".length());
      if (!Files.isRegularFile(path.resolveSibling(migration))) {
        throw new Problem(
            Reason.FILES,
            shown(path)
                + ": directives for "
                + migration
                + ", which is not beside it\n"
                + "  fix: name it after its migration (V1__x.sql.sluice), or take it away");
      }
    }
    String migration = name.replaceFirst("\\.conf$", "");
    boolean ofMigration =
        !migration.equals(name)
            && settings.files().suffixes().stream().anyMatch(migration::endsWith);
    return ofMigration && !Files.isRegularFile(path.resolveSibling(migration))
        ? Optional.of(
            new Remark(
                Remark.Kind.IGNORED,
                shown(path),
                Optional.empty(),
                "settings for " + migration + ", which is not beside it",
                "nobody reads them: what they are meant for runs without",
                "name it as the migration, with .conf behind, or take it away",
                false))
        : Optional.empty();
  }

  private Optional<Source> sidecar(Path path) {
    Path sidecar = path.resolveSibling(path.getFileName() + ".sluice");
    return Files.isRegularFile(sidecar)
        ? Optional.of(ScriptText.utf8(sidecar, shown(sidecar)))
        : Optional.empty();
  }
}
