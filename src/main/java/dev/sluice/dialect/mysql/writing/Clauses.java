package dev.sluice.dialect.mysql.writing;

import static dev.sluice.dialect.mysql.writing.Definitions.spaced;
import static dev.sluice.dialect.mysql.writing.Quoting.names;
import static dev.sluice.dialect.mysql.writing.Quoting.quote;

import dev.sluice.schema.Change;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** Clauses of ALTER TABLE, and statements about what is no table. */
final class Clauses {

  private Clauses() {}

  static String add(Change.AddColumn change) {
    return "ADD COLUMN "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + Definitions.column(change.column(), change.constraints())
        + Definitions.position(change.position());
  }

  static String redefine(Change.RedefineColumn change) {
    String ifExists = change.ifExists() ? "IF EXISTS " : "";
    return (change.renames()
            ? "CHANGE COLUMN " + ifExists + quote(change.column()) + " "
            : "MODIFY COLUMN " + ifExists)
        + Definitions.column(change.definition(), change.constraints())
        + Definitions.position(change.position());
  }

  static String drop(Change.DropConstraint change, boolean mariadb) {
    String name = MysqlWriter.ifExists(change.ifExists(), mariadb) + quote(change.constraint());
    return switch (change.meant()) {
      case PRIMARY_KEY -> "DROP PRIMARY KEY";
      case FOREIGN_KEY -> "DROP FOREIGN KEY " + name;
      case CHECK -> (mariadb ? "DROP CONSTRAINT " : "DROP CHECK ") + name;
      case ANY -> "DROP CONSTRAINT " + name;
    };
  }

  static String add(Change.CreateIndex change, boolean mariadb) {
    Index index = change.index();
    return "ADD "
        + Definitions.kind(index)
        + "INDEX "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + index.name().map(n -> quote(n.name()) + " ").orElse("")
        + Definitions.keys(index, mariadb);
  }

  static String view(Change.CreateView change) {
    View view = change.view();
    return "CREATE "
        + (change.orReplace() ? "OR REPLACE " : "")
        + (view.options().isEmpty() ? "" : view.options() + " ")
        + "VIEW "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + quote(view.name())
        + (view.columns().isEmpty() ? "" : " (" + names(view.columns()) + ")")
        + " AS "
        + view.query().sql();
  }

  static String routine(Change.CreateRoutine change) {
    Routine routine = change.routine();
    return head(change.orReplace(), change.definer())
        + routine.kind().sql()
        + " "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + quote(routine.name())
        + spaced(routine.definition().sql());
  }

  static String trigger(Change.CreateTrigger change) {
    Trigger trigger = change.trigger();
    return head(change.orReplace(), change.definer())
        + "TRIGGER "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + Quoting.schema(trigger.table())
        + quote(trigger.name())
        + " "
        + trigger.timing()
        + " ON "
        + quote(trigger.table())
        + " "
        + trigger.definition().sql();
  }

  private static String head(boolean orReplace, String definer) {
    return "CREATE " + (orReplace ? "OR REPLACE " : "") + (definer.isEmpty() ? "" : definer + " ");
  }

  static String create(Change.CreateObject change) {
    if (change.kind() == ObjectKind.ROLE) {
      throw MysqlWriter.onlyAsWritten(change);
    }
    return head(change.orReplace(), change.definer())
        + word(change.kind())
        + " "
        + (change.ifNotExists() ? "IF NOT EXISTS " : "")
        + named(change.kind(), change.name())
        + spaced(change.definition().sql());
  }

  static String alter(Change.AlterObject change) {
    if (change.kind() == ObjectKind.ROLE || change.kind() == ObjectKind.DATABASE) {
      throw MysqlWriter.onlyAsWritten(change);
    }
    return "ALTER "
        + word(change.kind())
        + " "
        + named(change.kind(), change.name())
        + spaced(change.text());
  }

  static String rename(Change.RenameObject change) {
    return switch (change.kind()) {
      case EVENT -> "ALTER EVENT " + quote(change.name()) + " RENAME TO " + quote(change.to());
      case VIEW ->
          "RENAME TABLE "
              + quote(change.name())
              + " TO "
              + quote(change.name().withName(change.to()));
      default -> throw MysqlWriter.onlyAsWritten(change);
    };
  }

  static String word(ObjectKind kind) {
    return switch (kind) {
      case SCHEMA -> "DATABASE";
      case VIEW, SEQUENCE, FUNCTION, PROCEDURE, TRIGGER, EVENT, SERVER, TABLESPACE -> kind.sql();
      default -> throw new IllegalArgumentException("MySQL has no " + kind.word());
    };
  }

  static String named(ObjectKind kind, QualifiedName name) {
    return kind.scope() == ObjectKind.Scope.DATABASE ? quote(name.name()) : quote(name);
  }

  static String set(Change.SetParameter change) {
    String parameter = change.parameter();
    if (parameter.startsWith("prepared ")) {
      String name = parameter.substring("prepared ".length());
      return change.values().isEmpty()
          ? "DEALLOCATE PREPARE " + name
          : "PREPARE " + name + " FROM " + change.values().getFirst();
    }
    return switch (parameter) {
      case "names" -> "SET NAMES " + value(change.values());
      case "character set" -> "SET CHARACTER SET " + value(change.values());
      case "role" -> "SET ROLE " + value(change.values());
      default -> "SET " + parameter + " = " + value(change.values());
    };
  }

  static String set(Change.SetServerParameter change) {
    return change.parameter().equals("transaction")
        ? "SET GLOBAL TRANSACTION " + value(change.values())
        : "SET GLOBAL " + change.parameter() + " = " + value(change.values());
  }

  static String value(List<String> values) {
    return values.isEmpty() ? "DEFAULT" : String.join(", ", values);
  }
}
