package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.mysql.writing.Quoting;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One column as CREATE TABLE spells it (manuals, "The INFORMATION_SCHEMA COLUMNS Table"). */
final class ColumnTexts {

  private static final Pattern ON_UPDATE =
      Pattern.compile("(?i)on update (current_timestamp(?:\\(\\d*\\))?)");

  private static final Set<String> BARE =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "float",
          "double",
          "bit",
          "year",
          "binary",
          "varbinary");

  private final Found found;
  private final String tableCollation;

  /**
   * @param tableCollation that a column has of which nothing is said
   */
  ColumnTexts(Found found, String tableCollation) {
    this.found = found;
    this.tableCollation = tableCollation;
  }

  /**
   * @param json what MariaDB makes of JSON: LONGTEXT with a CHECK
   */
  String of(Answer column, boolean json) {
    String extra = column.text(6).toLowerCase(Locale.ROOT);
    Optional<String> expression = column.optional(8).filter(e -> !e.isEmpty());
    StringBuilder text = new StringBuilder(Found.quote(column.text(1)));
    text.append(' ').append(json ? "json" : column.text(2));
    if (!json) {
      text.append(charset(column));
    }
    boolean ofPeriod = expression.filter(e -> e.startsWith("ROW ")).isPresent();
    expression.ifPresent(
        e ->
            text.append(
                ofPeriod
                    ? " GENERATED ALWAYS AS " + e
                    : " GENERATED ALWAYS AS ("
                        + found.expression(e)
                        + (extra.contains("virtual") ? ") VIRTUAL" : ") STORED")));
    if (column.text(4).equals("NO") && !ofPeriod) {
      text.append(" NOT NULL");
    } else if (column.text(3).equals("timestamp") && !ofPeriod) {
      text.append(" NULL");
    }
    if (expression.isEmpty()) {
      column
          .optional(5)
          .filter(d -> !(found.engine() == Engine.MARIADB && d.equalsIgnoreCase("null")))
          .ifPresent(d -> text.append(" DEFAULT ").append(defaultValue(d, column.text(3), extra)));
    }
    Matcher update = ON_UPDATE.matcher(extra);
    if (update.find()) {
      text.append(" ON UPDATE ").append(update.group(1));
    }
    text.append(extra.contains("auto_increment") ? " AUTO_INCREMENT" : "");
    text.append(extra.contains("invisible") ? " INVISIBLE" : "");
    text.append(extra.contains("without system versioning") ? " WITHOUT SYSTEM VERSIONING" : "");
    column
        .optional(7)
        .filter(c -> !c.isEmpty())
        .ifPresent(c -> text.append(" COMMENT ").append(Quoting.plainLiteral(c)));
    column.optional(11).ifPresent(srid -> text.append(" SRID ").append(srid));
    return text.toString();
  }

  private String charset(Answer column) {
    Optional<String> collation = column.optional(10).filter(c -> !c.equals(tableCollation));
    return collation.map(c -> " CHARACTER SET " + column.text(9) + " COLLATE " + c).orElse("");
  }

  /** MariaDB shows it as it is written; MySQL shows a literal's value, and marks expressions. */
  private String defaultValue(String shown, String type, String extra) {
    if (found.engine() == Engine.MARIADB) {
      return shown;
    }
    boolean time = shown.toUpperCase(Locale.ROOT).startsWith("CURRENT_TIMESTAMP");
    if (time && (type.equals("timestamp") || type.equals("datetime"))) {
      return shown;
    }
    if (extra.contains("default_generated")) {
      return "(" + found.expression(shown) + ")";
    }
    // No byte at all is shown as nothing, or as a number without digits.
    boolean empty = shown.isEmpty() || shown.equals("0x");
    return BARE.contains(type) && !empty ? shown : Quoting.plainLiteral(empty ? "" : shown);
  }
}
