package dev.sluice.rehearse.workload;

import dev.sluice.rehearse.workload.Workload.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What one worker draws: which call comes next, and with which values. The same seed draws the
 * same, as far as the database gives back the same. For one thread.
 */
final class Draws {

  /** Beyond it nothing more is kept: the rows stay, nobody draws them. */
  private static final int MOST_KEPT = 1000;

  private final Random random;
  private final long rows;
  private final Map<String, List<Object>> kept = new HashMap<>();

  Draws(long seed, long rows) {
    this.random = new Random(seed);
    this.rows = rows;
  }

  /** Whether all that {@code call} draws from what was kept is there. */
  boolean serves(Call call) {
    return call.parameters().entrySet().stream()
        .allMatch(
            parameter ->
                switch (parameter.getValue()) {
                  case Draw.Kept k -> hasKept(parameter.getKey());
                  case Draw.Taken t -> hasKept(parameter.getKey());
                  case Draw.Range r -> true;
                  case Draw.OneOf o -> true;
                  case Draw.Text t -> true;
                  case Draw.Returned r -> true;
                  case Draw.Rows r -> true;
                });
  }

  /** The next call, by weight, of those that can be served; empty where none can. */
  Optional<Call> next(Workload workload) {
    List<Call> served = workload.calls().stream().filter(this::serves).toList();
    int sum = served.stream().mapToInt(Call::weight).sum();
    if (sum == 0) {
      return Optional.empty();
    }
    int left = random.nextInt(sum);
    for (Call call : served) {
      left -= call.weight();
      if (left < 0) {
        return Optional.of(call);
      }
    }
    throw new AssertionError("the weights add up to their sum");
  }

  /** Values for all parameters of {@code call} but those that its own statements give back. */
  Map<String, Object> values(Call call) {
    Map<String, Object> values = new HashMap<>();
    call.parameters()
        .forEach((name, draw) -> value(name, draw).ifPresent(v -> values.put(name, v)));
    return values;
  }

  /** After a commit: {@code values} holds what was given back, too. */
  void keep(Call call, Map<String, Object> values) {
    for (String name : call.keeps()) {
      Object value = values.get(name);
      if (value != null) {
        List<Object> pool = pool(name);
        if (pool.size() < MOST_KEPT) {
          pool.add(value);
        }
      }
    }
  }

  /** After a rollback: what was taken is still there. */
  void giveBack(Call call, Map<String, Object> values) {
    call.parameters()
        .forEach(
            (name, draw) -> {
              Object value = values.get(name);
              if (draw instanceof Draw.Taken && value != null) {
                pool(name).add(value);
              }
            });
  }

  private Optional<Object> value(String name, Draw draw) {
    return switch (draw) {
      case Draw.Range range -> Optional.of(between(range.from().of(rows), range.to().of(rows)));
      case Draw.OneOf oneOf ->
          Optional.of(oneOf.values().get(random.nextInt(oneOf.values().size())));
      case Draw.Text text -> Optional.of(letters(text.length()));
      case Draw.Kept k -> Optional.of(pool(name).get(random.nextInt(pool(name).size())));
      case Draw.Taken t -> Optional.of(take(pool(name)));
      case Draw.Rows r -> Optional.of(rows);
      case Draw.Returned r -> Optional.empty();
    };
  }

  /** Where a small run turns the range around, its beginning is drawn. */
  private long between(long from, long to) {
    return to <= from ? from : random.nextLong(from, to + 1);
  }

  private String letters(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private Object take(List<Object> pool) {
    int index = random.nextInt(pool.size());
    Object last = pool.removeLast();
    return index == pool.size() ? last : pool.set(index, last);
  }

  private boolean hasKept(String name) {
    return !pool(name).isEmpty();
  }

  private List<Object> pool(String name) {
    return kept.computeIfAbsent(name, n -> new ArrayList<>());
  }
}
