package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.Reading;
import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Anonymous_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.DeclarationContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Exception_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Execute_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Perform_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Transaction_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Type_declarationContext;

/**
 * The code of DO: all statements in it, in order, whatever branch they stand in. A branch that is
 * not taken counts too, so it may find a change that does not happen, and misses none.
 */
final class Blocks {

  private final Words words;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final Map<Name, String> constants = new HashMap<>();

  private Blocks(Words words) {
    this.words = words;
  }

  static Change.Block read(Words words, Anonymous_blockContext statement) {
    String language = Bodies.language(words, statement);
    if (!language.equals("plpgsql")) {
      return new Change.Block(List.of(), List.of("code in " + language + " is not read"));
    }
    return of(words.string(statement.sconst(Bodies.codeAt(statement))));
  }

  /** Of PL/pgSQL. */
  static Change.Block of(String code) {
    try {
      Blocks block = new Blocks(new Words(code));
      block.visit(Grammar.block(code));
      return new Change.Block(block.changes, block.unknown);
    } catch (Unreadable e) {
      return new Change.Block(List.of(), List.of("in its code, " + e.reason()));
    }
  }

  private void visit(ParseTree tree) {
    if (!(tree instanceof ParserRuleContext rule)) {
      return;
    }
    switch (rule.getRuleIndex()) {
      case SQLParser.RULE_schema_statement ->
          read(() -> new Statements(words).read((Schema_statementContext) rule));
      case SQLParser.RULE_data_statement ->
          read(() -> new Rows(words).read((Data_statementContext) rule));
      case SQLParser.RULE_additional_statement ->
          read(() -> new Commands(words).read((Additional_statementContext) rule));
      case SQLParser.RULE_transaction_statement ->
          read(() -> List.of(transaction((Transaction_statementContext) rule)));
      case SQLParser.RULE_declaration -> declare((DeclarationContext) rule);
      case SQLParser.RULE_execute_stmt -> execute((Execute_stmtContext) rule);
      case SQLParser.RULE_exception_statement ->
          ((Exception_statementContext) rule).function_statements().forEach(this::visit);
      case SQLParser.RULE_perform_stmt ->
          SetConfig.in(words, (Perform_stmtContext) rule)
              .ifPresentOrElse(changes::add, () -> evaluate(rule));
      case SQLParser.RULE_vex,
          SQLParser.RULE_select_stmt,
          SQLParser.RULE_select_stmt_no_parens,
          SQLParser.RULE_function_call ->
          evaluate(rule);
      default -> children(rule);
    }
  }

  private void children(ParserRuleContext rule) {
    for (int i = 0; i < rule.getChildCount(); i++) {
      visit(rule.getChild(i));
    }
  }

  private void declare(DeclarationContext declaration) {
    Type_declarationContext type = declaration.type_declaration();
    Name name = words.name(declaration.identifier());
    // A variable of that name in an inner block hides the constant, and may hold anything.
    constants.remove(name);
    if (type.CONSTANT() != null && type.vex() != null) {
      ConstantText.of(words, type.vex(), constants).ifPresent(v -> constants.put(name, v));
    }
    children(type);
  }

  private void read(Supplier<List<Change>> statement) {
    try {
      for (Change change : statement.get()) {
        if (change instanceof Change.Block block) {
          changes.addAll(block.changes());
          unknown.addAll(block.unknown());
        } else {
          changes.add(change);
        }
      }
    } catch (Unreadable e) {
      unknown.add(e.reason());
    }
  }

  private Change transaction(Transaction_statementContext statement) {
    if (statement.lock_table() != null) {
      return new Session(words).lock(statement.lock_table());
    }
    return new Change.TransactionControl(statement.COMMIT() != null ? "COMMIT" : "ROLLBACK");
  }

  private void execute(Execute_stmtContext statement) {
    Optional<String> sql = ConstantText.of(words, statement.vex(), constants);
    if (sql.isEmpty()) {
      evaluate(statement.vex());
      unknown.add(
          "EXECUTE at "
              + words.location(statement)
              + " of its code runs SQL that is put together when it runs");
      return;
    }
    Reading reading = PostgresqlReader.readText(sql.get());
    for (Change change : reading.changes()) {
      if (change instanceof Change.Unrecognised refused) {
        unknown.add(
            "in EXECUTE at " + words.location(statement) + " of its code, " + refused.reason());
      } else {
        changes.add(change);
      }
    }
  }

  /** An expression counts where it can touch something: it reads a relation or calls a function. */
  private void evaluate(ParserRuleContext expression) {
    Fragment fragment = words.fragment(expression);
    if (!fragment.references().touchNothing()) {
      changes.add(new Change.Query(fragment));
    }
  }
}
