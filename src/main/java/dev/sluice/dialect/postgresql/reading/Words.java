package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.sql.Location;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Source;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Boolean_valueContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Identifier_reservedContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Identifier_reserved_nontypeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_in_parensContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_referencesContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_name_nontypeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** The text behind a parse tree: cuts pieces out of it and reads the names in it. */
final class Words {

  private final String text;

  Words(String text) {
    this.text = text;
  }

  /** As written, comments inside included. */
  String of(ParserRuleContext piece) {
    return cut(start(piece), end(piece));
  }

  /** Where it begins in the text. */
  Location location(ParserRuleContext piece) {
    return new Source("", text).locate(start(piece));
  }

  /** As written from {@code first} to the end of {@code whole}. */
  String from(ParserRuleContext first, ParserRuleContext whole) {
    return cut(start(first), end(whole));
  }

  /** As written from behind {@code before} to the end of {@code whole}; may be empty. */
  String behind(ParserRuleContext before, ParserRuleContext whole) {
    return cut(end(before), end(whole));
  }

  String behind(TerminalNode before, ParserRuleContext whole) {
    return cut(before.getSymbol().getStopIndex() + 1, end(whole));
  }

  /** As written behind {@code before} and in front of {@code next}; may be empty. */
  String between(ParserRuleContext before, TerminalNode next) {
    return cut(end(before), next.getSymbol().getStartIndex());
  }

  /** As written from the beginning of {@code whole} to in front of {@code next}. */
  String upTo(ParserRuleContext next, ParserRuleContext whole) {
    return cut(start(whole), start(next));
  }

  /** What the parentheses hold. */
  String between(TerminalNode open, TerminalNode close) {
    return cut(open.getSymbol().getStopIndex() + 1, close.getSymbol().getStartIndex());
  }

  private String cut(int from, int to) {
    return from >= to ? "" : text.substring(from, to).strip();
  }

  private int start(ParserRuleContext piece) {
    // The lexer gives the end of the text a place inside it.
    return piece.getStart().getType() == Token.EOF
        ? text.length()
        : piece.getStart().getStartIndex();
  }

  private int end(ParserRuleContext piece) {
    Token last = piece.getStop();
    // A rule that matched nothing stops in front of its start.
    return last == null || last.getTokenIndex() < piece.getStart().getTokenIndex()
        ? start(piece)
        : last.getStopIndex() + 1;
  }

  /** The name that an identifier stands for, whatever rule found it. */
  Name name(ParserRuleContext identifier) {
    return Identifiers.name(of(identifier));
  }

  List<Name> names(List<? extends ParserRuleContext> identifiers) {
    return identifiers.stream().map(this::name).toList();
  }

  /** A database in front of the schema can only be this one, and is left out. */
  QualifiedName qualified(Schema_qualified_nameContext name) {
    List<Identifier_reservedContext> rest = name.identifier_reserved();
    return switch (rest.size()) {
      case 0 -> new QualifiedName(Optional.empty(), name(name.identifier()));
      case 1 -> new QualifiedName(Optional.of(name(name.identifier())), name(rest.get(0)));
      default -> new QualifiedName(Optional.of(name(rest.get(0))), name(rest.get(1)));
    };
  }

  QualifiedName qualified(Schema_qualified_name_nontypeContext name) {
    Identifier_reserved_nontypeContext last = name.identifier_reserved_nontype();
    return last == null
        ? new QualifiedName(Optional.empty(), name(name.identifier_nontype()))
        : new QualifiedName(Optional.of(name(name.schema)), name(last));
  }

  /** {@code t.c} or {@code s.t.c}; empty for a single word. */
  Optional<ColumnName> column(Schema_qualified_nameContext name) {
    List<Identifier_reservedContext> rest = name.identifier_reserved();
    Name first = name(name.identifier());
    return switch (rest.size()) {
      case 0 -> Optional.empty();
      case 1 ->
          Optional.of(
              new ColumnName(new QualifiedName(Optional.empty(), first), name(rest.get(0))));
      default ->
          Optional.of(
              new ColumnName(
                  new QualifiedName(Optional.of(first), name(rest.get(0))), name(rest.get(1))));
    };
  }

  List<QualifiedName> qualified(Names_referencesContext names) {
    return names.schema_qualified_name().stream().map(this::qualified).toList();
  }

  /** Names of which the grammar would allow a qualified one, and the server does not. */
  List<Name> plain(List<Schema_qualified_nameContext> names) {
    return names.stream().map(this::plain).toList();
  }

  List<Name> plain(Names_in_parensContext names) {
    return plain(names.names_references().schema_qualified_name());
  }

  Name plain(Schema_qualified_nameContext name) {
    return qualified(name).name();
  }

  /** Whether it is one expression in parentheses. */
  static boolean isParenthesised(VexContext vex) {
    return vex.getChildCount() == 3
        && vex.getChild(1) instanceof VexContext
        && vex.LEFT_PAREN() != null;
  }

  /** Whether an option with this value, or with none, is switched on. */
  boolean isOn(@Nullable Boolean_valueContext value) {
    return value == null || !of(value).matches("(?i)'?(false|off|0)'?");
  }

  /** The value of a string constant. */
  String string(SconstContext constant) {
    return Literals.value(of(constant));
  }

  /** A piece with the names in it, of which nothing around it is known. */
  Fragment fragment(ParserRuleContext piece) {
    return new Fragment(of(piece), references(piece));
  }

  Fragment fragment(ParserRuleContext piece, Scope scope) {
    return new Fragment(of(piece), Naming.in(this, piece, scope));
  }

  References references(ParserRuleContext piece) {
    return references(piece, Scope.outermost());
  }

  References references(ParserRuleContext piece, Scope scope) {
    return Naming.in(this, piece, scope);
  }
}
