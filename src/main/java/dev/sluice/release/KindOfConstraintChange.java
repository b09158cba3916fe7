package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.Check;
import dev.sluice.schema.Constraint.Exclude;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Constraint.NotNull;
import dev.sluice.schema.Constraint.PrimaryKey;
import dev.sluice.schema.Constraint.Unique;
import dev.sluice.schema.Index;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Constraints. */
final class KindOfConstraintChange {

  /** What makes an expression answer NULL with something else than NULL. */
  private static final Pattern LOOKS_AT_NULL =
      Pattern.compile("(?i)\\b(is|coalesce|num_nonnulls|num_nulls|nullif|distinct|case)\\b");

  private KindOfConstraintChange() {}

  static Verdict add(Change.AddConstraint change, Scene scene) {
    QualifiedName table = change.table();
    return ofConstraint(change.constraint(), table, scene).also(scene.remarks(table));
  }

  private static Verdict ofConstraint(Constraint constraint, QualifiedName table, Scene scene) {
    return switch (constraint) {
      case PrimaryKey key -> primaryKey(key);
      case Unique key when key.usingIndex().isPresent() -> adopted(key, table, scene);
      case Unique key -> unique(key, table, scene);
      case ForeignKey key when !key.enforced() -> notEnforced();
      case ForeignKey key -> foreignKey(key, table, scene);
      case Check check when !check.enforced() -> notEnforced();
      case Check check -> check(check, table, scene);
      case Exclude ignored ->
          Verdict.contract("rows of the old version that exclude each other would be refused");
      case NotNull notNull ->
          KindOfColumnChange.setNotNull(new Change.SetNotNull(table, notNull.column()), scene);
    };
  }

  private static Verdict notEnforced() {
    return Verdict.optional("not enforced: it refuses nothing");
  }

  private static Verdict primaryKey(PrimaryKey key) {
    Verdict verdict = Verdict.expand("rows get an identity that the new version can rely on");
    return key.usingIndex().isPresent()
        ? verdict
        : verdict.also("duplicates and NULLs are refused from then on, the old version's too");
  }

  /** A constraint refuses no more than the unique index that it takes over. */
  private static Verdict adopted(Unique key, QualifiedName table, Scene scene) {
    QualifiedName index = scene.resolve(table).withName(key.usingIndex().orElseThrow());
    boolean here = scene.made().item(Effects.Item.index(scene.before(), index, Optional.of(table)));
    Optional<Index> known = scene.before().index(index, Optional.of(table));
    return here && known.isPresent()
        ? unique(
            like(known.get()).named(key.name().orElse(key.usingIndex().orElseThrow())),
            table,
            scene)
        : Verdict.expand("its unique index refuses duplicates already");
  }

  /**
   * Of a unique constraint, or of the one that a unique index would be; an expression among the
   * keys is no column of it.
   */
  static Verdict unique(Unique key, QualifiedName table, Scene scene) {
    List<Name> columns = key.columns();
    boolean nullsDistinct = key.nullsDistinct();
    boolean free =
        nullsDistinct
            && columns.stream()
                .anyMatch(
                    c -> scene.made(table, c) && KindOfColumnChange.staysNull(table, c, scene));
    if (free) {
      return Verdict.expand("rows of the old version hold NULL there, which is never a duplicate");
    }
    if (columns.stream().anyMatch(c -> scene.made(table, c) && drawsAnew(table, c, scene))) {
      return Verdict.expand("rows of the old version each get a value of their own there");
    }
    if (scene.wanted().byKey(scene.resolve(table), columns)) {
      return Verdict.expand("a foreign key of this release points at it")
          .also("duplicates of the old version are refused from then on");
    }
    if (scene.wanted().byConflict(scene.resolve(table), columns, key.name())) {
      return Verdict.expand("an INSERT of this release relies on it with ON CONFLICT")
          .also("duplicates of the old version are refused from then on");
    }
    return Verdict.contract("duplicates that the old version writes would be refused")
        .also(
            "where the new version relies on it ("
                + Upserts.written(scene.dialect().engine())
                + "), `sluice: phase pre-deploy` says so");
  }

