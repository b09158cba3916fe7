package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.Text;
import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AddColumn;
import dev.sluice.schema.Change.CreateTable;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns that are longer than a column can be, and lists with a value twice. Outside of strict
 * mode, which is what servers begin with, some of it is a warning.
 */
final class Sizes {

  private final Schema before;
  private final boolean mariadb;

  private Sizes(Schema before, boolean mariadb) {
    this.before = before;
    this.mariadb = mariadb;
  }

  static Optional<String> in(List<Change> changes, Schema before, boolean mariadb) {
    Sizes sizes = new Sizes(before, mariadb);
    return changes.stream().flatMap(c -> sizes.of(c).stream()).findFirst();
  }

  /** Whether the file has not said otherwise. */
  static boolean isStrict(Schema schema) {
    return schema
        .setting("sql_mode")
        .map(m -> m.toUpperCase(Locale.ROOT).contains("STRICT_"))
        .orElse(true);
  }

  private Optional<String> of(Change change) {
    return switch (change) {
      case CreateTable c ->
          c.table().columns().stream()
              .flatMap(column -> of(column, c.table().properties()).stream())
              .findFirst();
      case AddColumn c -> of(c.column(), properties(c.table()));
      case RedefineColumn c -> of(c.definition(), properties(c.table()));
      default -> Optional.empty();
    };
  }

  private Map<String, String> properties(QualifiedName table) {
    return before.table(table).map(Table::properties).orElse(Map.of());
  }

  private Optional<String> of(Column column, Map<String, String> table) {
    Text text = Text.of(column, table);
    return switch (Types.base(column.type())) {
      case "char" -> tooLong(column, 255);
      case "binary" -> tooLong(column, 255);
      case "varbinary" -> isStrict(before) ? tooLong(column, most()) : Optional.empty();
      case "varchar" -> isStrict(before) ? tooLong(column, most() / bytes(text)) : Optional.empty();
      case "enum", "set" -> isStrict(before) ? twice(column, text) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** MariaDB leaves room for what stands in front of the value. */
  private int most() {
    return mariadb ? 65532 : 65535;
  }

  /** Of a character at most; one where nobody says the character set. */
  static int bytes(Text text) {
    return text.charset().map(Types::bytesOfACharacter).orElse(1);
  }

  private static Optional<String> tooLong(Column column, int most) {
    return Types.length(column.type(), 1) > most
        ? Optional.of(
            column.name()
                + " is "
                + column.type().text()
                + ": "
                + most
                + " is the most (error 1074); TEXT and BLOB hold more")
        : Optional.empty();
  }

  /** Words that are the same but for their case are one where nothing tells the cases apart. */
  private static Optional<String> twice(Column column, Text text) {
    boolean exact =
        text.collation().map(c -> !c.endsWith("_ci")).orElse(false)
            || text.charset().map("binary"::equals).orElse(false);
    Set<String> seen = new HashSet<>();
    return column.type().arguments().stream()
        .filter(
            a ->
                !seen.add(exact ? a : a.replaceFirst("(?s) +('?)$", "$1").toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(
            a ->
                column.name()
                    + " has "
                    + a
                    + " twice in its list, for all that its collation tells apart (error 1291)");
  }
}
