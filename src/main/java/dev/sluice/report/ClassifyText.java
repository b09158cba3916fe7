package dev.sluice.report;

import dev.sluice.drift.Drift;
import dev.sluice.migration.Migrations.Bystander;
import dev.sluice.migration.Remark;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.sql.QualifiedName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code classify} for people: each statement with what it does to two running versions. */
public final class ClassifyText {
  private final Classification classification;
  private final Style style;
  private final StringBuilder text = new StringBuilder();

  private ClassifyText(Classification classification, Style style) {
    this.classification = classification;
    this.style = style;
  }

  public static String of(Classification classification, Style style) {
    return new ClassifyText(classification, style).write();
  }

  private String write() {
    List<Classification.File> files =
        classification
            .files()
            .filter(f -> !classification.onlyUnrecognised() || !f.statements().isEmpty())
            .toList();
    files.forEach(this::file);
    classification.bystanders().stream().filter(Bystander::runs).forEach(this::bystander);
    classification.bystanders().stream()
        .filter(b -> !b.runs())
        .collect(
            Collectors.groupingBy(
                Bystander::what,
                TreeMap::new,
                Collectors.mapping(Bystander::file, Collectors.toList())))
        .forEach((what, passedOver) -> line(Words.first(passedOver, 3) + "  " + what + "\n"));
    classification.remarks().forEach(this::remark);
    classification.drift().ifPresent(this::drift);
    summary(files);
    return text.toString();
  }

  private void file(Classification.File file) {
    line(style.bold(file.migration().file()) + "  " + style.kind(file.kind()));
    if (!file.migration().readable()) {
      line(
          "  a "
              + Words.of(file.migration().type())
              + ": Sluice sees that it is there, not what it does");
    }
    file.statements().forEach(this::statement);
    line("");
  }

  private void statement(Classification.Judged judged) {
    String place = judged.statement().location().toString();
    line("%6s  %s".formatted(place, Words.oneLine(judged.statement().shown(), 88)));
    for (Subject subject : judged.subjects()) {
      line(
          "        "
              + style.kind(subject.kind())
              + subject.phase().map(Phase::id).map(phase -> " · " + phase).orElse("")
              + " · "
              + subject.object());
      if (subject.kind() != Kind.NONE || ImpactWords.isFelt(subject.impact())) {
        line("          " + ImpactWords.of(subject.impact(), relation -> named(subject, relation)));
      }
      subject.reasons().forEach(reason -> line("          " + style.dim(reason)));
    }
  }

  /** With its size, where that is known. */
  private String named(Subject subject, QualifiedName relation) {
    return relation
        + classification
            .size(subject, relation)
            .map(s -> " (" + Words.rows(s.rows()) + ", " + Words.bytes(s.bytes()) + ")")
            .orElse("");
  }

  private void bystander(Bystander bystander) {
    line(
        style.bold(bystander.file())
            + "  "
            + bystander.what()
            + ": Flyway runs it, Sluice does not plan it");
    line("");
  }

  private void remark(Remark remark) {
    line(RemarkText.of(remark, style));
  }

  private void drift(Drift drift) {
    if (drift.differences().isEmpty()) {
      return;
    }
    line(
        style.yellow("drift")
            + ": the database is not what its migrations made; what it has is what counts above");
    drift
        .differences()
        .forEach(difference -> line("  " + Words.oneLine(difference.toString(), 160)));
    if (!drift.complete()) {
      line(
          "  not all that ran is known from the files (a statement that could not be read, a file that"
              + " is gone, edited or failed): a difference can have its reason there");
    }
    line("");
  }

  private void summary(List<Classification.File> files) {
    Map<Kind, Long> kinds =
        files.stream()
            .flatMap(file -> file.statements().stream())
            .collect(
                Collectors.groupingBy(
                    Classification.Judged::kind,
                    () -> new EnumMap<>(Kind.class),
                    Collectors.counting()));
    long statements = kinds.values().stream().mapToLong(Long::longValue).sum();
    line(
        Words.count(files.size(), "migration")
            + ", "
            + Words.count(statements, "statement")
            + (kinds.isEmpty()
                ? ""
                : kinds.entrySet().stream()
                    .map(e -> e.getValue() + " " + style.kind(e.getKey()))
                    .collect(Collectors.joining(", ", ": ", "")))
            + style.dim(
                "  ("
                    + classification.dialect().engine().title()
                    + " "
                    + classification.dialect().version()
                    + ")"));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
