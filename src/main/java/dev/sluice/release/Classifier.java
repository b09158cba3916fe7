package dev.sluice.release;

import static dev.sluice.release.Effects.Item.Kind.RELATION;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Directive;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.*;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says of every change of a release what it is to two versions that run side by side: its kind and
 * phase, and why.
 */
final class Classifier {

  private final List<Placed> release;
  private final Wanted wanted;
  private final Dialect dialect;
  private final Calls calls;
  private final ReleaseSettings settings;
  private final Function<Placed, List<Directive>> directives;
  private final Map<Integer, Redefinitions.Pair> redefinitions = new HashMap<>();
  private final List<KindOfInterception.Leaving> leaving;
  private final List<Renumbering> renumberings;
  private final List<EnumSwap> swaps;

  Classifier(
      List<Placed> release,
      Dialect dialect,
      ReleaseSettings settings,
      Function<Placed, List<Directive>> directives) {
    this.release = release;
    this.wanted = Wanted.in(release);
    this.dialect = dialect;
    this.calls = new Calls(dialect);
    this.settings = settings;
    this.directives = directives;
    List<Redefinitions.Pair> pairs =
        Redefinitions.in(
            release.stream().map(Placed::change).toList(),
            release.stream().map(Placed::effects).toList(),
            release.stream().map(Placed::before).toList());
    for (Redefinitions.Pair pair : pairs) {
      Redefinitions.Pair judged =
          pairs.stream().filter(p -> leads(p, pair)).findFirst().orElse(pair);
      redefinitions.put(pair.dropped(), judged);
      redefinitions.put(pair.made(), judged);
    }
    this.leaving = leaving();
    this.renumberings =
        Renumbering.in(
            release.stream().map(Placed::change).toList(),
            i -> release.get(i).migration().script(),
            i -> release.get(i).before());
    this.swaps =
        release.isEmpty()
            ? List.of()
            : EnumSwap.in(
                release.stream().map(Placed::change).toList(),
                i -> release.get(i).migration().script(),
                i -> release.get(i).before(),
                release.getLast().after());
  }

  /** Triggers that the release drops, once the old version is gone. */
  private List<KindOfInterception.Leaving> leaving() {
    List<KindOfInterception.Leaving> leaving = new ArrayList<>();
    for (int i = 0; i < release.size(); i++) {
      Placed at = release.get(i);
      if (at.change() instanceof DropTrigger drop
          && !redefinitions.containsKey(i)
          && directives.apply(at).stream().noneMatch(Classifier::isEarly)) {
        drop.table()
            .flatMap(t -> release.getFirst().before().trigger(t, drop.trigger()))
            .map(t -> new KindOfInterception.Leaving(t, at))
            .ifPresent(leaving::add);
      }
    }
    return leaving;
  }

  private static boolean isEarly(Directive directive) {
    return directive instanceof Directive.RunIn run && run.when() == Directive.When.PRE_DEPLOY;
  }

  /** An index that goes after its constraint, and comes again with it, is judged with it. */
  private boolean leads(Redefinitions.Pair constraint, Redefinitions.Pair index) {
    return constraint.made() == index.made()
        && release.get(constraint.dropped()).change() instanceof DropConstraint
        && release.get(index.dropped()).change() instanceof DropIndex;
  }

  /**
   * @param made before the change at {@code position}
   */
  Verdict judge(int position, Made made) {
    Placed at = release.get(position);
    List<Directive> own = directives.apply(at);
    Scene scene = new Scene(at.before(), made, wanted, dialect, calls, settings.dataChanges(), own);
    Verdict verdict =
        refused(at)
            .or(() -> paused(position))
            .or(() -> unread(at))
            .or(() -> renumbered(position))
            .or(() -> swapped(position))
            .orElseGet(() -> redefined(position, scene))
            .also(unseen(at, scene));
    for (Directive directive : own) {
      if (directive instanceof Directive.RunIn run) {
        Phase phase =
            switch (run.when()) {
              case PRE_DEPLOY -> Phase.PRE_DEPLOY;
              case POST_DEPLOY -> Phase.POST_DEPLOY;
            };
        verdict = verdict.directed(phase, run.reason());
      }
    }
    return verdict;
  }

  /** Of what its server refuses nobody can say what it does: nothing, until it is put right. */
  private Optional<Verdict> refused(Placed at) {
    return at.refusal()
        .map(
            refusal ->
                Verdict.unknown(
                    dialect.engine().title()
                        + " "
                        + dialect.version()
                        + " refuses this: "
                        + refusal.why()));
  }

  /** Where reading stopped is said as a place of the file: a statement can be long. */
  private static Optional<Verdict> unread(Placed at) {
    return at.change() instanceof Unrecognised c
        ? Optional.of(
            Verdict.unknown(
                "could not be read: "
                    + c.reason()
                    + c.at()
                        .flatMap(place -> at.statement().locate(place))
                        .map(place -> " (" + place + ")")
                        .orElse("")))
        : Optional.empty();
  }

