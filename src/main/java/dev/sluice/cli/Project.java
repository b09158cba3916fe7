package dev.sluice.cli;

import dev.sluice.cache.Cache;
import dev.sluice.database.Address;
import dev.sluice.database.Database;
import dev.sluice.database.Session;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.flyway.FlywayMigrations;
import dev.sluice.flyway.FlywaySettings;
import dev.sluice.journal.Journal;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.plan.KnownRates;
import dev.sluice.plan.Placeholders;
import dev.sluice.plan.PlanSettings;
import dev.sluice.plan.Rates;
import dev.sluice.schema.Schema;
import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsFile;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a command works on, as settings and options say.
 *
 * @param flyway Flyway's settings, the command line's among them
 * @param settings Sluice's own
 */
record Project(Shell shell, FlywaySettings flyway, Settings settings) {

  /**
   * Reads all settings. Opens no connection.
   *
   * @param url from the command line; it counts before Flyway's
   * @throws Problem where a file cannot be read, or says something that nobody knows
   */
  static Project open(SluiceCommand sluice, Shell shell, Optional<String> url) {
    Map<String, String> overrides = new TreeMap<>(sluice.flyway());
    url.ifPresent(u -> overrides.put("flyway.url", u));
    FlywaySettings flyway =
        FlywaySettings.read(
            new FlywaySettings.Sources(
                shell.directory(), shell.home(), shell.environment(), overrides));
    Settings settings =
        Settings.read(
            Sections.all(),
            file(sluice.config(), shell.directory()),
            shell.environment(),
            List.of("SLUICE_JAVA_HOME"));
    return new Project(shell, flyway, settings);
  }

  private static SettingsFile file(Optional<String> named, Path directory) {
    Path file = directory.resolve(named.orElse("sluice.toml"));
    if (named.isEmpty() && !Files.exists(file)) {
      return SettingsFile.none();
    }
    try {
      return SettingsFile.parse(named.orElse("sluice.toml"), Files.readString(file));
    } catch (IOException e) {
      throw new Problem(
          Reason.SETTINGS,
          named.orElse("sluice.toml")
              + (Files.exists(file) ? ": cannot be read as UTF-8 text" : ": there is no such file")
              + "\n  fix: name another with --config",
          e);
    }
  }

  /**
   * The database of Flyway's settings, for who runs plans on it.
   *
   * @throws Problem where none is configured, or it does not answer
   */
  Database database() {
    return anyDatabase();
  }

  /** The engine of the configured url, found without connecting; empty where there is none. */
  Optional<Engine> engine() {
    return flyway.engine().map(id -> Engine.valueOf(id.toUpperCase(Locale.ROOT)));
  }

  /**
   * The database of Flyway's settings, for who reads it.
   *
   * @throws Problem where none is configured, or it does not answer
   */
  Database anyDatabase() {
    FlywaySettings.Login login = flyway.connectable();
    Optional<String> password =
        login.password().or(() -> Password.fetch(settings.of(Sections.LOGIN), shell.directory()));
    return Database.open(
        new Address(
            login.url().orElseThrow(),
            login.user(),
            password,
            login.properties(),
            flyway.running().initSql().map(List::of).orElse(List.of()),
            flywaysSchema()));
  }

  Journal journal(Database database) {
    return new Journal(database.server(), new Name(settings.of(Sections.JOURNAL).schema()));
  }

  /** Whether migrations make what bears that name: not Flyway's own table, not the journal. */
  boolean isOfMigrations(Database database, QualifiedName name) {
    return !name.name().text().equals(flyway.history().table()) && !journal(database).holds(name);
  }

  /**
   * @param measured how fast the server is, as far as somebody knows
   */
  PlanSettings planSettings(KnownRates measured) {
    WindowSettings window = settings.of(Sections.WINDOW);
    return new PlanSettings(
        settings.of(Sections.PLAN).mark(),
        window.noneBelow(),
        window.max(),
        settings.of(Sections.RATE).or(measured).or(Rates.DEFAULTS),
        flyway.placeholders().prefix(),
        flyway.placeholders().suffix());
  }

