package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Routine.Volatility;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_actions_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_argsContext;

/** Functions and procedures, with what their bodies read and write. */
final class Routines {

  private final Words words;

  Routines(Words words) {
    this.words = words;
  }

  Change create(Create_function_statementContext statement) {
    boolean procedure = statement.PROCEDURE() != null;
    Function_argsContext arguments = statement.function_parameters().function_args();
    String language = "sql";
    Volatility volatility = Volatility.VOLATILE;
    String body = null;
    for (Function_actions_commonContext clause : statement.function_actions_common()) {
      if (clause.lang_name != null) {
        language = words.name(clause.lang_name).text().toLowerCase(Locale.ROOT);
      } else if (clause.IMMUTABLE() != null) {
        volatility = Volatility.IMMUTABLE;
      } else if (clause.STABLE() != null) {
        volatility = Volatility.STABLE;
      } else if (clause.function_def() != null) {
        body = words.string(clause.function_def().definition);
      }
    }
    References references = words.references(statement);
    if (body != null) {
      references = references.and(Bodies.ofRoutine(language, body));
    }
    Routine routine =
        new Routine(
            procedure ? ObjectKind.PROCEDURE : ObjectKind.FUNCTION,
            words.qualified(statement.function_parameters().schema_qualified_name()),
            signature(arguments, procedure),
            language,
            volatility,
            new Fragment(words.from(arguments, statement), references));
    return new Change.CreateRoutine(routine, statement.REPLACE() != null);
  }

  /** The code of a routine; empty where it is not PL/pgSQL. */
  static Optional<String> code(Routine routine) {
    if (!routine.language().equals("plpgsql")) {
      return Optional.empty();
    }
    String sql = "CREATE FUNCTION f" + routine.definition().sql();
    Words words = new Words(sql);
    return functions(Grammar.statements(sql))
        .flatMap(f -> f.function_actions_common().stream())
        .filter(clause -> clause.function_def() != null)
        .map(clause -> words.string(clause.function_def().definition))
        .findFirst();
  }

  private static Stream<Create_function_statementContext> functions(ParseTree tree) {
    return tree instanceof Create_function_statementContext function
        ? Stream.of(function)
        : IntStream.range(0, tree.getChildCount())
            .mapToObj(tree::getChild)
            .flatMap(Routines::functions);
  }

  /** Of a function, what it returns does not tell it from another; of a procedure, OUT does. */
  private String signature(Function_argsContext arguments, boolean procedure) {
    return arguments.function_arguments().stream()
        .filter(a -> procedure || a.argmode() == null || a.argmode().OUT() == null)
        .map(
            a -> {
              String type = words.of(a.data_type());
              return a.argmode() != null && a.argmode().VARIADIC() != null
                  ? "VARIADIC " + type
                  : a.argmode() != null && a.argmode().OUT() != null ? "OUT " + type : type;
            })
        .collect(Collectors.joining(", "));
  }
}
