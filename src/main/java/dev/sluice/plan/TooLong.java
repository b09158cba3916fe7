package dev.sluice.plan;

import dev.sluice.migration.Directive;
import dev.sluice.schema.Impact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is asked where a step would block for longer than a window may be, or nobody knows. */
final class TooLong {
  private TooLong() {}

  static Proposal.Undecided undecided(
      Situation at, Impact impact, Optional<Step.Estimate> estimate) {
    String locks =
        impact.locks().stream()
            .filter(l -> l.mode().blocksWrites())
            .map(l -> l.mode().text() + " on " + l.relation() + " (" + l.mode().inWords() + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    String work =
        switch (impact.work()) {
          case INSTANT -> "for a moment";
          case SCAN -> "while every row is read";
          case BUILD -> "while an index is built";
          case REWRITE -> "while the table is written anew";
        };
    Directive.Rule rule = Decisions.rule(impact.work());
    String why = at.subject().object() + ": " + locks + " " + work;
    return estimate
        .map(
            e ->
                new Proposal.Undecided(
                    why
                        + ", about "
                        + e.millis() / 1000
                        + " s for "
                        + e.rows()
                        + " rows; a window lasts at most "
                        + at.settings().longestWindow().toSeconds()
                        + " s, and there is no form that does not block",
                    List.of(
                        "-- sluice: allow " + rule.id() + ": <reason>, to run it as it is written",
                        "take it apart into changes that do not block, over two releases")))
        .orElseGet(
            () ->
                new Proposal.Undecided(
                    why + "; how long that is, nobody knows without the table's size",
                    List.of(
                        "give the sizes: --stats FILE, made with `sluice stats`, or --connect",
                        "-- sluice: allow "
                            + rule.id()
                            + ": <reason>, to run it as it is written")));
  }
}
