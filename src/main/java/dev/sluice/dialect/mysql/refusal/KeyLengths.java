package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.Text;
import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.schema.Change.RedefineColumn;
import dev.sluice.schema.Column;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys of more bytes than InnoDB takes: 3072 in all, and of each column as many, or 767 in the
 * older row formats. Counts no byte that it does not know of.
 *
 * <p>MariaDB takes the beginning of a column that is too long by itself, and a hash where the key
 * is unique.
 */
final class KeyLengths {

  private static final int MOST = 3072;
  private static final int MOST_IN_OLD_FORMATS = 767;

  private static final Pattern PREFIX = Pattern.compile("(?s)^\\(\\s*(\\d{1,9})\\s*\\).*");

  /** Bytes of the integers, by their rank. */
  private static final List<Integer> BYTES = List.of(1, 2, 3, 4, 8);

  private final Outcome table;

  KeyLengths(Outcome table) {
    this.table = table;
  }

  Optional<String> why() {
    return table.isInnodb()
        ? indexes().stream().flatMap(i -> why(i).stream()).findFirst()
        : Optional.empty();
  }

  private List<Index> indexes() {
    boolean redefines = table.changes().stream().anyMatch(RedefineColumn.class::isInstance);
    // What was wrong before is not as it was read.
    return redefines
        ? table.indexes().stream().filter(i -> !wasTooLong(i)).toList()
        : table.newIndexes();
  }

  private boolean wasTooLong(Index index) {
    return table
        .was()
        .map(
            was ->
                new KeyLengths(
                        new Outcome(
                            table.mariadb(),
                            Optional.empty(),
                            was,
                            List.of(),
                            table.before(),
                            table.before()))
                    .why(index)
                    .isPresent())
        .orElse(false);
  }

  private Optional<String> why(Index index) {
    if (!index.method().equals("btree") && !index.method().equals("hash")) {
      return Optional.empty();
    }
    boolean whole = !table.mariadb() || table.isPrimary(index);
    int all = 0;
    for (IndexColumn key : index.columns()) {
      int bytes = bytes(key);
      all += bytes;
      if (isOldFormat() && bytes > MOST_IN_OLD_FORMATS) {
        return tooLong(index, bytes, MOST_IN_OLD_FORMATS, table.mariadb() ? "1709" : "1071");
      }
      boolean cut = !index.unique() && !Sizes.isStrict(table.before());
      if (whole && !cut && bytes > MOST) {
        return tooLong(index, bytes, MOST, "1071");
      }
    }
    boolean hashed = !whole && index.unique();
    return all > MOST && index.columns().size() > 1 && !hashed
        ? tooLong(index, all, MOST, "1071")
        : Optional.empty();
  }

  private boolean isOldFormat() {
    String format = table.is().properties().getOrDefault("ROW_FORMAT", "");
    return List.of("compact", "redundant").contains(format.strip().toLowerCase(Locale.ROOT));
  }

  private Optional<String> tooLong(Index index, int bytes, int most, String error) {
    return Optional.of(
        table.named(index)
            + " is over "
            + bytes
            + " bytes, and "
            + most
            + " are the most (error "
            + error
            + "); say how many characters of its texts it takes");
  }

  private int bytes(IndexColumn key) {
    Optional<Column> column = key.column().flatMap(table::column);
    if (column.isEmpty()) {
      return 0;
    }
    DataType type = column.get().type();
    OptionalInt prefix = prefix(key);
    int ofText = Sizes.bytes(Text.of(column.get(), table.is().properties()));
    return switch (Types.base(type)) {
      case "char", "varchar" -> prefix.orElse(Types.length(type, 1)) * ofText;
      case "binary", "varbinary" -> prefix.orElse(Types.length(type, 1));
      case "tinytext", "text", "mediumtext", "longtext" -> prefix.orElse(0) * ofText;
      case "tinyblob", "blob", "mediumblob", "longblob" -> prefix.orElse(0);
      default -> Types.integerRank(type) >= 0 ? BYTES.get(Types.integerRank(type)) : 0;
    };
  }

  private static OptionalInt prefix(IndexColumn key) {
    Matcher matcher = PREFIX.matcher(key.modifiers().strip());
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
