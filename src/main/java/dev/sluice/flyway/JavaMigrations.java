package dev.sluice.flyway;

import dev.sluice.flyway.Locations.Place;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Migrations written as classes. Their classes are not loaded, so what they do is not known; that
 * they are there is told from the names of source and class files: beside the SQL files, and where
 * Maven and Gradle keep the sources of the same package.
 *
 * <p>May miss one that is registered as a bean or that overrides its own version: with a
 * connection, Flyway's history still tells of it.
 */
final class JavaMigrations {

  private static final Pattern NAME =
      Pattern.compile("(?:V(\\d+(?:_\\d+)*)|R)__(\\w+)\\.(java|kt|groovy|scala|class)");
  private static final Pattern PACKAGE =
      Pattern.compile("^\\s*package\\s+([\\w.]+)", Pattern.MULTILINE);
  private static final Pattern RESOURCES = Pattern.compile("(.*/src/\\w+)/resources(/.*)?");

  private JavaMigrations() {}

  /** Where the sources of the classes are that Flyway would find beside {@code place}'s files. */
  static List<Place> sources(Place place) {
    Matcher matcher = RESOURCES.matcher(place.root().toString().replace('\\', '/'));
    if (!matcher.matches()) {
      return List.of();
    }
    String below = Optional.ofNullable(matcher.group(2)).orElse("");
    return List.of("java", "kotlin", "groovy", "scala").stream()
        .map(language -> Path.of(matcher.group(1), language + below))
        .filter(Files::isDirectory)
        .map(Place::of)
        .toList();
  }

  /**
   * The migration that this file is, by its name; empty for every other file.
   *
   * @param shown the file as messages name it
   */
  static Optional<Migration> read(Path file, String shown) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) {
      return Optional.empty();
    }
    String simple = String.valueOf(file.getFileName()).replaceFirst("\\.\\w+$", "");
    String script = packageOf(file, shown).map(p -> p + "." + simple).orElse(simple);
    return Optional.of(
        new Migration(
            Optional.ofNullable(name.group(1)).map(Version::parse),
            name.group(2).replace('_', ' '),
            Migration.Type.JAVA,
            script,
            shown,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  private static Optional<String> packageOf(Path file, String shown) {
    if (file.toString().endsWith(".class")) {
      return Optional.empty();
    }
    Matcher matcher = PACKAGE.matcher(ScriptText.utf8(file, shown).text());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
