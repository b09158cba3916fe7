package dev.sluice.dialect.postgresql.reading;

import dev.sluice.dialect.Interception;
import dev.sluice.dialect.Reading;
import dev.sluice.dialect.Reading.ParsedBy;
import dev.sluice.dialect.Stated;
import dev.sluice.schema.Change;
import dev.sluice.schema.DataType;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Trigger;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PostgreSQL. Safe for several threads; never throws for bad SQL. */
public final class PostgresqlReader {

  private static final Pattern ALL_IN_TABLESPACE =
      Pattern.compile(
          "(?i)\\s*ALTER\\s+(TABLE|INDEX|MATERIALIZED\\s+VIEW)\\s+ALL\\s+IN\\s+TABLESPACE\\b");

  private static final Pattern PSQL = Pattern.compile("\\s*(\\\\[a-z!?]+)");
  private static final List<String> ALTER_IF_EXISTS = List.of("ALTER", "TABLE", "IF", "EXISTS");

  private static final Pattern NO_ARGUMENTS = Pattern.compile("\\(\\s*\\)");

  /** The changes that one statement makes; {@code Unrecognised} where no reader understands it. */
  public Reading read(String sql) {
    return readText(sql);
  }

  static Reading readText(String sql) {
    try {
      return new Reading(changes(sql), ParsedBy.GRAMMAR, stated(sql), onlyIfThere(sql));
    } catch (Unreadable e) {
      return SecondReader.read(sql)
          .map(changes -> new Reading(changes, ParsedBy.JSQLPARSER))
          .orElseGet(() -> unrecognised(e));
    } catch (StackOverflowError e) {
      return unrecognised(new Unreadable("it is nested too deeply"));
    }
  }

  private static Stated stated(String sql) {
    Scanner scanner = new Scanner(sql);
    List<String> words = new ArrayList<>();
    while (words.size() < 5 && scanner.nextToken() == Scanner.Kind.WORD) {
      words.add(scanner.piece().toUpperCase(Locale.ROOT));
    }
    boolean only =
        (words.size() > 2 && words.subList(0, 3).equals(List.of("ALTER", "TABLE", "ONLY")))
            || (words.size() > 4
                && words.subList(0, 4).equals(ALTER_IF_EXISTS)
                && words.get(4).equals("ONLY"));
    return only ? Stated.ONLY : Stated.NOTHING;
  }

  /** The table of ALTER TABLE IF EXISTS: where it is not there, nothing happens. */
  private static Optional<QualifiedName> onlyIfThere(String sql) {
    Scanner scanner = new Scanner(sql);
    for (String word : ALTER_IF_EXISTS) {
      if (scanner.nextToken() != Scanner.Kind.WORD || !scanner.piece().equalsIgnoreCase(word)) {
        return Optional.empty();
      }
    }
    boolean only =
        scanner.nextToken() == Scanner.Kind.WORD && scanner.piece().equalsIgnoreCase("ONLY");
    if (only) {
      scanner.nextToken();
    }
    StringBuilder name = new StringBuilder(scanner.piece());
    while (scanner.nextToken() == Scanner.Kind.SIGN && scanner.isSign('.')) {
      scanner.nextToken();
      name.append('.').append(scanner.piece());
    }
    return Constants.relation(name.toString());
  }

  private static List<Change> changes(String sql) {
    try {
      List<Change> changes = Statements.read(LongInserts.shortened(sql));
      // Nothing but comments and semicolons.
      return changes.isEmpty() ? List.of(new Change.NoEffect(sql.strip())) : changes;
    } catch (Unreadable refused) {
      Matcher psql = PSQL.matcher(sql);
      if (psql.lookingAt()) {
        throw new Unreadable(psql.group(1) + " is a command of psql: the server does not know it");
      }
      List<Change> enforced = Enforcement.read(sql);
      if (!enforced.isEmpty()) {
        return enforced;
      }
      if (ALL_IN_TABLESPACE.matcher(sql).lookingAt()) {
        throw new Unreadable(
            "ALL IN TABLESPACE moves and locks whatever lies there, and names nothing of it");
      }
      Optional<Change> setting = ServerSettings.read(sql).or(() -> Transforms.read(sql));
      if (setting.isPresent()) {
        return List.of(setting.get());
      }
      List<String> respelled = Respelled.statements(sql);
      if (respelled.isEmpty()) {
        throw refused;
      }
      List<Change> changes = new ArrayList<>();
      try {
        for (String statement : respelled) {
          Statements.read(statement).forEach(change -> changes.add(asWritten(change, sql)));
        }
      } catch (Unreadable refusedToo) {
        throw refused;
      }
      return changes;
    }
  }

