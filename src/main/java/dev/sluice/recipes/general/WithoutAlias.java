package dev.sluice.recipes.general;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.Change.Delete;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Fragment;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement about rows as if it called its table by no other name: what is made of it is another
 * statement, which knows the columns only. One that cannot be said so stays as it is.
 */
public final class WithoutAlias {

  private WithoutAlias() {}

  /** The same where it reads other tables too. */
  public static Update of(Update update, Dialect dialect) {
    if (update.alias().isEmpty() || !update.from().isEmpty()) {
      return update;
    }
    Name row = update.alias().get();
    List<Assignment> assignments = new ArrayList<>();
    for (Assignment one : update.assignments()) {
      bare(one.value(), row, dialect)
          .ifPresent(value -> assignments.add(new Assignment(one.column(), value)));
    }
    Optional<Fragment> where = update.where().flatMap(w -> bare(w, row, dialect));
    boolean all =
        assignments.size() == update.assignments().size()
            && where.isPresent() == update.where().isPresent();
    return all
        ? new Update(
            update.table(),
            Optional.empty(),
            assignments,
            update.from(),
            where,
            update.references())
        : update;
  }

  static Delete of(Delete delete, Dialect dialect) {
    if (delete.alias().isEmpty() || !delete.using().isEmpty()) {
      return delete;
    }
    Optional<Fragment> where = delete.where().flatMap(w -> bare(w, delete.alias().get(), dialect));
    return where.isPresent() == delete.where().isPresent()
        ? new Delete(delete.table(), Optional.empty(), delete.using(), where, delete.references())
        : delete;
  }

  private static Optional<Fragment> bare(Fragment expression, Name row, Dialect dialect) {
    return dialect
        .bare(expression.sql(), row)
        .map(sql -> new Fragment(sql, expression.references()));
  }
}
