package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint.Action;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a new foreign key needs at both of its ends. MariaDB has one error for nearly all of it. */
final class ForeignKeyAims {

  private final Outcome table;
  private final MysqlImpact impact;
  private final boolean whole;

  /**
   * @param whole whether the schema has all tables that there are
   */
  ForeignKeyAims(Outcome table, MysqlImpact impact, boolean whole) {
    this.table = table;
    this.impact = impact;
    this.whole = whole;
  }

  Optional<String> why() {
    return table.isInnodb()
        ? table.newForeignKeys().stream().flatMap(k -> why(k).stream()).findFirst()
        : Optional.empty();
  }

  private Optional<String> why(ForeignKey key) {
    return count(key).or(() -> cleared(key)).or(() -> name(key)).or(() -> parent(key));
  }

  private static Optional<String> count(ForeignKey key) {
    boolean same =
        key.parentColumns().isEmpty() || key.columns().size() == key.parentColumns().size();
    return same
        ? Optional.empty()
        : Optional.of(of(key) + " has other columns than it points at (error 1239)");
  }

  private Optional<String> cleared(ForeignKey key) {
    if (key.onDelete() != Action.SET_NULL && key.onUpdate() != Action.SET_NULL) {
      return Optional.empty();
    }
    return key.columns().stream()
        .flatMap(c -> table.column(c).stream())
        .filter(c -> !c.nullable())
        .findFirst()
        .map(
            c ->
                of(key)
                    + " sets "
                    + c.name()
                    + " to NULL, which is NOT NULL ("
                    + (table.mariadb() ? "errors 1005 and 1830" : "error 1830")
                    + ")");
  }

  /** Foreign keys of a database share their names; which tables have it is rarely asked. */
  private Optional<String> name(ForeignKey key) {
    return key.name()
        .filter(n -> table.before().hasConstraintNamed(table.name(), n))
        .flatMap(n -> other(n))
        .map(
            t ->
                t.name()
                    + " has a foreign key "
                    + key.name().orElseThrow()
                    + " already (error "
                    + (table.mariadb() ? "1005" : "1826")
                    + "); give this one another name");
  }

  private Optional<QualifiedName> other(Name name) {
    Schema before = table.before();
    return before.tables().stream()
        .filter(t -> t.name().schema().equals(table.name().schema()))
        .filter(t -> !t.name().equals(table.name()) && before.isCertain(t.name()))
        .filter(t -> t.constraint(name).filter(ForeignKey.class::isInstance).isPresent())
        .map(Table::name)
        .findFirst();
  }

  private Optional<String> parent(ForeignKey key) {
    boolean own = key.parent().equals(table.name());
    Optional<Table> parent = own ? Optional.of(table.is()) : table.before().table(key.parent());
    if (parent.isEmpty()) {
      return absent(key);
    }
    if (!own && !table.before().isCertain(key.parent())) {
      return Optional.empty();
    }
    if (parent.get().partitionKey().isPresent()) {
      return Optional.of(
          of(key)
              + " points at "
              + key.parent().name()
              + ", which is in partitions"
              + error("1506"));
    }
    return columns(key, parent.get()).or(() -> index(key, parent.get()));
  }

  /** Where nothing is checked, the table may come later. */
  private Optional<String> absent(ForeignKey key) {
    return MysqlImpact.checksForeignKeys(table.before())
            && AbsentTables.is(key.parent(), table.before(), whole)
        ? Optional.of(
            of(key) + " points at " + key.parent().name() + ", which is not there" + error("1824"))
        : Optional.empty();
  }

  private Optional<String> columns(ForeignKey key, Table parent) {
    for (int at = 0; at < key.parentColumns().size(); at++) {
      Name there = key.parentColumns().get(at);
      Optional<Column> aim = parent.column(there);
      if (aim.isEmpty()) {
        return Optional.of(
            of(key)
                + " points at "
                + there
                + ", which "
                + parent.name().name()
                + " does not have"
                + error("3734"));
      }
      Optional<String> difference =
          table
              .column(key.columns().get(at))
              .flatMap(c -> Compared.difference(c, table.is(), aim.get(), parent));
      if (difference.isPresent()) {
        return difference.map(d -> of(key) + ": " + d + error("3780"));
      }
    }
    return Optional.empty();
  }

  private Optional<String> index(ForeignKey key, Table parent) {
    // What the key makes for itself comes too late for it.
    List<Index> indexes =
        table.after().allIndexesOn(key.parent()).stream()
            .filter(
                i ->
                    table.mariadb()
                        || !key.parent().equals(table.name())
                        || i.unique()
                        || !isOwn(i, key))
            .toList();
    if (key.parentColumns().isEmpty()) {
      return Optional.empty();
    }
    return indexes.stream().anyMatch(i -> finds(i, key, parent))
        ? standard(key, indexes)
        : Optional.of(
            of(key)
                + " points at columns of "
                + key.parent().name()
                + " that no index begins with"
                + error("1822"));
  }

  /** From MySQL 8.4 on it points at a whole unique key, where no setting says otherwise. */
  private Optional<String> standard(ForeignKey key, List<Index> indexes) {
    boolean free =
        table
            .before()
            .setting("restrict_fk_on_non_standard_key")
            .map(v -> Set.of("0", "off", "false").contains(v.toLowerCase(Locale.ROOT)))
            .orElse(false);
    boolean whole = indexes.stream().anyMatch(i -> i.unique() && isWhole(i, key));
    return !impact.wantsStandardKeys() || free || whole
        ? Optional.empty()
        : Optional.of(
            of(key)
                + " points at columns of "
                + key.parent().name()
                + " that are no unique key (error 6125); make them one before");
  }

  private static boolean isWhole(Index index, ForeignKey key) {
    return index.columns().size() == key.parentColumns().size()
        && index.columns().stream()
            .allMatch(
                c ->
                    !c.modifiers().startsWith("(")
                        && c.column().map(key.parentColumns()::contains).orElse(false));
  }

  /** Behind its own columns each index of InnoDB has those of the primary key. */
  private static boolean finds(Index index, ForeignKey key, Table parent) {
    List<Name> needed = key.parentColumns();
    int own = Math.min(index.columns().size(), needed.size());
    List<Name> rest = needed.subList(own, needed.size());
    List<Name> behind =
        parent.primaryKey().stream()
            .filter(c -> index.columns().stream().noneMatch(k -> k.column().equals(Optional.of(c))))
            .toList();
    return ForeignKeyNeeds.begins(index, needed.subList(0, own))
        && rest.size() <= behind.size()
        && behind.subList(0, rest.size()).equals(rest);
  }

  private static boolean isOwn(Index index, ForeignKey key) {
    return index.name().map(QualifiedName::name).equals(key.name());
  }

  private String error(String mysql) {
    return table.mariadb() ? " (errors 1005 and 1822)" : " (error " + mysql + ")";
  }

  private static String of(ForeignKey key) {
    return "the foreign key " + key.name().map(Name::text).orElse("on " + key.columns());
  }
}
