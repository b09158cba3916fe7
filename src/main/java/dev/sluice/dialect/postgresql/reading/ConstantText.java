package dev.sluice.dialect.postgresql.reading;

import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IconstContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_varContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_or_named_notationContext;

/**
 * The value of a text expression that is made of constants: strings, {@code ||}, {@code format},
 * {@code concat}, {@code quote_ident}, {@code quote_literal}, and variables declared CONSTANT.
 * Empty for anything whose value is known only when it runs.
 */
final class ConstantText {

  private static final Pattern SPECIFIER =
      Pattern.compile("%(?:(\\d{1,4})\\$)?(.?)", Pattern.DOTALL);

  private final Words words;
  private final Map<Name, String> variables;

  private ConstantText(Words words, Map<Name, String> variables) {
    this.words = words;
    this.variables = variables;
  }

  static Optional<String> of(Words words, VexContext vex) {
    return of(words, vex, Map.of());
  }

  /**
   * @param variables those whose value is known
   */
  static Optional<String> of(Words words, VexContext vex, Map<Name, String> variables) {
    return new ConstantText(words, variables).value(vex);
  }

  private Optional<String> value(VexContext vex) {
    if (vex.getChildCount() == 1) {
      return primary(vex);
    }
    if (vex.CAST_EXPRESSION() != null) {
      String type = vex.data_type().getText();
      return type.equals("text") || type.equals("varchar") ? value(vex.vex(0)) : Optional.empty();
    }
    if (Words.isParenthesised(vex)) {
      return value(vex.vex(0));
    }
    if (vex.op() != null && vex.vex().size() == 2 && vex.op().getText().equals("||")) {
      Optional<String> left = value(vex.vex(0));
      Optional<String> right = value(vex.vex(1));
      return left.isPresent() && right.isPresent()
          ? Optional.of(left.get() + right.get())
          : Optional.empty();
    }
    return Optional.empty();
  }

  private Optional<String> primary(VexContext vex) {
    ParserRuleContext inner = vex;
    while (true) {
      switch (inner) {
        case SconstContext constant -> {
          return Optional.of(words.string(constant));
        }
        case IconstContext number -> {
          return Optional.of(words.of(number));
        }
        case Function_callContext call -> {
          return call(call);
        }
        case Indirection_varContext variable -> {
          return variable.identifier() == null || variable.indirection_list() != null
              ? Optional.empty()
              : Optional.ofNullable(variables.get(words.name(variable.identifier())));
        }
        default -> {
          if (inner.getChildCount() != 1
              || !(inner.getChild(0) instanceof ParserRuleContext only)) {
            return Optional.empty();
          }
          inner = only;
        }
      }
    }
  }

  private Optional<String> call(Function_callContext call) {
    if (call.schema_qualified_name_nontype() == null) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    for (Vex_or_named_notationContext argument : call.vex_or_named_notation()) {
      Optional<String> value =
          argument.VARIADIC() != null || argument.pointer() != null
              ? Optional.empty()
              : value(argument.vex());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(value.get());
    }
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    return switch (words.of(call.schema_qualified_name_nontype()).toLowerCase(Locale.ROOT)) {
      case "format" -> format(arguments.get(0), arguments.subList(1, arguments.size()));
      case "concat" -> Optional.of(String.join("", arguments));
      case "quote_ident" -> Optional.of(identifier(arguments.get(0)));
      case "quote_literal" -> Optional.of(literal(arguments.get(0)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> format(String format, List<String> arguments) {
    Matcher specifier = SPECIFIER.matcher(format);
    StringBuilder text = new StringBuilder();
    int copied = 0;
    int next = 0;
    while (specifier.find()) {
      text.append(format, copied, specifier.start());
      copied = specifier.end();
      String kind = String.valueOf(specifier.group(2));
      if (kind.equals("%")) {
        text.append('%');
        continue;
      }
      String position = specifier.group(1);
      int at = position == null ? next : Integer.parseInt(position) - 1;
      if (at < 0 || at >= arguments.size()) {
        return Optional.empty();
      }
      String argument = arguments.get(at);
      next = at + 1;
      switch (kind) {
        case "s" -> text.append(argument);
        case "I" -> text.append(identifier(argument));
        case "L" -> text.append(literal(argument));
        default -> {
          return Optional.empty(); // a width, or no specifier at all
        }
      }
    }
    return Optional.of(text.append(format, copied, format.length()).toString());
  }

  // Always quoted: it is read again at once and never shown.
  private static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String literal(String value) {
    String quoted = "'" + value.replace("'", "''") + "'";
    return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
  }
}
