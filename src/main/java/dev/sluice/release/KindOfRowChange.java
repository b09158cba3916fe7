package dev.sluice.release;

import dev.sluice.dialect.Engine;
import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Statements that write rows. */
final class KindOfRowChange {

  private static final String MADE_HERE =
      "this release makes the table: the old version does not read it";

  private KindOfRowChange() {}

  static Verdict insert(Change.Insert change, Scene scene) {
    if (change.upsert() && !scene.made(change.table())) {
      return upsert(change, scene);
    }
    QualifiedName table = scene.resolve(change.table());
    Set<QualifiedName> sources =
        change.query().map(q -> Sources.of(q.references(), scene, Set.of(table))).orElse(Set.of());
    if (!sources.isEmpty()) {
      return acrossTables("copies rows", sources);
    }
    if (scene.made(change.table())) {
      return Verdict.expand(MADE_HERE);
    }
    return newRows();
  }

  /** What changes rows in place waits for a decision, whatever it inserts besides. */
  private static Verdict upsert(Change.Insert change, Scene scene) {
    Set<QualifiedName> emptied = change.replaces() ? emptied(change.table(), scene) : Set.of();
    return emptied.isEmpty()
        ? inPlace(change.table(), scene)
        : Verdict.undecided(
                "REPLACE deletes the row that is there and inserts another: rows of "
                    + Sources.listed(emptied)
                    + " that point at it are deleted or set to NULL with it")
            .also("INSERT … ON DUPLICATE KEY UPDATE leaves them alone")
            .also(Verdict.ASKS_EACH);
  }

