package dev.sluice.schema;

import dev.sluice.sql.Location;
import dev.sluice.sql.Name;
import dev.sluice.sql.Ordered;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change that a statement makes: the whole vocabulary. Everything else in Sluice is a function
 * over it, and a switch over it has no default, so that a new change must be thought of everywhere.
 *
 * <p>Names are as in the text: what an unqualified one means is {@link Schema#resolve}'s to say.
 * {@code ifExists} and {@code ifNotExists} stand for the clauses of that name; {@code cascade} for
 * CASCADE. A component called {@code text}, {@code definition} or {@code options} holds SQL as
 * written, stripped, so that writing the change gives the statement again.
 */
public sealed interface Change {

  /** What it is called in reports: {@code AddColumn}, {@code DropView}. */
  default String label() {
    return getClass().getSimpleName();
  }

  // ---- tables ----

  /**
   * @param table with its columns and constraints, inline ones among the latter
   * @param indexes made along with it (MySQL, MariaDB); mostly empty
   * @param copies tables whose structure it takes over (LIKE); mostly empty
   * @param query of CREATE TABLE … AS; mostly empty
   * @param storage what follows the columns and the partition key (USING, WITH, ON COMMIT,
   *     TABLESPACE; ENGINE and the like on MySQL), as written; mostly empty
   * @param ofType the composite type that says its columns, which are not known here then (OF);
   *     mostly empty
   */
  record CreateTable(
      Table table,
      List<Index> indexes,
      List<Like> copies,
      Optional<Fragment> query,
      boolean temporary,
      boolean unlogged,
      String storage,
      boolean ifNotExists,
      Optional<QualifiedName> ofType)
      implements Change {
    /** With columns of its own. */
    public CreateTable(
        Table table,
        List<Index> indexes,
        List<Like> copies,
        Optional<Fragment> query,
        boolean temporary,
        boolean unlogged,
        String storage,
        boolean ifNotExists) {
      this(
          table,
          indexes,
          copies,
          query,
          temporary,
          unlogged,
          storage,
          ifNotExists,
          Optional.empty());
    }

    /**
     * A table whose structure is copied once.
     *
     * @param options INCLUDING and EXCLUDING as written; empty for names, types and NOT NULL only.
     *     MySQL and MariaDB always copy all: INCLUDING ALL
     */
    public record Like(QualifiedName table, String options) {}
  }

  /**
   * @param temporary DROP TEMPORARY TABLE: only a table of this session is meant (MySQL, MariaDB)
   */
  record DropTable(QualifiedName table, boolean temporary, boolean ifExists, boolean cascade)
      implements Change {
    public DropTable(QualifiedName table, boolean ifExists, boolean cascade) {
      this(table, false, ifExists, cascade);
    }
  }

  record RenameTable(QualifiedName table, Name to) implements Change {}

  /** SET SCHEMA. */
  record MoveTable(QualifiedName table, Name schema) implements Change {}

  /**
   * What is set on a table as a whole, and costs differ by property.
   *
   * @param text the clause behind the table's name: {@code SET TABLESPACE fast}
   */
  record AlterTable(QualifiedName table, Property property, String text) implements Change {
    /** Which property. */
    public enum Property {
      /** {@code SET (fillfactor = …)} and RESET. */
      PARAMETERS,
      TABLESPACE,
      LOGGED,
      UNLOGGED,
      ACCESS_METHOD,
      REPLICA_IDENTITY,
      ROW_SECURITY,
      CLUSTER_ON,
      INHERIT,
      NO_INHERIT,
      OF_TYPE,

      // MySQL and MariaDB, to the end.
      ENGINE,
      ROW_FORMAT,
      KEY_BLOCK_SIZE,
      /** What new columns get; those that are there keep theirs. */
      DEFAULT_CHARSET,
      /** CONVERT TO CHARACTER SET: every string column is stored in it. */
      CONVERT_CHARSET,
      /** The next number that is drawn. */
      AUTO_INCREMENT,
      COMMENT,
      /** The table built anew as it is. */
      FORCE,
      /** The rows sorted once. */
      ORDER_BY,
      PARTITION_BY,
      REMOVE_PARTITIONING,
      /** ADD SYSTEM VERSIONING (MariaDB). */
      ADD_VERSIONING,
      /** DROP SYSTEM VERSIONING: the history of the rows goes (MariaDB). */
      DROP_VERSIONING,
      /** ADD and DROP PERIOD FOR (MariaDB). */
      PERIOD,
      /** ENCRYPTION, ENCRYPTED. */
      ENCRYPTION,
      /** COMPRESSION, PAGE_COMPRESSED. */
      COMPRESSION,
      /** ENABLE and DISABLE KEYS, of MyISAM. */
      KEYS,
      /** DISCARD and IMPORT TABLESPACE. */
      TABLESPACE_FILE,
      /** What is sampled, checked or kept where: no statement sees it. */
      OTHER_OPTION
    }
  }

  /**
   * Partitions of MySQL and MariaDB, which have names within their table and are no tables.
   *
   * @param partitions empty for ALL, and where the operation names none
   * @param other the table that rows are exchanged with; empty elsewhere
   * @param text the clause as written
   */
  record AlterPartitions(
      QualifiedName table,
      Operation operation,
      List<Name> partitions,
      Optional<QualifiedName> other,
      String text)
      implements Change {
    /** Which. */
    public enum Operation {
      ADD,
      /** The rows in it go. */
      DROP,
      /** The rows in it go. */
      TRUNCATE,
      REORGANIZE,
      COALESCE,
      EXCHANGE,
      /** CONVERT TABLE … TO PARTITION (MariaDB). */
      CONVERT_IN,
      /** CONVERT PARTITION … TO TABLE (MariaDB). */
      CONVERT_OUT,
      REBUILD,
      OPTIMIZE,
      ANALYZE,
      CHECK,
      REPAIR,
      DISCARD_TABLESPACE,
      IMPORT_TABLESPACE
    }
  }

  /** {@code bounds} as written from FOR VALUES on, or DEFAULT. */
  record AttachPartition(
      QualifiedName parent, QualifiedName partition, Fragment bounds, boolean isDefault)
      implements Change {}

  /**
   * @param completes FINALIZE: a concurrent one that was interrupted is brought to its end
   */
  record DetachPartition(
      QualifiedName parent, QualifiedName partition, boolean concurrently, boolean completes)
      implements Change {
    public DetachPartition(QualifiedName parent, QualifiedName partition, boolean concurrently) {
      this(parent, partition, concurrently, false);
    }
  }

  // ---- columns ----

  /**
   * @param constraints the inline ones except NOT NULL: PRIMARY KEY, UNIQUE, REFERENCES, CHECK. On
   *     MySQL and MariaDB UNIQUE is an index, made by a change of its own
   * @param position empty for the end
   */
  record AddColumn(
      QualifiedName table,
      Column column,
      List<Constraint> constraints,
      Optional<Position> position,
      boolean ifNotExists)
      implements Change {
    /** At the end. */
    public AddColumn(
        QualifiedName table, Column column, List<Constraint> constraints, boolean ifNotExists) {
      this(table, column, constraints, Optional.empty(), ifNotExists);
    }
  }

  /**
   * MODIFY and CHANGE: a whole new definition, and what it does not say is gone (MySQL, MariaDB).
   *
   * @param definition with the new name, which is the old one where the column keeps it
   * @param constraints the inline ones, as for {@link AddColumn}: they come on top of those that
   *     are there
   * @param position empty where the column stays in its place
   */
  record RedefineColumn(
      QualifiedName table,
      Name column,
      Column definition,
      List<Constraint> constraints,
      Optional<Position> position,
      boolean ifExists)
      implements Change {
    public RedefineColumn {
      constraints = List.copyOf(constraints);
    }

    /** Whether the column gets another name. */
    public boolean renames() {
      return !column.equals(definition.name());
    }
  }

  record DropColumn(QualifiedName table, Name column, boolean ifExists, boolean cascade)
      implements Change {}

  record RenameColumn(QualifiedName table, Name column, Name to) implements Change {}

  /**
   * @param using empty where the engine casts by itself
   * @param collation empty where none is given
   */
  record AlterColumnType(
      QualifiedName table,
      Name column,
      DataType type,
      Optional<Fragment> using,
      Optional<String> collation)
      implements Change {}

  record SetDefault(QualifiedName table, Name column, Fragment value) implements Change {}

  record DropDefault(QualifiedName table, Name column) implements Change {}

  record SetNotNull(QualifiedName table, Name column) implements Change {}

  record DropNotNull(QualifiedName table, Name column) implements Change {}

  /** {@code options} of the sequence, without their parentheses; may be empty. */
  record AddIdentity(QualifiedName table, Name column, Column.Identity how, String options)
      implements Change {}

  record DropIdentity(QualifiedName table, Name column, boolean ifExists) implements Change {}

  /** DROP EXPRESSION: a generated column becomes an ordinary one. */
  record DropExpression(QualifiedName table, Name column, boolean ifExists) implements Change {}

  /**
   * SET EXPRESSION (PostgreSQL 17): computed anew for every row. {@code expression} is what stands
   * between its parentheses.
   */
  record SetExpression(QualifiedName table, Name column, Fragment expression) implements Change {}

  /**
   * SET STATISTICS, STORAGE, COMPRESSION, (options), and changes of an identity's sequence; {@code
   * text} is the clause behind the column's name.
   */
  record AlterColumnOption(QualifiedName table, Name column, String text) implements Change {}

  // ---- constraints ----

  /**
   * @param ifNotExists MariaDB's
   */
  record AddConstraint(QualifiedName table, Constraint constraint, boolean ifNotExists)
      implements Change {
    public AddConstraint(QualifiedName table, Constraint constraint) {
      this(table, constraint, false);
    }
  }

  /**
   * @param meant the only kind that the statement means, where it says so
   */
  record DropConstraint(
      QualifiedName table, Name constraint, Meant meant, boolean ifExists, boolean cascade)
      implements Change {
    public DropConstraint(QualifiedName table, Name constraint, boolean ifExists, boolean cascade) {
      this(table, constraint, Meant.ANY, ifExists, cascade);
    }

    /** What DROP names. */
    public enum Meant {
      /** DROP CONSTRAINT; on MySQL and MariaDB a unique index too. */
      ANY,
      /** DROP PRIMARY KEY: the constraint is {@code PRIMARY}. */
      PRIMARY_KEY,
      /** DROP FOREIGN KEY: an index of that name stays. */
      FOREIGN_KEY,
      /** DROP CHECK. */
      CHECK
    }

    /** Whether the statement can mean it. */
    public boolean means(Constraint other) {
      return other.name().map(constraint::equals).orElse(false)
          && switch (meant) {
            case ANY -> true;
            case PRIMARY_KEY -> other instanceof Constraint.PrimaryKey;
            case FOREIGN_KEY -> other instanceof Constraint.ForeignKey;
            case CHECK -> other instanceof Constraint.Check;
          };
    }
  }

  record RenameConstraint(QualifiedName table, Name constraint, Name to) implements Change {}

  record ValidateConstraint(QualifiedName table, Name constraint) implements Change {}

  /** ALTER CONSTRAINT: deferrability, enforcement and inheritance, as written behind its name. */
  record AlterConstraint(QualifiedName table, Name constraint, String text) implements Change {

    /** Whether it is to be enforced; empty where the text does not say. */
    public Optional<Boolean> enforced() {
      return says("ENFORCED").map(said -> !said);
    }

    /** When it is to be checked; empty where the text does not say. */
    public Optional<Constraint.Timing> timing() {
      if (says("INITIALLY\\s+DEFERRED").isPresent()) {
        return Optional.of(Constraint.Timing.INITIALLY_DEFERRED);
      }
      if (says("INITIALLY\\s+IMMEDIATE").isPresent() && says("DEFERRABLE").isEmpty()) {
        return Optional.of(Constraint.Timing.IMMEDIATE);
      }
      return says("DEFERRABLE")
          .map(not -> not ? Constraint.Timing.IMMEDIATE : Constraint.Timing.DEFERRABLE);
    }

    /** Whether NOT stands before the words; empty where they are not there. */
    private Optional<Boolean> says(String words) {
      Matcher found =
          Pattern.compile("\\b(NOT\\s+)?" + words + "\\b", Pattern.CASE_INSENSITIVE).matcher(text);
      return found.find() ? Optional.of(found.group(1) != null) : Optional.empty();
    }
  }

  // ---- indexes ----

  /**
   * @param only ON ONLY: the partitions get none, and the index stays invalid until theirs are
   *     attached
   */
  record CreateIndex(Index index, boolean concurrently, boolean ifNotExists, boolean only)
      implements Change {}

  /** {@code table} is given on MySQL and MariaDB only. */
  record DropIndex(
      QualifiedName index,
      Optional<QualifiedName> table,
      boolean concurrently,
      boolean ifExists,
      boolean cascade)
      implements Change {}

  record RenameIndex(QualifiedName index, Optional<QualifiedName> table, Name to)
      implements Change {}

  record AttachIndex(QualifiedName parent, QualifiedName index) implements Change {}

  /** Storage parameters, tablespace, statistics of an index, as written behind its name. */
  record AlterIndex(QualifiedName index, String text) implements Change {}

  /**
   * Hides an index from the planner of queries, or shows it again: INVISIBLE and VISIBLE on MySQL,
   * IGNORED and NOT IGNORED on MariaDB. It is kept up all the while.
   */
  record HideIndex(QualifiedName index, QualifiedName table, boolean hidden) implements Change {}

  /** What REINDEX rebuilds. */
  record Reindex(Target target, QualifiedName name, boolean concurrently) implements Change {
    /** Of what. */
    public enum Target {
      INDEX,
      TABLE,
      SCHEMA,
      DATABASE,
      SYSTEM
    }
  }

  // ---- views, sequences, types, routines, triggers ----

  record CreateView(View view, boolean orReplace, boolean ifNotExists, boolean temporary)
      implements Change {}

  record RefreshView(QualifiedName view, boolean concurrently) implements Change {}

  /**
   * @param options behind the name, OWNED BY left out where a column owns it; may be empty
   * @param ownedBy the column that takes it along when dropped; empty for none
   */
  record CreateSequence(
      QualifiedName sequence,
      String options,
      Optional<ColumnName> ownedBy,
      boolean unlogged,
      boolean ifNotExists)
      implements Change {
    public CreateSequence(
        QualifiedName sequence, String options, Optional<ColumnName> ownedBy, boolean ifNotExists) {
      this(sequence, options, ownedBy, false, ifNotExists);
    }
  }

  record AlterSequence(QualifiedName sequence, String options, Optional<ColumnName> ownedBy)
      implements Change {}

  /**
   * @param values of an enum; empty for other types
   * @param definition as written behind AS
   */
  record CreateType(QualifiedName type, boolean isEnum, List<String> values, Fragment definition)
      implements Change {}

  /** {@code position} is BEFORE or AFTER with its value, as written; empty for the end. */
  record AddEnumValue(QualifiedName type, String value, String position, boolean ifNotExists)
      implements Change {}

  record RenameEnumValue(QualifiedName type, String value, String to) implements Change {}

  /**
   * {@code constrained}: it has NOT NULL or a CHECK, so that adding a column of it reads every row.
   */
  record CreateDomain(QualifiedName domain, DataType base, boolean constrained, Fragment definition)
      implements Change {}

  /**
   * @param definer {@code DEFINER = …} and AGGREGATE as written between CREATE and the kind; empty
   *     on PostgreSQL
   */
  record CreateRoutine(Routine routine, boolean orReplace, boolean ifNotExists, String definer)
      implements Change {
    public CreateRoutine(Routine routine, boolean orReplace) {
      this(routine, orReplace, false, "");
    }

    @Override
    public String label() {
      return "Create" + routine.kind().word();
    }
  }

  /**
   * @param definer {@code DEFINER = …} as written between CREATE and TRIGGER; empty on PostgreSQL
   */
  record CreateTrigger(Trigger trigger, boolean orReplace, boolean ifNotExists, String definer)
      implements Change {
    public CreateTrigger(Trigger trigger, boolean orReplace) {
      this(trigger, orReplace, false, "");
    }
  }

  /** {@code table} is empty on MySQL and MariaDB, whose statement does not name it. */
  record DropTrigger(Name trigger, Optional<QualifiedName> table, boolean ifExists, boolean cascade)
      implements Change {}

  /**
   * ENABLE and DISABLE of a trigger or a rule.
   *
   * @param kind TRIGGER or RULE
   * @param name empty for ALL and USER
   */
  record EnableTrigger(ObjectKind kind, QualifiedName table, Optional<Name> name, Firing firing)
      implements Change {
    /** In which sessions it fires, by {@code session_replication_role}. */
    public enum Firing {
      /** ENABLE: in all but those of replication. */
      ORDINARY,
      ALWAYS,
      /** ENABLE REPLICA: in those of replication only. */
      REPLICA,
      /** DISABLE. */
      NEVER
    }

    /** Whether it fires for what applications write. */
    public boolean enabled() {
      return firing == Firing.ORDINARY || firing == Firing.ALWAYS;
    }

    @Override
    public String label() {
      return "Enable" + kind.word();
    }
  }

  // ---- objects of other kinds, which need no words of their own ----

  /**
   * @param on the table it hangs on (policy, rule, statistics); mostly empty
   * @param definition what follows the name, or the ON clause of a policy
   * @param definer of an event, as for {@link CreateRoutine}; mostly empty
   */
  record CreateObject(
      ObjectKind kind,
      QualifiedName name,
      Optional<QualifiedName> on,
      Fragment definition,
      boolean orReplace,
      boolean ifNotExists,
      String definer)
      implements Change {
    public CreateObject(
        ObjectKind kind,
        QualifiedName name,
        Optional<QualifiedName> on,
        Fragment definition,
        boolean orReplace,
        boolean ifNotExists) {
      this(kind, name, on, definition, orReplace, ifNotExists, "");
    }

    @Override
    public String label() {
      return "Create" + kind.word();
    }
  }

  /**
   * ALTER of anything that has no change of its own: {@code text} as written behind the name and a
   * routine's arguments included, or behind the ON clause of a policy.
   */
  record AlterObject(ObjectKind kind, QualifiedName name, Optional<QualifiedName> on, String text)
      implements Change {
    @Override
    public String label() {
      return "Alter" + kind.word();
    }
  }

  /**
   * @param signature the argument types of a routine with their parentheses, as written; empty
   *     elsewhere and where none is given
   */
  record DropObject(
      ObjectKind kind,
      QualifiedName name,
      Optional<QualifiedName> on,
      String signature,
      boolean ifExists,
      boolean cascade)
      implements Change {
    @Override
    public String label() {
      return "Drop" + kind.word();
    }
  }

  record RenameObject(
      ObjectKind kind, QualifiedName name, Optional<QualifiedName> on, String signature, Name to)
      implements Change {
    @Override
    public String label() {
      return "Rename" + kind.word();
    }
  }

  /** SET SCHEMA of anything but a table. */
  record MoveObject(ObjectKind kind, QualifiedName name, String signature, Name schema)
      implements Change {
    @Override
    public String label() {
      return "Move" + kind.word();
    }
  }

  // ---- rows ----

  /**
   * @param columns empty where the statement lists none: it then depends on their number
   * @param query the rows' source where it is a query; empty for VALUES
   * @param upsert ON CONFLICT DO UPDATE, ON DUPLICATE KEY, REPLACE: existing rows change too
   * @param conflict what ON CONFLICT names: without it the statement fails; empty where it names
   *     nothing, and where there is no such clause
   */
  record Insert(
      QualifiedName table,
      List<Name> columns,
      Optional<Fragment> query,
      boolean upsert,
      boolean replaces,
      Optional<Conflict> conflict,
      References references)
      implements Change {

    /** One that deletes nothing. */
    public Insert(
        QualifiedName table,
        List<Name> columns,
        Optional<Fragment> query,
        boolean upsert,
        Optional<Conflict> conflict,
        References references) {
      this(table, columns, query, upsert, false, conflict, references);
    }

    /**
     * What tells a duplicate.
     *
     * @param columns that a unique index must be on; empty for a constraint and for expressions
     * @param constraint empty where columns are given
     */
    public record Conflict(List<Name> columns, Optional<Name> constraint) {}
  }

  /**
   * @param alias of the target; empty where it has none
   * @param from further tables it reads from in FROM or a join; empty where it reads its own row
   *     only
   */
  record Update(
      QualifiedName table,
      Optional<Name> alias,
      List<Assignment> assignments,
      List<QualifiedName> from,
      Optional<Fragment> where,
      References references)
      implements Change {
    /** One SET. */
    public record Assignment(Name column, Fragment value) {}
  }

  record Delete(
      QualifiedName table,
      Optional<Name> alias,
      List<QualifiedName> using,
      Optional<Fragment> where,
      References references)
      implements Change {}

  /**
   * @param actions what it does to rows, by any of its branches; empty where none does anything
   */
  record Merge(QualifiedName table, Set<Action> actions, References references) implements Change {
    public Merge {
      actions = Ordered.copyOf(new TreeSet<>(actions));
    }

    /** Of a branch. */
    public enum Action {
      INSERT,
      UPDATE,
      DELETE
    }
  }

  record Truncate(List<QualifiedName> tables, boolean cascade) implements Change {}

  /** COPY; {@code into} for FROM. */
  record Copy(QualifiedName table, List<Name> columns, boolean into) implements Change {}

  /** SELECT, VALUES, CALL, WITH: reads, and whatever the functions in it do. */
  record Query(Fragment query) implements Change {}

  // ---- around the others ----

  /**
   * SET and RESET; {@code values} as written, empty for DEFAULT and RESET. On MySQL and MariaDB
   * also what else lives in the session: {@code @name} for a variable of the user, {@code prepared
   * name} for PREPARE and DEALLOCATE.
   */
  record SetParameter(String parameter, List<String> values, boolean local) implements Change {}

  /** SET GLOBAL and PERSIST: for every session to come, of every database of the server. */
  record SetServerParameter(String parameter, List<String> values) implements Change {}

  /** USE: what unqualified names mean from here on (MySQL, MariaDB). */
  record UseSchema(Name schema) implements Change {}

  /** BEGIN, COMMIT, ROLLBACK, SAVEPOINT, SET CONSTRAINTS, SET TRANSACTION, in those words. */
  record TransactionControl(String command) implements Change {
    /** Whether a transaction is over behind it. */
    public boolean ends() {
      String word = command.strip().toUpperCase(Locale.ROOT);
      return word.startsWith("COMMIT") || word.startsWith("END") || word.equals("ROLLBACK");
    }
  }

  record LockTable(List<QualifiedName> tables, LockMode mode) implements Change {}

  /** GRANT, REVOKE and ALTER DEFAULT PRIVILEGES; {@code text} is the whole statement. */
  record Grant(List<QualifiedName> on, boolean revoke, String text) implements Change {}

  /**
   * @param on the relation it speaks of; empty where it is none
   * @param text the whole statement
   */
  record Comment(Optional<QualifiedName> on, String text) implements Change {}

  record ChangeOwner(ObjectKind kind, QualifiedName name, boolean table, String owner)
      implements Change {}

  /** ANALYZE, VACUUM, CLUSTER, CHECKPOINT; {@code tables} empty for the whole database. */
  record Maintenance(Kind kind, List<QualifiedName> tables) implements Change {
    /** Which. */
    public enum Kind {
      ANALYZE,
      VACUUM,
      VACUUM_FULL,
      CLUSTER,
      CHECKPOINT,
      /** OPTIMIZE TABLE: InnoDB builds it anew. */
      OPTIMIZE,
      REPAIR,
      CHECK
    }
  }

  /**
   * NOTIFY, LISTEN, SHOW, EXPLAIN, DISCARD and the like: no effect on schema or rows. The whole
   * statement.
   */
  record NoEffect(String command) implements Change {}

  /**
   * A block of code that runs once: DO, and a call of a routine that does more than change rows; on
   * MySQL and MariaDB also EXECUTE of a prepared statement whose text stands in the file.
   *
   * @param changes what stands in it, in order, whatever branch it stands in
   * @param unknown why parts of it could not be read (SQL built at run time); empty where all was
   *     read
   * @param calls the routines whose code it is; empty where the code is its own
   */
  record Block(List<Change> changes, List<String> unknown, Set<QualifiedName> calls)
      implements Change {
    public Block {
      changes = List.copyOf(changes);
      unknown = List.copyOf(unknown);
      calls = Set.copyOf(calls);
    }

    /** Of its own code. */
    public Block(List<Change> changes, List<String> unknown) {
      this(changes, unknown, Set.of());
    }
  }

  /**
   * What no reader understands: never guessed at.
   *
   * @param reason why reading stopped, in the words of the statement
   * @param at where in the statement's text; empty where it is no matter of a place
   */
  record Unrecognised(String reason, Optional<Location> at) implements Change {
    /** Of the whole statement. */
    public Unrecognised(String reason) {
      this(reason, Optional.empty());
    }
  }
}
