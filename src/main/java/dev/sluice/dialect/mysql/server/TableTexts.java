package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.Engine;
import dev.sluice.dialect.mysql.writing.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sequences, and tables with everything but their foreign keys. */
final class TableTexts {

  private static final Pattern OPTION = Pattern.compile("`?(\\w+)`?=('[^']*'|\"[^\"]*\"|\\S+)");

  private static final Set<String> KEPT =
      Set.of(
          "ROW_FORMAT",
          "KEY_BLOCK_SIZE",
          "COMPRESSION",
          "ENCRYPTION",
          "ENCRYPTED",
          "PAGE_COMPRESSED");

  private final Found found;

  TableTexts(Found found) {
    this.found = found;
  }

  List<String> all() {
    List<String> sequences = new ArrayList<>();
    List<String> tables = new ArrayList<>();
    found
        .all(Question.TABLES)
        .forEach(
            (name, rows) -> {
              Answer table = rows.getFirst();
              switch (table.text(1)) {
                case "SEQUENCE" -> sequences.add("CREATE SEQUENCE " + found.place(name));
                case "BASE TABLE", "SYSTEM VERSIONED" -> tables.add(table(name, table));
                default -> {}
              }
            });
    sequences.addAll(tables);
    return sequences;
  }

  private String table(String name, Answer table) {
    String collation = table.text(4);
    boolean innodb = table.text(2).equalsIgnoreCase("InnoDB");
    List<Answer> columns = found.of(Question.COLUMNS, name);
    Optional<Answer> period =
        found.of(Question.PERIODS, name).stream()
            .filter(p -> !p.text(1).equals("SYSTEM_TIME"))
            .findFirst();
    List<Answer> checks =
        found.of(Question.CHECKS, name).stream()
            .filter(c -> period.filter(p -> p.text(1).equals(c.text(1))).isEmpty())
            .toList();
    Set<String> json =
        columns.stream()
            .filter(c -> checks.stream().anyMatch(k -> isJson(c, k)))
            .map(c -> c.text(1))
            .collect(Collectors.toSet());
    ColumnTexts texts = new ColumnTexts(found, collation);
    List<String> lines = new ArrayList<>();
    columns.forEach(c -> lines.add(texts.of(c, json.contains(c.text(1)))));
    lines.addAll(new KeyTexts(found, innodb).of(name, period));
    checks.stream()
        .filter(k -> columns.stream().noneMatch(c -> isJson(c, k)))
        .forEach(k -> lines.add(check(k)));
    systemTime(columns).ifPresent(lines::add);
    period.ifPresent(
        p ->
            lines.add(
                "PERIOD FOR "
                    + Found.quote(p.text(1))
                    + " ("
                    + Found.quote(p.text(2))
                    + ", "
                    + Found.quote(p.text(3))
                    + ")"));
    return "CREATE TABLE "
        + found.place(name)
        + " (\n  "
        + String.join(",\n  ", lines)
        + "\n)"
        + options(table)
        + PartitionTexts.of(found.of(Question.PARTITIONS, name));
  }

  /** MariaDB has no JSON: what is declared so is text that a CHECK of the column's name reads. */
  private boolean isJson(Answer column, Answer check) {
    return found.engine() == Engine.MARIADB
        && column.text(3).equals("longtext")
        && column.text(10).equals("utf8mb4_bin")
        && check.text(1).equalsIgnoreCase(column.text(1))
        && check.text(2).equals("json_valid(" + Found.quote(column.text(1)) + ")");
  }

  private String check(Answer check) {
    return "CONSTRAINT "
        + Found.quote(check.text(1))
        + " CHECK ("
        + found.expression(
            check
                .optional(2)
                .or(
                    () ->
                        found.of(Question.CHECK_EXPRESSIONS, check.text(1)).stream()
                            .findFirst()
                            .flatMap(c -> c.optional(1)))
                .orElse(""))
        + ")"
        + (check.text(3).equals("NO") ? " NOT ENFORCED" : "");
  }

  private static Optional<String> systemTime(List<Answer> columns) {
    Optional<String> start = rowEnd(columns, "ROW START");
    Optional<String> end = rowEnd(columns, "ROW END");
    return start.isPresent() && end.isPresent()
        ? Optional.of("PERIOD FOR SYSTEM_TIME (" + start.get() + ", " + end.get() + ")")
        : Optional.empty();
  }

  private static Optional<String> rowEnd(List<Answer> columns, String which) {
    return columns.stream()
        .filter(c -> c.text(8).equals(which))
        .map(c -> Found.quote(c.text(1)))
        .findFirst();
  }

  private static String options(Answer table) {
    StringBuilder text = new StringBuilder();
    table.optional(2).ifPresent(engine -> text.append(" ENGINE=").append(engine));
    String collation = table.text(4);
    if (!collation.isEmpty()) {
      text.append(" DEFAULT CHARSET=")
          .append(collation.replaceFirst("_.*", ""))
          .append(" COLLATE=")
          .append(collation);
    }
    boolean format = false;
    Matcher option = OPTION.matcher(table.text(5));
    while (option.find()) {
      String key = option.group(1).toUpperCase(Locale.ROOT);
      if (KEPT.contains(key)) {
        format |= key.equals("ROW_FORMAT");
        String value = option.group(2).replaceAll("^['\"]|['\"]$", "");
        text.append(' ')
            .append(key)
            .append('=')
            .append(value.matches("\\w+") ? value : Quoting.plainLiteral(value));
      }
    }
    // What the server chose where nobody said decides what a change costs.
    String chosen = table.text(3);
    if (!format && !chosen.isEmpty() && !chosen.equalsIgnoreCase("Dynamic")) {
      text.append(" ROW_FORMAT=").append(chosen.toUpperCase(Locale.ROOT));
    }
    table
        .optional(6)
        .filter(c -> !c.isEmpty())
        .ifPresent(c -> text.append(" COMMENT=").append(Quoting.plainLiteral(c)));
    return text + (table.text(1).equals("SYSTEM VERSIONED") ? " WITH SYSTEM VERSIONING" : "");
  }
}
