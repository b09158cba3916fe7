package dev.sluice.dialect.postgresql.refusal;

import dev.sluice.schema.Change;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What CREATE OR REPLACE keeps of a routine: what it returns, the names of its arguments and their
 * defaults (manual, "CREATE FUNCTION": error 42P13). Of arguments that are more than a name and a
 * type nothing is said.
 */
final class RoutineRules {

  private static final Pattern ARGUMENTS = Pattern.compile("^\\s*(\\((?:[^()]|\\([^()]*\\))*\\))");

  private static final Pattern RETURNS =
      Pattern.compile(
          "(?is)^\\s*RETURNS\\s+(SETOF\\s+)?((?!TABLE\\b)[\\w.\" ]+?(?:\\s*\\([\\d, ]*\\))?(?:\\s*\\[\\s*\\])*)"
              + "\\s+(?:LANGUAGE|AS|IMMUTABLE|STABLE|VOLATILE|STRICT|CALLED|RETURNS|SECURITY|EXTERNAL"
              + "|LEAKPROOF|NOT|PARALLEL|COST|ROWS|SUPPORT|SET|WINDOW|RETURN|BEGIN)\\b");

  private static final Pattern UNSURE =
      Pattern.compile("(?i)['$]|--|/\\*|\\b(?:OUT|INOUT|IN|VARIADIC|TABLE)\\b|%TYPE");

  private static final Set<String> BEGIN_A_TYPE =
      Set.of("double", "character", "char", "timestamp", "time", "bit", "national", "interval");

  private final Schema schema;

  RoutineRules(Schema schema) {
    this.schema = schema;
  }

  Optional<String> of(Change change) {
    return change instanceof Change.CreateRoutine c && c.orReplace()
        ? schema
            .replacedBy(c.routine())
            .filter(r -> schema.isSettled(r.name()))
            .flatMap(was -> differs(was, c.routine()))
            .map(
                why ->
                    "CREATE OR REPLACE keeps "
                        + why
                        + ": DROP "
                        + c.routine().kind().sql()
                        + " and CREATE make it anew")
        : Optional.empty();
  }

  private static Optional<String> differs(Routine was, Routine now) {
    if (was.kind() != now.kind()) {
      return Optional.empty();
    }
    Matcher old = ARGUMENTS.matcher(was.definition().sql());
    Matcher fresh = ARGUMENTS.matcher(now.definition().sql());
    if (!old.find()
        || !fresh.find()
        || UNSURE.matcher(old.group()).find()
        || UNSURE.matcher(fresh.group()).find()) {
      return Optional.empty();
    }
    return returns(
            was.definition().sql().substring(old.end()),
            now.definition().sql().substring(fresh.end()))
        .or(() -> arguments(old.group(1), fresh.group(1)));
  }

  private static Optional<String> returns(String was, String now) {
    Matcher old = RETURNS.matcher(was);
    Matcher fresh = RETURNS.matcher(now);
    if (!old.find() || !fresh.find()) {
      return Optional.empty();
    }
    boolean same =
        (old.group(1) == null) == (fresh.group(1) == null)
            && Routine.types(old.group(2)).equals(Routine.types(fresh.group(2)));
    return same
        ? Optional.empty()
        : Optional.of(
            "what a function returns, which is " + old.group(2) + ", not " + fresh.group(2));
  }

  private static Optional<String> arguments(String was, String now) {
    List<String> old = Routine.arguments(was);
    List<String> fresh = Routine.arguments(now);
    for (int at = 0; at < Math.min(old.size(), fresh.size()); at++) {
      Optional<String> name = name(old.get(at));
      if (name.isPresent() && !name.equals(name(fresh.get(at)))) {
        return Optional.of("the names of arguments, of which one is " + name.get());
      }
      if (hasDefault(old.get(at)) && !hasDefault(fresh.get(at))) {
        return Optional.of("the defaults of arguments, of which one is gone");
      }
    }
    return Optional.empty();
  }

  private static boolean hasDefault(String argument) {
    return Pattern.compile("(?i)\\bDEFAULT\\b|=").matcher(argument).find();
  }

  private static Optional<String> name(String argument) {
    String text = argument.replaceFirst("(?is)(\\sDEFAULT\\s|:?=).*$", "").strip();
    String[] words = text.toLowerCase(Locale.ROOT).split("\\s+", 2);
    return words.length < 2 || BEGIN_A_TYPE.contains(words[0]) || words[1].startsWith("(")
        ? Optional.empty()
        : Optional.of(words[0]);
  }
}
