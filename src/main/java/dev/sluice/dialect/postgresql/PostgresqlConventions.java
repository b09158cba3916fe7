package dev.sluice.dialect.postgresql;

import dev.sluice.dialect.postgresql.impact.Volatility;
import dev.sluice.dialect.postgresql.writing.SqlText;
import dev.sluice.schema.Column;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Conventions;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.Index;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How PostgreSQL names what a statement leaves unnamed: {@code table_columns_label}, numbered where
 * taken, each half cut where the whole is longer than 63 bytes (as of 12; {@code
 * ChooseRelationName}, {@code ChooseConstraintName} and {@code makeObjectName} of its source).
 */
public final class PostgresqlConventions implements Conventions {

  private static final int NAME_BYTES = 63;

  private static final Pattern CALL =
      Pattern.compile("(?s)\\(*\\s*(?:\\w+\\.)?(\\w+)\\s*\\(.*\\)\\s*\\)*");
  private static final Pattern CAST = Pattern.compile("(?s)(.*)::\\s*([\\w ]+?)\\s*");
  private static final Pattern WORD = Pattern.compile("\\w+");

  /** Types as the catalog calls them: a cast without a column is named by its type. */
  private static final Map<String, String> INTERNAL_TYPES =
      Map.of(
          "integer", "int4",
          "int", "int4",
          "bigint", "int8",
          "smallint", "int2",
          "boolean", "bool",
          "real", "float4",
          "double precision", "float8",
          "character varying", "varchar",
          "timestamp with time zone", "timestamptz",
          "decimal", "numeric");

  @Override
  public boolean routinesAreToldByTypes() {
    return true;
  }

  @Override
  public boolean isBuiltIn(QualifiedName function) {
    return HarmlessFunctions.contain(
        function, f -> Volatility.isVolatile(f, Schema.empty(List.of(new Name("public")), this)));
  }

  @Override
  public Name constraint(Table table, Constraint constraint, Taken taken) {
    return switch (constraint) {
      case Constraint.PrimaryKey ignored -> chosen(table, "", "pkey", ofIndex(taken));
      case Constraint.Unique key -> chosen(table, joinedKeys(keysOf(key)), "key", ofIndex(taken));
      case Constraint.Exclude exclude ->
          chosen(table, joined(excluded(table, exclude)), "excl", ofIndex(taken));
      case Constraint.ForeignKey key ->
          chosen(table, joined(key.columns()), "fkey", taken::byConstraint);
      case Constraint.Check check ->
          chosen(table, onlyColumn(table, check), "check", taken::byConstraint);
      case Constraint.NotNull notNull ->
          chosen(table, notNull.column().text(), "not_null", taken::byConstraint);
    };
  }

  private static List<String> keysOf(Constraint.Unique key) {
    List<String> keys = new ArrayList<>();
    key.columns().forEach(c -> keys.add(c.text()));
    List<String> storage = SqlText.tokens(key.storage());
    if (!storage.isEmpty() && storage.getFirst().equals("include")) {
      storage.subList(2, storage.indexOf(")")).stream()
          .filter(token -> !token.equals(","))
          .map(token -> token.replaceAll("^\"|\"$", "").replace("\"\"", "\""))
          .forEach(keys::add);
    }
    return keys;
  }

  // An index of a constraint bears the name of both.
  private static Predicate<Name> ofIndex(Taken taken) {
    return name -> taken.byRelation(name) || taken.byConstraint(name);
  }

  @Override
  public Name index(Index index, Taken taken) {
    List<String> keys = new ArrayList<>();
    for (Index.IndexColumn key : index.columns()) {
      keys.add(key.column().map(Name::text).orElseGet(() -> nameOf(key.key())));
    }
    index.include().forEach(c -> keys.add(c.text()));
    return chosen(index.table(), joinedKeys(keys), "idx", taken::byRelation);
  }

  @Override
  public Name sequence(QualifiedName table, Name column, Taken taken) {
    return chosen(table, column.text(), "seq", taken::byRelation);
  }

  @Override
  public boolean indexNamesArePerTable() {
    return false;
  }

  @Override
  public boolean indexOutlivesItsColumn() {
    return false;
  }

