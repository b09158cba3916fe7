package dev.sluice.plan;

import dev.sluice.dialect.Dialect;
import dev.sluice.plan.Planner.Order;
import dev.sluice.release.Dependencies;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Change.SetParameter;
import dev.sluice.schema.ColumnRenaming;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Schema;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How far planning is: what is planned, where each change came to lie, and what holds now. */
final class Course {

  private final Dialect dialect;
  private final PlanSettings settings;
  private final Order order;
  private final Dependencies dependencies;

  private final List<Planned> planned = new ArrayList<>();
  private final List<Swap> swaps = new ArrayList<>();
  private final IdentityHashMap<Subject, Landing> landings = new IdentityHashMap<>();
  private Phases phases;
  private Made made = Made.NOTHING;
  private StandIns standIns = StandIns.NONE;
  private Step.Session session = Step.Session.PLAIN;
  private int next;

  /**
   * Where a change came to lie.
   *
   * @param there from which phase on others find what it makes
   * @param steps its own
   */
  private record Landing(Phase there, List<Integer> steps) {}

  /** The step that ends a stand-in. */
  record Swap(StandIn standIn, int step) {}

  Course(Dialect dialect, PlanSettings settings, Order order, Dependencies dependencies) {
    this.dialect = dialect;
    this.settings = settings;
    this.order = order;
    this.dependencies = dependencies;
    this.phases = Phases.startingFrom(order.release().before());
  }

  void atNextMigration() {
    phases = phases.atNextMigration();
    session = Step.Session.PLAIN;
  }

  void set(SetParameter setting, String shown) {
    session = Sessions.after(session, setting, shown);
    phases = phases.under(setting);
  }

  Phases phases() {
    return phases;
  }

  List<Planned> planned() {
    return planned;
  }

  List<Swap> swaps() {
    return List.copyOf(swaps);
  }

  /** From which phase on others find what the change makes; empty where it is not planned yet. */
  Optional<Phase> there(Subject subject) {
    return Optional.ofNullable(landings.get(subject)).map(Landing::there);
  }

  /** The changes that have their place already. */
  List<Subject> plannedSubjects() {
    return order.release().subjects().stream().filter(landings::containsKey).toList();
  }

  /** The change in the names that hold in pre-deploy; empty where it must wait. */
  Optional<Change> inPreDeploy(Change change) {
    return standIns.inPreDeploy(change, phases.pre(), dialect.writer());
  }

  Situation situation(Subject subject, Phase phase) {
    Change change =
        phase == Phase.PRE_DEPLOY
            ? inPreDeploy(subject.change()).map(c -> named(c, subject)).orElse(subject.change())
            : subject.change();
    return new Situation(
        subject,
        change,
        List.of(),
        phase,
        order.release(),
        phases,
        standIns,
        made,
        dialect,
        order.statistics(),
        order.decisions().apply(subject),
        settings);
  }

  /** Where it was put in other names, those that the engine would make up of them are given. */
  private Change named(Change translated, Subject subject) {
    return translated.equals(subject.change())
        ? translated
        : inPreDeploy(GivenNames.in(subject.change(), subject.before())).orElse(translated);
  }

  void take(Subject subject, Proposal.Steps steps) {
    List<Integer> own = new ArrayList<>();
    for (Draft draft : steps.steps()) {
      step(subject, draft, own);
      shown(subject, draft).forEach(view -> step(subject, view, own));
    }
    if (!(steps.stand() instanceof StandIn.None)) {
      swaps.add(new Swap(steps.stand(), own.getLast()));
    }
    standIns = standIns.and(steps.stand());
    landed(subject, steps.there(), own);
  }

  private void step(Subject subject, Draft draft, List<Integer> own) {
    Set<Integer> after = own.isEmpty() ? needs(subject, draft.phase()) : Set.of(own.getLast());
    planned.add(
        new Planned(
            next,
            draft,
            subject.migration(),
            Optional.of(subject),
            session.with(draft.settings()),
            after));
    own.add(next++);
    phases = phases.after(draft.phase(), draft.changes());
  }

  /** The new version knows the table by the view's name, and so finds a new column only there. */
  private List<Draft> shown(Subject subject, Draft draft) {
    List<Draft> drafts = new ArrayList<>();
    for (Change change : draft.changes()) {
      if (draft.phase() == Phase.PRE_DEPLOY
          && change instanceof Change.AddColumn add
          && gives(subject.change(), add.column().name())) {
        for (StandIn.View stand : standIns.viewsOf(add.table(), phases.pre())) {
          phases
              .pre()
              .view(stand.name())
              .map(v -> shownIn(v, stand, add, situation(subject, Phase.PRE_DEPLOY).sketch()))
              .ifPresent(drafts::add);
        }
      }
    }
    return drafts;
  }

