package dev.sluice.dialect.mysql.reading;

import dev.sluice.schema.Change;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which reader reads which statement, by its first words. */
final class Statements {

  private final Cursor cursor;
  private final Target target;
  private final Manner manner;
  private final String earlier;

  /**
   * @param earlier what stands in front of the statement in its file: a prepared statement runs
   *     what was said there
   */
  private Statements(Cursor cursor, Target target, Manner manner, String earlier) {
    this.cursor = cursor;
    this.target = target;
    this.manner = manner;
    this.earlier = earlier;
  }

  static List<Change> read(String sql, Target target, Manner manner, String earlier) {
    Soundness.requireClosed(sql);
    Cursor cursor = new Cursor(sql);
    while (cursor.accept(";")) {}
    if (cursor.isEnd()) {
      return List.of(new Change.NoEffect(sql.strip()));
    }
    List<Change> changes = new Statements(cursor, target, manner, earlier).read();
    cursor.uses(Syntax.ARROW, cursor.hasArrow());
    manner.uses(cursor.used());
    manner.names(cursor.reserved());
    manner.refused(cursor.refusals());
    return changes;
  }

  /** Definitions inside a body, for the tables in them. */
  static List<Change> definitions(String sql) {
    try {
      return read(sql, Target.ANY, new Manner(), "");
    } catch (Unreadable e) {
      return List.of(e.unrecognised());
    }
  }

  private List<Change> read() {
    return switch (cursor.token().word()) {
      case "CREATE" -> create();
      case "ALTER" -> alter();
      case "DROP" -> drop();
      case "RENAME" -> rename();
      case "TRUNCATE" -> {
        cursor.next();
        cursor.accept("TABLE");
        QualifiedName table = cursor.table();
        manner.waiting(cursor);
        cursor.expectEnd();
        yield List.of(new Change.Truncate(List.of(table), false));
      }
      case "INSERT", "REPLACE" -> {
        cursor.uses(Syntax.INSERT_RETURNING, cursor.hasOutside("RETURNING"));
        yield List.of(Inserts.read(cursor));
      }
      case "UPDATE" -> Updates.update(cursor, Set.of());
      case "DELETE" -> {
        cursor.uses(Syntax.DELETE_RETURNING, cursor.hasOutside("RETURNING"));
        yield Updates.delete(cursor, Set.of());
      }
      case "LOAD" -> cursor.is("LOAD", "INDEX") ? nothing() : List.of(Inserts.load(cursor));
      case "SELECT", "VALUES", "TABLE", "DO" -> List.of(query());
      case "WITH" -> with();
      case "CALL" -> List.of(call());
      case "GRANT", "REVOKE" -> List.of(Privileges.read(cursor));
      case "PREPARE", "DEALLOCATE" -> List.of(Prepared.named(cursor));
      case "EXECUTE" -> List.of(Prepared.execute(cursor, target, earlier));
      case "BEGIN" -> begin();
      case "IF", "CASE", "FOR", "LOOP", "WHILE", "REPEAT" -> {
        cursor.uses(Syntax.CODE_ALONE, true);
        yield List.of(Blocks.read(cursor, target));
      }
      default ->
          cursor.is("(")
              ? List.of(query())
              : Commands.read(cursor, target, manner, earlier).orElseThrow(cursor::unexpected);
    };
  }

  // ---- CREATE, ALTER, DROP, RENAME ----

