package dev.sluice.cli;

import dev.sluice.cli.PendingRelease.Found;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Remark;
import dev.sluice.release.Kind;
import dev.sluice.release.Subject;
import dev.sluice.report.Words;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What makes {@code classify} end with 1, so that a pipeline stops there. */
final class FailOn {

  private static final String DRIFT = "drift";
  private static final String REMARK = "remark";
  private static final String REFUSED = "refused";

  private static final List<String> KNOWN =
      Stream.concat(
              Arrays.stream(Kind.values()).filter(k -> k != Kind.MIXED).map(Kind::id),
              Stream.of(DRIFT, REMARK, REFUSED))
          .toList();

  @Option(
      names = "--fail-on",
      paramLabel = "KIND",
      split = ",",
      description = {
        "End with 1 where there is one of these kinds, as in unknown,contract; or drift, remark, or"
            + " refused: what Flyway refuses to run for, and statements that the server refuses."
      })
  private List<String> kinds = List.of();

  /**
   * @throws Problem where one is none
   */
  List<String> kinds() {
    for (String kind : kinds) {
      if (!KNOWN.contains(kind)) {
        throw new Problem(
            Reason.USE,
            "--fail-on "
                + kind
                + ": no such kind\n  fix: "
                + String.join(", ", KNOWN)
                + "; several with commas between");
      }
    }
    return kinds;
  }

  /** One line for each kind that is there, with its places; empty where none is. */
  List<String> failures(Found found) {
    List<String> failures = new ArrayList<>();
    for (String kind : new LinkedHashSet<>(kinds())) {
      List<String> places = places(kind, found);
      if (!places.isEmpty()) {
        failures.add("--fail-on " + kind + ": " + Words.first(places, 5));
      }
    }
    return failures;
  }

  private static List<String> places(String kind, Found found) {
    return switch (kind) {
      case DRIFT ->
          found.drift().stream()
              .flatMap(drift -> drift.differences().stream())
              .map(difference -> difference.kind() + " " + difference.object())
              .toList();
      case REMARK -> found.remarks().stream().map(Remark::where).toList();
      case REFUSED ->
          Stream.concat(
                  found.remarks().stream().filter(Remark::refused).map(Remark::where),
                  statements(found, s -> s.refusal().isPresent()))
              .toList();
      default ->
          Stream.concat(
                  found.releases().stream()
                      .flatMap(release -> release.migrations().stream())
                      .filter(m -> !m.readable() && kind.equals(Kind.UNKNOWN.id()))
                      .map(Migration::file),
                  statements(found, s -> s.kind().id().equals(kind)))
              .distinct()
              .toList();
    };
  }

  private static Stream<String> statements(Found found, Predicate<Subject> which) {
    return found.releases().stream()
        .flatMap(release -> release.subjects().stream())
        .filter(which)
        .map(s -> s.statement().place())
        .distinct();
  }
}
