package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.mysql.writing.Quoting;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** Names as statements write them, as the catalog knows them. */
final class CatalogName {

  private CatalogName() {}

  /**
   * A table: {@code `shop`.`orders`}, or without quotes.
   *
   * @throws IllegalArgumentException where the text is no name
   */
  static QualifiedName table(String text) {
    List<String> parts = parts(text);
    return switch (parts.size()) {
      case 1 -> QualifiedName.of(parts.getFirst());
      case 2 -> QualifiedName.of(parts.getFirst(), parts.getLast());
      default -> throw new IllegalArgumentException(text + " is no name of a table");
    };
  }

  /**
   * A column: {@code `id`}, or without quotes.
   *
   * @throws IllegalArgumentException where the text is no name
   */
  static Name column(String text) {
    List<String> parts = parts(text);
    if (parts.size() != 1) {
      throw new IllegalArgumentException(text + " is no name of a column");
    }
    return new Name(parts.getFirst());
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '`') {
        boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '`';
        if (doubled) {
          part.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    if (quoted || parts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(text + " is no name");
    }
    return parts;
  }

  /** That the two columns name this table; without a database it is that of the session. */
  static String is(QualifiedName table, String schemaColumn, String nameColumn) {
    return schemaColumn
        + " = "
        + table.schema().map(s -> Quoting.literal(s.text())).orElse("DATABASE()")
        + " AND "
        + nameColumn
        + " = "
        + Quoting.literal(table.name().text());
  }
}