  private List<Change> create() {
    cursor.expect("CREATE");
    boolean orReplace = cursor.accept("OR", "REPLACE");
    int start = cursor.start();
    boolean prefixed = prefix();
    String options = prefixed ? cursor.since(start) : "";
    if (cursor.is("VIEW")) {
      return List.of(Views.read(cursor, orReplace, options));
    }
    cursor.uses(Syntax.OR_REPLACE, orReplace);
    if (cursor.isAny("PROCEDURE", "FUNCTION")) {
      return List.of(Routines.routine(cursor, orReplace, options));
    }
    if (cursor.is("TRIGGER")) {
      return List.of(Routines.trigger(cursor, orReplace, options));
    }
    if (cursor.is("EVENT")) {
      return List.of(Routines.event(cursor, orReplace, options));
    }
    if (prefixed) {
      throw cursor.unexpected();
    }
    if (cursor.is("TABLE") || cursor.is("TEMPORARY", "TABLE")) {
      return Tables.create(cursor, target, orReplace);
    }
    boolean index =
        cursor.isAny("INDEX", "UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR", "ONLINE", "OFFLINE");
    if (index) {
      Change.CreateIndex create = Indexes.create(cursor, manner);
      QualifiedName table = create.index().table();
      return orReplace
          ? List.of(
              new Change.DropIndex(
                  create.index().name().orElseThrow(), Optional.of(table), false, true, false),
              create)
          : List.of(create);
    }
    return Objects.create(cursor, orReplace).orElseThrow(cursor::unexpected);
  }

  /** ALGORITHM, DEFINER, SQL SECURITY and AGGREGATE, in front of the kind. */
  private boolean prefix() {
    boolean any = false;
    while (true) {
      if (cursor.accept("ALGORITHM", "=")) {
        cursor.next();
      } else if (cursor.accept("DEFINER", "=")) {
        Objects.account(cursor);
      } else if (cursor.accept("SQL", "SECURITY")) {
        cursor.next();
      } else if (!cursor.accept("AGGREGATE")) {
        return any;
      }
      any = true;
    }
  }

  private List<Change> alter() {
    cursor.expect("ALTER");
    if (cursor.is("TABLE")
        || cursor.is("IGNORE")
        || cursor.is("ONLINE", "TABLE")
        || cursor.is("ONLINE", "IGNORE")) {
      return AlterTables.read(cursor, target, manner);
    }
    int start = cursor.start();
    boolean prefixed = prefix();
    String options = prefixed ? cursor.since(start) : "";
    if (cursor.is("VIEW")) {
      return List.of(Views.read(cursor, true, options));
    }
    if (cursor.is("EVENT")) {
      return Routines.alterEvent(cursor);
    }
    if (prefixed) {
      throw cursor.unexpected();
    }
    return Objects.alter(cursor).orElseThrow(cursor::unexpected);
  }

  private List<Change> drop() {
    cursor.expect("DROP");
    if (cursor.isAny("TABLE", "TABLES")
        || cursor.is("TEMPORARY", "TABLE")
        || cursor.is("TEMPORARY", "TABLES")) {
      return dropTables();
    }
    cursor.acceptAny("ONLINE", "OFFLINE");
    if (cursor.accept("INDEX")) {
      return List.of(dropIndex());
    }
    if (cursor.accept("PREPARE")) {
      return List.of(Prepared.gone(cursor));
    }
    if (cursor.accept("VIEW")) {
      boolean ifExists = cursor.ifExists();
      List<QualifiedName> views = cursor.tables();
      cursor.acceptAny("RESTRICT", "CASCADE");
      cursor.expectEnd();
      return Objects.dropped(ObjectKind.VIEW, views, ifExists);
    }
    if (cursor.accept("TRIGGER")) {
      boolean ifExists = cursor.ifExists();
      Name trigger = cursor.table().name();
      cursor.expectEnd();
      return List.of(new Change.DropTrigger(trigger, Optional.empty(), ifExists, false));
    }
    if (cursor.isAny("PROCEDURE", "FUNCTION", "EVENT")) {
      ObjectKind kind = ObjectKind.valueOf(cursor.next().word());
      boolean ifExists = cursor.ifExists();
      List<Change> dropped = Objects.dropped(kind, List.of(cursor.routine()), ifExists);
      cursor.expectEnd();
      return dropped;
    }
    List<Change> dropped = Objects.drop(cursor).orElseThrow(cursor::unexpected);
    cursor.expectEnd();
    return dropped;
  }

  private List<Change> dropTables() {
    boolean temporary = cursor.accept("TEMPORARY");
    cursor.next();
    boolean ifExists = cursor.ifExists();
    List<QualifiedName> tables = cursor.tables();
    manner.waiting(cursor);
    cursor.acceptAny("RESTRICT", "CASCADE");
    cursor.expectEnd();
    return tables.stream()
        .<Change>map(t -> new Change.DropTable(t, temporary, ifExists, false))
        .toList();
  }