  /** Tables of the old version whose rows go, or lose what they point at, with rows of one. */
  private static Set<QualifiedName> emptied(QualifiedName table, Scene scene) {
    return scene.before().foreignKeysTo(table).stream()
        .filter(r -> r.key().enforced() && !scene.made(r.table()))
        .filter(
            r ->
                switch (r.key().onDelete()) {
                  case CASCADE, SET_NULL, SET_DEFAULT -> true;
                  case NO_ACTION, RESTRICT -> false;
                })
        .map(Schema.Referencing::table)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Verdict acrossTables(String what, Set<QualifiedName> sources) {
    return Verdict.backfill(what + " from " + Sources.listed(sources)).also(Sources.KEPT_UP);
  }

  static Verdict update(Change.Update change, Scene scene) {
    QualifiedName table = change.table();
    List<Name> assigned =
        change.assignments().stream().map(Change.Update.Assignment::column).toList();
    boolean fills = !assigned.isEmpty() && assigned.stream().allMatch(c -> scene.made(table, c));
    if (!fills) {
      return inPlace(table, scene);
    }
    Set<QualifiedName> sources = sources(change, scene);
    if (!sources.isEmpty()) {
      return acrossTables("fills what this release adds", sources);
    }
    return scene.made(table)
        ? Verdict.expand(MADE_HERE)
        : Verdict.backfill("fills what this release adds, from the same row")
            .also(meanwhile(table, assigned, scene));
  }

  /** With a default nobody can tell whether the old version left the column out. */
  private static List<String> meanwhile(QualifiedName table, List<Name> assigned, Scene scene) {
    List<String> kept =
        assigned.stream()
            .filter(
                c -> scene.column(table, c).map(k -> k.defaultValue().isPresent()).orElse(false))
            .map(Name::text)
            .toList();
    List<String> said = new ArrayList<>();
    if (kept.size() < assigned.size()) {
      said.add(
          "rows that the old version writes meanwhile are filled by a trigger until its last"
              + " node is gone");
    }
    if (!kept.isEmpty()) {
      said.add(
          "rows that the old version inserts meanwhile keep the default of "
              + String.join(", ", kept)
              + ", and no trigger fills them");
    }
    return said;
  }

  private static Set<QualifiedName> sources(Change.Update change, Scene scene) {
    References from =
        new References(
            new LinkedHashSet<>(change.from()), Set.of(), Set.of(), Set.of(), Set.of(), true);
    return Sources.of(change.references().and(from), scene, Set.of(scene.resolve(change.table())));
  }

  /** What no rule can tell: a decision of the team, or a directive. */
  private static Verdict inPlace(QualifiedName what, Scene scene) {
    String changes =
        "changes rows of " + what + " in place, which the old version reads and writes";
    return decided(changes, scene);
  }

  /** Where the next number that is drawn is set: a number that is taken is refused. */
  static Verdict nextNumber(String of, Scene scene) {
    return decided(
            "sets the number that " + of + " gives out next, from which both versions draw", scene)
        .also(
            "where that goes back, a number comes twice, and the INSERT that gets it is refused;"
                + " what max() finds leaves out rows that are being inserted");
  }

  private static Verdict decided(String changes, Scene scene) {
    return switch (scene.dataChanges()) {
      case ASK -> Verdict.undecided(changes).also(Verdict.ASKS);
      case PRE_DEPLOY -> Verdict.backfill(changes).also("data-changes says pre-deploy");
      case POST_DEPLOY ->
          Verdict.undecided(changes)
              .in(Phase.POST_DEPLOY, false)
              .also("data-changes says post-deploy");
    };
  }

  static Verdict delete(Change.Delete change, Scene scene) {
    if (scene.made(change.table())) {
      return Verdict.expand(MADE_HERE);
    }
    return deletes(scene);
  }

  private static Verdict deletes(Scene scene) {
    return scene.dataChanges() == DataChanges.PRE_DEPLOY
        ? Verdict.expand("deletes rows that the old version reads")
            .also("data-changes says pre-deploy")
        : Verdict.contract("the old version reads the rows until it is gone");
  }

  static Verdict merge(Change.Merge change, Scene scene) {
    if (change.actions().isEmpty()) {
      return Verdict.nothing("none of its branches changes a row");
    }
    Set<QualifiedName> sources =
        Sources.of(change.references(), scene, Set.of(scene.resolve(change.table())));
    if (scene.made(change.table())) {
      return sources.isEmpty() ? Verdict.expand(MADE_HERE) : acrossTables("merges rows", sources);
    }
    // What changes rows in place waits for a decision, whatever it inserts besides.
    boolean updates = change.actions().contains(Change.Merge.Action.UPDATE);
    return change.actions().stream()
        .filter(action -> !(updates && action == Change.Merge.Action.INSERT))
        .sorted()
        .map(action -> merge(action, change.table(), sources, scene))
        .reduce(Verdict::and)
        .orElseThrow();
  }

  private static Verdict merge(
      Change.Merge.Action action, QualifiedName table, Set<QualifiedName> sources, Scene scene) {
    return switch (action) {
      case INSERT -> sources.isEmpty() ? newRows() : acrossTables("copies rows", sources);
      case UPDATE -> inPlace(table, scene);
      case DELETE -> deletes(scene);
    };
  }

  static Verdict truncate(Change.Truncate change, Scene scene) {
    return change.tables().stream().allMatch(scene::made) && !change.cascade()
        ? Verdict.expand(MADE_HERE)
        : Verdict.contract("destroys all rows, which the old version reads until it is gone");
  }

  static Verdict copy(Change.Copy change, Scene scene) {
    if (!change.into()) {
      return Verdict.nothing("reads only");
    }
    return scene.made(change.table()) ? Verdict.expand(MADE_HERE) : newRows();
  }

  private static Verdict newRows() {
    return Verdict.expand("new rows").also("the old version meets rows that it does not know");
  }

  static Verdict query(Change.Query change, Scene scene) {
    References references = change.query().references();
    Calls.Reach reach = scene.calls().from(references, scene.before());
    if (!reach.unknown().isEmpty()) {
      return Verdict.unknown(
          "calls " + named(reach.unknown()) + ", and what that does was never seen");
    }
    if (!reach.references().complete()) {
      return Verdict.unknown("could not be read in full: what it does is not known");
    }
    Set<QualifiedName> writes = reach.references().writes();
    if (!writes.isEmpty()) {
      return writes.stream().allMatch(scene::made)
          ? Verdict.expand(MADE_HERE)
          : writing(writes, scene);
    }
    if (reach.references().locked().stream().anyMatch(t -> !scene.made(t))) {
      return Verdict.accompanies(
          "locks rows: who writes one of them waits until the transaction ends");
    }
    Optional<String> numbers = numbersSet(reach.references(), scene);
    if (numbers.isPresent()) {
      return nextNumber(numbers.get(), scene);
    }
    return scene.dialect().isVolatile(change.query(), scene.before())
        ? Verdict.optional("draws or sets a sequence, a setting or a lock; no rows change")
        : Verdict.nothing("reads only");
  }

  /**
   * A sequence that others draw from and that {@code setval} sets, or the table whose one it is;
   * MariaDB sets none back.
   */
  private static Optional<String> numbersSet(References references, Scene scene) {
    boolean sets =
        scene.dialect().engine() == Engine.POSTGRESQL
            && references.functions().stream().anyMatch(f -> f.name().text().equals("setval"));
    if (!sets) {
      return Optional.empty();
    }
    Set<QualifiedName> named =
        references.named().isEmpty() ? references.relations() : references.named();
    return named.isEmpty()
        ? Optional.of("a sequence")
        : named.stream()
            .filter(n -> !madeNumbers(n, scene))
            .sorted()
            .findFirst()
            .map(n -> n.name().text());
  }

  /** A sequence that this release makes, or that belongs to a column that it makes. */
  private static boolean madeNumbers(QualifiedName sequence, Scene scene) {
    return scene.made(sequence)
        || scene
            .before()
            .other(ObjectKind.SEQUENCE, scene.resolve(sequence))
            .flatMap(Schema.Other::owner)
            .map(o -> scene.made(o.table(), o.column()))
            .orElse(false);
  }

  private static Verdict writing(Set<QualifiedName> writes, Scene scene) {
    QualifiedName old =
        writes.stream().filter(w -> !scene.made(w)).sorted().findFirst().orElseThrow();
    return inPlace(new QualifiedName(Optional.empty(), old.name()), scene);
  }

  private static String named(Set<QualifiedName> routines) {
    return routines.stream()
        .map(QualifiedName::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
