package dev.sluice.flyway;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Sluice needs of Flyway's own settings, read where Flyway reads them.
 *
 * @param directory where the user stands: relative paths start here
 * @param locations as written; empty where none are configured
 */
public record FlywaySettings(
    Path directory,
    List<String> locations,
    Login login,
    HistoryTable history,
    ScriptFiles files,
    Placeholders placeholders,
    Running running) {

  public FlywaySettings {
    locations = List.copyOf(locations);
  }

  /**
   * Where settings come from, the weakest first: {@code flyway.toml} and {@code flyway.user.toml}
   * (or, where there is none, {@code flyway.conf}) of the home directory and then of the working
   * directory, files named by {@code flyway.configFiles}, the environment, the command line. A TOML
   * file anywhere switches {@code .conf} files off, as in Flyway's own command line.
   *
   * @param directory the working directory
   * @param home the user's home directory
   * @param environment environment variables; those that begin with {@code FLYWAY_} count
   * @param overrides from the command line, with their whole keys: {@code flyway.table}, {@code
   *     environments.default.url}
   */
  public record Sources(
      Path directory, Path home, Map<String, String> environment, Map<String, String> overrides) {
    public Sources {
      environment = Map.copyOf(environment);
      overrides = Map.copyOf(overrides);
    }

    /** The process's own directory, home and environment. */
    public static Sources here(Map<String, String> overrides) {
      return new Sources(
          Path.of(""), Path.of(System.getProperty("user.home")), System.getenv(), overrides);
    }
  }

  /**
   * How to reach the database. Nothing here is shown: every part may hold a secret.
   *
   * @param properties of the JDBC driver
   */
  public record Login(
      Optional<String> url,
      Optional<String> user,
      Optional<String> password,
      Map<String, String> properties) {
    public Login {
      properties = Map.copyOf(properties);
    }

    /** The url without parameters and credentials; empty where none is configured. */
    public Optional<String> shownUrl() {
      return url.map(u -> u.replaceFirst("[?;].*", "").replaceFirst("//[^/]*@", "//"));
    }

    @Override
    public String toString() {
      return "Login[" + shownUrl().orElse("no url") + "]";
    }
  }

  /**
   * The history table and what Flyway does where there is none.
   *
   * @param defaultSchema where the table stands; empty for the first of {@code schemas}, or the
   *     connection's own
   * @param installedBy empty for the database user
   */
  public record HistoryTable(
      String table,
      Optional<String> defaultSchema,
      List<String> schemas,
      boolean createSchemas,
      Optional<String> tablespace,
      Optional<String> installedBy,
      Baseline baseline) {
    public HistoryTable {
      schemas = List.copyOf(schemas);
    }
  }

  /** What stands for the migrations that an existing database had before Flyway. */
  public record Baseline(boolean onMigrate, String version, String description) {}

  /**
   * How files are named and written.
   *
   * @param validateNaming whether Flyway refuses to run where a name that ends as a migration's is
   *     none that it knows
   */
  public record ScriptFiles(
      String versionedPrefix,
      String repeatablePrefix,
      String baselinePrefix,
      String undoPrefix,
      String separator,
      List<String> suffixes,
      Charset encoding,
      boolean detectEncoding,
      boolean validateNaming) {
    public ScriptFiles {
      suffixes = List.copyOf(suffixes);
    }
  }

  /**
   * Placeholders in files.
   *
   * @param values by name; never shown
   */
  public record Placeholders(
      boolean replacement,
      String prefix,
      String suffix,
      String separator,
      Map<String, String> values) {
    public Placeholders {
      values = Map.copyOf(values);
    }

    /** The same, with replacement switched on or off for one file. */
    Placeholders replacing(boolean on) {
      return on == replacement ? this : new Placeholders(on, prefix, suffix, separator, values);
    }

    @Override
    public String toString() {
      return "Placeholders[" + prefix + "…" + suffix + ", " + values.keySet() + "]";
    }
  }

  /**
   * How Flyway runs migrations.
   *
   * @param mixed whether one file may hold statements with and without a transaction
   * @param target the last version to migrate to; empty for the latest
   * @param initSql run by Flyway on each of its connections; empty for none
   */
  public record Running(
      boolean mixed,
      boolean executeInTransaction,
      boolean outOfOrder,
      Optional<String> target,
      List<String> ignoreMigrationPatterns,
      Optional<String> initSql) {
    public Running {
      ignoreMigrationPatterns = List.copyOf(ignoreMigrationPatterns);
    }

    /** Without the statements of {@code initSql}, which may hold a secret. */
    @Override
    public String toString() {
      return "Running[mixed=" + mixed + ", outOfOrder=" + outOfOrder + ", target=" + target + "]";
    }
  }

  /**
   * Reads them. Opens no connection.
   *
   * @throws Problem where a file cannot be read or a value has the wrong form
   */
  public static FlywaySettings read(Sources sources) {
    Keys keys = SettingsFiles.read(sources);
    return new FlywaySettings(
        sources.directory(),
        keys.list("flyway.locations", ""),
        new Login(
            keys.filled("flyway.url"),
            keys.filled("flyway.user"),
            keys.text("flyway.password"),
            keys.under("flyway.jdbcProperties.")),
        new HistoryTable(
            keys.filled("flyway.table").orElse("flyway_schema_history"),
            keys.filled("flyway.defaultSchema"),
            keys.list("flyway.schemas", ""),
            keys.flag("flyway.createSchemas", true),
            keys.filled("flyway.tablespace"),
            keys.filled("flyway.installedBy"),
            new Baseline(
                keys.flag("flyway.baselineOnMigrate", false),
                keys.filled("flyway.baselineVersion").orElse("1"),
                keys.filled("flyway.baselineDescription").orElse("<< Flyway Baseline >>"))),
        new ScriptFiles(
            keys.text("flyway.sqlMigrationPrefix").orElse("V"),
            keys.text("flyway.repeatableSqlMigrationPrefix").orElse("R"),
            keys.text("flyway.baselineMigrationPrefix").orElse("B"),
            keys.text("flyway.undoSqlMigrationPrefix").orElse("U"),
            keys.filled("flyway.sqlMigrationSeparator").orElse("__"),
            keys.list("flyway.sqlMigrationSuffixes", ".sql"),
            charset(keys),
            keys.flag("flyway.detectEncoding", false),
            keys.flag("flyway.validateMigrationNaming", false)),
        new Placeholders(
            keys.flag("flyway.placeholderReplacement", true),
            keys.filled("flyway.placeholderPrefix").orElse("${"),
            keys.filled("flyway.placeholderSuffix").orElse("}"),
            keys.filled("flyway.placeholderSeparator").orElse(":"),
            keys.under("flyway.placeholders.")),
        new Running(
            keys.flag("flyway.mixed", false),
            keys.flag("flyway.executeInTransaction", true),
            keys.flag("flyway.outOfOrder", false),
            keys.filled("flyway.target"),
            keys.list("flyway.ignoreMigrationPatterns", "*:future"),
            keys.filled("flyway.initSql")));
  }

  private static Charset charset(Keys keys) {
    String name = keys.filled("flyway.encoding").orElse("UTF-8");
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new Problem(
          Reason.SETTINGS,
          keys.origin("flyway.encoding")
              + " is \""
              + name
              + "\", an encoding that Java does not know\n  fix: UTF-8, ISO-8859-1, windows-1252, …",
          e);
    }
  }

  /**
   * The engine that the configured url names, found without connecting: {@code postgresql}, {@code
   * mysql} or {@code mariadb}; empty where no url is configured or it names another. A wrapping
   * driver ({@code jdbc:aws-wrapper:postgresql:…}, {@code jdbc:tc:mysql:…}) is looked through.
   */
  public Optional<String> engine() {
    return login
        .url()
        .map(url -> url.replaceFirst("^jdbc:(?:(?:aws-wrapper|p6spy|tc|otel|log4jdbc):)?", ""))
        .flatMap(
            rest ->
                List.of("postgresql", "mysql", "mariadb").stream()
                    .filter(engine -> rest.startsWith(engine + ":"))
                    .findFirst());
  }

  /**
   * The login, for who is about to use it.
   *
   * @throws Problem where there is no url, or a value asks for one of Flyway's resolvers that
   *     Sluice does not have (only <code>${env.NAME}</code> is resolved here)
   */
  public Login connectable() {
    if (login.url().isEmpty()) {
      throw new Problem(
          Reason.SETTINGS,
          "no database: flyway.url is not set\n"
              + "  fix: --url jdbc:…, FLYWAY_URL, or url in flyway.toml or flyway.conf");
    }
    refuseUnresolved("url", login.url());
    refuseUnresolved("user", login.user());
    refuseUnresolved("password", login.password());
    return login;
  }

  private static void refuseUnresolved(String key, Optional<String> value) {
    if (value.filter(SettingsFiles::isUnresolved).isPresent()) {
      throw new Problem(
          Reason.SETTINGS,
          "the "
              + key
              + " in Flyway's settings is left to a resolver of Flyway's, or to an environment"
              + " variable that is not set; Sluice resolves ${env.NAME} only\n  fix: set FLYWAY_"
              + key.toUpperCase(java.util.Locale.ROOT));
    }
  }
}