  /** A unique index as the constraint that it would be. */
  static Unique like(Index index) {
    return new Unique(
        Optional.empty(),
        index.columns().stream().flatMap(c -> c.column().stream()).toList(),
        index.nullsDistinct(),
        Optional.empty(),
        Constraint.Timing.IMMEDIATE,
        "");
  }

  private static boolean drawsAnew(QualifiedName table, Name column, Scene scene) {
    return scene
        .column(table, column)
        .map(
            c ->
                c.identity().isPresent()
                    || c.defaultValue()
                        .map(d -> scene.dialect().isVolatile(d, scene.before()))
                        .orElse(false))
        .orElse(false);
  }

  private static Verdict foreignKey(ForeignKey key, QualifiedName table, Scene scene) {
    boolean free =
        key.columns().stream()
            .anyMatch(c -> scene.made(table, c) && KindOfColumnChange.staysNull(table, c, scene));
    if (free && !key.matchFull()) {
      return Verdict.expand("rows of the old version hold NULL there, which points at nothing")
          .also(deletesOfParent(key, table, scene));
    }
    Verdict verdict =
        Verdict.contract("rows of the old version that point at no row would be refused");
    return switch (key.onDelete()) {
      case CASCADE, SET_NULL, SET_DEFAULT ->
          verdict.also(
              "it also clears up after deletes: where the new version relies on that, `sluice:"
                  + " phase pre-deploy` says so");
      case NO_ACTION, RESTRICT -> verdict;
    };
  }

  /** What a new key means for deletes of a parent that was there before; mostly empty. */
  static List<String> deletesOfParent(ForeignKey key, QualifiedName table, Scene scene) {
    boolean refuses =
        switch (key.onDelete()) {
          case NO_ACTION, RESTRICT -> true;
          case CASCADE, SET_NULL, SET_DEFAULT -> false;
        };
    boolean itself = scene.resolve(key.parent()).equals(scene.resolve(table));
    return refuses && !itself && !scene.made(key.parent())
        ? List.of(
            "the old version cannot delete rows of "
                + key.parent()
                + " that rows of "
                + table
                + " point at")
        : List.of();
  }

  private static Verdict check(Check check, QualifiedName table, Scene scene) {
    List<Name> columns = columns(check.expression().references(), table, scene);
    boolean onlyNew =
        !columns.isEmpty()
            && check.expression().references().complete()
            && columns.stream().allMatch(c -> scene.made(table, c));
    if (onlyNew && passesForOldRows(check, columns, table, scene)) {
      return Verdict.expand("rows of the old version pass it: they leave these columns out");
    }
    return Verdict.contract("rows of the old version that do not keep it would be refused")
        .also(
            check.validated()
                ? List.of()
                : List.of(
                    "NOT VALID refuses an UPDATE of any column of a row that violates it already"));
  }

  private static List<Name> columns(References references, QualifiedName table, Scene scene) {
    Optional<Table> known = scene.table(table);
    return references.columns().stream()
        .flatMap(c -> c.name().stream())
        .filter(n -> known.map(t -> t.column(n).isPresent()).orElse(true))
        .distinct()
        .toList();
  }

  // A column that is left out is NULL, and then most checks are too, which passes. Where the
  // default
  // is a constant, the rows that are there hold it, and have to pass as well.
  private static boolean passesForOldRows(
      Check check, List<Name> columns, QualifiedName table, Scene scene) {
    if (LOOKS_AT_NULL.matcher(check.expression().sql()).find()) {
      return false;
    }
    return columns.stream()
        .allMatch(
            c ->
                KindOfColumnChange.staysNull(table, c, scene)
                    || scene
                        .column(table, c)
                        .flatMap(Column::defaultValue)
                        .map(d -> !scene.dialect().isVolatile(d, scene.before()))
                        .orElse(false));
  }

