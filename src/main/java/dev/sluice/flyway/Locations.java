package dev.sluice.flyway;

import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directories that migrations are read from. A class path is not known to Sluice: {@code
 * classpath:db/migration} is looked for where Maven and Gradle keep what will be on it.
 */
record Locations(List<Place> places) {

  /**
   * One directory.
   *
   * @param root absolute
   * @param flyway in Flyway's notation: {@code filesystem:} and an absolute path, possibly with
   *     wildcards behind the root
   */
  record Place(Path root, String flyway) {
    /** A directory without wildcards. */
    static Place of(Path root) {
      return new Place(root, FILESYSTEM + root);
    }
  }

  private static final String CLASSPATH = "classpath:";
  private static final String FILESYSTEM = "filesystem:";
  private static final String RESOURCES = "src/main/resources";

  /**
   * @param directories from the command line: where there are any, they replace Flyway's locations
   * @throws Problem where one is missing or no directory
   */
  static Locations of(FlywaySettings settings, List<Path> directories) {
    Path here = settings.directory().toAbsolutePath().normalize();
    List<Place> places = new ArrayList<>();
    if (!directories.isEmpty()) {
      for (Path directory : directories) {
        places.add(place(here, directory.toString(), directory.toString()));
      }
    } else if (settings.locations().isEmpty()) {
      places.add(standard(here));
    } else {
      for (String location : settings.locations()) {
        places.add(configured(here, location));
      }
    }
    return new Locations(outermost(places));
  }

  private static Place configured(Path here, String location) {
    if (location.startsWith(FILESYSTEM)) {
      return place(here, location.substring(FILESYSTEM.length()), location);
    }
    if (location.indexOf(':') < 0 || location.startsWith(CLASSPATH)) {
      String path = location.replaceFirst("^" + CLASSPATH, "").replaceFirst("^/", "");
      return onClasspath(here, path)
          .orElseThrow(
              () ->
                  missing(
                      location,
                      "neither " + RESOURCES + "/" + path + " nor " + path + " is a directory"));
    }
    throw new Problem(
        Reason.SETTINGS,
        "flyway.locations: "
            + location
            + " is no directory; Sluice reads filesystem: and classpath: locations only\n"
            + "  fix: name a directory that holds the same files");
  }

  /** Where Flyway looks when nobody says anything: as a library, and as a command. */
  private static Place standard(Path here) {
    return onClasspath(here, "db/migration")
        .or(() -> Optional.of("sql").filter(p -> isDirectory(here, p)).map(p -> place(here, p, p)))
        .orElseThrow(
            () ->
                missing(
                    "no directory of migrations",
                    "flyway.locations is not set, and neither "
                        + RESOURCES
                        + "/db/migration nor db/migration nor sql is a directory"));
  }

  private static Optional<Place> onClasspath(Path here, String path) {
    for (String candidate : List.of(RESOURCES + "/" + path, path)) {
      if (isDirectory(here, rootOf(candidate))) {
        return Optional.of(place(here, candidate, candidate));
      }
    }
    return Optional.empty();
  }

  private static boolean isDirectory(Path here, String path) {
    return Files.isDirectory(here.resolve(path));
  }

  private static Place place(Path here, String path, String shown) {
    String root = rootOf(path);
    Path absolute = here.resolve(root).normalize();
    if (!Files.exists(absolute)) {
      throw missing(shown, "there is no such directory");
    }
    if (!Files.isDirectory(absolute)) {
      throw missing(shown, "it is a file, and migrations are read from directories");
    }
    if (!Files.isReadable(absolute)) {
      throw missing(shown, "it cannot be read");
    }
    String rest = path.substring(root.length());
    return new Place(
        absolute, FILESYSTEM + absolute + (rest.startsWith("/") ? rest : prefixed(rest)));
  }

  private static String prefixed(String rest) {
    return rest.isEmpty() ? "" : "/" + rest;
  }

  /** What stands before the first part with a wildcard. */
  private static String rootOf(String path) {
    int wildcard = 0;
    while (wildcard < path.length() && "*?".indexOf(path.charAt(wildcard)) < 0) {
      wildcard++;
    }
    return wildcard == path.length()
        ? path
        : path.substring(0, path.lastIndexOf('/', wildcard) + 1);
  }

  private static Problem missing(String what, String why) {
    return new Problem(
        Reason.FILES,
        what
            + ": "
            + why
            + "\n  fix: name the directory of the migrations, or set flyway.locations");
  }

  /** A directory inside another is read once, with the outer one, as Flyway does. */
  private static List<Place> outermost(List<Place> places) {
    List<Place> kept = new ArrayList<>();
    for (Place place : places) {
      boolean inside =
          places.stream()
              .anyMatch(
                  other ->
                      !other.root().equals(place.root()) && place.root().startsWith(other.root()));
      if (!inside && !kept.contains(place)) {
        kept.add(place);
      }
    }
    return kept;
  }
}
