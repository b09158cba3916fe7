package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Directive;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Planner.Order;
import dev.sluice.release.Dependencies;
import dev.sluice.release.Effects.Item;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Release;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.ColumnRenaming;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The fold over a release: each change in turn, into the phase and the form that are right. */
final class Planning {

  private final Dialect dialect;
  private final List<Recipe> recipes;
  private final PlanSettings settings;
  private final Order order;
  private final Release release;
  private final Dependencies dependencies;
  private final Replacements replacements;
  private final Verdicts verdicts = new Verdicts();
  private final Course course;

  Planning(Dialect dialect, List<Recipe> recipes, PlanSettings settings, Order order) {
    this.dialect = dialect;
    this.recipes = recipes;
    this.settings = settings;
    this.order = order;
    this.release = order.release();
    this.dependencies = Dependencies.among(release.subjects());
    this.replacements = new Replacements(release, dependencies);
    this.course = new Course(dialect, settings, order, dependencies);
  }

  Plan plan() {
    Map<String, List<Subject>> subjects = release.subjectsByScript();
    List<Release.WiderEnum> wider = release.widerEnums();
    List<List<Subject>> together = new ArrayList<>(release.renumberings());
    wider.forEach(w -> together.add(w.subjects()));
    for (Migration migration : release.migrations()) {
      course.atNextMigration();
      if (!migration.readable()) {
        verdicts.unreadable(migration);
      }
      List<Subject> own = subjects.getOrDefault(migration.script(), List.of());
      Reapplied.note(migration, own).ifPresent(note -> verdicts.note(own.getFirst(), note));
      for (List<List<Subject>> statements : Bundles.of(statements(own), together)) {
        statements.forEach(this::heed);
        Optional<Release.WiderEnum> values = alone(statements, wider);
        if (values.isPresent()) {
          widen(values.get());
        } else if (statements.size() > 1) {
          together(statements);
        } else {
          statement(statements.getFirst());
        }
      }
    }
    List<Planned> complete =
        new Swaps(dialect.writer(), course.phases().pre(), release.before())
            .complete(course.planned(), course.swaps());
    return new Numbering(dialect, settings, order, complete, verdicts).plan();
  }

  /** What the statements do, where that is all, and nobody said when they run as they are. */
  private Optional<Release.WiderEnum> alone(
      List<List<Subject>> statements, List<Release.WiderEnum> wider) {
    List<Subject> all = statements.stream().flatMap(List::stream).toList();
    return wider.stream()
        .filter(w -> w.subjects().equals(all))
        .filter(w -> all.stream().noneMatch(s -> order.decisions().apply(s).placed()))
        .findFirst();
  }

  private void widen(Release.WiderEnum wider) {
    Subject first = wider.subjects().getFirst();
    Sketch sketch = course.situation(first, Phase.PRE_DEPLOY).sketch();
    wider
        .additions()
        .forEach(
            value ->
                sketch.add(
                    sketch
                        .ddl(Phase.PRE_DEPLOY, value)
                        .titled("add value '" + value.value() + "' to enum " + value.type().name())
                        .because(
                            "all that comes of the statements up to "
                                + wider.subjects().getLast().statement().place()
                                + "; no table is rewritten")));
    take(first, sketch.done());
    wider
        .subjects()
        .subList(1, wider.subjects().size())
        .forEach(s -> course.carriedOutBy(first, s));
  }

  private void heed(List<Subject> clauses) {
    Subject first = clauses.getFirst();
    for (Directive directive : order.decisions().apply(first).directives()) {
      Unheeded.of(directive, clauses).ifPresent(u -> verdicts.undecided(first, u));
    }
  }

  /** The changes of each statement, in file order. */
  private static List<List<Subject>> statements(List<Subject> ofMigration) {
    List<List<Subject>> statements = new ArrayList<>();
    for (Subject subject : ofMigration) {
      if (statements.isEmpty()
          || !statements.getLast().getFirst().statement().equals(subject.statement())) {
        statements.add(new ArrayList<>());
      }
      statements.getLast().add(subject);
    }
    return statements;
  }

  private void statement(List<Subject> clauses) {
    if (Together.needsAll(dialect, clauses)) {
      together(List.of(clauses));
      return;
    }
    int start = course.planned().size();
    Phases before = course.phases();
    clauses.forEach(this::change);
    course.unite(start, clauses.size(), clauses.getFirst().statement(), before);
  }

  private void change(Subject subject) {
    switch (subject.change()) {
      case Change.SetParameter set -> {
        if (Sessions.isOurs(set)) {
          verdicts.note(
              subject, set.parameter() + " is left out: every step waits as Sluice's settings say");
        } else {
          course.set(set, subject.statement().shown());
        }
      }
      case Change.UseSchema use -> {
        verdicts.undecided(subject, elsewhere(use));
        course.fold(subject, Phase.PRE_DEPLOY);
      }
      case Change.TransactionControl control ->
          verdicts.note(subject, "left out: every step has its own transaction");
      case Change.LockTable lock ->
          verdicts.note(subject, "left out: every step takes just the locks that it needs");
      case Change.NoEffect nothing when discards(nothing) ->
          verdicts.note(subject, "left out: it would let go of Sluice's own locks");
      default -> replaceOrCarryOut(subject);
    }
  }

