package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Planner.Order;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Release;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fold: what is known and planned so far, and the next change into it. */
final class Planning {

  private final Dialect dialect;
  private final List<Recipe> recipes;
  private final PlanSettings settings;
  private final Order order;
  private final Release release;

  private final List<Planned> planned = new ArrayList<>();
  private final IdentityHashMap<Subject, Landing> landings = new IdentityHashMap<>();
  private final Verdicts verdicts = new Verdicts();
  private Phases phases;
  private Made made = Made.NOTHING;
  private StandIns standIns = StandIns.NONE;
  private Step.Session session = Step.Session.PLAIN;

  /**
   * Where a change came to lie.
   *
   * @param there from which phase on others find what it makes
   * @param steps its own
   */
  private record Landing(Phase there, List<Integer> steps) {}

  Planning(Dialect dialect, List<Recipe> recipes, PlanSettings settings, Order order) {
    this.dialect = dialect;
    this.recipes = recipes;
    this.settings = settings;
    this.order = order;
    this.release = order.release();
    this.phases = Phases.startingFrom(release.before());
  }

  Plan plan() {
    for (Migration migration : release.migrations()) {
      phases = phases.atNextMigration();
      session = Step.Session.PLAIN;
      for (List<Subject> clauses : statements(migration)) {
        statement(clauses);
      }
    }
    return new Numbering(dialect, settings, order, planned, verdicts).plan();
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
    int start = planned.size();
    clauses.forEach(this::change);
    List<Planned> own = planned.subList(start, planned.size());
    if (own.size() == clauses.size() && own.size() > 1 && own.stream().allMatch(Planning::asIs)) {
      if (own.stream().map(p -> p.draft().phase()).distinct().count() == 1) {
        unite(start, clauses.getFirst().statement());
      }
    }
  }

  private static boolean asIs(Planned one) {
    return one.draft().asWritten();
  }

  /** All clauses go the same way: the statement runs as it is written. */
  private void unite(int start, Statement statement) {
    List<Planned> own = List.copyOf(planned.subList(start, planned.size()));
    Set<Integer> after = new TreeSet<>();
    own.forEach(p -> after.addAll(p.after()));
    own.forEach(p -> after.remove(p.number()));
    Planned first = own.getFirst();
    Draft whole = Drafts.clauses(own.stream().map(Planned::draft).toList(), statement.shown());
    planned.subList(start, planned.size()).clear();
    planned.add(
        new Planned(
            first.number(), whole, first.migration(), first.subject(), first.session(), after));
    own.forEach(
        p ->
            p.subject()
                .ifPresent(
                    s ->
                        landings.computeIfPresent(
                            s, (k, l) -> new Landing(l.there(), List.of(first.number())))));
  }

  private void change(Subject subject) {
    switch (subject.change()) {
      case Change.SetParameter set -> {
        if (Sessions.isOurs(set)) {
          verdicts.note(subject, set.parameter() + " is left out: every step waits as Sluice says");
        } else {
          session = Sessions.after(session, set, subject.statement().shown());
          phases = phases.under(set);
        }
      }
      case Change.TransactionControl control ->
          verdicts.note(subject, "left out: every step has its own transaction");
      case Change.LockTable lock ->
          verdicts.note(subject, "left out: every step takes just the locks that it needs");
      case Change.NoEffect nothing
          when nothing.command().toUpperCase(Locale.ROOT).startsWith("DISCARD") ->
          verdicts.note(subject, "left out: it would let go of Sluice's own locks");
      default -> carryOut(subject);
    }
  }

