package dev.sluice.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dialect.Dialect;
import dev.sluice.plan.Plan;
import dev.sluice.release.DataChanges;
import dev.sluice.release.Release;
import dev.sluice.release.ReleaseSettings;
import dev.sluice.release.Releases;
import dev.sluice.schema.Statistics;
import dev.sluice.sql.QualifiedName;
import dev.sluice.testing.RealServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small release as a file: SQL that was applied, SQL that is pending, and the plan of it. The
 * same files are run on a server.
 *
 * @param applied schema and rows before the release
 * @param pending one text for each migration
 * @param repeatables texts of repeatable migrations that go out as well, by description
 * @param old statements that the old version sends: they work after every step of pre-deploy
 * @param fresh statements that the new version sends: they work from the end of pre-deploy on
 * @param volatileColumns columns whose values no two runs agree on
 * @param rows that every table is said to have
 * @param dataChanges the setting
 * @param plans by engine; of PostgreSQL alone under an empty name
 */
record PlanCase(
    Path file,
    String applied,
    List<String> pending,
    Map<String, String> repeatables,
    List<String> old,
    List<String> fresh,
    List<String> volatileColumns,
    long rows,
    DataChanges dataChanges,
    Map<String, String> plans) {

  private static final Path FOLDER = Path.of("src/test/resources/plans");

  static Stream<PlanCase> all() {
    return in(FOLDER);
  }

  /** Those that are planned for MySQL and for MariaDB. */
  static Stream<PlanCase> ofMysql() {
    return in(FOLDER.resolve("mysql"));
  }

  private static Stream<PlanCase> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<PlanCase> cases =
          files.filter(Files::isRegularFile).sorted().map(PlanCase::read).toList();
      assertThat(cases).isNotEmpty();
      return cases.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PlanCase read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String applied = "";
    List<String> pending = new ArrayList<>();
    Map<String, String> repeatables = new TreeMap<>();
    List<String> old = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    List<String> volatileColumns = new ArrayList<>();
    long rows = 1000;
    DataChanges dataChanges = DataChanges.ASK;
    Map<String, String> plans = new TreeMap<>();
    for (String section : String.join("\n", lines).split("(?m)^### ", -1)) {
      int end = section.indexOf('\n');
      String head = (end < 0 ? section : section.substring(0, end)).strip();
      String body = end < 0 ? "" : section.substring(end + 1).stripTrailing() + "\n";
      String[] words = head.split(" ");
      switch (words[0]) {
        case "" -> {}
        case "applied" -> applied = body;
        case "pending" -> pending.add(body);
        case "repeatable" -> repeatables.put(words[1], body);
        case "old" -> old.addAll(body.lines().filter(l -> !l.isBlank()).toList());
        case "new" -> fresh.addAll(body.lines().filter(l -> !l.isBlank()).toList());
        case "volatile" -> volatileColumns.addAll(List.of(words).subList(1, words.length));
        case "rows" -> rows = Long.parseLong(words[1]);
        case "data-changes" ->
            dataChanges = DataChanges.valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_'));
        case "plan" -> plans.put(words.length > 1 ? words[1] : "", body);
        default -> throw new AssertionError(file + " has a section " + head);
      }
    }
    return new PlanCase(
        file, applied, pending, repeatables, old, fresh, volatileColumns, rows, dataChanges, plans);
  }

  Release release() {
    return release(Releases.DIALECT);
  }

  Release release(Dialect dialect) {
    ReleaseSettings settings = new ReleaseSettings(dataChanges);
    return repeatables.isEmpty()
        ? Releases.on(settings, dialect, applied, pending.toArray(String[]::new))
        : Releases.repeating(settings, dialect, applied, pending, repeatables);
  }

  Plan planned() {
    return planned(Releases.DIALECT);
  }

  /** The plan, with every table of the size that the case says. */
  Plan planned(Dialect dialect) {
    Release release = release(dialect);
    Map<QualifiedName, Statistics.Size> sizes = new HashMap<>();
    release
        .before()
        .tables()
        .forEach(t -> sizes.put(t.name(), new Statistics.Size(rows, rows * 200)));
    return Plans.plan(dialect, new Statistics(sizes), release);
  }

  String text() {
    StringBuilder text = new StringBuilder("### applied\n").append(applied);
    pending.forEach(p -> text.append("### pending\n").append(p));
    repeatables.forEach(
        (name, sql) -> text.append("### repeatable ").append(name).append('\n').append(sql));
    section(text, "old", old);
    section(text, "new", fresh);
    if (!volatileColumns.isEmpty()) {
      text.append("### volatile ").append(String.join(" ", volatileColumns)).append('\n');
    }
    if (rows != 1000) {
      text.append("### rows ").append(rows).append('\n');
    }
    if (dataChanges != DataChanges.ASK) {
      text.append("### data-changes ").append(dataChanges.id()).append('\n');
    }
    if (!file.startsWith(FOLDER.resolve("mysql"))) {
      return text + "### plan\n" + PlanText.of(planned());
    }
    for (RealServer server : RealServer.values()) {
      text.append("### plan ").append(server.engine().id()).append('\n');
      text.append(PlanText.of(planned(server.dialect())));
    }
    return text.toString();
  }

  private static void section(StringBuilder text, String name, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("### ").append(name).append('\n');
      lines.forEach(l -> text.append(l).append('\n'));
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString().replace(".txt", "");
  }
}
