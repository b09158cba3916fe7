package dev.sluice.dialect;

import java.util.Locale;

/** The database engines that Sluice speaks. */
public enum Engine {
  POSTGRESQL("PostgreSQL"),
  MYSQL("MySQL"),
  MARIADB("MariaDB");

  private final String title;

  Engine(String title) {
    this.title = title;
  }

  /** As its makers write it, for messages. */
  public String title() {
    return title;
  }

  /** As in settings and formats: {@code postgresql}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