  private void carryOut(Subject subject) {
    if (subject.kind() == Kind.UNKNOWN && subject.phase().isEmpty()) {
      verdicts.undecided(subject, phaseWanted(subject));
      fold(subject, Phase.PRE_DEPLOY);
      return;
    }
    Phase phase = subject.phase().orElse(Phase.PRE_DEPLOY);
    Optional<Subject> blocker = phase == Phase.PRE_DEPLOY ? blocker(subject) : Optional.empty();
    if (blocker.isPresent()) {
      if (subject.neededByNew()) {
        verdicts.conflict(blocker.get(), subject);
        fold(subject, Phase.POST_DEPLOY);
        return;
      }
      phase = Phase.POST_DEPLOY;
      verdicts.note(
          subject,
          "waits for post-deploy, because "
              + blocker.get().statement().place()
              + " does, which it builds on");
    }
    Situation at = situation(subject, phase);
    Proposal proposal =
        recipes.stream()
            .map(r -> r.plan(at))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no recipe for " + subject.change().label()));
    switch (proposal) {
      case Proposal.Undecided undecided -> {
        verdicts.undecided(subject, undecided);
        fold(subject, phase);
      }
      case Proposal.Steps steps -> take(subject, steps);
    }
  }

  private static Proposal.Undecided phaseWanted(Subject subject) {
    return new Proposal.Undecided(
        subject.reasons().isEmpty()
            ? "what it does to the old version cannot be told"
            : subject.reasons().getFirst(),
        List.of(
            "-- sluice: phase pre-deploy: <reason>, where the old version works on after it",
            "-- sluice: phase post-deploy: <reason>, where the new version starts without it"));
  }

  /** An earlier change that this one builds on and that comes after the deployment only. */
  private Optional<Subject> blocker(Subject subject) {
    return Dependencies.of(subject, release).stream()
        .filter(s -> landings.containsKey(s) && landings.get(s).there() == Phase.POST_DEPLOY)
        .findFirst()
        .or(() -> waitsForName(subject));
  }

  /** A split rename, where the text of the change cannot be put into the names before it. */
  private Optional<Subject> waitsForName(Subject subject) {
    if (standIns.inPreDeploy(subject.change(), phases.pre(), dialect.writer()).isPresent()) {
      return Optional.empty();
    }
    return Dependencies.of(subject, release).stream()
        .filter(s -> s.kind() == Kind.RENAME)
        .findFirst();
  }

  private Situation situation(Subject subject, Phase phase) {
    Change change =
        phase == Phase.PRE_DEPLOY
            ? standIns
                .inPreDeploy(subject.change(), phases.pre(), dialect.writer())
                .orElse(subject.change())
            : subject.change();
    return new Situation(
        subject,
        change,
        phase,
        release,
        phases,
        standIns,
        made,
        dialect,
        order.statistics(),
        order.decisions().apply(subject),
        settings);
  }

  private void take(Subject subject, Proposal.Steps steps) {
    Set<Integer> needs = new TreeSet<>();
    for (Subject earlier : Dependencies.of(subject, release)) {
      if (landings.containsKey(earlier)) {
        needs.addAll(landings.get(earlier).steps());
      }
    }
    List<Integer> own = new ArrayList<>();
    for (Draft draft : steps.steps()) {
      Set<Integer> after = new TreeSet<>(needs);
      after.removeIf(n -> phaseOf(n).compareTo(draft.phase()) > 0);
      if (!own.isEmpty()) {
        after = Set.of(own.getLast());
      }
      int number = planned.isEmpty() ? 0 : planned.getLast().number() + 1;
      planned.add(
          new Planned(number, draft, subject.migration(), Optional.of(subject), session, after));
      own.add(number);
      phases = phases.after(draft.phase(), draft.changes());
    }
    standIns = standIns.and(steps.stand());
    made = made.after(subject.change(), subject.before());
    landings.put(subject, new Landing(steps.there(), own));
    steps.notes().forEach(n -> verdicts.note(subject, n));
  }

  private Phase phaseOf(int number) {
    return planned.stream()
        .filter(p -> p.number() == number)
        .findFirst()
        .map(p -> p.draft().phase())
        .orElse(Phase.PRE_DEPLOY);
  }

  /** Goes on as if it were done, so that everything after it is judged all the same. */
  private void fold(Subject subject, Phase phase) {
    phases = phases.after(phase, List.of(subject.change()));
    made = made.after(subject.change(), subject.before());
    landings.put(subject, new Landing(phase, List.of()));
  }
}
