package dev.sluice.flyway;

import dev.sluice.flyway.FlywaySettings.Sources;
import dev.sluice.settings.NearestName;
import dev.sluice.settings.SettingsFile;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.flywaydb.core.internal.configuration.ConfigUtils;

/**
 * The files and variables of {@link Sources}, in Flyway's order. Facts from Flyway's command line:
 * any TOML file switches .conf files off; the environment overrides files, the command line
 * overrides the environment; url, user, password and schemas of a TOML file stand under the chosen
 * environment.
 */
final class SettingsFiles {

  private static final Pattern ENV_RESOLVER = Pattern.compile("\\$\\{env\\.(\\w+)}");
  private static final Pattern ANY_RESOLVER = Pattern.compile("\\$\\{[A-Za-z_][\\w.]*[^}]*}");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  /** Every key that Sluice reads; its environment variable follows from its name. */
  static final List<String> KEYS =
      List.of(
          "flyway.baselineDescription",
          "flyway.baselineMigrationPrefix",
          "flyway.baselineOnMigrate",
          "flyway.baselineVersion",
          "flyway.configFiles",
          "flyway.createSchemas",
          "flyway.defaultSchema",
          "flyway.detectEncoding",
          "flyway.encoding",
          "flyway.environment",
          "flyway.executeInTransaction",
          "flyway.ignoreMigrationPatterns",
          "flyway.initSql",
          "flyway.installedBy",
          "flyway.locations",
          "flyway.mixed",
          "flyway.outOfOrder",
          "flyway.password",
          "flyway.placeholderPrefix",
          "flyway.placeholderReplacement",
          "flyway.placeholderSeparator",
          "flyway.placeholderSuffix",
          "flyway.repeatableSqlMigrationPrefix",
          "flyway.schemas",
          "flyway.sqlMigrationPrefix",
          "flyway.sqlMigrationSeparator",
          "flyway.sqlMigrationSuffixes",
          "flyway.table",
          "flyway.tablespace",
          "flyway.target",
          "flyway.undoSqlMigrationPrefix",
          "flyway.url",
          "flyway.user",
          "flyway.validateMigrationNaming");

  private final Sources sources;
  private final Keys keys = new Keys();

  private SettingsFiles(Sources sources) {
    this.sources = sources;
  }

  static Keys read(Sources sources) {
    SettingsFiles reader = new SettingsFiles(sources);
    reader.readFiles();
    reader.readEnvironment();
    sources.overrides().forEach(reader::override);
    return reader.keys;
  }

  /** Whether a value still holds what only one of Flyway's resolvers could fill in. */
  static boolean isUnresolved(String value) {
    return ANY_RESOLVER.matcher(value).find();
  }