  private static Proposal.Undecided elsewhere(Change.UseSchema use) {
    return new Proposal.Undecided(
        "USE " + use.schema() + ": steps run one by one, each in the database of the connection",
        List.of("write " + use.schema() + ". in front of the names behind it, and leave USE out"));
  }

  private static boolean discards(Change.NoEffect nothing) {
    return nothing.command().toUpperCase(Locale.ROOT).startsWith("DISCARD");
  }

  private void replaceOrCarryOut(Subject subject) {
    for (List<Redefinition> group = replacements.neededBy(subject);
        !group.isEmpty();
        group = replacements.neededBy(subject)) {
      replace(group);
    }
    if (replacements.concerns(subject)) {
      List<Redefinition> complete = replacements.reached(subject);
      if (!complete.isEmpty()) {
        replace(complete);
      }
    } else {
      place(subject).ifPresent(phase -> carryOut(subject, course.situation(subject, phase)));
    }
  }

  private void replace(List<Redefinition> group) {
    Subject last = group.getLast().made();
    List<Phase> wanted =
        group.stream()
            .map(Redefinition::made)
            .distinct()
            .flatMap(made -> place(made).stream())
            .distinct()
            .toList();
    boolean early = replacements.tooEarly(group, course.plannedSubjects());
    if (early && wanted.size() == 1 && group.stream().allMatch(this::isPlaced)) {
      replacements.takeApart(group);
      group.stream().map(Redefinition::dropped).forEach(this::replaceOrCarryOut);
    } else if (early || wanted.size() > 1) {
      verdicts.undecided(last, takenApart(group));
      group.forEach(p -> course.fold(p.dropped(), Phase.PRE_DEPLOY));
      group.forEach(p -> course.fold(p.made(), Phase.PRE_DEPLOY));
    } else if (!wanted.isEmpty()) {
      carryOut(last, course.situation(last, wanted.getFirst()).replacing(group));
      group.forEach(p -> course.carriedOutBy(last, p.dropped()));
      group.forEach(p -> course.carriedOutBy(last, p.made()));
    }
  }

  private boolean isPlaced(Redefinition pair) {
    return order.decisions().apply(pair.dropped()).placed()
        && order.decisions().apply(pair.made()).placed();
  }

  private static Proposal.Undecided takenApart(List<Redefinition> group) {
    String names =
        group.stream().map(p -> p.made().object()).distinct().collect(Collectors.joining(", "));
    return new Proposal.Undecided(
        names
            + ": dropped and made again around statements that need it gone and that it builds on,"
            + " so it would be missing in between",
        List.of(
            "CREATE OR REPLACE, or DROP and CREATE next to each other",
            "-- sluice: phase post-deploy: <reason>, on all of them: each then runs by itself, and the"
                + " name is missing in between"));
  }

  /** The phase of a change; empty where it has none, which is then said. */
  private Optional<Phase> place(Subject subject) {
    if (subject.phase().isEmpty() && subject.kind() != Kind.NONE) {
      verdicts.undecided(subject, why(subject));
      course.fold(subject, Phase.PRE_DEPLOY);
      return Optional.empty();
    }
    Phase phase = subject.phase().orElse(Phase.PRE_DEPLOY);
    Optional<Subject> blocker = phase == Phase.PRE_DEPLOY ? blocker(subject) : Optional.empty();
    if (blocker.isEmpty()) {
      return Optional.of(phase);
    }
    if (subject.neededByNew() && !takesAway(subject, blocker.get())) {
      verdicts.conflict(blocker.get(), subject);
      course.fold(subject, Phase.POST_DEPLOY);
      return Optional.empty();
    }
    verdicts.note(
        subject,
        "waits for post-deploy, because "
            + blocker.get().statement().place()
            + " does, which it builds on");
    return Optional.of(Phase.POST_DEPLOY);
  }

  private static Proposal.Undecided why(Subject subject) {
    return subject.refusal().isPresent() ? refused(subject) : phaseWanted(subject);
  }

  /** No phase helps a statement that its server refuses in each. */
  private static Proposal.Undecided refused(Subject subject) {
    return new Proposal.Undecided(
        subject.reasons().getFirst(),
        List.of(
            "change the statement: Flyway would send it as it is and stop there, whatever the phase",
            "where the server is of another version, or has what the migrations do not make:"
                + " --engine NAME:VERSION, or --connect to ask it"));
  }

