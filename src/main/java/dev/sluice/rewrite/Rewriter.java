package dev.sluice.rewrite;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Version;
import dev.sluice.plan.Action;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.Window;
import dev.sluice.release.Phase;
import dev.sluice.release.Release;
import dev.sluice.rewrite.Rewriting.NothingToSplit;
import dev.sluice.rewrite.Rewriting.PlainFile;
import dev.sluice.rewrite.Rewriting.Refused;
import dev.sluice.rewrite.Rewriting.Split;
import dev.sluice.sql.Location;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plan of one migration as files of plain SQL, which Flyway runs by itself. Pure: writes
 * nothing.
 */
public final class Rewriter {

  private final Dialect dialect;
  private final Release release;
  private final Migration migration;
  private final Plan plan;
  private final boolean mysql;

  /**
   * @param release of that migration alone
   * @param plan of that release, runnable
   */
  public Rewriter(Dialect dialect, Release release, Plan plan) {
    if (release.migrations().size() != 1 || !plan.runnable()) {
      throw new IllegalArgumentException(plan.release() + " is not the plan of one migration");
    }
    this.dialect = dialect;
    this.release = release;
    this.migration = release.migrations().getFirst();
    this.plan = plan;
    this.mysql = dialect.engine() != Engine.POSTGRESQL;
  }

  /**
   * @param names of the files
   * @param others versions of all other migrations
   */
  public Rewriting rewrite(PartNames names, List<Version> others) {
    List<Step> steps =
        plan.steps().stream()
            .filter(
                s ->
                    !(s.action() instanceof Action.Deploy
                        || s.action() instanceof Action.RecordHistory))
            .toList();
    List<String> refused = new ArrayList<>();
    steps.forEach(s -> refusal(s).ifPresent(refused::add));
    migration.statements().stream()
        .filter(s -> s.data().isPresent())
        .map(s -> s.place() + ": rows stand behind COPY … FROM STDIN\n  fix: write them as INSERT")
        .forEach(refused::add);
    if (!refused.isEmpty()) {
      return new Refused(refused);
    }
    if (AsWritten.is(migration, steps)) {
      return new NothingToSplit(steps.stream().findFirst().map(Step::phase));
    }
    PlainForm form =
        mysql
            ? new MysqlForm(
                dialect.writer(),
                Stream.concat(
                        Stream.of(release.before(), release.after()),
                        release.subjects().stream().map(s -> s.before()))
                    .toList())
            : new PostgresqlForm(dialect.writer());
    List<Part> parts =
        Parts.of(dialect.engine(), steps.stream().flatMap(s -> form.of(s).stream()).toList());
    List<PartNames.Named> named =
        names.of(
            migration.version().orElseThrow(), parts.stream().map(Part::phase).toList(), others);
    Trade trade = new Trade(dialect.engine(), parts);
    return new Split(files(parts, named), trade.needs(), trade.lost(form.lost()));
  }

  private static Optional<String> refusal(Step step) {
    String what =
        step.origin().map(o -> o.file() + ":" + o.line() + ": ").orElse("") + step.title();
    if (step.action() instanceof Action.Manual manual) {
      return Optional.of(
          what
              + ": no SQL does that: "
              + manual.reason()
              + "\n  fix: sluice plan and sluice apply");
    }
    if (step.window() == Window.CUT_OVER) {
      return Optional.of(
          what
              + ": both versions cannot share a schema while it runs, and plain Flyway holds no"
              + " requests\n  fix: sluice plan and sluice apply");
    }
    if (step.phase() != Phase.PRE_DEPLOY && step.phase() != Phase.POST_DEPLOY) {
      return Optional.of(
          what + ": belongs to " + step.phase().id() + "\n  fix: finish that release first");
    }
    return Optional.empty();
  }

  private List<PlainFile> files(List<Part> parts, List<PartNames.Named> named) {
    Map<Step, List<String>> comments = comments(parts);
    List<PlainFile> files = new ArrayList<>();
    List<String> tail = AuthorsComments.of(migration, mysql).atEnd();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<List<String>> before = new ArrayList<>();
      for (Piece piece : part.pieces()) {
        before.add(Optional.ofNullable(comments.remove(piece.step())).orElse(List.of()));
      }
      boolean last = i == parts.size() - 1;
      files.add(
          new PlainFile(
              named.get(i).version(),
              named.get(i).file(),
              part.phase(),
              part.transactional(),
              part.steps().stream().map(Step::title).toList(),
              PartText.of(
                  part,
                  mysql,
                  head(part, i + 1, parts.size()),
                  LockLimit.first(dialect.engine(), part),
                  before,
                  LockLimit.last(dialect.engine(), part),
                  last ? tail : List.of())));
    }
    return files;
  }

  private List<String> head(Part part, int number, int count) {
    List<String> head = new ArrayList<>();
    head.add(
        (count == 1 ? "" : "Part " + number + " of " + count + " of ")
            + migration.script()
            + ", "
            + part.phase().id()
            + ": "
            + (part.phase() == Phase.PRE_DEPLOY
                ? "runs before the new version rolls out."
                : "runs when the old version is gone."));
    head.add("Made by sluice rewrite " + migration.label() + "; lines are those of that file.");
    if (number == 1) {
      migration.sidecar().stream()
          .flatMap(beside -> beside.text().lines())
          .filter(line -> !line.isBlank())
          .map(line -> "carried out: " + line.strip().replaceFirst("^--+\\s*", ""))
          .forEach(head::add);
    }
    return head;
  }

  /** Each comment of the author's once, before the first step that comes of its statement. */
  private Map<Step, List<String>> comments(List<Part> parts) {
    AuthorsComments authors = AuthorsComments.of(migration, mysql);
    Map<Location, Step> first = new HashMap<>();
    List<Step> steps = parts.stream().flatMap(p -> p.steps().stream()).toList();
    for (Step step : steps) {
      step.origin().ifPresent(o -> first.putIfAbsent(new Location(o.line(), o.column()), step));
    }
    Map<Step, List<String>> all = new HashMap<>();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < migration.statements().size(); i++) {
      Statement statement = migration.statements().get(i);
      waiting.addAll(authors.ofStatements().get(i));
      if (!AsWritten.standsIn(statement, steps)) {
        waiting.add("-- as it was written, line " + statement.location().line() + ":");
        waiting.addAll(PartText.quoted(statement.shown()));
      }
      boolean end = i == migration.statements().size() - 1;
      Optional<Step> step =
          Optional.ofNullable(first.get(statement.location()))
              .or(() -> Optional.of(steps.getLast()).filter(s -> end));
      if (step.isPresent()) {
        List<String> its = all.computeIfAbsent(step.get(), s -> new ArrayList<>());
        waiting.forEach(c -> its.add(AuthorsComments.kept(c, step.get().phase())));
        waiting.clear();
      }
    }
    return all;
  }
}
