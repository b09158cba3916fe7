package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.CreateTable;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Definitions of columns that are in error by themselves, in every {@code sql_mode}. */
final class ColumnTexts {

  private static final Pattern NOW =
      Pattern.compile(
          "(?i)(?:current_timestamp|now|localtime|localtimestamp)(?:\\s*\\(\\s*(\\d?)\\s*\\))?");
  private static final Pattern TEXT = Pattern.compile("(?s)'(?:[^'\\\\]|'')*'");
  private static final Set<String> MOMENTS = Set.of("datetime", "timestamp");
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of(
          "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "json",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geomcollection",
          "geometrycollection");

  private final boolean mariadb;

  private ColumnTexts(boolean mariadb) {
    this.mariadb = mariadb;
  }

  static Optional<String> in(List<Change> changes, boolean mariadb) {
    ColumnTexts texts = new ColumnTexts(mariadb);
    return changes.stream()
        .flatMap(ColumnTexts::columns)
        .flatMap(c -> texts.why(c).stream())
        .findFirst();
  }

  private static Stream<Column> columns(Change change) {
    return switch (change) {
      case CreateTable c -> c.table().columns().stream();
      case AddColumn c -> Stream.of(c.column());
      case RedefineColumn c -> Stream.of(c.definition());
      default -> Stream.empty();
    };
  }

  private Optional<String> why(Column column) {
    return size(column)
        .or(() -> drawn(column))
        .or(() -> column.defaultValue().flatMap(d -> ofDefault(column, d.sql().strip())));
  }

  private static Optional<String> drawn(Column column) {
    boolean number =
        Types.integerRank(column.type()) >= 0
            || Set.of("float", "double", "decimal").contains(Types.base(column.type()));
    return column.identity().isPresent() && !number
        ? Optional.of(column.name() + " is AUTO_INCREMENT and no number (error 1063)")
        : Optional.empty();
  }

  private Optional<String> size(Column column) {
    DataType type = column.type();
    return switch (Types.base(type)) {
      case "decimal" -> decimal(column);
      case "datetime", "timestamp", "time" ->
          Types.length(type, 0) > 6
              ? tooLarge(column, "6 digits of a second are the most", "1426")
              : Optional.empty();
      case "bit" ->
          Types.length(type, 1) > 64
              ? tooLarge(column, "64 bits are the most", "1439")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<String> decimal(Column column) {
    DataType type = column.type();
    if (Types.length(type, 10) > 65) {
      return tooLarge(column, "65 digits are the most", "1426");
    }
    if (Types.scale(type) > (mariadb ? 38 : 30)) {
      return tooLarge(column, "too many digits behind the point", "1425");
    }
    return Types.scale(type) > Types.length(type, 10)
        ? tooLarge(column, "more digits behind the point than it has", "1427")
        : Optional.empty();
  }

  private static Optional<String> tooLarge(Column column, String most, String error) {
    return Optional.of(
        column.name() + " is " + column.type().text() + ": " + most + " (error " + error + ")");
  }

  private Optional<String> ofDefault(Column column, String value) {
    String base = Types.base(column.type());
    if (value.startsWith("(") || value.equalsIgnoreCase("null") || column.generated().isPresent()) {
      return Optional.empty();
    }
    // MySQL lets an empty text pass where it is not strict.
    boolean empty = value.equals("''") || value.equals("\"\"");
    if (!mariadb && WITHOUT_DEFAULT.contains(base) && !empty) {
      return Optional.of(
          column.name()
              + " is "
              + base
              + ", which has no constant default (error 1101); DEFAULT ("
              + value
              + ") is an expression");
    }
    Matcher now = NOW.matcher(value);
    if (now.matches()) {
      return moment(
          column, base, now.group(1) == null || now.group(1).isEmpty() ? "0" : now.group(1));
    }
    if (column.identity().isPresent()) {
      return Optional.of(column.name() + " is AUTO_INCREMENT and has a default (error 1067)");
    }
    if (!TEXT.matcher(value).matches()) {
      return Optional.empty();
    }
    String text = value.substring(1, value.length() - 1);
    boolean number = text.strip().matches("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
    if (Types.integerRank(column.type()) >= 0 && !number) {
      return invalid(column, value);
    }
    boolean listed =
        column.type().arguments().stream().anyMatch(a -> unquoted(a).equals(unquoted(value)));
    return base.equals("enum") && !listed && !text.isEmpty() && text.strip().equals(text)
        ? invalid(column, value)
        : Optional.empty();
  }

  private static String unquoted(String text) {
    return text.strip().replaceAll("^'|'$", "").toLowerCase(Locale.ROOT);
  }

  private Optional<String> moment(Column column, String base, String digits) {
    boolean fits =
        MOMENTS.contains(base) && Types.length(column.type(), 0) == Integer.parseInt(digits);
    return mariadb || fits
        ? Optional.empty()
        : Optional.of(
            column.name()
                + " is "
                + column.type().text()
                + ", and the default has other digits or is no such moment (error 1067)");
  }

  private static Optional<String> invalid(Column column, String value) {
    return Optional.of(
        column.name()
            + " is "
            + column.type().text()
            + ", and "
            + value
            + " is no value of it (error 1067)");
  }
}