  static String variable(String key) {
    return key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  private void readFiles() {
    List<Path> named = named();
    List<Path> toml = new ArrayList<>();
    List<Path> conf = new ArrayList<>();
    for (Path directory : List.of(sources.home(), sources.directory())) {
      toml.add(directory.resolve("flyway.toml"));
      toml.add(directory.resolve("flyway.user.toml"));
      conf.add(directory.resolve("flyway.conf"));
    }
    toml.removeIf(file -> !Files.isRegularFile(file));
    conf.removeIf(file -> !Files.isRegularFile(file));
    for (Path file : named) {
      (file.toString().endsWith(".toml") ? toml : conf).add(file);
    }
    if (toml.isEmpty()) {
      conf.forEach(this::readConf);
    } else {
      readToml(toml);
    }
  }

  private List<Path> named() {
    String list =
        Optional.ofNullable(sources.overrides().get("flyway.configFiles"))
            .or(() -> Optional.ofNullable(sources.environment().get("FLYWAY_CONFIG_FILES")))
            .orElse("");
    return Arrays.stream(list.split(",", -1))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .map(name -> sources.directory().resolve(name))
        .toList();
  }

  private void readConf(Path file) {
    String text =
        VARIABLE
            .matcher(content(file))
            .replaceAll(quoted(m -> sources.environment().getOrDefault(m.group(1), "")));
    try {
      ConfigUtils.loadConfigurationFromString(text, true)
          .forEach((key, value) -> keys.put(key, value, file.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      // Properties refuses only a malformed backslash-u escape, and quotes the line: not repeated.
      throw new Problem(Reason.SETTINGS, file + ": not a properties file; fix: its backslashes", e);
    }
  }

  private void readToml(List<Path> files) {
    Keys raw = new Keys();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      SettingsFile.parse(name, content(file))
          .values()
          .forEach((key, value) -> raw.put(key, resolved(value), name));
    }
    String environment =
        Optional.ofNullable(sources.overrides().get("flyway.environment"))
            .or(() -> Optional.ofNullable(sources.environment().get("FLYWAY_ENVIRONMENT")))
            .or(() -> raw.filled("flyway.environment"))
            .orElse("default");
    String prefix = "environments." + environment + ".";
    Map<String, String> chosen = raw.under(prefix);
    if (chosen.isEmpty() && !environment.equals("default")) {
      throw new Problem(
          Reason.SETTINGS,
          "flyway.environment is \""
              + environment
              + "\", but no [environments."
              + environment
              + "] is in "
              + String.join(", ", files.stream().map(Path::toString).toList()));
    }
    raw.under("flyway.").forEach((key, value) -> copy(raw, "flyway." + key, "flyway." + key));
    chosen.forEach(
        (key, value) -> copy(raw, prefix + key, key.startsWith("flyway.") ? key : "flyway." + key));
  }

  private void copy(Keys raw, String from, String to) {
    String value = raw.text(from).orElse("");
    // A placeholder whose value is not there is a missing one, and reported as such where it is
    // used; a half-resolved value would end up in SQL.
    if (!to.startsWith("flyway.placeholders.") || !isUnresolved(value)) {
      keys.put(to, value, raw.origin(from));
    }
  }

  private void readEnvironment() {
    for (String key : KEYS) {
      Optional.ofNullable(sources.environment().get(variable(key)))
          .ifPresent(value -> keys.put(key, value, variable(key)));
    }
    sources.environment().keySet().stream()
        .sorted()
        .forEach(
            name -> {
              fromEnvironment(name, "FLYWAY_PLACEHOLDERS_", "flyway.placeholders.");
              fromEnvironment(name, "FLYWAY_JDBC_PROPERTIES_", "flyway.jdbcProperties.");
            });
  }

  private void fromEnvironment(String name, String prefix, String keyPrefix) {
    if (name.startsWith(prefix) && name.length() > prefix.length()) {
      keys.put(
          keyPrefix + name.substring(prefix.length()).toLowerCase(Locale.ROOT),
          String.valueOf(sources.environment().get(name)),
          name);
    }
  }

  private void override(String key, String value) {
    boolean known =
        KEYS.contains(key)
            || key.startsWith("flyway.placeholders.")
            || key.startsWith("flyway.jdbcProperties.")
            || ConfigUtils.convertKey(variable(key)) != null;
    if (!known) {
      throw new Problem(
          Reason.USE,
          "-X."
              + key
              + ": Flyway has no such setting"
              + (key.matches("flyway\\.placeholders?(\\..*)?")
                  ? "\n  fix: -X.flyway.placeholders.NAME=…"
                  : NearestName.of(key, KEYS)
                      .map(near -> "\n  fix: -X." + near + "=…")
                      .orElse("")));
    }
    keys.put(key, value, "-X." + key);
  }

  private String resolved(String value) {
    return ENV_RESOLVER
        .matcher(value)
        .replaceAll(quoted(m -> sources.environment().getOrDefault(m.group(1), m.group())));
  }

  private static Function<MatchResult, String> quoted(Function<MatchResult, String> replacement) {
    return m -> java.util.regex.Matcher.quoteReplacement(replacement.apply(m));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Problem(
          Reason.SETTINGS, file + ": not UTF-8, which settings files are written in", e);
    } catch (IOException e) {
      throw new Problem(
          Reason.SETTINGS, file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
