package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.reading.Scope;
import dev.sluice.schema.References;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * The names in queries, rows and bodies: by MariaDB's grammar, and where that refuses by MySQL's,
 * which only says that it is SQL; every word in it that could be a name then is one.
 */
final class Queries {

  private static final Name NEW = new Name("NEW");
  private static final Name OLD = new Name("OLD");

  private Queries() {}

  /**
   * A query, or a statement that writes rows.
   *
   * @throws Unreadable where nothing takes it
   */
  static References query(String sql) {
    try {
      return in(sql, Scope.outermost());
    } catch (Unreadable refused) {
      try {
        Grammar.mysql(sql);
        return Mentions.ofStatement(sql);
      } catch (Unreadable refusedToo) {
        throw refused;
      }
    }
  }

  /**
   * Whether one of the two engines takes it; which, its server says.
   *
   * @throws Unreadable where neither does
   */
  static void requireSyntax(String sql) {
    try {
      Grammar.mariadb(sql);
    } catch (Unreadable refused) {
      try {
        Grammar.mysql(sql);
      } catch (Unreadable refusedToo) {
        throw refused;
      }
    }
  }

  /** A scalar expression that holds a query; unknown where nothing takes it. */
  static References expression(String sql) {
    try {
      return query("SELECT " + sql);
    } catch (Unreadable e) {
      return References.UNKNOWN;
    }
  }

  /**
   * The body of a routine, event or trigger; unknown where MariaDB's grammar refuses it.
   *
   * @param table whose rows NEW and OLD are; empty but for triggers
   */
  static References body(String sql, Optional<QualifiedName> table) {
    Scope scope = Scope.outermost();
    table.ifPresent(
        t -> {
          for (Name row : new Name[] {NEW, OLD, new Name("new"), new Name("old")}) {
            scope.add(row, t);
          }
        });
    try {
      return in(sql, scope);
    } catch (Unreadable e) {
      return References.UNKNOWN;
    }
  }

  private static References in(String sql, Scope scope) {
    Naming naming = new Naming(sql, Statements::definitions);
    naming.visit(Grammar.mariadb(sql), scope);
    return naming.references();
  }
}
