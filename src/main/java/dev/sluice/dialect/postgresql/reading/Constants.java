package dev.sluice.dialect.postgresql.reading;

import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_or_named_notationContext;

/** Relations that are named in string constants. */
final class Constants {

  /** Built-in functions whose first argument is the name of a relation. */
  private static final Set<String> TAKE_A_RELATION =
      Set.of(
          "nextval",
          "currval",
          "setval",
          "to_regclass",
          "pg_get_serial_sequence",
          "pg_relation_size",
          "pg_table_size",
          "pg_indexes_size",
          "pg_total_relation_size");

  private Constants() {}

  /** Whether a string next to that word names a relation. */
  static boolean takesRelation(String word) {
    return word.equals("regclass") || TAKE_A_RELATION.contains(word);
  }

  static Optional<QualifiedName> relationArgument(
      Words words, QualifiedName function, Function_callContext call) {
    boolean builtIn = function.schema().map(s -> s.text().equals("pg_catalog")).orElse(true);
    if (!builtIn || !TAKE_A_RELATION.contains(function.name().text())) {
      return Optional.empty();
    }
    Vex_or_named_notationContext first = call.vex_or_named_notation(0);
    return first == null ? Optional.empty() : named(words, first.vex());
  }

  /** {@code 'shop.orders'::regclass}. */
  static Optional<QualifiedName> regclass(Words words, VexContext vex) {
    if (vex.data_type() == null || vex.CAST_EXPRESSION() == null) {
      return Optional.empty();
    }
    boolean regclass = vex.data_type().getText().equals("regclass");
    return regclass ? named(words, vex.vex(0)) : Optional.empty();
  }

  private static Optional<QualifiedName> named(Words words, VexContext vex) {
    return constant(vex).flatMap(c -> relation(words.string(c)));
  }

  /** The constant, where the expression is nothing else. */
  static Optional<SconstContext> constant(ParserRuleContext vex) {
    ParserRuleContext inner = vex;
    while (inner.getChildCount() == 1 && inner.getChild(0) instanceof ParserRuleContext only) {
      if (only instanceof SconstContext constant) {
        return Optional.of(constant);
      }
      inner = only;
    }
    return Optional.empty();
  }

  /** A relation's name as it stands in a text of its own. */
  static Optional<QualifiedName> relation(String text) {
    Scanner scanner = new Scanner(text);
    QualifiedName name = null;
    while (scanner.nextToken() != Scanner.Kind.END) {
      if (scanner.kind() == Scanner.Kind.WORD || scanner.kind() == Scanner.Kind.QUOTED_IDENTIFIER) {
        QualifiedName part = new QualifiedName(Optional.empty(), Identifiers.name(scanner.piece()));
        name = name == null ? part : part.in(name.name());
      } else if (!scanner.isSign('.')) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(name);
  }
}
