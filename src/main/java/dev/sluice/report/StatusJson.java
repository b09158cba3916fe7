package dev.sluice.report;

import dev.sluice.journal.Entry;
import dev.sluice.journal.JournaledRelease;
import dev.sluice.plan.Step;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** {@code status --format json}. */
public final class StatusJson {
  private StatusJson() {}

  public static String of(Status status) {
    JournaledRelease release = status.release();
    return Json.object(
        json -> {
          json.text("release", release.plan().release());
          json.text("fingerprint", release.plan().fingerprint());
          json.text("state", release.state().name().toLowerCase(Locale.ROOT));
          json.text("phase", release.phase().id());
          json.flag("aborting", status.unfinishedAbort().isPresent());
          json.text("who", release.who());
          json.text("started", release.started().toString());
          json.text("ended", release.ended().map(Instant::toString));
          json.text("pausedBy", release.pause().map(JournaledRelease.Pause::by));
          json.text("runner", status.runner().map(r -> r.inWords()));
          json.objects("steps", release.plan().steps(), step -> step(json, status, step));
        });
  }

  private static void step(Json json, Status status, Step step) {
    Optional<Entry> last = status.last(step);
    json.text("id", step.id());
    json.text("phase", step.phase().id());
    json.text("title", step.title());
    json.text("state", status.progress(step).word());
    json.number("attempts", status.ledger().attempts(step.id()));
    json.number("rows", last.flatMap(Entry::rows));
    json.text("message", last.flatMap(Entry::message));
  }
}
