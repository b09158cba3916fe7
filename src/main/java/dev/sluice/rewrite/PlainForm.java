package dev.sluice.rewrite;

import dev.sluice.plan.Action;
import dev.sluice.plan.Condition;
import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a step does, as SQL that runs without Sluice. What it loses on the way is said, or the step
 * is refused before.
 */
abstract class PlainForm {

  /** Rows of a batch: their locks are held for some tens of milliseconds. */
  static final int BATCH = 1000;

  private final List<String> lost = new ArrayList<>();

  /** What plain Flyway does not do of what it was asked for, besides what holds for every file. */
  final List<String> lost() {
    return lost.stream().distinct().toList();
  }

  final void lose(String sentence) {
    lost.add(sentence);
  }

  /** The step's pieces, in order; of one that only accompanies the release none. */
  final List<Piece> of(Step step) {
    List<Piece> pieces =
        switch (step.action()) {
          case Action.Ddl ddl -> ddl(step, ddl);
          case Action.Backfill backfill -> List.of(rows(step, backfill));
          case Action.Verify verify ->
              List.of(
                  sampled(
                      verify.patience().isZero()
                          ? look(step, verify.conditions())
                          : await(step, verify),
                      verify));
          case Action.Deploy deploy -> List.of();
          case Action.RecordHistory history -> List.of();
          case Action.Manual manual ->
              throw new IllegalArgumentException(
                  "no SQL does what a person does: " + manual.reason());
        };
    return looksFirst(step) ? behind(look(step, step.conditions()), pieces) : pieces;
  }

  /** In one transaction with what it is asked for, where that has one. */
  private static List<Piece> behind(Piece look, List<Piece> pieces) {
    List<Piece> all = new ArrayList<>(pieces);
    Piece first = pieces.getFirst();
    if (first.manner() == Piece.Manner.TOGETHER) {
      List<String> statements = new ArrayList<>(look.statements());
      statements.addAll(first.statements());
      all.set(0, new Piece(first.step(), statements, first.manner(), first.remarks()));
    } else {
      all.addFirst(look);
    }
    return all;
  }

  /** Whether something is asked before it that the server would not find out by itself. */
  static boolean looksFirst(Step step) {
    // That no index bears the name already: CREATE INDEX is refused where one does.
    boolean makesIndex =
        step.action() instanceof Action.Ddl ddl
            && ddl.sql().size() == 1
            && ddl.sql().getFirst().matches("(?is)CREATE (UNIQUE )?INDEX\\b.*");
    return !step.conditions().isEmpty() && !makesIndex;
  }

  private Piece rows(Step step, Action.Backfill backfill) {
    if (backfill.once()) {
      lose(
          step.title()
              + " is one statement: in batches nobody could tell after a failure which rows it has"
              + " changed already. Every row that it has changed stays locked until the last one"
              + " is done");
      return new Piece(
          step,
          List.of(backfill.statement()),
          Piece.Manner.TOGETHER,
          List.of("one statement: each row is changed once, or none is"));
    }
    return batches(step, backfill);
  }

  /** One statement for all rows, where there is nothing to walk by. */
  final Piece atOnce(Step step, Action.Backfill backfill, String why) {
    lose(
        step.title()
            + " is one statement, because "
            + why
            + ": every row that it has changed stays locked until the last one is done");
    return new Piece(
        step,
        List.of(backfill.statement()),
        Piece.Manner.REPEATABLE,
        List.of("one statement, because " + why));
  }

  private static Piece sampled(Piece piece, Action.Verify verify) {
    return verify
        .samples()
        .map(
            query ->
                new Piece(
                    piece.step(),
                    piece.statements(),
                    piece.manner(),
                    List.of("where it fails, this shows rows: " + query.replaceAll("\\s+", " "))))
        .orElse(piece);
  }

  abstract List<Piece> ddl(Step step, Action.Ddl ddl);

  /** Rows in batches, each a transaction of its own; may be begun anew at any time. */
  abstract Piece batches(Step step, Action.Backfill backfill);

  /** Fails where a condition does not hold. */
  abstract Piece look(Step step, List<Condition> conditions);

  /** Looks again until all hold, and fails when patience is over. */
  abstract Piece await(Step step, Action.Verify verify);

  /** What the server says where a look fails. */
  static String complaint(Step step) {
    return "it does not hold, so this stops here: " + step.title();
  }

  static String and(List<Condition> conditions, Function<Condition, String> as) {
    return conditions.stream().map(as).collect(Collectors.joining(" AND "));
  }
}
