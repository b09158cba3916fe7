package dev.sluice.flyway;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.slf4j.LoggerFactory;

/**
 * Flyway's own log, cut down to what went wrong. Its information is for its own command line, some
 * of it an advertisement. A logging library is only woken when there is something to say: that
 * costs more than reading a file.
 */
final class FlywayLog implements Log {
  private final String name;

  private FlywayLog(String name) {
    this.name = name;
  }

  /** For this process, until somebody starts Flyway itself, which sets its own. */
  static void quiet() {
    LogFactory.setLogCreator(type -> new FlywayLog(type.getName()));
  }

  @Override
  public void debug(String message) {}

  @Override
  public void info(String message) {}

  @Override
  public void notice(String message) {}

  @Override
  public void warn(String message) {
    LoggerFactory.getLogger(name).debug(message);
  }

  @Override
  public void error(String message) {
    LoggerFactory.getLogger(name).error(message);
  }

  @Override
  public void error(String message, Exception cause) {
    LoggerFactory.getLogger(name).error(message, cause);
  }
}
