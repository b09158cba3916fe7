package dev.sluice.report;

import dev.sluice.drift.Drift;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Remark;
import dev.sluice.migration.Version;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.Impact;
import dev.sluice.schema.Statistics.Size;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;

/** {@code classify --format json}. */
public final class ClassifyJson {
  private ClassifyJson() {}

  /** Writes it bit by bit and closes {@code text}. */
  public static void write(Classification classification, Writer text) {
    Json.object(
        text,
        json -> {
          json.text("engine", classification.dialect().engine().id());
          json.text("engineVersion", classification.dialect().version().toString());
          json.manyObjects(
              "migrations",
              classification.files().toList(),
              (one, file) -> migration(one, classification, file));
          json.objects(
              "bystanders",
              classification.bystanders(),
              bystander -> {
                json.text("file", bystander.file());
                json.text("what", bystander.what());
              });
          json.objects("remarks", classification.remarks(), remark -> remark(json, remark));
          classification.drift().ifPresent(drift -> drift(json, drift));
        });
  }

  private static void remark(Json json, Remark remark) {
    json.text("kind", remark.kind().id());
    json.text("where", remark.where());
    json.text("migration", remark.migration());
    json.text("what", remark.what());
    json.text("cost", remark.cost());
    json.text("fix", remark.fix());
    json.flag("refused", remark.refused());
  }

  private static void drift(Json json, Drift drift) {
    json.object(
        "drift",
        all -> {
          all.flag("complete", drift.complete());
          all.objects(
              "differences",
              drift.differences(),
              difference -> {
                json.text("kind", difference.kind());
                json.text("object", difference.object());
                json.text("what", Optional.of(difference.what()).filter(w -> !w.isEmpty()));
                json.text("migrations", difference.migrations());
                json.text("database", difference.database());
              });
        });
  }

  private static void migration(
      Json json, Classification classification, Classification.File file) {
    Migration migration = file.migration();
    json.text("version", migration.version().map(Version::text));
    json.text("description", migration.description());
    json.text("file", migration.file());
    json.text("type", migration.type().name().toLowerCase(Locale.ROOT));
    json.flag("repeatable", migration.type() == Migration.Type.REPEATABLE);
    json.flag("pending", true);
    json.text("kind", file.kind().id());
    json.objects(
        "statements", file.statements(), judged -> statement(json, classification, judged));
  }

  private static void statement(
      Json json, Classification classification, Classification.Judged judged) {
    json.number("line", judged.statement().location().line());
    json.number("column", judged.statement().location().column());
    json.text("sql", judged.statement().shown());
    json.text("kind", judged.kind().id());
    json.text("phase", judged.phase().map(Phase::id));
    json.text("parsedBy", judged.subjects().get(0).parsedBy().name().toLowerCase(Locale.ROOT));
    json.objects("changes", judged.subjects(), subject -> change(json, classification, subject));
  }

  private static void change(Json json, Classification classification, Subject subject) {
    json.text("change", subject.change().label());
    json.text("object", subject.object());
    json.text("kind", subject.kind().id());
    json.text("phase", subject.phase().map(Phase::id));
    json.object("impact", impact -> impact(impact, classification, subject));
    json.flag("breaksOld", subject.breaksOld());
    json.flag("neededByNew", subject.neededByNew());
    json.texts("reasons", subject.reasons());
  }

  private static void impact(Json json, Classification classification, Subject subject) {
    Impact impact = subject.impact();
    json.text("work", impact.work().name());
    json.text("algorithm", impact.algorithm().map(Algorithm::name));
    json.objects(
        "locks",
        impact.locks(),
        lock -> {
          json.text("relation", lock.relation().toString());
          json.text("mode", lock.mode().text());
          Optional<Size> size = classification.size(subject, lock.relation());
          json.number("rows", size.map(Size::rows));
          json.number("bytes", size.map(Size::bytes));
        });
    json.flag("blocksReads", impact.blocksReads());
    json.flag("blocksWrites", impact.blocksWrites());
    json.flag("transactional", impact.transactional());
  }
}
