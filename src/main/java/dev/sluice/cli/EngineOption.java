package dev.sluice.cli;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which engine's SQL it is. */
final class EngineOption {

  @Option(
      names = "--engine",
      paramLabel = "ENGINE[:VERSION]",
      description = {
        "postgresql, mysql or mariadb, or with a version postgresql:17.",
        "Without it: the engine of the configured url; without a version, the oldest that is still"
            + " supported."
      })
  private Optional<String> engine = Optional.empty();

  /**
   * @param configured the engine of the configured url; empty where there is none
   * @throws Problem where nobody names an engine, or it is one that is not spoken
   */
  Dialect dialect(Optional<String> configured) {
    String[] parts =
        engine
            .or(() -> configured)
            .orElseThrow(
                () ->
                    new Problem(
                        Reason.USE,
                        "no engine: there is no configured url to read it off\n"
                            + "  fix: --engine postgresql, mysql or mariadb, or with a version"
                            + " --engine postgresql:17"))
            .split(":", 2);
    Engine spoken = engine(parts[0]);
    Optional<EngineVersion> version =
        parts.length == 1 ? Optional.empty() : Optional.of(version(spoken, parts[1]));
    return switch (spoken) {
      case POSTGRESQL -> new PostgresqlDialect(version.orElse(PostgresqlDialect.OLDEST_SUPPORTED));
      case MYSQL ->
          new MysqlDialect(Engine.MYSQL, version.orElse(MysqlDialect.OLDEST_SUPPORTED_MYSQL));
      case MARIADB ->
          new MysqlDialect(Engine.MARIADB, version.orElse(MysqlDialect.OLDEST_SUPPORTED_MARIADB));
    };
  }

  /**
   * With a database, its own engine and version count.
   *
   * @param spoken the database's
   * @param shown the database, as messages name it
   * @throws Problem where the option names another
   */
  void refuseOther(Dialect spoken, String shown) {
    if (engine.isEmpty()) {
      return;
    }
    String[] parts = engine.get().split(":", 2);
    String version = spoken.version().toString();
    boolean same =
        engine(parts[0]) == spoken.engine()
            && (parts.length == 1 || (version + ".").startsWith(parts[1] + "."));
    if (!same) {
      throw new Problem(
          Reason.USE,
          "--engine "
              + engine.get()
              + ": "
              + shown
              + " is "
              + spoken.engine().title()
              + " "
              + version
              + ", and that is what its migrations are judged for\n"
              + "  fix: leave out --engine, or --url and --connect");
    }
  }

  /**
   * What is to be said of a version that nobody knew when this was made; mostly empty.
   *
   * @param named what names it: the option, or the database as messages show it
   */
  static Optional<String> warning(Engine engine, EngineVersion version, String named) {
    return engine.isNewerThanKnown(version)
        ? Optional.of(
            named
                + ": newer than any "
                + engine.title()
                + " that is known; it is judged like "
                + engine.newest()
                + ", so what newer ones do otherwise is not seen\n"
                + "  fix: a Sluice that knows it, or look yourself at what its release notes say of"
                + " locks")
        : Optional.empty();
  }

  /** The same where the option named the version, or nobody did. */
  static Optional<String> warning(Dialect dialect) {
    return warning(
        dialect.engine(),
        dialect.version(),
        "--engine " + dialect.engine().id() + ":" + dialect.version());
  }

  private static Engine engine(String name) {
    return Arrays.stream(Engine.values())
        .filter(known -> known.id().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    Reason.USE,
                    "--engine "
                        + name
                        + ": no engine that Sluice knows\n  fix: --engine postgresql, mysql or"
                        + " mariadb, or with a version --engine postgresql:17"));
  }

  private static EngineVersion version(Engine engine, String text) {
    try {
      EngineVersion version = engine.meant(text);
      if (!engine.speaks(version)) {
        throw new Problem(
            Reason.USE,
            "--engine "
                + engine.id()
                + ":"
                + text
                + ": what that version locks is not known; the oldest that is known is "
                + engine.oldest()
                + "\n  fix: --engine "
                + engine.id()
                + ":"
                + engine.oldest());
      }
      return version;
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Reason.USE,
          "--engine "
              + engine.id()
              + ":"
              + text
              + ": "
              + e.getMessage()
              + "\n  fix: --engine "
              + engine.id()
              + ":"
              + engine.oldest(),
          e);
    }
  }
}