  private Change dropIndex() {
    boolean ifExists = cursor.ifExists(Syntax.IF_EXISTS_OF_INDEX);
    Name index = cursor.plainName();
    cursor.expect("ON");
    QualifiedName table = cursor.table();
    cursor.uses(Syntax.DROP_INDEX_MANNER, cursor.isAny("ALGORITHM", "LOCK"));
    manner.all(cursor);
    cursor.expectEnd();
    return index.equals(Constraints.PRIMARY)
        ? new Change.DropConstraint(
            table, index, Change.DropConstraint.Meant.PRIMARY_KEY, ifExists, false)
        : new Change.DropIndex(table.withName(index), Optional.of(table), false, ifExists, false);
  }

  private List<Change> rename() {
    cursor.expect("RENAME");
    List<Change> changes = new ArrayList<>();
    if (cursor.accept("USER")) {
      do {
        QualifiedName from = new QualifiedName(Optional.empty(), Objects.account(cursor));
        cursor.expect("TO");
        changes.add(
            new Change.RenameObject(
                ObjectKind.ROLE, from, Optional.empty(), "", Objects.account(cursor)));
      } while (cursor.accept(","));
    } else {
      if (!cursor.acceptAny("TABLE", "TABLES")) {
        throw cursor.unexpected();
      }
      boolean onlyIfThere = cursor.ifExists(Syntax.IF_EXISTS_IN_RENAME);
      do {
        QualifiedName from = cursor.table();
        if (onlyIfThere && changes.isEmpty()) {
          manner.onlyIfThere(from);
        }
        manner.waiting(cursor);
        cursor.expect("TO");
        changes.addAll(AlterTables.renamed(from, cursor.table()));
      } while (cursor.accept(","));
    }
    cursor.expectEnd();
    return changes;
  }

  // ---- queries and calls ----

  private Change query() {
    String sql = cursor.rest();
    return new Change.Query(new Fragment(sql, Queries.query(sql)));
  }

  private List<Change> with() {
    int mark = cursor.mark();
    Set<Name> tables = withTables();
    cursor.skipTo("SELECT", "UPDATE", "DELETE", "VALUES", "TABLE");
    if (cursor.is("UPDATE")) {
      return Updates.update(cursor, tables);
    }
    if (cursor.is("DELETE")) {
      return Updates.delete(cursor, tables);
    }
    cursor.back(mark);
    return List.of(query());
  }

  /** The names that WITH gives to queries. */
  private Set<Name> withTables() {
    Set<Name> names = new HashSet<>();
    cursor.expect("WITH");
    cursor.accept("RECURSIVE");
    do {
      names.add(cursor.name());
      if (cursor.is("(")) {
        cursor.parenthesised();
      }
      cursor.expect("AS");
      cursor.parenthesised();
    } while (cursor.accept(","));
    return names;
  }

  private Change call() {
    String sql = cursor.text().strip();
    cursor.expect("CALL");
    QualifiedName routine = cursor.routine();
    String arguments = cursor.is("(") ? cursor.parenthesised() : "";
    cursor.expectEnd();
    return new Change.Query(
        new Fragment(
            Cursor.withoutSemicolons(sql),
            Expressions.references(arguments, java.util.Map.of())
                .and(
                    new dev.sluice.schema.References(
                        java.util.Set.of(),
                        java.util.Set.of(),
                        java.util.Set.of(),
                        java.util.Set.of(routine),
                        java.util.Set.of(),
                        true))));
  }

  private List<Change> nothing() {
    return List.of(new Change.NoEffect(cursor.rest()));
  }

  private List<Change> begin() {
    boolean block = cursor.is("BEGIN", "NOT", "ATOMIC");
    if (cursor.uses(Syntax.CODE_ALONE, block)) {
      return List.of(Blocks.read(cursor, target));
    }
    cursor.next();
    cursor.accept("WORK");
    cursor.expectEnd();
    return List.of(new Change.TransactionControl(Cursor.withoutSemicolons(cursor.text())));
  }
}
