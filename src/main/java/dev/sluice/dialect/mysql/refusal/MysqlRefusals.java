package dev.sluice.dialect.mysql.refusal;

import dev.sluice.dialect.Engine;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Refusal;
import dev.sluice.dialect.mysql.impact.MysqlImpact;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * Why MySQL or MariaDB refuses a statement, as far as its text, the server's version and the schema
 * tell. Says nothing of what it is not sure of. Seen on MySQL 8.0.31 and MariaDB 11.4.5, with the
 * numbers of their errors.
 */
public final class MysqlRefusals {

  private final boolean mariadb;
  private final MysqlImpact impact;

  /**
   * @param engine MySQL or MariaDB
   */
  public MysqlRefusals(Engine engine, MysqlImpact impact) {
    this.mariadb = engine == Engine.MARIADB;
    this.impact = impact;
  }

  /** As {@code Dialect.refusal}. */
  public Optional<Refusal> of(Reading reading, Schema before, boolean whole) {
    List<Change> changes = reading.changes();
    boolean nothing =
        reading.onlyIfThere().filter(t -> !before.knows(t)).isPresent()
            || changes.stream().allMatch(c -> c instanceof Change.Unrecognised);
    return reading
        .refusal()
        .or(() -> nothing ? Optional.empty() : known(reading, before, whole).map(Refusal::new));
  }

  /**
   * Why an INSERT that lists no columns is refused.
   *
   * @param values how many its first row has; 0 where that is not said
   */
  public Optional<Refusal> ofRow(int values, Reading reading, Schema before) {
    return RowColumns.inRow(reading.changes(), values, before).map(Refusal::new);
  }

  private Optional<String> known(Reading reading, Schema before, boolean whole) {
    List<Change> changes = reading.changes();
    return (whole ? AbsentTables.in(changes, before) : Optional.<String>empty())
        .or(() -> ExistingTables.in(changes, before))
        .or(() -> ExistingObjects.in(changes, before, mariadb))
        .or(() -> Lengths.in(changes))
        .or(() -> ColumnTexts.in(changes, mariadb))
        .or(() -> Sizes.in(changes, before, mariadb))
        .or(() -> NamedColumns.ofViews(changes, before))
        .or(() -> RowColumns.in(changes, before))
        .or(() -> PointedAt.in(changes, before, mariadb))
        .or(() -> made(changes, before, whole))
        .or(() -> altered(changes, before).flatMap(a -> why(a, reading, whole)));
  }

  private Optional<String> made(List<Change> changes, Schema before, boolean whole) {
    if (!(changes.getLast() instanceof Change.CreateTable create) || changes.size() > 1) {
      return Optional.empty();
    }
    boolean there = before.knows(create.table().name());
    boolean known =
        create.copies().isEmpty()
            && create.query().isEmpty()
            && !create.table().columns().isEmpty()
            && !there
            && (whole || !create.ifNotExists());
    if (!known) {
      return Optional.empty();
    }
    Schema after = before.after(create);
    return after
        .table(create.table().name())
        .map(t -> new Outcome(mariadb, Optional.empty(), t, changes, before, after))
        .flatMap(o -> formed(o, whole));
  }

  private Optional<String> why(Altered altered, Reading reading, boolean whole) {
    return new Existing(altered)
        .why()
        .or(() -> new ColumnUse(altered).why())
        .or(() -> new Generations(altered).why())
        .or(() -> outcome(altered).flatMap(o -> new AutoIncrement(o).why()))
        .or(() -> new ForeignKeyNeeds(altered).why())
        .or(() -> new ForeignKeyColumns(altered, impact).why())
        .or(() -> outcome(altered).flatMap(o -> formed(o, whole)))
        .or(() -> impact.refused(altered.changes(), reading.stated(), altered.before()));
  }

  private Optional<Outcome> outcome(Altered altered) {
    Schema after = altered.after();
    QualifiedName name = altered.name();
    for (Change change : altered.changes()) {
      name = change instanceof Change.RenameTable rename ? name.withName(rename.to()) : name;
    }
    return after
        .table(name)
        .map(
            t ->
                new Outcome(
                    mariadb,
                    Optional.of(altered.table()),
                    t,
                    altered.changes(),
                    altered.before(),
                    after));
  }

  private Optional<String> formed(Outcome outcome, boolean whole) {
    return new Keys(outcome)
        .why()
        .or(() -> new AutoIncrement(outcome).why())
        .or(() -> new KeyLengths(outcome).why())
        .or(() -> NamedColumns.ofTable(outcome))
        .or(() -> new PartitionKeys(outcome).why())
        .or(() -> new ForeignKeyAims(outcome, impact, whole).why());
  }

  /** Empty for all but a statement on one table that is known in full. */
  private Optional<Altered> altered(List<Change> changes, Schema before) {
    Optional<QualifiedName> table = MysqlImpact.altered(changes.getFirst());
    // RENAME TABLE names several.
    boolean one =
        changes.stream()
            .allMatch(
                c ->
                    MysqlImpact.altered(c).map(before::resolve).equals(table.map(before::resolve)));
    return table
        .filter(t -> one && before.isCertain(t))
        .map(t -> new Altered(mariadb, before.resolve(t), changes, before));
  }
}