  /** The schema of a new database, with the search path that Flyway sets. */
  Schema startingSchema(Dialect dialect) {
    return flywaysSchema()
        .map(schema -> Schema.empty(List.of(schema), dialect.conventions()))
        .orElseGet(dialect::emptySchema);
  }

  /**
   * The same on a server, where the url may name it.
   *
   * @throws Problem where neither the url nor a setting does
   */
  Schema startingSchema(Dialect dialect, Session session) {
    Optional<String> question = session.server().currentSchema();
    if (question.isEmpty()) {
      return startingSchema(dialect);
    }
    Name schema =
        flywaysSchema()
            .or(() -> session.ask(question.get()).map(Name::new))
            .orElseThrow(
                () ->
                    new Problem(
                        Reason.SETTINGS,
                        "no database: the url names none, and Flyway's defaultSchema is not set\n"
                            + "  fix: put its name at the end of the url, or set"
                            + " flyway.defaultSchema"));
    return Schema.empty(List.of(schema), dialect.conventions());
  }

  private Optional<Name> flywaysSchema() {
    return flyway
        .history()
        .defaultSchema()
        .or(() -> flyway.history().schemas().stream().findFirst())
        .map(Name::new);
  }

  /** Those that Flyway manages; may be empty. */
  List<Name> managedSchemas() {
    return flyway.history().schemas().stream().map(Name::new).toList();
  }

  /**
   * @throws Problem where settings hold directives for a migration that is not there
   */
  void checkDirectives(Migrations migrations) {
    for (Settings.OfMigration said : settings.directives()) {
      if (migrations.all().stream().noneMatch(m -> m.label().equals(said.label()))) {
        throw new Problem(
            Reason.SETTINGS,
            said.origin()
                + ": there is no migration "
                + said.label()
                + "\n  fix: take it out, or name the version of a file (R:description of a"
                + " repeatable one)");
      }
    }
  }

  /** What the file says itself, and the settings of it. */
  Directives directives(Migration migration) {
    return settings.directives().stream()
        .filter(said -> said.label().equals(migration.label()))
        .findFirst()
        .map(said -> Directives.of(migration, said.origin(), said.lines()))
        .orElseGet(() -> Directives.of(migration));
  }

  /** Values of all placeholders that the migrations use, by placeholder as written. */
  Map<String, String> placeholders(Migrations migrations) {
    Map<String, String> values = new TreeMap<>();
    for (Migration migration : migrations.all()) {
      values.putAll(Placeholders.of(migration, planSettings(KnownRates.NONE)).values());
    }
    return values;
  }

  FlywayMigrations migrations(Dialect dialect, List<Path> directories, Cache cache) {
    return FlywayMigrations.read(flyway, dialect.engine().id(), directories, cache);
  }

  /** What earlier runs read of the same directories, unless settings say to keep nothing. */
  Cache cache(Dialect dialect, List<Path> directories) {
    CacheSettings cache = settings.of(Sections.CACHE);
    Optional<String> build = Build.stamp();
    if (!cache.enabled() || build.isEmpty()) {
      return Cache.none();
    }
    Path folder =
        cache
            .directory()
            .map(shell.directory()::resolve)
            .orElseGet(() -> caches().resolve("sluice"));
    return Cache.open(
        folder.resolve("readings"),
        build.get(),
        places(directories),
        dialect.engine().id(),
        dialect.version().toString());
  }

  private String places(List<Path> directories) {
    Path here = shell.directory().toAbsolutePath();
    return directories.isEmpty()
        ? here.toString()
        : directories.stream().map(d -> here.resolve(d).normalize().toString()).toList().toString();
  }

  /** Where programs of this user keep what can be deleted (XDG Base Directory Specification). */
  private Path caches() {
    return Optional.ofNullable(shell.environment().get("XDG_CACHE_HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> shell.home().resolve(".cache"));
  }
}
