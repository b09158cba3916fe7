package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.EngineVersion;
import dev.sluice.dialect.Reader;
import dev.sluice.dialect.postgresql.PostgresqlDialect;
import dev.sluice.migration.Directives;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Migrations;
import dev.sluice.migration.Pending;
import dev.sluice.migration.Version;
import dev.sluice.sql.Source;
import dev.sluice.sql.Span;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Releases made of SQL text: what is applied, and what is pending, a text for each migration. */
public final class Releases {

  public static final Dialect DIALECT = new PostgresqlDialect(EngineVersion.parse("15"));

  /** A statement ends with a line, and the next one is not indented. */
  private static final Pattern END = Pattern.compile(";[ \\t]*(\\n(?!\\s)|\\s*$)");

  /** What Flyway knows to run outside of transactions. */
  private static final Pattern ALONE =
      Pattern.compile("(?i)^(CREATE|DROP)\\b.*\\bINDEX CONCURRENTLY|^VACUUM|^CREATE DATABASE");

  private static final Pattern BEFORE = Pattern.compile("(?:\\s|--[^\\n]*\\n)*");

  private Releases() {}

  /** With V1 applied, and V2, V3, … pending. */
  public static Release of(String applied, String... pending) {
    return of(ReleaseSettings.DEFAULTS, applied, pending);
  }

  public static Release of(ReleaseSettings settings, String applied, String... pending) {
    return on(settings, DIALECT, applied, pending);
  }

  /** As {@link #of(String, String...)}, of another engine. */
  public static Release on(Dialect dialect, String applied, String... pending) {
    return on(ReleaseSettings.DEFAULTS, dialect, applied, pending);
  }

  public static Release on(
      ReleaseSettings settings, Dialect dialect, String applied, String... pending) {
    List<String> texts = new ArrayList<>(List.of(applied));
    texts.addAll(List.of(pending));
    return new ReleaseReader(Reader.of(dialect), dialect.emptySchema(), settings, Directives::of)
        .read(migrations(texts), new Pending.From(new Version("2"), Optional.empty()));
  }

  /**
   * The same with repeatable migrations that go out too, by description. What they made before
   * stands in what is applied.
   */
  public static Release repeating(
      ReleaseSettings settings,
      Dialect dialect,
      String applied,
      List<String> pending,
      Map<String, String> repeatables) {
    List<Migration> all = new ArrayList<>(migrations(List.of(applied)).all());
    for (int i = 0; i < pending.size(); i++) {
      all.add(migration(String.valueOf(i + 2), Migration.Type.VERSIONED, pending.get(i)));
    }
    repeatables.forEach((name, text) -> all.add(repeatable(name, text)));
    Set<String> scripts = all.stream().skip(1).map(Migration::script).collect(Collectors.toSet());
    return new ReleaseReader(Reader.of(dialect), dialect.emptySchema(), settings, Directives::of)
        .read(of(all), new Pending.Since(scripts, List.of(), true));
  }

  private static Migration repeatable(String name, String text) {
    String file = "R__" + name + ".sql";
    return new Migration(
        Optional.empty(),
        name,
        Migration.Type.REPEATABLE,
        file,
        file,
        Optional.of(text.hashCode()),
        Optional.empty(),
        statements(new Source(file, text)),
        List.of(),
        Optional.empty());
  }

  /** The first release on an empty database. */
  public static Release first(String... pending) {
    return reader(ReleaseSettings.DEFAULTS).read(migrations(List.of(pending)), new Pending.All());
  }

  public static ReleaseReader reader(ReleaseSettings settings) {
    return new ReleaseReader(Reader.of(DIALECT), DIALECT.emptySchema(), settings, Directives::of);
  }

  /** The only change of the last migration, or its last one. */
  public static Subject last(Release release) {
    return release.subjects().getLast();
  }

  /** V1, V2, … */
  public static Migrations migrations(List<String> texts) {
    List<Migration> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      all.add(migration(String.valueOf(i + 1), Migration.Type.VERSIONED, texts.get(i)));
    }
    return of(all);
  }

  public static Migrations of(List<Migration> all) {
    return new Migrations() {
      @Override
      public List<Migration> all() {
        return List.copyOf(all);
      }

      @Override
      public List<Bystander> bystanders() {
        return List.of();
      }
    };
  }

  public static Migration migration(String version, Migration.Type type, String text) {
    String file = (type == Migration.Type.BASELINE ? "B" : "V") + version + "__x.sql";
    return new Migration(
        Optional.of(new Version(version)),
        "x",
        type,
        file,
        file,
        Optional.of(text.hashCode()),
        Optional.empty(),
        statements(new Source(file, text)),
        List.of(),
        Optional.empty());
  }

  private static List<Statement> statements(Source source) {
    List<Statement> statements = new ArrayList<>();
    String text = source.text();
    Matcher end = END.matcher(text);
    int from = 0;
    while (from < text.length()) {
      int to = end.find(from) ? end.start() : text.length();
      int next = to < text.length() ? end.end() : text.length();
      Matcher comments = BEFORE.matcher(text).region(from, to);
      int start = comments.lookingAt() ? comments.end() : from;
      String sql = text.substring(start, to).stripTrailing();
      if (!sql.isEmpty()) {
        statements.add(
            new Statement(
                source,
                new Span(start, start + sql.length()),
                source.locate(start),
                sql,
                sql,
                text.substring(from, start),
                !ALONE.matcher(sql).find()));
      }
      from = next;
    }
    return statements;
  }
}