  /** What is to be said of tables that it alters or writes and that the replay never saw. */
  private static List<String> unseen(Placed at, Scene scene) {
    Set<QualifiedName> tables = new LinkedHashSet<>();
    for (Set<Effects.Item> items :
        List.of(at.effects().creates(), at.effects().changes(), at.effects().drops())) {
      for (Effects.Item item : items) {
        switch (item.kind()) {
          case COLUMN, DEFAULT, NULLABILITY, CONSTRAINT, ROWS -> tables.add(item.owner());
          case RELATION, INDEX, TRIGGER, TYPE, ROUTINE, OTHER -> {}
        }
      }
    }
    return tables.stream()
        .filter(t -> !at.effects().creates().contains(Effects.Item.of(RELATION, t)))
        .flatMap(table -> scene.remarks(shortened(table, scene)).stream())
        .toList();
  }

  /** As an author would write it: without the schema where it goes without saying. */
  private static QualifiedName shortened(QualifiedName resolved, Scene scene) {
    QualifiedName bare = new QualifiedName(Optional.empty(), resolved.name());
    return scene.resolve(bare).equals(resolved) ? bare : resolved;
  }

  private Optional<Verdict> renumbered(int position) {
    return renumberings.stream()
        .filter(r -> r.holds(position))
        .findFirst()
        .flatMap(r -> r.verdict(position, release));
  }

  private Optional<Verdict> swapped(int position) {
    return swaps.stream().anyMatch(s -> s.holds(position))
        ? Optional.of(EnumSwap.verdict())
        : Optional.empty();
  }

  private Verdict redefined(int position, Scene scene) {
    Redefinitions.Pair pair = redefinitions.get(position);
    Placed at = release.get(position);
    if (pair == null) {
      return single(at.change(), scene);
    }
    Placed dropped = release.get(pair.dropped());
    Placed made = release.get(pair.made());
    return KindOfRedefinition.of(dropped, made, dialect)
        .orElseGet(
            () ->
                single(at.change(), scene)
                    .also(
                        position == pair.dropped()
                            ? "the name is given again at " + made.statement().place()
                            : "the name is taken away before, at " + dropped.statement().place()));
  }

  /** A trigger that is switched off and on again in one file: both accompany what is between. */
  private Optional<Verdict> paused(int position) {
    Placed at = release.get(position);
    if (!(at.change() instanceof EnableTrigger one)) {
      return Optional.empty();
    }
    int step = one.enabled() ? -1 : 1;
    for (int i = position + step;
        i >= 0 && i < release.size() && release.get(i).migration().equals(at.migration());
        i += step) {
      if (release.get(i).change() instanceof EnableTrigger other
          && other.kind() == one.kind()
          && other.table().equals(one.table())
          && other.name().equals(one.name())
          && other.enabled() != one.enabled()) {
        return Optional.of(
            Verdict.accompanies("switched off and on again around the statements between"));
      }
    }
    return Optional.empty();
  }

  private Verdict single(Change change, Scene scene) {
    Verdict verdict = KindOfInterception.beside(leaving, change, scene, family(change, scene));
    return MadeHere.concerns(change, scene)
        ? verdict.onWhatIsMadeHere("works on what this release itself makes: nobody uses it before")
        : verdict;
  }

