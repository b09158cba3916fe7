package dev.sluice.flyway;

import dev.sluice.cache.Cache;
import dev.sluice.flyway.FileNames.Meaning;
import dev.sluice.flyway.Locations.Place;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Remark;
import dev.sluice.migration.Version;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.locations.LocationParser;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.scanner.filesystem.FileSystemScanner;

/**
 * All that Flyway would find in its locations, read by Flyway's own scanner, parser of names,
 * parser of SQL and checksum; without a connection, and once.
 *
 * <p>Of a file that holds statements both inside and outside a transaction, which Flyway refuses
 * unless {@code flyway.mixed} is set, the statements keep their own {@code transactional}.
 */
public final class FlywayMigrations implements Migrations {

  private static final String FILESYSTEM = "filesystem:";

  private static final Comparator<Migration> ORDER =
      Comparator.comparing((Migration m) -> m.version().isEmpty())
          .thenComparing(m -> m.version().orElse(new Version("0")))
          .thenComparing(m -> m.type() == Migration.Type.BASELINE)
          .thenComparing(Migration::description);

  private final Locations locations;
  private final List<Migration> all;
  private final List<Bystander> bystanders;
  private final List<Remark> remarks;

  private FlywayMigrations(
      Locations locations, List<Migration> all, List<Bystander> bystanders, List<Remark> remarks) {
    this.locations = locations;
    this.all = List.copyOf(all);
    this.bystanders = List.copyOf(bystanders);
    this.remarks = List.copyOf(remarks);
  }

  /**
   * Reads them. Opens no connection.
   *
   * @param engine {@code postgresql}, {@code mysql} or {@code mariadb}: whose statements they are
   * @param directories instead of Flyway's locations; empty for those
   * @throws Problem where a directory is missing, a name malformed, a version there twice, or a
   *     file cannot be read as Flyway would have to
   */
  public static FlywayMigrations read(
      FlywaySettings settings, String engine, List<Path> directories) {
    return read(settings, engine, directories, Cache.none());
  }

  /**
   * The same with what earlier runs have read.
   *
   * @param cache of them
   */
  public static FlywayMigrations read(
      FlywaySettings settings, String engine, List<Path> directories, Cache cache) {
    FlywayLog.quiet();
    Locations locations = Locations.of(settings, directories);
    Configuration configuration = Configurations.offline(settings);
    FileReader reader =
        new FileReader(
            settings,
            configuration,
            parsers(engine, configuration),
            new BuiltIns(settings, engine),
            cache);
    FileNames names = new FileNames(settings.files(), configuration);
    List<Script> scripts = new ArrayList<>();
    List<Migration> java = new ArrayList<>();
    List<Bystander> bystanders = new ArrayList<>();
    List<Remark> remarks = new ArrayList<>();
    List<String> malformed = new ArrayList<>();
    for (Place place : locations.places()) {
      Unreadable.refuse(place.root().toFile(), settings.files().suffixes());
      for (LoadableResource resource : scan(place, configuration, reader)) {
        String file = reader.shown(resource);
        Optional<Migration> written = JavaMigrations.read(FileReader.path(resource), file);
        written.ifPresent(java::add);
        if (written.isEmpty()) {
          switch (names.meaning(resource.getFilename())) {
            case Meaning.Runs runs -> scripts.add(new Script(resource, runs));
            case Meaning.Known known -> bystanders.add(new Bystander(file, known.what(), true));
            case Meaning.Other other -> bystanders.add(new Bystander(file, other.what(), false));
            case Meaning.Mistaken mistaken -> remarks.add(ignored(file, mistaken));
            case Meaning.Malformed wrong -> malformed.add(file + ": " + wrong.message());
            case Meaning.Unrelated unrelated ->
                reader.alone(FileReader.path(resource)).ifPresent(remarks::add);
          }
        }
      }
      for (Place sources : JavaMigrations.sources(place)) {
        for (LoadableResource resource : scan(sources, configuration, reader)) {
          String file = reader.shown(resource);
          JavaMigrations.read(FileReader.path(resource), file).ifPresent(java::add);
        }
      }
    }
    if (!malformed.isEmpty()) {
      throw new Problem(Reason.FILES, String.join("\n", malformed));
    }
    List<Migration> migrations = read(scripts, reader);
    migrations.addAll(onceEach(java));
    migrations.sort(ORDER);
    refuseDuplicates(migrations);
    remarks.addAll(reader.empty());
    remarks.sort(Comparator.comparing(Remark::where));
    return new FlywayMigrations(locations, migrations, bystanders, remarks);
  }