  @Override
  public boolean foreignKeysAreIndexed() {
    return false;
  }

  @Override
  public boolean foreignKeyOutlivesItsParent() {
    return false;
  }

  @Override
  public boolean viewsHoldWhatTheyRead() {
    return true;
  }

  @Override
  public boolean keepsRepeatedKeys() {
    return false;
  }

  /** The one column that a CHECK reads; empty for none or several. */
  private static String onlyColumn(Table table, Constraint.Check check) {
    List<String> columns =
        check.expression().references().columns().stream()
            .flatMap(c -> c.name().stream())
            .filter(n -> table.columns().isEmpty() || table.column(n).isPresent())
            .map(Name::text)
            .distinct()
            .toList();
    return columns.size() == 1 ? columns.getFirst() : "";
  }

  private static List<Name> excluded(Table table, Constraint.Exclude exclude) {
    return table.columns().stream()
        .map(Column::name)
        .filter(
            n ->
                exclude.definition().references().columns().stream()
                    .anyMatch(c -> c.name().equals(Optional.of(n))))
        .toList();
  }

  /** The name that an expression has as a key of an index. */
  private static String nameOf(Fragment key) {
    String expression = stripped(key.sql());
    Matcher cast = CAST.matcher(expression);
    if (cast.matches()) {
      String argument = stripped(cast.group(1));
      String type = cast.group(2).toLowerCase(Locale.ROOT);
      return WORD.matcher(argument).matches()
          ? argument.toLowerCase(Locale.ROOT)
          : INTERNAL_TYPES.getOrDefault(type, type);
    }
    Matcher call = CALL.matcher(expression);
    if (call.matches() && closesAtEnd(expression)) {
      return call.group(1).toLowerCase(Locale.ROOT);
    }
    return "expr";
  }

  /** Without the parentheses around the whole. */
  private static String stripped(String sql) {
    String rest = sql.strip();
    while (rest.startsWith("(") && closing(rest, 0) == rest.length() - 1) {
      rest = rest.substring(1, rest.length() - 1).strip();
    }
    return rest;
  }

  /** Whether the first parenthesis of {@code f(…)} is closed by the last character. */
  private static boolean closesAtEnd(String call) {
    return closing(call, call.indexOf('(')) == call.length() - 1;
  }

  private static int closing(String sql, int open) {
    int depth = 0;
    boolean quoted = false;
    for (int at = open; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')' && --depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Keys of an index: one that comes twice is numbered. */
  private static String joinedKeys(List<String> keys) {
    List<String> different = new ArrayList<>();
    for (String key : keys) {
      String name = key;
      for (int number = 1; different.contains(name); number++) {
        name = key + number;
      }
      different.add(name);
    }
    return String.join("_", different);
  }

  private static String joined(List<Name> columns) {
    return columns.stream().map(Name::text).collect(Collectors.joining("_"));
  }

  private static Name chosen(Table table, String middle, String label, Predicate<Name> taken) {
    return chosen(table.name(), middle, label, taken);
  }

  private static Name chosen(
      QualifiedName table, String middle, String label, Predicate<Name> taken) {
    Name name = made(table.name().text(), middle, label);
    for (int number = 1; taken.test(name); number++) {
      name = made(table.name().text(), middle, label + number);
    }
    return name;
  }

  /** Cuts the longer of table and columns until the whole fits. */
  private static Name made(String table, String middle, String label) {
    int available = NAME_BYTES - bytes(label) - 1 - (middle.isEmpty() ? 0 : 1);
    // Column names are joined up to the length of a name before anything else is cut.
    int middleBytes = Math.min(bytes(middle), NAME_BYTES);
    int tableBytes = bytes(table);
    while (tableBytes + middleBytes > available) {
      if (tableBytes > middleBytes) {
        tableBytes--;
      } else {
        middleBytes--;
      }
    }
    return new Name(
        cut(table, tableBytes)
            + (middle.isEmpty() ? "" : "_" + cut(middle, middleBytes))
            + "_"
            + label);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The longest beginning that fits, cut between characters. */
  private static String cut(String text, int limit) {
    String rest = text;
    while (bytes(rest) > limit) {
      rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1));
    }
    return rest;
  }
}