  private Verdict family(Change change, Scene scene) {
    if (NotThere.is(change, scene.before())) {
      return Verdict.nothing("it is not there, and IF EXISTS says so: nothing happens");
    }
    return switch (change) {
      case CreateTable c -> KindOfTableChange.create(c, scene);
      case DropTable c -> KindOfTableChange.drop(c, scene);
      case RenameTable c -> KindOfTableChange.rename(c.table(), c.to(), scene);
      case MoveTable c -> KindOfTableChange.rename(c.table(), c.table().in(c.schema()), scene);
      case AlterTable c -> KindOfTableChange.alter(c, scene);
      case AttachPartition c -> KindOfTableChange.attach(c);
      case DetachPartition c -> KindOfTableChange.detach(c, scene);

      case AlterPartitions c -> KindOfTableChange.partitions(c, scene);

      case AddColumn c -> KindOfColumnChange.add(c, scene);
      case RedefineColumn c -> KindOfRedefinedColumn.of(c, scene);
      case DropColumn c -> KindOfColumnChange.drop(c, scene);
      case RenameColumn c -> KindOfColumnChange.rename(c, scene);
      case AlterColumnType c -> KindOfColumnChange.type(c, scene);
      case SetDefault c -> KindOfColumnChange.setDefault(c);
      case DropDefault c -> KindOfColumnChange.dropDefault(c, scene);
      case SetNotNull c -> KindOfColumnChange.setNotNull(c, scene);
      case DropNotNull c -> KindOfColumnChange.dropNotNull(c, scene);
      case AddIdentity c -> KindOfColumnChange.addIdentity(c, scene);
      case DropIdentity c -> KindOfColumnChange.dropIdentity();
      case DropExpression c -> KindOfColumnChange.dropExpression(c);
      case SetExpression c -> KindOfColumnChange.setExpression(c);
      case AlterColumnOption c -> KindOfColumnChange.option(c, scene);

      case AddConstraint c -> KindOfConstraintChange.add(c, scene);
      case DropConstraint c -> KindOfConstraintChange.drop(c, scene);
      case RenameConstraint c -> KindOfConstraintChange.rename(c);
      case ValidateConstraint c -> KindOfConstraintChange.validate(c, scene);
      case AlterConstraint c -> KindOfConstraintChange.alter(c, scene);

      case CreateIndex c -> KindOfIndexChange.create(c, scene);
      case DropIndex c -> KindOfIndexChange.drop(c, scene);
      case RenameIndex c -> KindOfIndexChange.rename(c, scene);
      case AttachIndex c -> KindOfIndexChange.attach();
      case AlterIndex c -> KindOfIndexChange.alter();
      case HideIndex c -> KindOfIndexChange.hide(c, scene);
      case Reindex c -> KindOfIndexChange.reindex();

      case CreateView c -> KindOfObjectChange.view(c, scene);
      case RefreshView c -> KindOfObjectChange.refresh();
      case CreateSequence c -> KindOfObjectChange.createSequence(c, scene);
      case AlterSequence c -> KindOfObjectChange.alterSequence(c, scene);
      case CreateType c -> Verdict.expand("a new type");
      case AddEnumValue c -> KindOfObjectChange.addEnumValue();
      case RenameEnumValue c -> KindOfObjectChange.renameEnumValue(c);
      case CreateDomain c -> Verdict.expand("a new domain");
      case CreateRoutine c -> KindOfObjectChange.routine(c, scene);
      case CreateTrigger c -> KindOfInterception.trigger(c, scene);
      case DropTrigger c -> KindOfInterception.dropTrigger(c, scene);
      case EnableTrigger c -> KindOfInterception.enable(c, scene);
      case CreateObject c -> KindOfObjectChange.create(c, scene);
      case AlterObject c -> KindOfObjectChange.alter(c);
      case DropObject c -> KindOfObjectChange.drop("it");
      case RenameObject c -> KindOfObjectChange.rename(c);
      case MoveObject c -> KindOfObjectChange.move(c);

      case Insert c -> KindOfRowChange.insert(c, scene);
      case Update c -> KindOfRowChange.update(c, scene);
      case Delete c -> KindOfRowChange.delete(c, scene);
      case Merge c -> KindOfRowChange.merge(c, scene);
      case Truncate c -> KindOfRowChange.truncate(c, scene);
      case Copy c -> KindOfRowChange.copy(c, scene);
      case Query c -> KindOfRowChange.query(c, scene);

      case SetServerParameter c ->
          Verdict.expand("a setting of the whole server").also("for the old version too");
      case UseSchema c -> Verdict.accompanies("what the names of the statements behind it mean");
      case SetParameter c -> Verdict.accompanies("a setting of the session");
      case TransactionControl c -> Verdict.accompanies("the bounds of a transaction");
      case LockTable c -> Verdict.accompanies("a lock for the statements behind it");
      case Grant c -> KindOfObjectChange.grant(c);
      case Comment c -> Verdict.nothing("a comment");
      case ChangeOwner c -> KindOfObjectChange.owner();
      case Maintenance c -> Verdict.nothing("the same rows, stored or estimated anew");
      case NoEffect c -> Verdict.nothing("changes neither schema nor rows");
      case Block c -> block(c, scene);
      case Unrecognised c -> Verdict.unknown("could not be read: " + c.reason());
    };
  }

  /** What its changes are, one after the other; it cannot be split. */
  private Verdict block(Block block, Scene scene) {
    if (!block.unknown().isEmpty()) {
      return Verdict.unknown("a part of the block is not known: " + block.unknown().getFirst());
    }
    EffectsOf effects = new EffectsOf(calls);
    Made made = scene.made().copy();
    Scene inner = scene.at(scene.before(), made);
    Optional<Verdict> all = Optional.empty();
    for (Change change : block.changes()) {
      Verdict verdict = single(change, inner);
      all = Optional.of(all.map(a -> a.and(verdict)).orElse(verdict));
      Scene before = inner;
      inner = inner.at(before.before().after(change), made);
      made.take(change, effects.change(change, before.before(), inner.before()), before.before());
    }
    return all.orElseGet(() -> Verdict.nothing("the block changes neither schema nor rows"));
  }
}
