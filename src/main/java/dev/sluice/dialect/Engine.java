package dev.sluice.dialect;

import java.util.Locale;

/** The database engines that Sluice speaks. */
public enum Engine {
  POSTGRESQL("PostgreSQL", 12, 0),
  MYSQL("MySQL", 8, 0),
  MARIADB("MariaDB", 10, 5);

  private final String title;
  private final int oldestMajor;
  private final int oldestMinor;

  Engine(String title, int oldestMajor, int oldestMinor) {
    this.title = title;
    this.oldestMajor = oldestMajor;
    this.oldestMinor = oldestMinor;
  }

  /** The oldest version whose locks and rules Sluice knows. */
  public EngineVersion oldest() {
    return new EngineVersion(oldestMajor, oldestMinor, 0);
  }

  /**
   * The version that a person means. MySQL's 8.0 is its newest: the first of them, which differs
   * from all others in much, nobody means.
   *
   * @throws IllegalArgumentException for what is no version
   */
  public EngineVersion meant(String text) {
    return EngineVersion.parse(this == MYSQL && text.equals("8.0") ? "8.0.44" : text);
  }

  /** As its makers write it, for messages. */
  public String title() {
    return title;
  }

  /** Whether that version's locks and rules are known, or are those of the newest that are. */
  public boolean speaks(EngineVersion version) {
    return version.compareTo(oldest()) >= 0;
  }

  /** As in settings and formats: {@code postgresql}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
