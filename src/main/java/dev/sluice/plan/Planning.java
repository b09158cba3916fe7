package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Planner.Order;
import dev.sluice.release.Dependencies;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Release;
import dev.sluice.release.Release.Redefinition;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    for (Migration migration : release.migrations()) {
      course.atNextMigration();
      if (!migration.readable()) {
        verdicts.unreadable(migration);
      }
      for (List<List<Subject>> statements : Bundles.of(statements(migration))) {
        if (statements.size() > 1) {
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

  /** The changes of each statement, in file order. */
  private List<List<Subject>> statements(Migration migration) {
    List<List<Subject>> statements = new ArrayList<>();
    for (Subject subject : release.subjects(migration)) {
      if (statements.isEmpty()
          || !statements.getLast().getFirst().statement().equals(subject.statement())) {
        statements.add(new ArrayList<>());
      }
      statements.getLast().add(subject);
    }
    return statements;
  }

  private void statement(List<Subject> clauses) {
    int start = course.planned().size();
    clauses.forEach(this::change);
    course.unite(start, clauses.size(), clauses.getFirst().statement().shown());
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
      case Change.TransactionControl control ->
          verdicts.note(subject, "left out: every step has its own transaction");
      case Change.LockTable lock ->
          verdicts.note(subject, "left out: every step takes just the locks that it needs");
      case Change.NoEffect nothing when discards(nothing) ->
          verdicts.note(subject, "left out: it would let go of Sluice's own locks");
      default -> replaceOrCarryOut(subject);
    }
  }

  private static boolean discards(Change.NoEffect nothing) {
    return nothing.command().toUpperCase(Locale.ROOT).startsWith("DISCARD");
  }

  private void replaceOrCarryOut(Subject subject) {
    replacements.neededBy(subject).forEach(this::replace);
    if (replacements.isDone(subject)) {
      return;
    }
    Optional<Redefinition> pair = replacements.completedBy(subject);
    if (pair.isPresent()) {
      replace(pair.get());
    } else if (!replacements.holds(subject)) {
      place(subject).ifPresent(phase -> carryOut(subject, course.situation(subject, phase)));
    }
  }

  private void replace(Redefinition pair) {
    place(pair.made())
        .ifPresent(
            phase -> {
              carryOut(
                  pair.made(), course.situation(pair.made(), phase).inThePlaceOf(pair.dropped()));
              course.carriedOutBy(pair.made(), pair.dropped());
            });
  }

  /** The phase of a change; empty where it has none, which is then said. */
  private Optional<Phase> place(Subject subject) {
    if (subject.phase().isEmpty() && subject.kind() != Kind.NONE) {
      verdicts.undecided(subject, phaseWanted(subject));
      course.fold(subject, Phase.PRE_DEPLOY);
      return Optional.empty();
    }
    Phase phase = subject.phase().orElse(Phase.PRE_DEPLOY);
    Optional<Subject> blocker = phase == Phase.PRE_DEPLOY ? blocker(subject) : Optional.empty();
    if (blocker.isEmpty()) {
      return Optional.of(phase);
    }
    if (subject.neededByNew()) {
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

  private static Proposal.Undecided phaseWanted(Subject subject) {
    return new Proposal.Undecided(
        subject.reasons().isEmpty()
            ? "what it is to the old version cannot be told"
            : subject.reasons().getFirst(),
        List.of(
            "-- sluice: phase pre-deploy: <reason>, where the old version works on after it",
            "-- sluice: phase post-deploy: <reason>, where the new version starts without it"));
  }

  /** An earlier change that this one builds on and that comes after the deployment only. */
  private Optional<Subject> blocker(Subject subject) {
    return dependencies.before(subject).stream()
        .filter(s -> course.there(s).equals(Optional.of(Phase.POST_DEPLOY)))
        .findFirst()
        .or(() -> waitsForName(subject));
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
