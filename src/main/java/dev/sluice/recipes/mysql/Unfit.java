package dev.sluice.recipes.mysql;

import dev.sluice.dialect.TypeChange;
import dev.sluice.dialect.mysql.impact.Types;
import dev.sluice.plan.Situation;
import dev.sluice.plan.Sketch;
import dev.sluice.recipes.general.EarlyLook;
import dev.sluice.recipes.general.Rows;
import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.DataType;
import dev.sluice.sql.QualifiedName;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The values that a narrower definition does not hold: strict mode refuses them when the column is
 * defined anew, any other mode cuts them (manuals, "Server SQL Modes").
 */
final class Unfit {

  /** Bytes of the integers, by their rank. */
  private static final List<Integer> BYTES = List.of(1, 2, 3, 4, 8);

  private final Situation at;
  private final Change.RedefineColumn change;
  private final Optional<Column> before;

  /**
   * @param before the column under the name that the change has for it; empty where it was never
   *     seen
   */
  Unfit(Situation at, Change.RedefineColumn change, Optional<Column> before) {
    this.at = at;
    this.change = change;
    this.before = before;
  }

  /** Adds what finds such values while all can be taken back. */
  void lookEarly(Sketch sketch) {
    Change.AlterColumnType type =
        new Change.AlterColumnType(
            change.table(),
            change.column(),
            change.definition().type(),
            Optional.empty(),
            Optional.empty());
    values().ifPresent(unfit -> EarlyLook.forValues(sketch, at, type, unfit));
  }

  /**
   * Adds the questions that come before the change: whether no row lacks it, and every one fits.
   */
  void verify(Sketch sketch, Phase phase) {
    ColumnName name = new ColumnName(change.table(), change.column());
    if (before.map(Column::nullable).orElse(true) && !change.definition().nullable()) {
      verify(
          sketch,
          phase,
          at.writer().quote(change.column()) + " IS NULL",
          "verify that no row lacks " + name,
          "one such row fails the statement, or is changed by it without strict mode");
    }
    values()
        .ifPresent(
            unfit ->
                verify(
                    sketch,
                    phase,
                    unfit,
                    "verify that every value of " + name + " fits " + change.definition().type(),
                    "one that does not fails the statement, or is cut by it without strict mode"));
  }

  private void verify(Sketch sketch, Phase phase, String unfit, String title, String why) {
    QualifiedName table = change.table();
    Rows rows = new Rows(at, sketch.schema(phase));
    sketch.add(
        sketch
            .verify(phase, table, rows.none(table, unfit), rows.samples(table, unfit))
            .titled(title)
            .because(why));
  }

  private Optional<String> values() {
    return before.flatMap(b -> values(at, b, change.definition()));
  }

  /**
   * True for a value that the definition does not hold, NULL aside.
   *
   * @return empty where the type is not narrower, and where no such condition is known
   */
  static Optional<String> values(Situation at, Column before, Column after) {
    boolean narrower =
        at.dialect().typeChange(before, after.type(), at.schema()) == TypeChange.NARROWING;
    boolean sameTexts = before.attributes().charset().equals(after.attributes().charset());
    return narrower && sameTexts
        ? beyond(at.writer().quote(before.name()), before.type(), after.type())
        : Optional.empty();
  }

  private static Optional<String> beyond(String value, DataType from, DataType to) {
    if (Types.integerRank(to) >= 0) {
      return Optional.of(outside(value, to));
    }
    return switch (Types.base(to)) {
      case "char", "varchar" -> Optional.of("CHAR_LENGTH(" + value + ") > " + Types.length(to, 1));
      case "binary", "varbinary" -> Optional.of("LENGTH(" + value + ") > " + Types.length(to, 1));
      case "tinytext", "tinyblob" -> Optional.of("LENGTH(" + value + ") > 255");
      case "text", "blob" -> Optional.of("LENGTH(" + value + ") > 65535");
      case "mediumtext", "mediumblob" -> Optional.of("LENGTH(" + value + ") > 16777215");
      case "decimal" -> Optional.of(tooLarge(value, from, to));
      // By its place in the list; 0 is what a server puts that was given no value of it.
      case "enum" -> Optional.of(value + " + 0 NOT BETWEEN 1 AND " + to.arguments().size());
      case "set" ->
          Optional.of(value + " + 0 >= " + BigInteger.ONE.shiftLeft(to.arguments().size()));
      case "bit" -> Optional.of(value + " + 0 >= " + BigInteger.ONE.shiftLeft(Types.length(to, 1)));
      default -> Optional.empty();
    };
  }

  private static String outside(String value, DataType to) {
    int bits = 8 * BYTES.get(Types.integerRank(to));
    BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
    BigInteger least = Types.isUnsigned(to) ? BigInteger.ZERO : half.negate();
    BigInteger most = (Types.isUnsigned(to) ? half.shiftLeft(1) : half).subtract(BigInteger.ONE);
    return value + " NOT BETWEEN " + least + " AND " + most;
  }

  private static String tooLarge(String value, DataType from, DataType to) {
    String large = "ABS(" + value + ") >= 1" + "0".repeat(Types.length(to, 10) - Types.scale(to));
    return Types.isUnsigned(to) && !Types.isUnsigned(from)
        ? large + " OR " + value + " < 0"
        : large;
  }
}