  /** What holds the whole statement holds it as it was written. */
  private static Change asWritten(Change change, String sql) {
    return switch (change) {
      case Change.Comment comment -> new Change.Comment(comment.on(), sql.strip());
      case Change.Grant grant -> new Change.Grant(grant.on(), grant.revoke(), sql.strip());
      case Change.CreateRoutine create ->
          new Change.CreateRoutine(asWritten(create.routine()), create.orReplace());
      case Change.AlterObject alter when !NO_ARGUMENTS.matcher(sql).find() ->
          new Change.AlterObject(
              alter.kind(),
              alter.name(),
              alter.on(),
              NO_ARGUMENTS.matcher(alter.text()).replaceFirst("").strip());
      case Change.RenameObject rename when !NO_ARGUMENTS.matcher(sql).find() ->
          new Change.RenameObject(
              rename.kind(),
              rename.name(),
              rename.on(),
              NO_ARGUMENTS.matcher(rename.signature()).replaceFirst(""),
              rename.to());
      case Change.MoveObject move when !NO_ARGUMENTS.matcher(sql).find() ->
          new Change.MoveObject(
              move.kind(),
              move.name(),
              NO_ARGUMENTS.matcher(move.signature()).replaceFirst(""),
              move.schema());
      default -> change;
    };
  }

  private static Routine asWritten(Routine routine) {
    Fragment definition = routine.definition();
    return new Routine(
        routine.kind(),
        routine.name(),
        RespelledWords.typesOfColumns(routine.signature()),
        routine.language(),
        routine.volatility(),
        new Fragment(RespelledWords.typesOfColumns(definition.sql()), definition.references()));
  }

  private static Reading unrecognised(Unreadable why) {
    return new Reading(List.of(why.unrecognised()), ParsedBy.NONE);
  }

  /** A scalar expression with the names in it. */
  public Fragment expression(String sql) {
    try {
      return new Fragment(sql, new Words(sql).references(Grammar.expression(sql)));
    } catch (Unreadable e) {
      return new Fragment(sql, SecondReader.expression(sql));
    } catch (StackOverflowError e) {
      return new Fragment(sql, References.UNKNOWN);
    }
  }

  /** What a routine does when it is called; empty where its body is not read. */
  public Optional<Change.Block> body(Routine routine) {
    try {
      return Routines.code(routine).map(Blocks::of);
    } catch (Unreadable | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** What a trigger makes of the writes that it fires for. */
  public Interception interception(Trigger trigger, Schema schema) {
    return judged(() -> new Interceptions(schema).of(trigger));
  }

  /** What a rule makes of the statements that it rewrites. */
  public Interception interception(Schema.Other rule, Schema schema) {
    return judged(
        () ->
            rule.on()
                .map(t -> new Interceptions(schema).ofRule(t, rule.definition().sql()))
                .orElse(Interception.UNKNOWN));
  }

  private static Interception judged(Supplier<Interception> judgement) {
    try {
      return judgement.get();
    } catch (Unreadable | StackOverflowError e) {
      return Interception.UNKNOWN;
    }
  }

  /** A type as it is written or as {@code format_type} shows it; empty where it is none. */
  public Optional<DataType> type(String sql) {
    try {
      return Optional.of(new DataTypes(new Words(sql)).read(Grammar.type(sql)));
    } catch (Unreadable | StackOverflowError e) {
      return Optional.empty();
    }
  }
}