  private static Proposal.Undecided phaseWanted(Subject subject) {
    List<String> choices = new ArrayList<>();
    if (subject.change() instanceof Change.Unrecognised) {
      choices.add("correct it, where it is a slip: then the server would refuse it too");
    }
    choices.addAll(
        List.of(
            "-- sluice: phase pre-deploy: <reason>, where the old version works on after it",
            "-- sluice: phase post-deploy: <reason>, where the new version starts without it"));
    return new Proposal.Undecided(
        subject.reasons().isEmpty()
            ? "what it is to the old version cannot be told"
            : subject.reasons().getFirst(),
        choices);
  }

  /** What is not there yet is not missed by who wants it gone. */
  private static boolean takesAway(Subject subject, Subject earlier) {
    return subject.effects().drops().stream().anyMatch(earlier.effects().creates()::contains);
  }

  /** An earlier change that this one builds on and that comes after the deployment only. */
  private Optional<Subject> blocker(Subject subject) {
    return dependencies.before(subject).stream()
        .filter(s -> course.there(s).equals(Optional.of(Phase.POST_DEPLOY)))
        .filter(s -> !isSplitRename(subject) || standsInTheWay(s, subject))
        .findFirst()
        .or(() -> bearsItsName(subject))
        .or(() -> waitsForName(subject));
  }

  /**
   * A split rename leaves the old name only in post-deploy: until then nothing else can have it.
   */
  private Optional<Subject> bearsItsName(Subject subject) {
    return dependencies.before(subject).stream()
        .filter(Planning::isSplitRename)
        .filter(s -> s.effects().drops().stream().anyMatch(subject.effects().creates()::contains))
        .findFirst();
  }

  private static boolean isSplitRename(Subject subject) {
    return subject.kind() == Kind.RENAME
        && (subject.change() instanceof Change.RenameTable
            || subject.change() instanceof Change.MoveTable
            || ColumnRenaming.of(subject.change()).isPresent());
  }

  /**
   * A renaming that is split ends in post-deploy, in the order of the files. Before that it needs
   * no more than what bears the old name, and that nothing bears the new one.
   */
  private static boolean standsInTheWay(Subject earlier, Subject rename) {
    Set<Item> named = new LinkedHashSet<>();
    rename.effects().creates().stream().filter(Planning::isNamed).forEach(named::add);
    return takesAway(rename, earlier)
        || earlier.effects().writes().stream().anyMatch(named::contains);
  }

  private static boolean isNamed(Item item) {
    return item.kind() == Item.Kind.RELATION || item.kind() == Item.Kind.COLUMN;
  }

  /** A split rename, where the text of the change cannot be put into the names before it. */
  private Optional<Subject> waitsForName(Subject subject) {
    return course.inPreDeploy(subject.change()).isPresent()
        ? Optional.empty()
        : dependencies.before(subject).stream().filter(s -> s.kind() == Kind.RENAME).findFirst();
  }

  private void carryOut(Subject subject, Situation at) {
    take(
        subject,
        recipes.stream()
            .map(r -> r.plan(at))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no recipe for " + subject.change().label())));
  }

  private void take(Subject subject, Proposal proposal) {
    switch (proposal) {
      case Proposal.Undecided undecided -> {
        verdicts.undecided(subject, undecided);
        course.fold(subject, subject.phase().orElse(Phase.PRE_DEPLOY));
      }
      case Proposal.Steps steps -> {
        course.take(subject, steps);
        steps.notes().forEach(n -> verdicts.note(subject, n));
      }
    }
  }

  /** Statements that stay in one transaction, as they are written. */
  private void together(List<List<Subject>> statements) {
    List<Subject> all = statements.stream().flatMap(List::stream).toList();
    List<Phase> wanted =
        all.stream()
            .filter(s -> s.kind() != Kind.NONE)
            .flatMap(s -> s.phase().stream())
            .distinct()
            .toList();
    Optional<Subject> unplaced =
        all.stream().filter(s -> s.kind() != Kind.NONE && s.phase().isEmpty()).findFirst();
    if (unplaced.filter(s -> s.kind() == Kind.UNKNOWN).isPresent()) {
      all.forEach(s -> course.fold(s, Phase.PRE_DEPLOY));
      verdicts.undecided(unplaced.get(), why(unplaced.get()));
      return;
    }
    if (unplaced.isPresent() || wanted.size() > 1) {
      verdicts.undecided(
          unplaced.orElse(all.getFirst()),
          new Proposal.Undecided(
              "it stays together with the statements up to "
                  + all.getLast().statement().place()
                  + ", and they belong to different phases",
              List.of(
                  "-- sluice: phase pre-deploy: <reason>, on each of them",
                  "-- sluice: phase post-deploy: <reason>, on each of them")));
      all.forEach(s -> course.fold(s, Phase.PRE_DEPLOY));
      return;
    }
    Phase phase = wanted.isEmpty() ? Phase.PRE_DEPLOY : wanted.getFirst();
    Subject first = all.getFirst();
    take(first, Together.of(course.situation(first, phase), statements));
    all.subList(1, all.size()).forEach(s -> course.carriedOutBy(first, s));
  }
}
