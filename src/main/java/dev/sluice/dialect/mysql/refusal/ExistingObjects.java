package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.CreateRoutine;
import dev.sluice.schema.Change.CreateTable;
import dev.sluice.schema.Change.CreateTrigger;
import dev.sluice.schema.Change.CreateView;
import dev.sluice.schema.Change.DropObject;
import dev.sluice.schema.Change.DropTable;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Views, triggers and routines that are there already, and views that are no tables. */
final class ExistingObjects {

  private final boolean mariadb;
  private final Schema schema;

  private ExistingObjects(boolean mariadb, Schema schema) {
    this.mariadb = mariadb;
    this.schema = schema;
  }

  static Optional<String> in(List<Change> changes, Schema before, boolean mariadb) {
    Schema schema = before;
    for (Change change : changes) {
      Optional<String> why = new ExistingObjects(mariadb, schema).why(change);
      if (why.isPresent()) {
        return why;
      }
      schema = schema.after(change);
    }
    return Optional.empty();
  }

  private Optional<String> why(Change change) {
    return switch (change) {
      case CreateView c -> view(c);
      case CreateTable c when !c.ifNotExists() && !c.temporary() && isView(c.table().name()) ->
          Optional.of("there is a view " + c.table().name().name() + " already (error 1050)");
      case DropTable c when !c.ifExists() && !c.temporary() && isView(c.table()) ->
          Optional.of(
              isAView(c.table())
                  + " (error "
                  + (mariadb ? "1965" : "1051")
                  + "); DROP VIEW drops it");
      case DropObject c when c.kind() == ObjectKind.VIEW && schema.isCertain(c.name()) ->
          Optional.of(
              c.name().name()
                  + " is a table (error "
                  + (mariadb ? "4092" : "1347")
                  + "); DROP TABLE drops it");
      case CreateTrigger c -> trigger(c);
      case CreateRoutine c -> routine(c);
      default ->
          MysqlImpact.altered(change)
              .filter(t -> !(change instanceof Change.RenameTable) && isView(t))
              .map(t -> isAView(t) + " (error 1347)");
    };
  }

  private Optional<String> view(CreateView view) {
    QualifiedName name = view.view().name();
    if (view.ifNotExists()) {
      return Optional.empty();
    }
    if (schema.isCertain(name)) {
      return Optional.of(
          "there is a table "
              + name.name()
              + (view.orReplace() ? ", and no view (error 1347)" : " already (error 1050)"));
    }
    return isView(name) && !view.orReplace()
        ? Optional.of(
            "there is a view "
                + name.name()
                + " already (error 1050); CREATE OR REPLACE VIEW replaces it")
        : Optional.empty();
  }

  private Optional<String> trigger(CreateTrigger create) {
    QualifiedName on = create.trigger().table();
    if (isView(on)) {
      return Optional.of(isAView(on) + " (error 1347), and has no triggers");
    }
    boolean there =
        !create.orReplace()
            && !create.ifNotExists()
            && schema.isCertain(on)
            && schema.trigger(on, create.trigger().name()).isPresent();
    return there
        ? Optional.of("there is a trigger " + create.trigger().name() + " already (error 1359)")
        : Optional.empty();
  }

  private Optional<String> routine(CreateRoutine create) {
    Routine routine = create.routine();
    boolean there =
        !create.orReplace()
            && !create.ifNotExists()
            && schema.isSettled(routine.name())
            && schema.routine(routine.name()).filter(r -> r.kind() == routine.kind()).isPresent();
    return there
        ? Optional.of(
            "there is a "
                + routine.kind().word().toLowerCase(java.util.Locale.ROOT)
                + " "
                + routine.name().name()
                + " already (error 1304)")
        : Optional.empty();
  }

  private boolean isView(QualifiedName name) {
    return schema.view(name).isPresent() && schema.isSettled(name);
  }

  private static String isAView(QualifiedName name) {
    return name.name() + " is a view";
  }
}
