package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.References;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Anonymous_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cluster_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Execute_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Plpgsql_functionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Reindex_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Transaction_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Truncate_stmtContext;

/** The names in the body of a routine: a string in its own language. */
final class Bodies {

  private Bodies() {}

  /**
   * @param language lower case
   */
  static References references(String language, String body) {
    try {
      return switch (language) {
        case "sql" -> {
          SqlContext statements = Grammar.statements(body);
          yield Naming.in(new Words(body), statements, Scope.outermost());
        }
        case "plpgsql" -> {
          Plpgsql_functionContext block = Grammar.block(body);
          yield Naming.in(new Words(body), block, Scope.outermost());
        }
        default -> References.UNKNOWN;
      };
    } catch (Unreadable e) {
      return References.UNKNOWN;
    }
  }

  /**
   * Of a routine: not complete where its body changes more than rows. Who calls it locks and alters
   * what no name in it tells.
   */
  static References ofRoutine(String language, String body) {
    return references(language, body).and(changesSchema(language, body));
  }

  private static References changesSchema(String language, String body) {
    try {
      return switch (language) {
        case "sql" -> changesSchema(new Words(body), Grammar.statements(body));
        case "plpgsql" -> changesSchema(new Words(body), Grammar.block(body));
        default -> References.UNKNOWN;
      };
    } catch (Unreadable e) {
      return References.UNKNOWN;
    }
  }

  private static References changesSchema(Words words, ParserRuleContext rule) {
    References found =
        switch (rule) {
          case Schema_statementContext ignored -> References.UNKNOWN;
          case Truncate_stmtContext ignored -> References.UNKNOWN;
          case Reindex_stmtContext ignored -> References.UNKNOWN;
          case Cluster_stmtContext ignored -> References.UNKNOWN;
          case Additional_statementContext other when locks(other) -> References.UNKNOWN;
          case Transaction_statementContext other when locks(other) -> References.UNKNOWN;
          case Execute_stmtContext execute ->
              ConstantText.of(words, execute.vex())
                  .map(text -> changesSchema("sql", text))
                  .orElse(References.UNKNOWN);
          default -> References.NONE;
        };
    for (ParserRuleContext child : rule.getRuleContexts(ParserRuleContext.class)) {
      if (!found.complete()) {
        return found;
      }
      found = changesSchema(words, child);
    }
    return found;
  }

  private static boolean locks(ParserRuleContext statement) {
    return switch (statement.getStart().getText().toLowerCase(Locale.ROOT)) {
      case "lock", "refresh", "truncate", "vacuum" -> true;
      default -> false;
    };
  }

  /** What EXECUTE runs, where its text is known before it runs. */
  static References executed(Words words, Execute_stmtContext execute) {
    Optional<String> sql = ConstantText.of(words, execute.vex());
    return sql.map(text -> references("sql", text)).orElse(References.UNKNOWN);
  }

  static References anonymous(Words words, Anonymous_blockContext block) {
    return references(language(words, block), words.string(block.sconst(codeAt(block))));
  }

  /** Lower case; PL/pgSQL where none is given. */
  static String language(Words words, Anonymous_blockContext block) {
    if (block.LANGUAGE() == null) {
      return "plpgsql";
    }
    return block.identifier() != null
        ? words.name(block.identifier()).text()
        : words.string(block.sconst(1 - codeAt(block)));
  }

  /** Which of its strings is the code: LANGUAGE and its name may stand in front or behind. */
  static int codeAt(Anonymous_blockContext block) {
    boolean nameIsAString = block.sconst().size() == 2;
    boolean languageFirst =
        block.LANGUAGE() != null
            && block.LANGUAGE().getSymbol().getTokenIndex()
                < block.sconst(0).getStart().getTokenIndex();
    return nameIsAString && languageFirst ? 1 : 0;
  }
}
