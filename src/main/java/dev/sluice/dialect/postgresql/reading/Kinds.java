package dev.sluice.dialect.postgresql.reading;

import static java.util.Map.entry;

import dev.sluice.schema.ObjectKind;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** The key words that name a kind of object. */
final class Kinds {

  private static final Map<String, ObjectKind> BY_WORDS =
      Map.ofEntries(
          entry("ACCESS METHOD", ObjectKind.ACCESS_METHOD),
          entry("AGGREGATE", ObjectKind.AGGREGATE),
          entry("CAST", ObjectKind.CAST),
          entry("COLLATION", ObjectKind.COLLATION),
          entry("CONVERSION", ObjectKind.CONVERSION),
          entry("DATABASE", ObjectKind.DATABASE),
          entry("DOMAIN", ObjectKind.DOMAIN),
          entry("EVENT TRIGGER", ObjectKind.EVENT_TRIGGER),
          entry("EXTENSION", ObjectKind.EXTENSION),
          entry("FOREIGN DATA WRAPPER", ObjectKind.FOREIGN_DATA_WRAPPER),
          entry("FOREIGN TABLE", ObjectKind.FOREIGN_TABLE),
          entry("FUNCTION", ObjectKind.FUNCTION),
          entry("GROUP", ObjectKind.ROLE),
          entry("LANGUAGE", ObjectKind.LANGUAGE),
          entry("MATERIALIZED VIEW", ObjectKind.MATERIALIZED_VIEW),
          entry("OPERATOR", ObjectKind.OPERATOR),
          entry("OPERATOR CLASS", ObjectKind.OPERATOR_CLASS),
          entry("OPERATOR FAMILY", ObjectKind.OPERATOR_FAMILY),
          entry("POLICY", ObjectKind.POLICY),
          entry("PROCEDURAL LANGUAGE", ObjectKind.LANGUAGE),
          entry("PROCEDURE", ObjectKind.PROCEDURE),
          entry("PUBLICATION", ObjectKind.PUBLICATION),
          entry("ROLE", ObjectKind.ROLE),
          entry("ROUTINE", ObjectKind.FUNCTION),
          entry("RULE", ObjectKind.RULE),
          entry("SCHEMA", ObjectKind.SCHEMA),
          entry("SEQUENCE", ObjectKind.SEQUENCE),
          entry("SERVER", ObjectKind.SERVER),
          entry("STATISTICS", ObjectKind.STATISTICS),
          entry("SUBSCRIPTION", ObjectKind.SUBSCRIPTION),
          entry("TABLESPACE", ObjectKind.TABLESPACE),
          entry("TEXT SEARCH CONFIGURATION", ObjectKind.TEXT_SEARCH),
          entry("TEXT SEARCH DICTIONARY", ObjectKind.TEXT_SEARCH),
          entry("TEXT SEARCH PARSER", ObjectKind.TEXT_SEARCH),
          entry("TEXT SEARCH TEMPLATE", ObjectKind.TEXT_SEARCH),
          entry("TRANSFORM", ObjectKind.TRANSFORM),
          entry("TRIGGER", ObjectKind.TRIGGER),
          entry("TYPE", ObjectKind.TYPE),
          entry("USER", ObjectKind.ROLE),
          entry("USER MAPPING", ObjectKind.USER_MAPPING),
          entry("VIEW", ObjectKind.VIEW));

  private Kinds() {}

  /** Of the object that a rule speaks of: its key words up to the first name. */
  static ObjectKind of(ParserRuleContext rule) {
    String said = words(rule);
    // The longest run of words that is a kind: what follows it are options.
    for (String kind = said; !kind.isEmpty(); kind = shorter(kind)) {
      ObjectKind known = BY_WORDS.get(kind);
      if (known != null) {
        return known;
      }
    }
    throw new Unreadable("it speaks of a kind of object that is not modelled: " + said);
  }

  /** In front of the first name, OR REPLACE, TRUSTED and DEFAULT left out. */
  private static String words(ParserRuleContext rule) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < rule.getChildCount(); i++) {
      ParseTree child = rule.getChild(i);
      if (!(child instanceof TerminalNode word)) {
        break;
      }
      String text = word.getText().toUpperCase(Locale.ROOT);
      if (!text.matches("OR|REPLACE|TRUSTED|DEFAULT|CONSTRAINT")) {
        words.append(words.isEmpty() ? "" : " ").append(text);
      }
    }
    return words.toString();
  }

  private static String shorter(String words) {
    int last = words.lastIndexOf(' ');
    return last < 0 ? "" : words.substring(0, last);
  }
}
