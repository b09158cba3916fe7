package dev.sluice.migration;

import dev.sluice.migration.Directive.Place;
import dev.sluice.sql.Location;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.Source;
import dev.sluice.sql.Span;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Trivia;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directives of one migration, each with the statement it speaks of. In the migration itself
 * that is the next statement. In the file beside it and in the settings, which do not change its
 * checksum, it is every statement, or, behind {@code line 3:}, the one on that line.
 */
public final class Directives {

  /** A colon, and a first word even where the colon was forgotten. */
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "--+\\s*sluice\\s*(?::\\s*|\\s(?=(?:allow|phase|up|fill|default)[\\s:]))(.*)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern INSIDE =
      Pattern.compile("^[ \\t]*--+\\s*sluice\\s*:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final Pattern ON_LINE = Pattern.compile("line\\s+(\\d{1,9})\\s*:\\s*(.*)");

  private final Map<Span, List<Directive>> byStatement;

  private Directives(Map<Span, List<Directive>> byStatement) {
    this.byStatement = byStatement;
  }

  /**
   * From the migration and the file beside it.
   *
   * @throws Problem where one cannot be read, contradicts another, or speaks of no statement
   */
  public static Directives of(Migration migration) {
    return of(migration, "", List.of());
  }

  /**
   * From the migration, the file beside it, and the settings.
   *
   * @param origin as messages name the settings: {@code sluice.toml [migration.42]}
   * @param lines one directive each, with or without {@code -- sluice:}
   * @throws Problem where one cannot be read, contradicts another, or speaks of no statement
   */
  public static Directives of(Migration migration, String origin, List<String> lines) {
    Map<Span, List<Directive>> byStatement = new LinkedHashMap<>();
    for (Statement statement : migration.statements()) {
      byStatement.put(statement.span(), new ArrayList<>());
    }
    Directives directives = new Directives(byStatement);
    directives.readMigration(migration);
    migration
        .sidecar()
        .ifPresent(
            beside ->
                directives.readBeside(migration, beside.file(), beside.text().lines().toList()));
    directives.readBeside(migration, origin, lines);
    return directives;
  }

  /** Those that speak of {@code statement}, in the order they stand in; may be empty. */
  public List<Directive> of(Statement statement) {
    return List.copyOf(byStatement.getOrDefault(statement.span(), List.of()));
  }

  /** All of them, each once. */
  public List<Directive> all() {
    return byStatement.values().stream().flatMap(List::stream).distinct().toList();
  }

  private void readMigration(Migration migration) {
    int from = 0;
    for (Statement statement : migration.statements()) {
      Source source = statement.source();
      int start = statement.span().start();
      int comments = start - statement.comments().length();
      for (int at : found(source.text(), from, start)) {
        refuseUnlessAlone(source, at, at >= comments);
        add(statement.span(), read(source, at));
      }
      Matcher inside = INSIDE.matcher(statement.shown());
      if (statement.shown().contains("--") && inside.find()) {
        throw misplaced(source, start + inside.start(), "inside a statement");
      }
      from = Math.max(from, statement.span().end());
    }
    if (!migration.statements().isEmpty()) {
      Source source = migration.statements().getLast().source();
      for (int at : found(source.text(), from, source.text().length())) {
        throw misplaced(source, at, "behind the last statement");
      }
    }
  }

  /** Where comments that are directives begin, between two statements. */
  private static List<Integer> found(String text, int from, int to) {
    // Between statements of PostgreSQL nothing begins with #, so MySQL's comments serve for both.
    Trivia trivia = new Trivia(true);
    List<Integer> places = new ArrayList<>();
    int at = from;
    while (at < to) {
      int next = Math.max(at + 1, trivia.skipOne(text, at, to));
      if (text.startsWith("--", at) && DIRECTIVE.matcher(text.substring(at, next)).matches()) {
        places.add(at);
      }
      at = next;
    }
    return places;
  }

  private static void refuseUnlessAlone(Source source, int at, boolean between) {
    String line = source.text().substring(source.text().lastIndexOf('\n', at) + 1, at);
    if (!between || !line.isBlank()) {
      throw misplaced(source, at, "behind a statement");
    }
  }

  private static Problem misplaced(Source source, int at, String where) {
    return new Problem(
        Reason.FILES,
        place(source, at)
            + ": a directive "
            + where
            + " speaks of none\n  fix: a line of its own, before the statement it speaks of");
  }

  private static Directive read(Source source, int at) {
    int end = source.text().indexOf('\n', at);
    Matcher matcher =
        DIRECTIVE.matcher(source.text().substring(at, end < 0 ? source.text().length() : end));
    return DirectiveText.parse(place(source, at), matcher.find() ? matcher.group(1) : "");
  }

  private static Place place(Source source, int at) {
    return new Place(source.file(), source.locate(at));
  }

  private void readBeside(Migration migration, String file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      Matcher marked = DIRECTIVE.matcher(line);
      boolean comment = line.startsWith("--") || line.startsWith("#");
      if (!line.isEmpty() && (marked.matches() || !comment)) {
        String words = marked.matches() ? marked.group(1) : line.replaceFirst("^sluice\\s*:", "");
        int column = Math.max(0, lines.get(i).indexOf(line)) + 1;
        addBeside(migration, new Place(file, new Location(i + 1, column)), words.strip());
      }
    }
  }

  private void addBeside(Migration migration, Place place, String words) {
    Matcher selected = ON_LINE.matcher(words);
    if (!selected.matches()) {
      Directive directive = DirectiveText.parse(place, words);
      if (migration.statements().isEmpty()) {
        throw new Problem(
            Reason.FILES,
            place + ": a directive for " + migration.file() + ", which has no statement");
      }
      byStatement.keySet().forEach(span -> add(span, directive));
      return;
    }
    int line = Integer.parseInt(selected.group(1));
    Statement statement =
        onLine(migration, line)
            .orElseThrow(
                () ->
                    new Problem(
                        Reason.FILES,
                        place
                            + ": no statement stands on line "
                            + line
                            + " of "
                            + migration.file()));
    add(statement.span(), DirectiveText.parse(place, selected.group(2)));
  }

  private static Optional<Statement> onLine(Migration migration, int line) {
    return migration.statements().stream()
        .filter(
            statement ->
                statement.location().line() <= line
                    && statement.source().locate(statement.span().end()).line() >= line)
        .findFirst();
  }

  /** Two of a kind on one statement would leave it open which one counts. */
  private void add(Span span, Directive directive) {
    List<Directive> own = byStatement.computeIfAbsent(span, s -> new ArrayList<>());
    for (Directive other : own) {
      if (contradict(other, directive)) {
        throw new Problem(
            Reason.FILES,
            directive.place()
                + ": this was said of the same statement before, at "
                + other.place()
                + "\n  fix: one of the two");
      }
    }
    own.add(directive);
  }

  private static boolean contradict(Directive one, Directive other) {
    return switch (one) {
      case Directive.Allow allow ->
          other instanceof Directive.Allow again && allow.rule().equals(again.rule());
      case Directive.RunIn runIn -> other instanceof Directive.RunIn;
      case Directive.Mapping mapping ->
          other instanceof Directive.Mapping again && mapping.target().equals(again.target());
      case Directive.Fill fill ->
          other instanceof Directive.Fill again && fill.target().equals(again.target());
      case Directive.Default byDefault ->
          other instanceof Directive.Default again && byDefault.target().equals(again.target());
    };
  }
}
