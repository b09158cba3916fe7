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

  private Optional<String> known(Reading reading, Schema before, boolean whole) {
    List<Change> changes = reading.changes();
    Optional<String> absent = whole ? AbsentTables.in(changes, before) : Optional.empty();
    return absent
        .or(() -> ExistingTables.in(changes, before))
        .or(() -> altered(changes, before).flatMap(a -> why(a, reading)));
  }

  private Optional<String> why(Altered altered, Reading reading) {
    return new Existing(altered)
        .why()
        .or(() -> new ColumnUse(altered).why())
        .or(() -> new ForeignKeyNeeds(altered).why())
        .or(() -> impact.refused(altered.changes(), reading.stated(), altered.before()));
  }

  /** Empty for all but a statement on one table that is known in full. */
  private Optional<Altered> altered(List<Change> changes, Schema before) {
    Optional<QualifiedName> table = MysqlImpact.altered(changes.getFirst());
    boolean one = changes.stream().allMatch(c -> MysqlImpact.altered(c).isPresent());
    return table
        .filter(t -> one && before.isCertain(t))
        .map(t -> new Altered(mariadb, before.resolve(t), changes, before));
  }
}
