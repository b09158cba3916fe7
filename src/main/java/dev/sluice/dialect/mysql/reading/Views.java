package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** CREATE VIEW and ALTER VIEW. */
final class Views {

  private Views() {}

  /**
   * From VIEW on.
   *
   * @param options what stands in front of it: ALGORITHM, DEFINER, SQL SECURITY, as written
   */
  static Change read(Cursor cursor, boolean orReplace, String options) {
    cursor.expect("VIEW");
    boolean ifNotExists = cursor.ifNotExists(Syntax.IF_NOT_EXISTS_OF_VIEW);
    QualifiedName name = cursor.table();
    List<Name> columns = cursor.is("(") ? cursor.columns() : List.of();
    cursor.expect("AS");
    String sql = cursor.rest();
    return new Change.CreateView(
        new View(
            name, columns, new Fragment(sql, Queries.query(withoutCheck(sql))), false, options),
        orReplace,
        ifNotExists,
        false);
  }

  /** The query alone: WITH CHECK OPTION is the view's. */
  private static String withoutCheck(String sql) {
    return sql.replaceFirst("(?is)\\s+with\\s+(?:(?:cascaded|local)\\s+)?check\\s+option\\s*$", "");
  }
}
