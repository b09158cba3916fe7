package dev.sluice.cli;

import dev.sluice.cli.PendingRelease.Found;
import dev.sluice.migration.Remark;
import dev.sluice.release.Kind;
import dev.sluice.report.Words;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
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
            + " refused: a remark that Flyway refuses to run for."
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
      case REFUSED -> found.remarks().stream().filter(Remark::refused).map(Remark::where).toList();
      default ->
          found.releases().stream()
              .flatMap(
                  release ->
                      Stream.concat(
                          release.migrations().stream()
                              .filter(m -> !m.readable() && kind.equals(Kind.UNKNOWN.id()))
                              .map(m -> m.file()),
                          release.subjects().stream()
                              .filter(s -> s.kind().id().equals(kind))
                              .map(s -> s.statement().place())))
              .distinct()
              .toList();
    };
  }
}
