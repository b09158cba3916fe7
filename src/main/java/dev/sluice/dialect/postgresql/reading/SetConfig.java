package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Perform_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_listContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_or_named_notationContext;

/** {@code SELECT set_config('search_path', 'a, b', false)}: a SET, as pg_dump writes it. */
final class SetConfig {

  private SetConfig() {}

  /** Empty where the query does anything else. */
  static Optional<Change> in(Words words, Select_stmtContext query) {
    Select_primaryContext select = query.select_ops().select_primary();
    return select == null || !select.from_item().isEmpty() || query.with_clause() != null
        ? Optional.empty()
        : in(words, select.select_list());
  }

  /** The same of PERFORM. */
  static Optional<Change> in(Words words, Perform_stmtContext perform) {
    return perform.from_item().isEmpty() && perform.select_ops() == null
        ? in(words, perform.select_list())
        : Optional.empty();
  }

  private static Optional<Change> in(Words words, @Nullable Select_listContext items) {
    return items == null || items.select_sublist().size() != 1
        ? Optional.empty()
        : call(items.select_sublist(0).vex()).flatMap(call -> read(words, call));
  }

  private static Optional<Function_callContext> call(ParserRuleContext vex) {
    ParserRuleContext inner = vex;
    while (inner.getChildCount() == 1 && inner.getChild(0) instanceof ParserRuleContext only) {
      inner = only;
    }
    return inner instanceof Function_callContext call ? Optional.of(call) : Optional.empty();
  }

  private static Optional<Change> read(Words words, Function_callContext call) {
    List<Vex_or_named_notationContext> arguments = call.vex_or_named_notation();
    if (call.schema_qualified_name_nontype() == null
        || arguments.size() != 3
        || !words
            .qualified(call.schema_qualified_name_nontype())
            .name()
            .text()
            .equals("set_config")) {
      return Optional.empty();
    }
    Optional<String> name = ConstantText.of(words, arguments.get(0).vex());
    Optional<String> value = ConstantText.of(words, arguments.get(1).vex());
    if (name.isEmpty() || value.isEmpty()) {
      return Optional.empty();
    }
    boolean local = words.of(arguments.get(2)).equalsIgnoreCase("true");
    List<String> values =
        value.get().isBlank()
            ? List.of("''")
            : Arrays.stream(value.get().split(",", -1)).map(String::strip).toList();
    return Optional.of(new Change.SetParameter(name.get().toLowerCase(Locale.ROOT), values, local));
  }
}