  /** Of an inline constraint: judged as the ADD CONSTRAINT that it stands for. */
  static Verdict ofNewColumn(Change.AddColumn change, Constraint constraint, Scene scene) {
    Change.AddColumn bare = new Change.AddColumn(change.table(), change.column(), List.of(), false);
    Schema after = scene.before().after(bare);
    Made made = scene.made().copy();
    made.take(
        bare, new EffectsOf(scene.calls()).change(bare, scene.before(), after), scene.before());
    Scene with = scene.at(after, made);
    return ofConstraint(constraint, change.table(), with);
  }

  static Verdict drop(Change.DropConstraint change, Scene scene) {
    QualifiedName table = change.table();
    Optional<Constraint> known = scene.table(table).flatMap(t -> t.constraint(change.constraint()));
    if (known.isEmpty()) {
      return Verdict.expand("what it refuses, the old version does not write")
          .also(
              "the constraint was never seen: if it is a key, "
                  + Upserts.without(scene.dialect().engine()))
          .also(scene.remarks(table));
    }
    return switch (known.get()) {
      case PrimaryKey key ->
          dropKey(
              key, key.columns(), scene.wanted().byIdentity(scene.resolve(table)), change, scene);
      case Unique key -> dropKey(key, key.columns(), false, change, scene);
      case ForeignKey key -> dropForeignKey(key);
      case Check ignored -> freed();
      case Exclude ignored -> freed();
      case NotNull notNull ->
          KindOfColumnChange.dropNotNull(new Change.DropNotNull(table, notNull.column()), scene);
    };
  }

  private static Verdict freed() {
    return Verdict.expand("the old version goes on writing what it allowed");
  }

  private static Verdict dropForeignKey(ForeignKey key) {
    Verdict verdict = freed();
    return switch (key.onDelete()) {
      case CASCADE, SET_NULL, SET_DEFAULT ->
          verdict.also(
              "the old version relies on it to clear up after deletes from " + key.parent().name());
      case NO_ACTION, RESTRICT -> verdict;
    };
  }

  private static Verdict dropKey(
      Constraint key,
      List<Name> columns,
      boolean replaced,
      Change.DropConstraint change,
      Scene scene) {
    boolean pointedAt =
        !scene.dialect().conventions().foreignKeyOutlivesItsParent()
            && scene.before().foreignKeysTo(change.table()).stream()
                .anyMatch(r -> r.key().parentColumns().equals(columns));
    return pointedAt
        ? Verdict.contract("a foreign key points at it, which the old version relies on")
        : replaced
            ? freed().also(Upserts.without(scene.dialect().engine()))
            : KindOfIndexChange.unique(
                change.table(),
                columns.stream().map(Name::key).toList(),
                index -> scene.before().constraintOf(index).equals(Optional.of(key)),
                freed(),
                scene);
  }

  static Verdict rename(Change.RenameConstraint change) {
    return Verdict.optional("no statement names it, but for ON CONFLICT ON CONSTRAINT");
  }

  static Verdict validate(Change.ValidateConstraint change, Scene scene) {
    QualifiedName table = change.table();
    Optional<Constraint> known = scene.table(table).flatMap(t -> t.constraint(change.constraint()));
    boolean here = scene.made().constraint(scene.resolve(table), change.constraint());
    return here && known.map(c -> ofConstraint(c, table, scene).breaksOld()).orElse(true)
        ? Verdict.contract("goes with its ADD, which refuses rows of the old version")
        : Verdict.optional("reads the rows that are there: new ones are held to it already")
            .also(scene.remarks(table));
  }

  static Verdict alter(Change.AlterConstraint change, Scene scene) {
    Optional<Constraint> known =
        scene.table(change.table()).flatMap(t -> t.constraint(change.constraint()));
    if (change.enforced().isPresent()) {
      if (change.enforced().get()) {
        return Verdict.contract("rows of the old version that do not keep it would be refused");
      }
      return known.isPresent() && known.get() instanceof ForeignKey key
          ? dropForeignKey(key)
          : freed();
    }
    return Verdict.expand("when the constraint is checked, not what it allows");
  }
}
