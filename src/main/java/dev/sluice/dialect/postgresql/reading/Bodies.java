package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.References;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Anonymous_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Execute_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Plpgsql_functionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SqlContext;

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
