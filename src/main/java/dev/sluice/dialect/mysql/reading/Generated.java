package dev.sluice.dialect.mysql.reading;

import io.debezium.ddl.parser.mariadb.generated.MariaDBLexer;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import io.debezium.ddl.parser.mysql.generated.MySqlLexer;
import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Loads the grammars' classes. They were made by ANTLR 4.10, and ANTLR's runtime complains of that
 * on the error stream of whoever uses Sluice, though the form of its tables is the same since then.
 */
final class Generated {

  private static final List<Class<?>> MARIADB = List.of(MariaDBLexer.class, MariaDBParser.class);
  private static final List<Class<?>> MYSQL = List.of(MySqlLexer.class, MySqlParser.class);

  private Generated() {}

  private static final class MariaDb {
    static final boolean LOADED = load(MARIADB);
  }

  private static final class MySql {
    static final boolean LOADED = load(MYSQL);
  }

  /** Gives true, once MariaDB's are there. */
  static boolean mariadb() {
    return MariaDb.LOADED;
  }

  /** Gives true, once MySQL's are there. */
  static boolean mysql() {
    return MySql.LOADED;
  }

  private static synchronized boolean load(List<Class<?>> classes) {
    PrintStream errors = System.err;
    System.setErr(new WithoutAntlr(errors));
    try {
      for (Class<?> one : classes) {
        Class.forName(one.getName(), true, one.getClassLoader());
      }
      return true;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    } finally {
      System.setErr(errors);
    }
  }

  /** All that others print meanwhile goes through. */
  private static final class WithoutAntlr extends PrintStream {
    WithoutAntlr(PrintStream errors) {
      super(errors, true, StandardCharsets.UTF_8);
    }

    @Override
    @SuppressWarnings("AnnotateFormatMethod")
    public PrintStream printf(String format, Object... arguments) {
      return format.startsWith("ANTLR ") ? this : super.printf(format, arguments);
    }
  }
}
