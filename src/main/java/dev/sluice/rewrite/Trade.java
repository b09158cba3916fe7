package dev.sluice.rewrite;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.Action;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import dev.sluice.rewrite.Piece.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What who stays with plain Flyway has to see to, and has to do without. */
final class Trade {

  private final Engine engine;
  private final List<Part> parts;

  Trade(Engine engine, List<Part> parts) {
    this.engine = engine;
    this.parts = parts;
  }

  /** Without which the files do not run, or do harm. */
  List<String> needs() {
    List<String> needs = new ArrayList<>();
    boolean concurrently = statements().anyMatch(s -> s.matches("(?is).*\\bCONCURRENTLY\\b.*"));
    if (engine == Engine.POSTGRESQL && concurrently) {
      needs.add(
          "flyway.postgresql.transactional.lock=false: with its default Flyway keeps a transaction"
              + " open that CONCURRENTLY waits for, for ever");
    }
    if (engine == Engine.POSTGRESQL && parts.stream().anyMatch(p -> !p.transactional())) {
      needs.add(
          "flyway.group is false, as by default: files without a transaction are in no group");
    }
    if (engine != Engine.POSTGRESQL && statements().anyMatch(s -> s.startsWith("CALL sluice_"))) {
      needs.add("the privilege CREATE ROUTINE: what loops or looks is a procedure, dropped again");
    }
    return needs;
  }

  /**
   * @param more what single steps lose
   */
  List<String> lost(List<String> more) {
    List<String> lost = new ArrayList<>();
    if (parts.stream().anyMatch(p -> p.phase() == Phase.POST_DEPLOY)) {
      lost.add(
          "nobody asks whether the old version is gone before a post-deploy file runs: a node that"
              + " runs Flyway when it starts runs it too");
    }
    if (parts.stream().anyMatch(Part::limited)) {
      lost.add(
          "a lock that is not had in "
              + LockLimit.SECONDS
              + " s fails the file; it is not tried again, nor in shorter tries");
    }
    if (parts.stream().anyMatch(p -> !p.transactional())) {
      lost.add(
          "a file without a transaction that fails stays half done: flyway repair, then migrate;"
              + " what is done already is passed over, but for an index: that is dropped first");
    }
    if (engine != Engine.POSTGRESQL) {
      lost.add(
          "a file that fails stays half done, since every definition commits: take out what is"
              + " done, or undo it, then flyway repair and migrate");
    }
    if (steps().anyMatch(s -> s.action() instanceof Action.Backfill)) {
      lost.add(
          "rows are changed at one pace, whatever replicas and users say, and from the first key"
              + " again after a failure");
    }
    if (statements(m -> m == Manner.REPEATABLE || m == Manner.LOOK).findAny().isPresent()) {
      lost.add("what waits or looks says that something is in the way, and not who");
    }
    steps()
        .filter(s -> s.window() != Window.NONE)
        .forEach(
            s ->
                lost.add(
                    s.title() + " runs without its window (" + s.window().id() + "): users wait"));
    lost.addAll(more);
    lost.add("nothing is taken back by sluice abort");
    return lost;
  }

  private Stream<Step> steps() {
    return parts.stream().flatMap(p -> p.steps().stream());
  }

  private Stream<String> statements() {
    return statements(m -> true);
  }

  private Stream<String> statements(Predicate<Manner> which) {
    return parts.stream()
        .flatMap(p -> p.pieces().stream())
        .filter(p -> which.test(p.manner()))
        .flatMap(p -> p.statements().stream());
  }
}
