package dev.sluice.database;

import dev.sluice.sql.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a database is and how to get in.
 *
 * @param url for JDBC; may hold user and password
 * @param user empty where the url says, or the driver's default counts
 * @param password never shown; empty where none is needed
 * @param properties of the driver; never shown
 * @param onConnect statements that every new connection runs first (Flyway's {@code initSql}: it
 *     sets roles, and so who owns what is made); never shown
 * @param schema where unqualified names are looked for first (Flyway's {@code defaultSchema}); on
 *     MySQL and MariaDB the database; empty for what url and login say
 */
public record Address(
    String url,
    Optional<String> user,
    Optional<String> password,
    Map<String, String> properties,
    List<String> onConnect,
    Optional<Name> schema) {

  public Address {
    properties = Map.copyOf(properties);
    onConnect = List.copyOf(onConnect);
  }

  /** What url and login say of the schema counts. */
  public Address(
      String url,
      Optional<String> user,
      Optional<String> password,
      Map<String, String> properties,
      List<String> onConnect) {
    this(url, user, password, properties, onConnect, Optional.empty());
  }

  /** A url that says everything. */
  public static Address of(String url) {
    return new Address(url, Optional.empty(), Optional.empty(), Map.of(), List.of());
  }

  /** The url without credentials and parameters: {@code jdbc:postgresql://host:5432/shop}. */
  public String shown() {
    // Rather too little than a part of a password: all before the last @ goes.
    return url.replaceFirst("^(jdbc:(?:[a-z0-9+-]+:)+(?://)?).*@", "$1").replaceFirst("[?;].*", "");
  }

  Address withoutOnConnect() {
    return new Address(url, user, password, properties, List.of());
  }

  /** Whether {@code text} gives away what must not be shown. */
  boolean isIn(String text) {
    return password.filter(p -> !p.isEmpty() && text.contains(p)).isPresent()
        || (!url.equals(shown()) && text.contains(url));
  }

  @Override
  public String toString() {
    return shown();
  }
}
