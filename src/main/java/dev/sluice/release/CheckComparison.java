package dev.sluice.release;

import dev.sluice.schema.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares two CHECK expressions: lists of values and bounds, joined by AND. Everything else is
 * {@code UNKNOWN}, never guessed at.
 */
final class CheckComparison {

  enum Answer {
    SAME,
    /** The new one allows all that the old one does, and more. */
    WIDER,
    /** The new one refuses some of what the old one allows, and allows nothing more. */
    NARROWER,
    UNKNOWN
  }

  /** What one subject (a column, {@code length(c)}) may be. */
  private sealed interface Allowed {
    boolean covers(Allowed other);
  }

  private record Values(Set<String> values) implements Allowed {
    @Override
    public boolean covers(Allowed other) {
      return other instanceof Values o && values.containsAll(o.values);
    }
  }

  /** {@code low}, {@code high}: empty for no bound. */
  private record Range(Optional<Bound> low, Optional<Bound> high) implements Allowed {
    @Override
    public boolean covers(Allowed other) {
      return other instanceof Range o
          && (low.isEmpty() || (o.low.isPresent() && low.get().below(o.low.get())))
          && (high.isEmpty() || (o.high.isPresent() && high.get().above(o.high.get())));
    }
  }

  private record Bound(BigDecimal value, boolean inclusive) {
    boolean below(Bound other) {
      int order = value.compareTo(other.value);
      return order < 0 || (order == 0 && (inclusive || !other.inclusive));
    }

    boolean above(Bound other) {
      int order = value.compareTo(other.value);
      return order > 0 || (order == 0 && (inclusive || !other.inclusive));
    }
  }

  private CheckComparison() {}

  static Answer of(String old, String now) {
    List<String> oldWords = uncast(Words.stripped(Words.of(old)));
    List<String> newWords = uncast(Words.stripped(Words.of(now)));
    if (oldWords.equals(newWords)) {
      return Answer.SAME;
    }
    Optional<Map<String, Allowed>> before = parse(oldWords);
    Optional<Map<String, Allowed>> after = parse(newWords);
    if (before.isEmpty() || after.isEmpty()) {
      return Answer.UNKNOWN;
    }
    boolean wider = covers(after.get(), before.get());
    boolean narrower = covers(before.get(), after.get());
    if (wider && narrower) {
      return Answer.SAME;
    }
    if (wider) {
      return Answer.WIDER;
    }
    return narrower ? Answer.NARROWER : Answer.UNKNOWN;
  }

  /** Whatever the other allows, this one allows. */
  private static boolean covers(Map<String, Allowed> one, Map<String, Allowed> other) {
    return one.entrySet().stream()
        .allMatch(e -> other.containsKey(e.getKey()) && e.getValue().covers(other.get(e.getKey())));
  }

  // PostgreSQL writes casts into every constant when it prints a CHECK.
  private static List<String> uncast(List<String> words) {
    List<String> rest = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      if (words.get(at).equals("::")) {
        at = behindType(words, at + 1);
      } else {
        rest.add(words.get(at));
        at++;
      }
    }
    return rest;
  }

  private static int behindType(List<String> words, int start) {
    int at = start + 1;
    while (at < words.size()
        && (words.get(at).equals("varying") || words.get(at).equals("precision"))) {
      at++;
    }
    boolean array =
        at + 1 < words.size() && words.get(at).equals("[") && words.get(at + 1).equals("]");
    return array ? at + 2 : at;
  }

  private static Optional<Map<String, Allowed>> parse(List<String> words) {
    Map<String, Allowed> all = new HashMap<>();
    for (List<String> part : Words.split(words, "and")) {
      Optional<Map.Entry<String, Allowed>> one = condition(Words.stripped(part));
      if (one.isEmpty()) {
        return Optional.empty();
      }
      Allowed known = all.get(one.get().getKey());
      Optional<Allowed> both =
          known == null
              ? Optional.of(one.get().getValue())
              : intersection(known, one.get().getValue());
      if (both.isEmpty()) {
        return Optional.empty();
      }
      all.put(one.get().getKey(), both.get());
    }
    return Optional.of(all);
  }

  private static Optional<Allowed> intersection(Allowed one, Allowed other) {
    return one instanceof Range a
            && other instanceof Range b
            && (a.low.isEmpty() || b.low.isEmpty())
            && (a.high.isEmpty() || b.high.isEmpty())
        ? Optional.of(new Range(a.low.or(() -> b.low), a.high.or(() -> b.high)))
        : Optional.empty();
  }

  private static Optional<Map.Entry<String, Allowed>> condition(List<String> words) {
    int in = words.indexOf("in");
    if (in > 0 && in + 1 < words.size() && words.get(in + 1).equals("(")) {
      return values(words.subList(0, in), words.subList(in + 1, words.size()));
    }
    int any = words.indexOf("any");
    if (any > 1 && words.get(any - 1).equals("=")) {
      List<String> list = Words.stripped(words.subList(any + 1, words.size()));
      return !list.isEmpty() && list.getFirst().equals("array")
          ? values(words.subList(0, any - 1), list.subList(1, list.size()))
          : Optional.empty();
    }
    return bound(words);
  }

  private static Optional<Map.Entry<String, Allowed>> values(
      List<String> subject, List<String> list) {
    if (list.size() < 3 || Words.closing(list, 0) != list.size() - 1) {
      return Optional.empty();
    }
    Set<String> values = new HashSet<>();
    for (List<String> value : Words.split(list.subList(1, list.size() - 1), ",")) {
      List<String> constant = Words.stripped(value);
      if (constant.size() != 1 || !constant.getFirst().matches("(?s)'.*'|[\\d.]+")) {
        return Optional.empty();
      }
      values.add(constant.getFirst());
    }
    return Optional.of(Map.entry(subject(subject), new Values(values)));
  }

  private static Optional<Map.Entry<String, Allowed>> bound(List<String> words) {
    for (String sign : List.of("<=", ">=", "<", ">")) {
      int at = words.indexOf(sign);
      if (at > 0 && at == words.lastIndexOf(sign)) {
        Optional<BigDecimal> left = number(words.subList(0, at));
        Optional<BigDecimal> right = number(words.subList(at + 1, words.size()));
        boolean less = sign.startsWith("<");
        boolean inclusive = sign.endsWith("=");
        if (right.isPresent() && left.isEmpty()) {
          return Optional.of(
              Map.entry(
                  subject(words.subList(0, at)), range(new Bound(right.get(), inclusive), less)));
        }
        if (left.isPresent() && right.isEmpty()) {
          return Optional.of(
              Map.entry(
                  subject(words.subList(at + 1, words.size())),
                  range(new Bound(left.get(), inclusive), !less)));
        }
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Range range(Bound bound, boolean high) {
    return high
        ? new Range(Optional.empty(), Optional.of(bound))
        : new Range(Optional.of(bound), Optional.empty());
  }

  private static Optional<BigDecimal> number(List<String> words) {
    String text = String.join("", Words.stripped(words));
    return text.matches("-?\\d+(\\.\\d+)?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static String subject(List<String> words) {
    return String.join(" ", Words.stripped(words));
  }
}
