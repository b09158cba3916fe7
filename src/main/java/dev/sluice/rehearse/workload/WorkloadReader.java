package dev.sluice.rehearse.workload;

import dev.sluice.rehearse.workload.Workload.BoundSql;
import dev.sluice.rehearse.workload.Workload.Call;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a workload file: SQL under headers that are SQL comments, so that any editor shows it
 * right.
 *
 * <pre>{@code
 * -- name: place order; weight: 6
 * -- :customer_id random 1..rows
 * -- :order_id returned
 * -- keep: order_id
 * INSERT INTO orders (customer_id) VALUES (:customer_id) RETURNING id AS order_id;
 * INSERT INTO order_items (order_id, line) VALUES (:order_id, 1);
 * }</pre>
 *
 * <p>A parameter is drawn once per call: {@code random A..B} (numbers, {@code rows} or {@code
 * rows/N}), {@code one of a, b}, {@code text N} (letters), {@code kept} and {@code taken} (what
 * this worker kept before), {@code returned} (by an earlier statement of the call). {@code :rows}
 * needs no line. Comments before the first name are free; between a name and its SQL only these
 * lines stand.
 */
public final class WorkloadReader {

  private static final Pattern NAME =
      Pattern.compile("--\\s*name:\\s*([^;]+?)\\s*(?:;\\s*weight:\\s*(\\d{1,6})\\s*)?");
  private static final Pattern NAME_BEGINS = Pattern.compile("--\\s*name\\b.*");
  private static final Pattern PARAMETER = Pattern.compile("--\\s*:(\\w+)\\s+(.+?)\\s*");
  private static final Pattern KEEP = Pattern.compile("--\\s*keep:\\s*(.+?)\\s*");
  private static final Pattern RANGE = Pattern.compile("random\\s+(\\S+?)\\s*\\.\\.\\s*(\\S+)");
  private static final Pattern ONE_OF = Pattern.compile("one\\s+of\\s+(.+)");
  private static final Pattern TEXT = Pattern.compile("text\\s+(\\d{1,6})");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})|rows(?:\\s*/\\s*(\\d{1,9}))?");

  private final Source source;
  private final List<Call> calls = new ArrayList<>();

  private WorkloadReader(Source source) {
    this.source = source;
  }

  /**
   * Reads {@code source}.
   *
   * @throws Problem where a line is not understood, or a parameter has no origin
   */
  public static Workload read(Source source) {
    return new WorkloadReader(source).read();
  }

  private Workload read() {
    List<String> lines = source.text().lines().toList();
    int line = 0;
    while (line < lines.size() && !NAME_BEGINS.matcher(lines.get(line)).matches()) {
      String text = lines.get(line).strip();
      if (!text.isEmpty() && !text.startsWith("--")) {
        throw problem(line, "SQL without a name", "-- name: find customer; weight: 1");
      }
      line++;
    }
    while (line < lines.size()) {
      int end = line + 1;
      while (end < lines.size() && !NAME_BEGINS.matcher(lines.get(end)).matches()) {
        end++;
      }
      calls.add(call(line, lines.subList(line, end)));
      line = end;
    }
    if (calls.isEmpty()) {
      throw problem(0, "no statement", "-- name: find customer; weight: 1");
    }
    checkNames();
    checkKept();
    return new Workload(calls);
  }

  private Call call(int first, List<String> lines) {
    Matcher name = NAME.matcher(lines.get(0));
    if (!name.matches()) {
      throw problem(first, "not a name", "-- name: find customer; weight: 1");
    }
    int weight = name.group(2) == null ? 1 : Integer.parseInt(name.group(2));
    if (weight == 0) {
      throw problem(first, "the weight is 0", "a weight of at least 1");
    }
    Map<String, Draw> parameters = new LinkedHashMap<>();
    List<String> keeps = new ArrayList<>();
    int at = 1;
    for (; at < lines.size() && lines.get(at).strip().startsWith("--"); at++) {
      header(first + at, lines.get(at).strip(), parameters, keeps);
    }
    String text = String.join("\n", lines.subList(at, lines.size()));
    List<BoundSql> statements;
    try {
      statements = SqlScanner.scan(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Problem.Reason.FILES, source.file() + ":" + (first + 1) + ":1: " + e.getMessage(), e);
    }
    if (statements.isEmpty()) {
      throw problem(first, "a name without SQL", "one or more statements behind it");
    }
    checkParameters(first, parameters, keeps, statements);
    return new Call(name.group(1), weight, parameters, keeps, statements);
  }

  private void header(int line, String text, Map<String, Draw> parameters, List<String> keeps) {
    Matcher parameter = PARAMETER.matcher(text);
    Matcher keep = KEEP.matcher(text);
    if (parameter.matches()) {
      if (parameters.put(parameter.group(1), draw(line, parameter.group(2))) != null) {
        throw problem(line, ":" + parameter.group(1) + " is declared twice", "one line for each");
      }
    } else if (keep.matches()) {
      keeps.addAll(List.of(keep.group(1).split("\\s*,\\s*", -1)));
    } else {
      throw problem(line, "not understood: " + text, "-- :name random 1..rows, or -- keep: name");
    }
  }

  private Draw draw(int line, String text) {
    Matcher range = RANGE.matcher(text);
    Matcher oneOf = ONE_OF.matcher(text);
    Matcher letters = TEXT.matcher(text);
    if (range.matches()) {
      return new Draw.Range(size(line, range.group(1)), size(line, range.group(2)));
    }
    if (oneOf.matches()) {
      return new Draw.OneOf(List.of(oneOf.group(1).split("\\s*,\\s*", -1)));
    }
    if (letters.matches()) {
      return new Draw.Text(Integer.parseInt(letters.group(1)));
    }
    return switch (text) {
      case "kept" -> new Draw.Kept();
      case "taken" -> new Draw.Taken();
      case "returned" -> new Draw.Returned();
      default ->
          throw problem(
              line,
              "no way to draw a value: " + text,
              "random A..B, one of a, b, text N, kept, taken or returned");
    };
  }

  private Draw.Size size(int line, String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw problem(line, "not a size: " + text, "a number, rows, or rows/N");
    }
    if (size.group(1) != null) {
      return new Draw.Size.Exactly(Long.parseLong(size.group(1)));
    }
    long divisor = size.group(2) == null ? 1 : Long.parseLong(size.group(2));
    if (divisor == 0) {
      throw problem(line, "rows divided by 0", "rows/N with N of at least 1");
    }
    return new Draw.Size.PartOfRows(divisor);
  }

  private void checkParameters(
      int line, Map<String, Draw> parameters, List<String> keeps, List<BoundSql> statements) {
    Set<String> used = new HashSet<>(keeps);
    for (BoundSql statement : statements) {
      used.addAll(statement.parameters());
    }
    if (used.contains("rows")) {
      parameters.putIfAbsent("rows", new Draw.Rows());
    }
    for (String name : used) {
      if (!parameters.containsKey(name)) {
        throw problem(line, ":" + name + " has no origin", "-- :" + name + " random 1..rows");
      }
    }
    for (String name : parameters.keySet()) {
      if (!used.contains(name)) {
        throw problem(line, ":" + name + " is declared and not used", "no line for it");
      }
    }
  }

  private void checkNames() {
    Set<String> names = new HashSet<>();
    for (Call call : calls) {
      if (!names.add(call.name())) {
        throw new Problem(
            Problem.Reason.FILES,
            source.file() + ": two calls are named " + call.name() + "; a name stands for one");
      }
    }
  }

  /** What nobody keeps can never be drawn, and the call would silently never run. */
  private void checkKept() {
    Set<String> kept = new HashSet<>();
    calls.forEach(call -> kept.addAll(call.keeps()));
    for (Call call : calls) {
      call.parameters()
          .forEach(
              (name, draw) -> {
                if ((draw instanceof Draw.Kept || draw instanceof Draw.Taken)
                    && !kept.contains(name)) {
                  throw new Problem(
                      Problem.Reason.FILES,
                      "%s: call %s draws :%s from what was kept, and no call keeps it%n  fix: -- keep: %s where it is made"
                          .formatted(source.file(), call.name(), name, name));
                }
              });
    }
  }

  private Problem problem(int line, String what, String expected) {
    return new Problem(
        Problem.Reason.FILES,
        source.file() + ":" + (line + 1) + ":1: " + what + "; expected " + expected);
  }
}
