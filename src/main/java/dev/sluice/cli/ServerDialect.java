package dev.sluice.cli;

import dev.sluice.database.Database;
import dev.sluice.database.Row;
import dev.sluice.database.Session;
import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.mysql.MysqlDialect;
import dev.sluice.dialect.mysql.reading.SqlMode;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SQL of a server as it is set up.
 *
 * @param dialect of what people write
 * @param ofCatalog of what the catalog shows
 * @param warnings what its settings change that is not read so; mostly empty
 */
record ServerDialect(Dialect dialect, Dialect ofCatalog, List<String> warnings) {

  static ServerDialect of(Database database, Session session) {
    Engine engine = database.server().engine();
    return switch (engine) {
      case POSTGRESQL -> {
        Dialect dialect = new PostgresqlDialect(database.version());
        yield new ServerDialect(dialect, dialect, newer(database).stream().toList());
      }
      case MYSQL, MARIADB -> {
        SqlMode mode = mode(session);
        yield new ServerDialect(
            new MysqlDialect(engine, database.version(), mode),
            new MysqlDialect(engine, database.version(), mode.ofCatalog()),
            Stream.of(newer(database), warning(database, mode)).flatMap(Optional::stream).toList());
      }
    };
  }

  private static Optional<String> newer(Database database) {
    return EngineOption.warning(
        database.server().engine(),
        database.version(),
        database.shown() + " is version " + database.version());
  }

  private static SqlMode mode(Session session) {
    return session
        .server()
        .sqlMode()
        .flatMap(question -> session.rows(question).stream().findFirst())
        .map((Row row) -> SqlMode.of(row.text(0), row.text(1)))
        .orElse(SqlMode.USUAL);
  }

  private static Optional<String> warning(Database database, SqlMode mode) {
    return mode.unread().isEmpty()
        ? Optional.empty()
        : Optional.of(
            database.shown()
                + ": sql_mode has "
                + String.join(", ", mode.unread())
                + ", and statements are read as without: what is said of one that means something"
                + " else there is wrong\n"
                + "  fix: leave the mode out of the server's sql_mode, or look at such statements"
                + " yourself");
  }
}
