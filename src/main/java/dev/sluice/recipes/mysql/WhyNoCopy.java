package dev.sluice.recipes.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Situation;
import dev.sluice.recipes.general.PartitionKeys;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Index;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What keeps triggers from keeping a copy of a column in step, or the two from being swapped. */
final class WhyNoCopy {

  private final Situation at;
  private final Schema schema;
  private final Table table;
  private final Column column;

  WhyNoCopy(Situation at, Table table, Column column) {
    this.at = at;
    this.schema = at.schema();
    this.table = table;
    this.column = column;
  }

  /** Empty where a copy can bear another name for it. */
  Optional<String> ofRename() {
    return ofAny().or(this::isNamed).or(this::cannotBeLent);
  }

  /** Empty where a copy can bear another type, and take its place. */
  Optional<String> ofType() {
    return ofAny()
        .or(this::isNamed)
        .or(
            () ->
                table.primaryKey().contains(column.name())
                    ? Optional.of("it is in the primary key")
                    : foreignKey());
  }

  private Optional<String> ofAny() {
    String type = column.type().name().toLowerCase(Locale.ROOT);
    if (column.generated().isPresent()) {
      return Optional.of("it is a generated column, which triggers do not see");
    }
    if (column.identity().isPresent()) {
      return Optional.of("it draws its numbers after triggers have run");
    }
    if (type.startsWith("float")) {
      return Optional.of("a FLOAT does not show all that it holds, so changes go unseen");
    }
    if (table.partitionKey().map(k -> PartitionKeys.names(k, column.name())).orElse(false)) {
      return Optional.of("it is in the partition key");
    }
    return cascades();
  }

  /** What a foreign key does to its own rows, no trigger sees (manuals, "FOREIGN KEY"). */
  private Optional<String> cascades() {
    for (Constraint constraint : table.constraints()) {
      if (constraint instanceof Constraint.ForeignKey key
          && key.columns().contains(column.name())
          && (acts(key.onUpdate()) || key.onDelete() == Constraint.Action.SET_NULL)) {
        return Optional.of(
            "foreign key "
                + schema.nameOf(table.name(), key)
                + " changes it with its parent, and triggers do not see that");
      }
    }
    return Optional.empty();
  }

  private static boolean acts(Constraint.Action action) {
    return action != Constraint.Action.NO_ACTION && action != Constraint.Action.RESTRICT;
  }

  /** MySQL renames no column that an expression of its table names; MariaDB rewrites them. */
  private Optional<String> isNamed() {
    for (Trigger trigger : schema.triggersOn(table.name())) {
      if (mentions(trigger.definition().sql())) {
        return Optional.of("trigger " + trigger.name() + " names it, and would fail afterwards");
      }
    }
    if (at.dialect().engine() == Engine.MARIADB) {
      return Optional.empty();
    }
    for (Constraint constraint : table.constraints()) {
      if (constraint instanceof Constraint.Check check && names(check.expression().references())) {
        return Optional.of(
            "CHECK "
                + schema.nameOf(table.name(), check)
                + " names it, and MySQL then renames none");
      }
    }
    for (Column other : table.columns()) {
      if (other.generated().map(g -> names(g.expression().references())).orElse(false)) {
        return Optional.of(other.name() + " is computed from it, and MySQL then renames none");
      }
    }
    for (Index index : schema.allIndexesOn(table.name())) {
      if (index.columns().stream()
          .anyMatch(c -> c.column().isEmpty() && names(c.key().references()))) {
        return Optional.of(
            "index "
                + schema.nameOf(index).name()
                + " computes with it, and MySQL then renames none");
      }
    }
    return Optional.empty();
  }

  private Optional<String> foreignKey() {
    boolean child =
        table.constraints().stream()
            .anyMatch(
                c -> c instanceof Constraint.ForeignKey k && k.columns().contains(column.name()));
    if (child) {
      return Optional.of("a foreign key leads from it, whose columns have one type");
    }
    List<Schema.Referencing> children = schema.foreignKeysTo(table.name());
    return children.stream()
            .anyMatch(
                r ->
                    (r.key().parentColumns().isEmpty()
                            ? table.primaryKey()
                            : r.key().parentColumns())
                        .contains(column.name()))
        ? Optional.of("foreign keys lead to it, whose columns have one type")
        : Optional.empty();
  }

  private Optional<String> cannotBeLent() {
    boolean lent = at.dialect().engine() == Engine.MARIADB && !column.mayBeOmitted();
    return lent && Implicit.any(column.type(), Engine.MARIADB).isEmpty()
        ? Optional.of("no default is known for its type, " + column.type())
        : Optional.empty();
  }

  private boolean names(References references) {
    return !references.complete()
        || references.columns().stream()
            .anyMatch(c -> c.name().map(column.name()::equals).orElse(true));
  }

  private boolean mentions(String sql) {
    return mentions(sql, column.name());
  }

  /** As a word of its own, in whatever place: in doubt it is meant. */
  static boolean mentions(String sql, Name name) {
    return Pattern.compile("(?iu)(?<![\\w$])" + Pattern.quote(name.text()) + "(?![\\w$])")
        .matcher(sql)
        .find();
  }
}