  private static Remark ignored(String file, Meaning.Mistaken mistaken) {
    return new Remark(
        Remark.Kind.IGNORED,
        file,
        Optional.empty(),
        "ignored by Flyway: " + mistaken.what(),
        "it is never run",
        mistaken.fix(),
        false);
  }

  /** A file to be read. */
  private record Script(LoadableResource resource, Meaning.Runs meaning) {}

  /** In the order of {@code scripts}; where several cannot be read, the first of them is named. */
  private static List<Migration> read(List<Script> scripts, FileReader reader) {
    List<Supplier<Migration>> read =
        scripts.parallelStream()
            .map(
                script -> {
                  try {
                    Migration migration = reader.read(script.resource(), script.meaning());
                    return (Supplier<Migration>) () -> migration;
                  } catch (Problem problem) {
                    return (Supplier<Migration>)
                        () -> {
                          throw problem;
                        };
                  }
                })
            .toList();
    return new ArrayList<>(read.stream().map(Supplier::get).toList());
  }

  private static Supplier<FlywayParsers.Reader> parsers(
      String engine, Configuration configuration) {
    return switch (engine) {
      case "postgresql" -> () -> FlywayParsers.postgresql(configuration);
      case "mysql" -> () -> FlywayParsers.mysql(configuration);
      case "mariadb" -> () -> FlywayParsers.mariadb(configuration);
      default ->
          throw new IllegalArgumentException(
              "\"" + engine + "\" is no engine; known are postgresql, mysql, mariadb");
    };
  }

  private static List<LoadableResource> scan(
      Place place, Configuration configuration, FileReader reader) {
    try {
      Location location =
          place.flyway().equals(FILESYSTEM + place.root())
              ? Location.fromPath(FILESYSTEM, place.root().toString())
              : LocationParser.parseLocation(place.flyway());
      return List.copyOf(new FileSystemScanner(configuration).scanForResources(location));
    } catch (FlywayException e) {
      // Flyway reads the files' own settings while it scans, and does not say whose are wrong.
      reader.refuseBrokenSettings(place.root());
      throw new Problem(Reason.FILES, place.root() + ": " + e.getMessage(), e);
    }
  }

  /** A class may be found as source and compiled. */
  private static Collection<Migration> onceEach(List<Migration> java) {
    Map<String, Migration> byName = new LinkedHashMap<>();
    java.forEach(m -> byName.putIfAbsent(m.label() + " " + m.description(), m));
    return byName.values();
  }

  /** Flyway refuses them too, but only when it is about to migrate. */
  private static void refuseDuplicates(List<Migration> migrations) {
    Map<String, List<Migration>> byIdentity = new LinkedHashMap<>();
    Map<Version, String> spelled = new HashMap<>();
    for (Migration migration : migrations) {
      String kind = migration.type() == Migration.Type.BASELINE ? "baseline " : "";
      String identity =
          migration
              .version()
              .map(v -> kind + "version " + spelled.computeIfAbsent(v, Version::text))
              .orElse("repeatable description \"" + migration.description() + "\"");
      byIdentity.computeIfAbsent(identity, i -> new ArrayList<>()).add(migration);
    }
    String twice =
        byIdentity.entrySet().stream()
            .filter(entry -> entry.getValue().size() > 1)
            .map(
                entry ->
                    entry.getValue().stream().map(Migration::file).collect(Collectors.joining(", "))
                        + ": the same "
                        + entry.getKey()
                        + "; Flyway refuses to run\n  fix: give each its own")
            .collect(Collectors.joining("\n"));
    if (!twice.isEmpty()) {
      throw new Problem(Reason.FILES, twice);
    }
  }

  @Override
  public List<Migration> all() {
    return all;
  }

  @Override
  public List<Bystander> bystanders() {
    return bystanders;
  }

  @Override
  public List<Remark> remarks() {
    return remarks;
  }

  /** The directories that were read, absolute. */
  public List<Path> directories() {
    return locations.places().stream().map(Place::root).toList();
  }

  /** In Flyway's notation, for Flyway itself. */
  List<String> flywayLocations() {
    return locations.places().stream().map(Place::flyway).filter(l -> !l.isEmpty()).toList();
  }
}
