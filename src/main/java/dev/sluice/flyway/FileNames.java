package dev.sluice.flyway;

import dev.sluice.flyway.FlywaySettings.ScriptFiles;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;

/** What a file is to Flyway, told from its name by Flyway's own parser of names. */
final class FileNames {

  /** What a name says. */
  sealed interface Meaning {
    /** A migration that Flyway would run. {@code version} is empty for a repeatable one. */
    record Runs(Migration.Type type, Optional<Version> version, String description)
        implements Meaning {}

    /** Known to Flyway, not planned by Sluice. */
    record Known(String what) implements Meaning {}

    /** Passed over by Flyway, as anybody would think. */
    record Other(String what) implements Meaning {}

    /**
     * Passed over by Flyway, where somebody may think that it is run.
     *
     * @param what is wrong with its name
     * @param fix what it should be
     */
    record Mistaken(String what, String fix) implements Meaning {}

    /** Starts like a migration and is none, or Flyway's settings have it refused. */
    record Malformed(String message) implements Meaning {}

    /** Nothing to Flyway. */
    record Unrelated() implements Meaning {}
  }

  /** What Flyway runs as a script: it asks the extension alone; a name without one counts too. */
  private static final List<String> SCRIPT_SUFFIXES =
      List.of(".cmd", ".bat", ".ps1", ".py", ".sh", ".bash");

  private static final Pattern VERSION_AND_REST =
      Pattern.compile("(\\d+(?:[._]\\d+)*)[\\s_.-]*(.*)", Pattern.DOTALL);

  private final ScriptFiles files;
  private final ResourceNameParser parser;

  FileNames(ScriptFiles files, Configuration configuration) {
    this.files = files;
    this.parser = new ResourceNameParser(configuration);
  }

  Meaning meaning(String name) {
    if (name.endsWith(".conf") || name.endsWith(".sluice")) {
      return new Meaning.Unrelated();
    }
    Optional<String> sql = suffix(name, files.suffixes());
    if (sql.isPresent()) {
      return named(name, sql.get(), parser.parse(name), false);
    }
    Optional<String> script = suffix(name, SCRIPT_SUFFIXES);
    if (script.isPresent() || name.indexOf('.') < 0) {
      ResourceName parsed = parser.parse(name, SCRIPT_SUFFIXES.toArray(String[]::new));
      return named(name, script.orElse(""), parsed, true);
    }
    return name.startsWith(".")
        ? new Meaning.Unrelated()
        : new Meaning.Other("ignored by Flyway: no name that ends in " + suffixes());
  }

  private Meaning named(String name, String suffix, ResourceName parsed, boolean script) {
    // Flyway's parser takes it for a repeatable migration, and its scanner passes over it.
    if (name.equals(files.repeatablePrefix() + suffix)) {
      return script ? new Meaning.Unrelated() : other();
    }
    if (!parsed.isValid()) {
      if (undo(name)) {
        return new Meaning.Known("undo migration");
      }
      if (startsLikeMigration(name)) {
        return new Meaning.Malformed(expected(name, suffix));
      }
      if (script) {
        return new Meaning.Unrelated();
      }
      return files.validateNaming() && !name.equals(suffix) ? refused() : mistaken(name);
    }
    String prefix = parsed.getPrefix();
    if (Event.fromId(prefix) != null) {
      return new Meaning.Known((script ? "script callback " : "callback ") + prefix);
    }
    if (prefix.equals(files.repeatablePrefix())) {
      return new Meaning.Runs(
          script ? Migration.Type.SCRIPT : Migration.Type.REPEATABLE,
          Optional.empty(),
          parsed.getDescription());
    }
    Optional<Version> version = version(String.valueOf(parsed.getVersion()));
    if (version.isEmpty()) {
      return new Meaning.Malformed(expected(name, suffix));
    }
    Migration.Type type =
        script
            ? Migration.Type.SCRIPT
            : prefix.equals(files.baselinePrefix())
                ? Migration.Type.BASELINE
                : Migration.Type.VERSIONED;
    return new Meaning.Runs(type, version, parsed.getDescription());
  }

  /** It ends as a migration does, and begins as none. */
  private Meaning mistaken(String name) {
    for (String prefix :
        List.of(files.versionedPrefix(), files.baselinePrefix(), files.repeatablePrefix())) {
      String meant = prefix + name.substring(Math.min(prefix.length(), name.length()));
      if (name.regionMatches(true, 0, prefix, 0, prefix.length()) && startsLikeMigration(meant)) {
        return new Meaning.Mistaken(
            "its name begins with "
                + name.substring(0, prefix.length())
                + ", and Flyway's prefix is "
                + prefix,
            "name it " + meant);
      }
    }
    return other();
  }

  private Meaning other() {
    return new Meaning.Other("ignored by Flyway: no name that begins with " + beginnings());
  }

  private Meaning refused() {
    return new Meaning.Malformed(
        "no name that begins with "
            + beginnings()
            + ", and with flyway.validateMigrationNaming Flyway refuses to run");
  }

  private String beginnings() {
    return files.versionedPrefix()
        + "<version>"
        + files.separator()
        + " or "
        + files.repeatablePrefix()
        + files.separator();
  }

  private static Optional<Version> version(String text) {
    return text.matches("\\d+(\\.\\d+)*") ? Optional.of(new Version(text)) : Optional.empty();
  }

  private boolean undo(String name) {
    return digitBehind(name, files.undoPrefix()) && name.contains(files.separator());
  }

  private boolean startsLikeMigration(String name) {
    return digitBehind(name, files.versionedPrefix())
        || digitBehind(name, files.baselinePrefix())
        || name.startsWith(files.repeatablePrefix() + files.separator().charAt(0));
  }

  private static boolean digitBehind(String name, String prefix) {
    return !prefix.isEmpty()
        && name.startsWith(prefix)
        && name.length() > prefix.length()
        && Character.isDigit(name.charAt(prefix.length()));
  }

  private static Optional<String> suffix(String name, List<String> suffixes) {
    String lower = name.toLowerCase(Locale.ROOT);
    return suffixes.stream()
        .filter(suffix -> lower.endsWith(suffix.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private String suffixes() {
    return String.join(" or ", files.suffixes());
  }

  /** What the name should have looked like, with this file's own words. */
  private String expected(String name, String suffix) {
    String separator = files.separator();
    String bare = name.substring(0, name.length() - suffix.length());
    String ending = name.substring(bare.length());
    String hint = separator.equals("__") ? " (two underscores)" : "";
    String form;
    String example;
    if (bare.startsWith(files.repeatablePrefix() + separator.charAt(0))) {
      String rest =
          bare.substring(files.repeatablePrefix().length()).replaceFirst("^[\\s_.-]+", "");
      form = files.repeatablePrefix() + separator + "<description>" + ending;
      example = files.repeatablePrefix() + separator + described(rest) + ending;
    } else {
      String prefix =
          digitBehind(bare, files.versionedPrefix())
              ? files.versionedPrefix()
              : files.baselinePrefix();
      Matcher matcher = VERSION_AND_REST.matcher(bare.substring(prefix.length()));
      String version = matcher.matches() ? matcher.group(1) : "1";
      String rest = matcher.matches() ? matcher.group(2) : "";
      form = prefix + "<version>" + separator + "<description>" + ending;
      example = prefix + version + separator + described(rest) + ending;
    }
    return "not a Flyway name; expected " + form + hint + ": " + example;
  }

  private static String described(String rest) {
    return rest.isEmpty() ? "description" : rest;
  }
}
