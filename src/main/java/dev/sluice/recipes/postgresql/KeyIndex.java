package dev.sluice.recipes.postgresql;

import dev.sluice.dialect.Writer;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Index.IndexColumn;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** The index that a key's constraint would build for itself. */
final class KeyIndex {

  private KeyIndex() {}

  /**
   * @param storage as the constraint writes it; only there the tablespace is USING INDEX
   */
  static Index of(
      Writer writer,
      QualifiedName table,
      Name name,
      List<Name> columns,
      boolean nullsDistinct,
      String storage) {
    return new Index(
        Optional.of(new QualifiedName(table.schema(), name)),
        table,
        true,
        "btree",
        columns.stream().map(c -> key(writer, c)).toList(),
        List.of(),
        Optional.empty(),
        nullsDistinct,
        storage.replaceFirst("(?i)USING\\s+INDEX\\s+TABLESPACE", "TABLESPACE"),
        true);
  }

  static IndexColumn key(Writer writer, Name column) {
    return new IndexColumn(Optional.of(column), Fragment.literal(writer.quote(column)), "");
  }
}
