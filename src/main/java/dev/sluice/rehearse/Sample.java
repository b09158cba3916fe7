package dev.sluice.rehearse;

import dev.sluice.dialect.Engine;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.rehearse.workload.Workload;
import dev.sluice.rehearse.workload.WorkloadReader;
import dev.sluice.sql.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shop's story as it comes with Sluice, laid out as files: Flyway wants a folder.
 *
 * @param directory where the user would stand: the files are named from here
 */
public record Sample(Path directory) {

  /** The sample's migrations, as they are named in the repository. */
  private static final Path MIGRATIONS = Path.of("migrations-sample", "postgresql");

  private static final String RESOURCES = "/sample/postgresql";
  private static final int FIRST_PENDING = 13;

  /** Writes the files into {@code directory}, which is there. */
  public static Sample unpack(Path directory) {
    Sample sample = new Sample(directory);
    URL packed = Sample.class.getResource(RESOURCES);
    if (packed == null) {
      throw new IllegalStateException("the sample is not on the class path");
    }
    try {
      URI uri = packed.toURI();
      if ("jar".equals(uri.getScheme())) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          sample.copy(jar.getPath(RESOURCES));
        }
      } else {
        sample.copy(Path.of(uri));
      }
      sample.layOutBefore();
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        // Two file systems: only the text of a relative path means the same in both.
        Path to = migrations().resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }

  /** Versions 1 to 12, and the repeatable migration with the text that it had then. */
  private void layOutBefore() throws IOException {
    Files.createDirectory(before());
    try (Stream<Path> files = Files.list(migrations())) {
      for (Path file : files.toList()) {
        if (version(file).filter(v -> v < FIRST_PENDING).isPresent()) {
          Files.copy(file, before().resolve(file.getFileName()));
        }
      }
    }
    Files.copy(
        migrations().resolve("before/best_sellers.sql"), before().resolve("R__best_sellers.sql"));
  }

  private static Optional<Integer> version(Path file) {
    String name = file.getFileName().toString();
    int end = name.indexOf("__");
    return name.startsWith("V") && end > 0
        ? Optional.of(Integer.parseInt(name.substring(1, end)))
        : Optional.empty();
  }

  /** All migrations, the pending release among them. */
  public Path migrations() {
    return directory.resolve(MIGRATIONS);
  }

  /** Flyway's defaults: no file and no variable of the user's has a say here. */
  public FlywaySettings flywaySettings() {
    return FlywaySettings.read(
        new FlywaySettings.Sources(directory, directory, Map.of(), Map.of()));
  }

  /** Reads the migrations. */
  public FlywayMigrations read() {
    return FlywayMigrations.read(flywaySettings(), Engine.POSTGRESQL.id(), List.of(MIGRATIONS));
  }

  /** The same, as messages and plans name it. */
  public Path shown() {
    return MIGRATIONS;
  }

  /** What is applied before the release, as a folder of its own. */
  public Path before() {
    return directory.resolve("before");
  }

  /** What the release holds: version 13 and later, and repeatables. */
  public Pending pending() {
    return new Pending.From(new Version(String.valueOf(FIRST_PENDING)), Optional.empty());
  }

  /** Rows for version 12. */
  public Workload fill() {
    return workload("fill.sql");
  }

  /** What the application sends before the release. */
  public Workload oldVersion() {
    return workload("old.sql");
  }

  /** What it sends after it. */
  public Workload newVersion() {
    return workload("new.sql");
  }

  private Workload workload(String name) {
    Path file = MIGRATIONS.resolve("workload").resolve(name);
    try {
      return WorkloadReader.read(
          new Source(file.toString(), Files.readString(directory.resolve(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
