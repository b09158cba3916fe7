package dev.sluice.flyway;

import dev.sluice.flyway.FlywaySettings.Placeholders;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flyway's own placeholders, <code>${flyway:…}</code>. Some depend on the server and the moment:
 * without a connection they get a stand-in, so that the file can still be read and judged.
 */
final class BuiltIns {

  private static final Pattern DATABASE = Pattern.compile("//[^/]*/([^/?;]+)");

  private static final List<String> STAND_INS =
      List.of("user", "database", "timestamp", "workingDirectory", "environment");

  private final FlywaySettings settings;
  private final String engine;

  BuiltIns(FlywaySettings settings, String engine) {
    this.settings = settings;
    this.engine = engine;
  }

  /** All values that a file sees, the user's own among them, by lower-case name. */
  Map<String, String> values(String fileName) {
    Map<String, String> values = new HashMap<>();
    settings
        .placeholders()
        .values()
        .forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
    own(fileName).forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
    return values;
  }

  /** Flyway's own, with their names as Flyway spells them. */
  Map<String, String> own(String fileName) {
    Optional<String> database = settings.login().url().flatMap(BuiltIns::database);
    Map<String, String> own = new HashMap<>();
    own.put(
        name("defaultSchema"), defaultSchema().or(() -> standInSchema(database)).orElse("main"));
    own.put(name("user"), settings.login().user().orElse("flyway"));
    own.put(name("database"), database.orElse("main"));
    own.put(name("timestamp"), "1970-01-01 00:00:00");
    own.put(name("filename"), fileName);
    own.put(name("workingDirectory"), settings.directory().toAbsolutePath().toString());
    own.put(name("table"), settings.history().table());
    own.put(name("environment"), "default");
    return own;
  }

  /**
   * Whether a file that uses these placeholders reads the same on every server, so that the
   * checksum of its resolved text can be known without one.
   */
  boolean certain(List<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .noneMatch(
            used ->
                STAND_INS.stream().anyMatch(n -> name(n).toLowerCase(Locale.ROOT).equals(used))
                    || (defaultSchema().isEmpty()
                        && name("defaultSchema").toLowerCase(Locale.ROOT).equals(used)));
  }

  private Optional<String> defaultSchema() {
    return settings
        .history()
        .defaultSchema()
        .or(() -> settings.history().schemas().stream().findFirst());
  }

  private Optional<String> standInSchema(Optional<String> database) {
    return engine.equals("postgresql") ? Optional.of("public") : database;
  }

  private String name(String name) {
    Placeholders placeholders = settings.placeholders();
    return "flyway" + placeholders.separator() + name;
  }

  private static Optional<String> database(String url) {
    Matcher matcher = DATABASE.matcher(url);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
