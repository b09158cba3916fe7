package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.LockMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Lock_modeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Lock_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_transactionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Session_local_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_statement_valueContext;

/** Transactions, locks and parameters: what governs the statements around. */
final class Session {

  private final Words words;

  Session(Words words) {
    this.words = words;
  }

  Change read(Script_transactionContext statement) {
    if (statement.lock_table() != null) {
      return lock(statement.lock_table());
    }
    return new Change.TransactionControl(command(statement));
  }

  /** In the words that all versions share: END is COMMIT, ABORT is ROLLBACK, START is BEGIN. */
  private String command(Script_transactionContext statement) {
    if (statement.identifier() != null) {
      String name = " " + words.of(statement.identifier());
      if (statement.RELEASE() != null) {
        return "RELEASE SAVEPOINT" + name;
      }
      return (statement.TO() == null ? "SAVEPOINT" : "ROLLBACK TO SAVEPOINT") + name;
    }
    if (statement.PREPARE() != null || statement.PREPARED() != null) {
      return words.of(statement);
    }
    if (statement.START() != null || statement.BEGIN() != null) {
      return statement.transaction_mode().isEmpty()
          ? "BEGIN"
          : "BEGIN " + words.from(statement.transaction_mode(0), statement);
    }
    boolean commits = statement.COMMIT() != null || statement.END() != null;
    String chain =
        statement.CHAIN() == null ? "" : statement.NO() == null ? " AND CHAIN" : " AND NO CHAIN";
    return (commits ? "COMMIT" : "ROLLBACK") + chain;
  }

  Change lock(Lock_tableContext statement) {
    return new Change.LockTable(
        new Rows(words).tables(statement.only_table_multiply()), mode(statement.lock_mode()));
  }

  private LockMode mode(Lock_modeContext mode) {
    if (mode == null) {
      return LockMode.ACCESS_EXCLUSIVE;
    }
    String text = words.of(mode).replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
    for (LockMode known : LockMode.values()) {
      // MySQL's own modes stand in the same list, and the first match is PostgreSQL's.
      if (known.text().equals(text)) {
        return known;
      }
    }
    throw new Unreadable("it takes a lock of an unknown mode");
  }

  Change set(Set_actionContext action) {
    if (action.CONSTRAINTS() != null || action.TRANSACTION() != null) {
      return new Change.TransactionControl("SET " + words.of(action));
    }
    return set(action.session_local_option(), action.LOCAL() != null);
  }

  private Change set(Session_local_optionContext option, boolean local) {
    if (option.AUTHORIZATION() != null) {
      return parameter(
          "session_authorization",
          option.sconst() != null
              ? List.of(words.of(option.sconst()))
              : option.session_param != null ? List.of(words.of(option.session_param)) : List.of(),
          local);
    }
    if (option.ZONE() != null) {
      return parameter(
          "timezone",
          option.zone_value().DEFAULT() != null
              ? List.of()
              : List.of(words.of(option.zone_value())),
          local);
    }
    if (option.role_param != null) {
      return parameter("role", List.of(words.of(option.role_param)), local);
    }
    if (option.XML() != null) {
      return parameter(
          "xmloption", List.of(option.DOCUMENT() != null ? "DOCUMENT" : "CONTENT"), local);
    }
    if (option.set_statement_value() == null) {
      throw new Unreadable("SET … FROM CURRENT means something in a function only");
    }
    String name = parameterName(Optional.ofNullable(option.config_scope), option.config_param);
    return parameter(name, values(option.set_statement_value()), local);
  }

  private String parameterName(Optional<IdentifierContext> scope, IdentifierContext name) {
    String plain = words.name(name).text();
    return scope.map(s -> words.name(s).text() + "." + plain).orElse(plain);
  }

  private List<String> values(Set_statement_valueContext value) {
    return value.vex().stream().map(words::of).toList();
  }

  Change reset(Additional_statementContext statement) {
    if (statement.ALL() != null) {
      return parameter("all", List.of(), false);
    }
    if (statement.ZONE() != null) {
      return parameter("timezone", List.of(), false);
    }
    if (statement.AUTHORIZATION() != null) {
      return parameter("session_authorization", List.of(), false);
    }
    List<IdentifierContext> parts = statement.identifier();
    return parameter(
        parts.size() == 1
            ? words.name(parts.get(0)).text()
            : parameterName(Optional.of(parts.get(0)), parts.get(1)),
        List.of(),
        false);
  }

  private static Change parameter(String name, List<String> values, boolean local) {
    return new Change.SetParameter(name.toLowerCase(Locale.ROOT), values, local);
  }
}
