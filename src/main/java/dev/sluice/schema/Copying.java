package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@code CREATE TABLE … (LIKE …)} takes over. */
final class Copying {
  private Copying() {}

  /** One column of {@code table}, as the copy has it. */
  static Column column(Schema at, Table table, Column source, String options) {
    boolean serial = source.identity().equals(Optional.of(Column.Identity.SERIAL));
    Optional<Column.Identity> identity =
        source.identity().filter(i -> !serial && includes(options, "IDENTITY"));
    Optional<Fragment> value = serial ? drawn(at, table, source) : source.defaultValue();
    return source
        .withDefault(value.filter(d -> includes(options, "DEFAULTS")))
        .withGenerated(source.generated().filter(g -> includes(options, "GENERATED")))
        .withIdentity(identity);
  }

  // The copy of a serial column draws from the sequence of the original, and owns none.
  private static Optional<Fragment> drawn(Schema at, Table table, Column serial) {
    return at.othersOn(table.name()).stream()
        .filter(o -> o.owner().equals(Optional.of(new ColumnName(table.name(), serial.name()))))
        .map(o -> o.name().name())
        .findFirst()
        .map(
            s ->
                new Fragment(
                    "nextval('" + s + "')",
                    new References(Set.of(s), Set.of(), Set.of(), Set.of(), Set.of(), true)));
  }

  /** Constraints and indexes: the copy's get names of their own, but for its CHECKs. */
  static void rest(Draft draft, Table source, QualifiedName copy, String options) {
    for (Column column : source.columns()) {
      ColumnFolding.addSequence(draft, copy, column(draft.schema(), source, column, options));
    }
    for (Constraint constraint : source.constraints()) {
      switch (constraint) {
        case Constraint.Check check when includes(options, "CONSTRAINTS") ->
            ConstraintFolding.add(draft, copy, TableFolding.validated(check));
        case Constraint.PrimaryKey key when includes(options, "INDEXES") ->
            ConstraintFolding.add(draft, copy, ConstraintFolding.unnamed(key));
        case Constraint.Unique key when includes(options, "INDEXES") ->
            ConstraintFolding.add(draft, copy, ConstraintFolding.unnamed(key));
        case Constraint.Exclude exclude when includes(options, "INDEXES") ->
            ConstraintFolding.add(draft, copy, ConstraintFolding.unnamed(exclude));
        case Constraint.PrimaryKey ignored -> {}
        case Constraint.Unique ignored -> {}
        case Constraint.Exclude ignored -> {}
        case Constraint.Check ignored -> {}
        case Constraint.ForeignKey ignored -> {}
        case Constraint.NotNull ignored -> {}
      }
    }
    if (includes(options, "INDEXES")) {
      for (Index index : draft.schema().indexesOn(source.name())) {
        Index copied = IndexFolding.unnamedOn(index, copy);
        IndexFolding.add(
            draft,
            draft.conventions.indexNamesArePerTable()
                ? index.name().map(n -> copied.named(copy.withName(n.name()))).orElse(copied)
                : copied);
      }
    }
  }

  /** The last word on it counts, as in PostgreSQL. */
  private static boolean includes(String options, String what) {
    boolean included = false;
    boolean including = true;
    for (String word : options.toUpperCase(Locale.ROOT).split("\\W+", -1)) {
      switch (word) {
        case "INCLUDING" -> including = true;
        case "EXCLUDING" -> including = false;
        default -> {
          if (word.equals(what) || word.equals("ALL")) {
            included = including;
          }
        }
      }
    }
    return included;
  }
}
