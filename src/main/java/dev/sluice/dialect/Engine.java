package dev.sluice.dialect;

import java.util.Locale;

/** The database engines that Sluice speaks. */
public enum Engine {
  POSTGRESQL("PostgreSQL", "12", "18"),
  MYSQL("MySQL", "8.0", "9.7"),
  MARIADB("MariaDB", "10.5", "11.8");

  private final String title;
  private final String oldest;
  private final String newest;

  Engine(String title, String oldest, String newest) {
    this.title = title;
    this.oldest = oldest;
    this.newest = newest;
  }

  /** The oldest version whose locks and rules Sluice knows. */
  public EngineVersion oldest() {
    return EngineVersion.parse(oldest);
  }

  /** The newest series whose locks and rules Sluice knows; its patch releases are known too. */
  public EngineVersion newest() {
    return EngineVersion.parse(newest);
  }

  /** Whether that version is judged like the newest that is known, for want of anything better. */
  public boolean isNewerThanKnown(EngineVersion version) {
    EngineVersion known = newest();
    boolean sameSeries =
        version.major() == known.major()
            && (this == POSTGRESQL || version.minor() == known.minor());
    return !sameSeries && version.compareTo(known) > 0;
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
