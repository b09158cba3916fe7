package dev.sluice.journal;

import dev.sluice.database.Session;
import dev.sluice.plan.Action;
import dev.sluice.plan.KnownRates;
import dev.sluice.plan.Step;
import dev.sluice.schema.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a server was at the steps of earlier releases. The middle one of what they took counts:
 * one that stood in line for its lock, or ran on an idle server, says little.
 */
public final class Measured {

  /** Further back the tables, the server and its load were others. */
  private static final int RELEASES = 10;

  /** What is shorter says more of the round trip than of the work. */
  private static final Duration SHORTEST = Duration.ofMillis(50);

  private static final long FEWEST_ROWS = 5_000;

  private final Map<Work, List<Long>> bytes = new EnumMap<>(Work.class);
  private final List<Long> rows = new ArrayList<>();

  private Measured() {}

  /** Nothing where there is no journal, or nothing in it that was large enough. */
  public static KnownRates in(Journal journal, Session session) {
    Measured measured = new Measured();
    if (journal.exists(session)) {
      journal
          .before(session, Long.MAX_VALUE)
          .limit(RELEASES)
          .forEach(
              release -> {
                Ledger ledger = journal.ledger(session, release.id());
                release.plan().steps().forEach(step -> measured.take(step, ledger));
              });
    }
    return new KnownRates(
        measured.of(Work.SCAN),
        measured.of(Work.BUILD),
        measured.of(Work.REWRITE),
        middle(measured.rows));
  }

  private void take(Step step, Ledger ledger) {
    Optional<Entry> done =
        ledger
            .last(step.id())
            .filter(e -> e.state() == Entry.State.DONE && time(e).compareTo(SHORTEST) >= 0);
    if (done.isEmpty()) {
      return;
    }
    long millis = time(done.get()).toMillis();
    switch (step.action()) {
      case Action.Ddl ddl ->
          step.estimate()
              .filter(e -> e.bytes() > 0)
              .ifPresent(
                  e ->
                      bytes
                          .computeIfAbsent(step.impact().work(), w -> new ArrayList<>())
                          .add(perSecond(e.bytes(), millis)));
      case Action.Backfill backfill ->
          done.get()
              .rows()
              .filter(changed -> changed >= FEWEST_ROWS)
              .ifPresent(changed -> rows.add(perSecond(changed, millis)));
      case Action.Verify verify -> {}
      case Action.Deploy deploy -> {}
      case Action.RecordHistory history -> {}
      case Action.Manual manual -> {}
    }
  }

  private static Duration time(Entry entry) {
    return entry.ended().map(end -> Duration.between(entry.started(), end)).orElse(Duration.ZERO);
  }

  private static long perSecond(long amount, long millis) {
    return Math.max(1, amount * 1000 / millis);
  }

  private Optional<Long> of(Work work) {
    return middle(bytes.getOrDefault(work, List.of()));
  }

  private static Optional<Long> middle(List<Long> rates) {
    return rates.isEmpty()
        ? Optional.empty()
        : Optional.of(rates.stream().sorted().toList().get((rates.size() - 1) / 2));
  }
}
