package dev.sluice.dialect.mysql;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Conventions;
import dev.sluice.schema.Index;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How MySQL and MariaDB name what a statement leaves unnamed (manuals, "CREATE TABLE", "FOREIGN KEY
 * Constraints", "CHECK Constraints"). Names of tables, databases and triggers differ by case, as on
 * a server with {@code lower_case_table_names = 0}; those of columns, indexes, constraints,
 * routines and events do not.
 */
public final class MysqlConventions implements Conventions {

  private final Engine engine;

  /**
   * @param engine MySQL or MariaDB
   */
  public MysqlConventions(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Name constraint(Table table, Constraint constraint, Taken taken) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> Name.ignoringCase("PRIMARY");
      case Constraint.ForeignKey ignored -> numbered(table, table.name().name() + "_ibfk_");
      case Constraint.Check ignored ->
          numbered(table, engine == Engine.MARIADB ? "CONSTRAINT_" : table.name().name() + "_chk_");
      case Constraint.Unique key -> ofColumn(key.columns().getFirst(), taken::byRelation);
      case Constraint.Exclude ignored -> throw unknown();
      case Constraint.NotNull ignored -> throw unknown();
    };
  }

  /** Error 1364 in strict mode; seen on MySQL 8.0.31 and MariaDB 11.4.5. */
  @Override
  public boolean dropDefaultTakesNull() {
    return true;
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("MySQL has no such constraint");
  }

  /** One more than the highest number that such a name of the table has. */
  private static Name numbered(Table table, String prefix) {
    Pattern made = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,6})", Pattern.CASE_INSENSITIVE);
    int highest = 0;
    for (Constraint constraint : table.constraints()) {
      Matcher matcher = made.matcher(constraint.name().map(Name::text).orElse(""));
      if (matcher.matches()) {
        highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
      }
    }
    return Name.ignoringCase(prefix + (highest + 1));
  }

  @Override
  public Name index(Index index, Taken taken) {
    Name first =
        index.columns().getFirst().column().orElseGet(() -> Name.ignoringCase("functional_index"));
    return ofColumn(first, taken::byRelation);
  }

  /** The first column's name, from the second on with a number. */
  private static Name ofColumn(Name column, Predicate<Name> taken) {
    Name name = column;
    for (int number = 2; taken.test(name) || name.key().equals("primary"); number++) {
      name = Name.ignoringCase(column.text() + "_" + number);
    }
    return name;
  }

  /** A column that draws numbers has no sequence of its own. */
  @Override
  public Name sequence(QualifiedName table, Name column, Taken taken) {
    throw new IllegalArgumentException("MySQL makes no sequence for a column");
  }

  @Override
  public boolean indexNamesArePerTable() {
    return true;
  }

  @Override
  public boolean indexOutlivesItsColumn() {
    return true;
  }

  @Override
  public boolean foreignKeysAreIndexed() {
    return true;
  }

  @Override
  public boolean foreignKeyOutlivesItsParent() {
    return true;
  }

  @Override
  public boolean viewsHoldWhatTheyRead() {
    return false;
  }
}
