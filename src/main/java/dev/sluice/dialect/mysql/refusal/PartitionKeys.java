package dev.sluice.dialect.mysql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Change.AlterTable;
import dev.sluice.schema.Column;
import dev.sluice.schema.Index;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table in partitions: each unique key holds all columns that say which partition a row is in,
 * and no foreign key begins or ends there.
 */
final class PartitionKeys {

  private static final Pattern METHOD =
      Pattern.compile(
          "(?i)\\b(?:RANGE|LIST|HASH|KEY)(?:\\s+COLUMNS)?(?:\\s+ALGORITHM\\s*=\\s*\\d)?\\s*\\(");
  private static final Pattern WORD =
      Pattern.compile("`((?:[^`]|``)+)`|([\\p{L}_$][\\p{L}\\d_$]*)");

  private final Outcome table;

  PartitionKeys(Outcome table) {
    this.table = table;
  }

  Optional<String> why() {
    if (table.is().partitionKey().isEmpty()) {
      return Optional.empty();
    }
    boolean made = table.makesTable() || table.changes().stream().anyMatch(PartitionKeys::makes);
    return unique(made ? table.indexes() : table.newIndexes())
        .or(() -> foreignKeys(made))
        .or(() -> made ? pointing() : Optional.empty());
  }

  private static boolean makes(Change change) {
    return change instanceof AlterTable c && c.property() == AlterTable.Property.PARTITION_BY;
  }

  private Optional<String> unique(List<Index> indexes) {
    List<Name> needed = columns(table.is());
    return indexes.stream()
        .filter(Index::unique)
        .flatMap(
            i ->
                needed.stream()
                    .filter(c -> !holds(i, c))
                    .map(
                        c ->
                            table.named(i)
                                + " is unique without "
                                + c
                                + ", which the partitions are by ("
                                + (table.makesTable() || !table.mariadb()
                                    ? "error 1503"
                                    : "errors 1503 and 1217")
                                + "); put it into the key"))
        .findFirst();
  }

  private static boolean holds(Index index, Name column) {
    return index.columns().stream()
        .anyMatch(k -> k.column().equals(Optional.of(column)) && !k.modifiers().startsWith("("));
  }

  private Optional<String> foreignKeys(boolean made) {
    boolean any =
        made ? table.foreignKeys().findAny().isPresent() : !table.newForeignKeys().isEmpty();
    String error = made && !table.makesTable() && table.mariadb() ? "1217" : "1506";
    return any
        ? Optional.of("a table in partitions has no foreign keys (error " + error + ")")
        : Optional.empty();
  }

  private Optional<String> pointing() {
    return table.after().foreignKeysTo(table.name()).stream()
        .filter(r -> table.before().isCertain(r.table()))
        .findFirst()
        .map(
            r ->
                "the foreign key "
                    + r.key().name().map(Name::text).orElse("")
                    + " of "
                    + r.table().name()
                    + " points at it, and none does at a table in partitions"
                    + " (error "
                    + (table.mariadb() ? "1217" : "1506")
                    + ")");
  }

  /** The columns that a row's partition is found by. */
  static List<Name> columns(Table table) {
    String sql = table.partitionKey().orElseThrow().sql();
    Set<Name> named = new HashSet<>();
    Matcher method = METHOD.matcher(sql.split("(?i)\\bPARTITION\\s+[`\\w]+\\s+VALUES\\b", 2)[0]);
    while (method.find()) {
      Matcher word = WORD.matcher(inside(sql, method.end()));
      while (word.find()) {
        named.add(Name.ignoringCase(word.group(1) == null ? word.group(2) : word.group(1)));
      }
    }
    return table.columns().stream().map(Column::name).filter(named::contains).toList();
  }

  private static String inside(String sql, int start) {
    int depth = 1;
    int end = start;
    while (end < sql.length() && depth > 0) {
      char sign = sql.charAt(end++);
      depth += sign == '(' ? 1 : sign == ')' ? -1 : 0;
    }
    return sql.substring(start, end);
  }
}
