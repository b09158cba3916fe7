package dev.sluice.report;

import dev.sluice.report.RunReport.LockRun;
import dev.sluice.report.RunReport.StepRun;
import dev.sluice.report.RunReport.VersionRun;
import dev.sluice.report.RunReport.WindowRun;
import dev.sluice.testing.Golden;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunReportJsonTest {

  @Test
  void theFormIsAsPromised() {
    RunReport report =
        new RunReport(
            "2026-11-21-42",
            true,
            List.of(new VersionRun("old", 12000, 0, 87), new VersionRun("new", 11000, 0, 64)),
            List.of(
                new StepRun(
                    "42.1",
                    1,
                    3,
                    Optional.empty(),
                    List.of(new LockRun("public.orders", "ACCESS EXCLUSIVE", 1))),
                new StepRun("42.2", 1, 812, Optional.of(100_000L), List.of())),
            List.of(new WindowRun("42.3", "queue-requests", 900, 120, 880, 0)));
    Golden.check("report.json", RunReportJson.of(report));
  }
}