  /** Whether it is the change's own column, not one that helps to carry it out. */
  private static boolean gives(Change change, Name column) {
    return (change instanceof Change.AddColumn add && add.column().name().equals(column))
        || ColumnRenaming.of(change).map(r -> r.to().equals(column)).orElse(false);
  }

  private Draft shownIn(View view, StandIn.View stand, Change.AddColumn add, Sketch sketch) {
    Change.CreateView wider =
        StandInView.with(view, stand.table(), add.column().name(), dialect.writer());
    return sketch
        .ddl(Phase.PRE_DEPLOY, wider)
        .titled("add column " + add.column().name() + " to view " + view.name())
        .because("until post-deploy the new version finds the table's columns in the view")
        .undoneBy(List.of(letGo(view)), Reversible.YES);
  }

  /** Where a view holds on to nothing, it only has to stop naming the column. */
  private String letGo(View view) {
    return dialect
        .writer()
        .detach(view.name())
        .orElseGet(() -> dialect.writer().write(new Change.CreateView(view, true, false, false)));
  }

  /** A change that the steps of another carry out along with theirs. */
  void carriedOutBy(Subject other, Subject subject) {
    Landing landing = landings.get(other);
    landed(
        subject,
        landing == null ? Phase.PRE_DEPLOY : landing.there(),
        landing == null ? List.of() : landing.steps());
  }

  private void landed(Subject subject, Phase there, List<Integer> steps) {
    made = made.after(subject.change(), subject.before());
    landings.put(subject, new Landing(there, List.copyOf(steps)));
  }

  /** The last step of each change that this one builds on, as far as it runs before. */
  private Set<Integer> needs(Subject subject, Phase phase) {
    Set<Integer> needs = new TreeSet<>();
    for (Subject earlier : dependencies.before(subject)) {
      Landing landing = landings.get(earlier);
      if (landing != null) {
        landing.steps().stream()
            .filter(n -> phaseOf(n).compareTo(phase) <= 0)
            .reduce((a, b) -> b)
            .ifPresent(needs::add);
      }
    }
    return needs;
  }

  private Phase phaseOf(int number) {
    return planned.stream()
        .filter(p -> p.number() == number)
        .findFirst()
        .map(p -> p.draft().phase())
        .orElse(Phase.PRE_DEPLOY);
  }

  /**
   * Goes on as if it were done, so that everything after it is judged all the same; but what its
   * server refuses is not done.
   */
  void fold(Subject subject, Phase phase) {
    if (subject.refusal().isEmpty()) {
      phases = phases.after(phase, List.of(subject.change()));
    }
    landed(subject, phase, List.of());
  }

  /**
   * The steps from {@code start} on as the one statement that they are clauses of, where they all
   * go the same way.
   */
  void unite(int start, int clauses, Statement statement, Phases before) {
    List<Planned> own = List.copyOf(planned.subList(start, planned.size()));
    boolean alike =
        own.size() == clauses
            && own.size() > 1
            && own.stream().allMatch(p -> p.draft().asWritten())
            && own.stream().map(p -> p.draft().phase()).distinct().count() == 1;
    if (!alike) {
      return;
    }
    Set<Integer> after = new TreeSet<>();
    own.forEach(p -> after.addAll(p.after()));
    own.forEach(p -> after.remove(p.number()));
    Planned first = own.getFirst();
    List<Draft> drafts = own.stream().map(Planned::draft).toList();
    Draft whole = Drafts.clauses(drafts, statement.shown());
    Schema schema = before.in(first.draft().phase());
    Impact impact =
        first
            .subject()
            .map(s -> situation(s, first.draft().phase()))
            .map(at -> at.impact(whole.changes(), dialect.read(statement).stated(), schema))
            .orElse(whole.cost().impact());
    if (isWorse(impact, drafts)) {
      return;
    }
    String sql = dialect.stating(statement.shown(), whole.changes(), schema);
    planned.subList(start, planned.size()).clear();
    planned.add(
        new Planned(
            first.number(),
            whole.running(new Action.Ddl(List.of(sql), impact.transactional())).costing(impact),
            first.migration(),
            first.subject(),
            first.session(),
            after));
    for (Planned one : own) {
      one.subject()
          .ifPresent(
              s ->
                  landings.computeIfPresent(
                      s, (k, l) -> new Landing(l.there(), List.of(first.number()))));
    }
  }

  /** What some clauses cost beside each other they do not cost one after the other. */
  private static boolean isWorse(Impact together, List<Draft> clauses) {
    List<Impact> own = clauses.stream().map(d -> d.cost().impact()).toList();
    return own.stream().allMatch(i -> i.work().compareTo(together.work()) < 0)
        || (together.blocksWrites() && own.stream().noneMatch(Impact::blocksWrites))
        || (together.blocksReads() && own.stream().noneMatch(Impact::blocksReads));
  }
}
