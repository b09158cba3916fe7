package dev.sluice.dialect.postgresql.reading;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Control_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Message_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Return_stmtContext;

/**
 * How the code of a trigger can end. Every branch counts as one that can be taken, and nothing that
 * fails by itself is foreseen.
 */
final class TriggerCode {

  /** One way. */
  enum End {
    /** RETURN of a row. */
    ROW,
    /** RETURN NULL. */
    NULL,
    /** RAISE EXCEPTION, or its end without RETURN, which the server refuses. */
    FAILS,
    /** What stands behind it is run. */
    GOES_ON
  }

  private final Words words;

  private TriggerCode(Words words) {
    this.words = words;
  }

  /**
   * Without GOES_ON; never empty.
   *
   * @param code PL/pgSQL
   */
  static Set<End> ends(String code) {
    Set<End> ends = new TriggerCode(new Words(code)).of(Grammar.block(code).function_block());
    if (ends.remove(End.GOES_ON)) {
      ends.add(End.FAILS);
    }
    return ends;
  }

  private Set<End> of(Function_blockContext block) {
    Set<End> ends = of(block.function_statements());
    if (block.exception_statement() != null) {
      block.exception_statement().function_statements().forEach(s -> ends.addAll(of(s)));
    }
    return ends;
  }

  private Set<End> of(@Nullable Function_statementsContext statements) {
    Set<End> ends = EnumSet.of(End.GOES_ON);
    for (Function_statementContext statement :
        statements == null
            ? List.<Function_statementContext>of()
            : statements.function_statement()) {
      ends.remove(End.GOES_ON);
      ends.addAll(of(statement));
      if (!ends.contains(End.GOES_ON)) {
        return ends;
      }
    }
    return ends;
  }

  private Set<End> of(Function_statementContext statement) {
    if (statement.function_block() != null) {
      return of(statement.function_block());
    }
    if (statement.control_statement() != null) {
      return of(statement.control_statement());
    }
    return statement.message_statement() != null && isException(statement.message_statement())
        ? EnumSet.of(End.FAILS)
        : EnumSet.of(End.GOES_ON);
  }

  /** RAISE without a level raises an exception. */
  private boolean isException(Message_statementContext message) {
    return message.RAISE() != null
        && (message.log_level() == null
            || words.of(message.log_level()).toLowerCase(Locale.ROOT).equals("exception"));
  }

  private Set<End> of(Control_statementContext control) {
    if (control.return_stmt() != null) {
      return EnumSet.of(of(control.return_stmt()));
    }
    if (control.if_statement() != null) {
      return branches(
          control.if_statement().function_statements(), control.if_statement().ELSE() != null);
    }
    if (control.case_statement() != null) {
      return branches(
          control.case_statement().function_statements(), control.case_statement().ELSE() != null);
    }
    return control.loop_statement() != null
        ? branches(
            control.loop_statement().function_statements() == null
                ? List.of()
                : List.of(control.loop_statement().function_statements()),
            false)
        : EnumSet.of(End.GOES_ON);
  }

  private Set<End> branches(List<Function_statementsContext> branches, boolean always) {
    Set<End> ends = EnumSet.noneOf(End.class);
    branches.forEach(b -> ends.addAll(of(b)));
    if (!always) {
      ends.add(End.GOES_ON);
    }
    return ends;
  }

  private End of(Return_stmtContext statement) {
    ParserRuleContext value =
        statement.perform_stmt() != null ? statement.perform_stmt() : statement.vex();
    return value != null && words.of(value).equalsIgnoreCase("null") ? End.NULL : End.ROW;
  }
}
