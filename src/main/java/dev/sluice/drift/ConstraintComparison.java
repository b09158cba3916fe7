package dev.sluice.drift;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The constraints of a table, by name; NOT NULL is a property of the column. */
final class ConstraintComparison {

  private static final String CONSTRAINT = "constraint";

  private final Dialect dialect;
  private final Differences differences;

  ConstraintComparison(Dialect dialect, Differences differences) {
    this.dialect = dialect;
    this.differences = differences;
  }

  void run(Table made, Table there) {
    List<Constraint> left = new ArrayList<>(counted(there));
    List<Constraint> unmet = new ArrayList<>();
    for (Constraint constraint : counted(made)) {
      Optional<Constraint> namesake =
          left.stream().filter(c -> c.name().equals(constraint.name())).findFirst();
      namesake.ifPresentOrElse(
          other -> {
            left.remove(other);
            compare(made, constraint, other);
          },
          () -> unmet.add(constraint));
    }
    for (Constraint constraint : unmet) {
      Optional<Constraint> other = left.stream().filter(c -> same(constraint, c)).findFirst();
      other.ifPresentOrElse(
          o -> {
            left.remove(o);
            differences.differs(
                CONSTRAINT, shown(made, constraint), "name", name(constraint), name(o));
          },
          () -> differences.missing(CONSTRAINT, shown(made, constraint), definition(constraint)));
    }
    if (made.complete()) {
      left.forEach(c -> differences.extra(CONSTRAINT, shown(made, c), definition(c)));
    }
  }

  private static List<Constraint> counted(Table table) {
    return table.constraints().stream().filter(c -> !(c instanceof Constraint.NotNull)).toList();
  }

  private void compare(Table table, Constraint made, Constraint there) {
    if (!same(made, there)) {
      differences.differs(
          CONSTRAINT, shown(table, made), "definition", definition(made), definition(there));
    }
    differences.compare(
        CONSTRAINT, shown(table, made), "validity", validity(made), validity(there));
  }

  private boolean same(Constraint made, Constraint there) {
    return switch (made) {
      case Constraint.PrimaryKey key ->
          there instanceof Constraint.PrimaryKey other
              && key.columns().equals(other.columns())
              && key.withoutOverlaps() == other.withoutOverlaps();
      case Constraint.Unique key ->
          there instanceof Constraint.Unique other
              && key.columns().equals(other.columns())
              && key.nullsDistinct() == other.nullsDistinct()
              && key.withoutOverlaps() == other.withoutOverlaps();
      case Constraint.ForeignKey key ->
          there instanceof Constraint.ForeignKey other && same(key, other);
      case Constraint.Check check ->
          there instanceof Constraint.Check other
              && check.inherited() == other.inherited()
              && dialect.sameExpression(check.expression(), other.expression());
      case Constraint.Exclude exclude ->
          there instanceof Constraint.Exclude other
              && dialect.sameExpression(exclude.definition(), other.definition());
      case Constraint.NotNull notNull -> there.equals(notNull);
    };
  }

  private static boolean same(Constraint.ForeignKey made, Constraint.ForeignKey there) {
    return made.columns().equals(there.columns())
        && made.parent().equals(there.parent())
        && (made.parentColumns().isEmpty() || made.parentColumns().equals(there.parentColumns()))
        && made.onDelete() == there.onDelete()
        && Set.copyOf(made.cleared()).equals(Set.copyOf(there.cleared()))
        && made.onUpdate() == there.onUpdate()
        && made.matchFull() == there.matchFull()
        && made.timing() == there.timing()
        && made.period() == there.period();
  }

  private static String validity(Constraint constraint) {
    boolean validated =
        switch (constraint) {
          case Constraint.ForeignKey key -> key.validated();
          case Constraint.Check check -> check.validated();
          case Constraint.NotNull notNull -> notNull.validated();
          case Constraint.PrimaryKey ignored -> true;
          case Constraint.Unique ignored -> true;
          case Constraint.Exclude ignored -> true;
        };
    boolean enforced =
        switch (constraint) {
          case Constraint.ForeignKey key -> key.enforced();
          case Constraint.Check check -> check.enforced();
          case Constraint.PrimaryKey ignored -> true;
          case Constraint.Unique ignored -> true;
          case Constraint.Exclude ignored -> true;
          case Constraint.NotNull ignored -> true;
        };
    return enforced ? validated ? "VALID" : "NOT VALID" : "NOT ENFORCED";
  }

  private String definition(Constraint constraint) {
    return switch (constraint) {
      case Constraint.PrimaryKey key ->
          "PRIMARY KEY " + list(key.columns()) + overlaps(key.withoutOverlaps());
      case Constraint.Unique key ->
          "UNIQUE " + list(key.columns()) + overlaps(key.withoutOverlaps());
      case Constraint.ForeignKey key -> definition(key);
      case Constraint.Check check -> "CHECK (" + check.expression().sql() + ")";
      case Constraint.Exclude exclude -> "EXCLUDE " + exclude.definition().sql();
      case Constraint.NotNull notNull -> "NOT NULL " + notNull.column();
    };
  }

  private static String overlaps(boolean without) {
    return without ? " WITHOUT OVERLAPS" : "";
  }

  private String definition(Constraint.ForeignKey key) {
    return "FOREIGN KEY "
        + list(key.columns())
        + (key.period() ? " with PERIOD" : "")
        + " REFERENCES "
        + differences.shown(key.parent())
        + (key.parentColumns().isEmpty() ? "" : " " + list(key.parentColumns()))
        + action(" ON DELETE ", key.onDelete())
        + (key.cleared().isEmpty() ? "" : " " + list(key.cleared()))
        + action(" ON UPDATE ", key.onUpdate());
  }

  private static String action(String when, Constraint.Action action) {
    return action == Constraint.Action.NO_ACTION ? "" : when + action.name().replace('_', ' ');
  }

  private static String list(List<Name> names) {
    return names.stream().map(Name::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  private String shown(Table table, Constraint constraint) {
    return differences.shown(table.name()) + "." + name(constraint);
  }

  private static String name(Constraint constraint) {
    return constraint.name().map(Name::toString).orElse("(unnamed)");
  }
}
