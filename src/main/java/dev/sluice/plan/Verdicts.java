package dev.sluice.plan;

import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan.Conflict;
import dev.sluice.plan.Plan.DirectiveNeeded;
import dev.sluice.plan.Plan.Note;
import dev.sluice.plan.Plan.Place;
import dev.sluice.release.Subject;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a plan has to say besides its steps, in the order of the files. */
final class Verdicts {

  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<DirectiveNeeded> directivesNeeded = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  static Place place(Statement statement) {
    return new Place(
        statement.source().file(),
        statement.location().line(),
        statement.location().column(),
        statement.shown());
  }

  void note(Subject subject, String text) {
    Note note = new Note(place(subject.statement()), text);
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  void undecided(Subject subject, Proposal.Undecided what) {
    DirectiveNeeded needed =
        new DirectiveNeeded(place(subject.statement()), what.why(), what.choices());
    // What holds for a whole statement is found at each of its clauses.
    if (!directivesNeeded.contains(needed)) {
      directivesNeeded.add(needed);
    }
  }

  /** A migration that only Flyway can run. */
  void unreadable(Migration migration) {
    directivesNeeded.add(
        new DirectiveNeeded(
            new Place(migration.file(), 1, 1, ""),
            "only Flyway can run it, and what it does cannot be read",
            List.of(
                "a release of its own: run it by Flyway, before or after this one",
                "write it as SQL")));
  }

  /** The second statement must run before the deployment and after the first, which must not. */
  void conflict(Subject deferred, Subject needed) {
    conflicts.add(
        new Conflict(
            List.of(place(deferred.statement()), place(needed.statement())),
            "the new version needs "
                + needed.object()
                + " when it starts, and it builds on what "
                + deferred.statement().place()
                + " does to "
                + deferred.object()
                + ", which would break the old version before it is gone",
            List.of(
                "two releases: put the second statement into the next one",
                "where the new version can start without it: -- sluice: phase post-deploy:"
                    + " <reason>, before the second statement",
                "where the old version no longer uses "
                    + deferred.object()
                    + ": -- sluice: phase pre-deploy: <reason>, before the first statement",
                "another name for the new object, so that both can stand side by side")));
  }

  List<Conflict> conflicts() {
    return List.copyOf(conflicts);
  }

  List<DirectiveNeeded> directivesNeeded() {
    return List.copyOf(directivesNeeded);
  }

  List<Note> notes() {
    return List.copyOf(notes);
  }
}
