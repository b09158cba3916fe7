package dev.sluice.rewrite;

import dev.sluice.migration.Version;
import dev.sluice.release.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names of the files that take a migration's place. The first keeps its name; the others follow
 * with {@code 42.1}, {@code 42.2}, … or, where a later migration stands in the way, with {@code
 * 42.0.1}, …: always right behind the first, before every later migration, so that the order of all
 * stays what it was.
 *
 * @param file the migration's own, without its folder
 * @param separator Flyway's between version and description
 * @param suffixes Flyway's of migrations
 */
public record PartNames(String file, String separator, List<String> suffixes) {

  public PartNames {
    suffixes = List.copyOf(suffixes);
  }

  /**
   * A version and its file.
   *
   * @param version as Flyway shows it
   */
  record Named(Version version, String file) {}

  /**
   * @param version of the migration
   * @param phases of the parts, in order
   * @param others versions of all other migrations
   */
  List<Named> of(Version version, List<Phase> phases, List<Version> others) {
    List<Named> names = new ArrayList<>();
    names.add(new Named(version, file));
    String between = between(version, phases.size() - 1, others);
    int at = file.indexOf(separator);
    String written = file.substring(0, at);
    String dot = written.contains("_") && !written.contains(".") ? "_" : ".";
    String suffix =
        suffixes.stream()
            .filter(s -> file.toLowerCase(Locale.ROOT).endsWith(s.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElse("");
    String rest = file.substring(at, file.length() - suffix.length());
    String ending = file.substring(file.length() - suffix.length());
    for (int i = 1; i < phases.size(); i++) {
      String more = between + "." + i;
      names.add(
          new Named(
              new Version(version.text() + more),
              written
                  + more.replace(".", dot)
                  + rest
                  + "_"
                  + phases.get(i).id().replace('-', '_')
                  + ending));
    }
    return names;
  }

  /** As many zeros as needed, for the last of them to stand before the next migration. */
  private static String between(Version version, int count, List<Version> others) {
    String zeros = "";
    while (true) {
      Version last = new Version(version.text() + zeros + "." + Math.max(1, count));
      if (others.stream().noneMatch(v -> v.compareTo(version) > 0 && v.compareTo(last) <= 0)) {
        return zeros;
      }
      zeros += ".0";
    }
  }
}
