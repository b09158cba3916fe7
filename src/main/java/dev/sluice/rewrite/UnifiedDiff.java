package dev.sluice.rewrite;

import java.util.ArrayList;
import java.util.List;

/** What becomes of a text, as {@code patch} and {@code git apply} read it. */
final class UnifiedDiff {

  private static final int AROUND = 3;

  private UnifiedDiff() {}

  private record Line(char sign, String text) {}

  /** A file that was not there. */
  static String made(String file, String text) {
    return "--- /dev/null\n+++ b/" + file + "\n" + hunks(List.of(), text.lines().toList());
  }

  /** A file with another text; nothing where it is the same. */
  static String changed(String file, String before, String after) {
    return before.equals(after)
        ? ""
        : "--- a/"
            + file
            + "\n+++ b/"
            + file
            + "\n"
            + hunks(before.lines().toList(), after.lines().toList());
  }

  /** A file that goes. */
  static String gone(String file, String text) {
    return "--- a/" + file + "\n+++ /dev/null\n" + hunks(text.lines().toList(), List.of());
  }

  private static String hunks(List<String> before, List<String> after) {
    List<Line> lines = lines(before, after);
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < lines.size()) {
      int first = nextChange(lines, at);
      if (first == lines.size()) {
        break;
      }
      int from = Math.max(at, first - AROUND);
      int to = first;
      for (int next = first; next < lines.size() && next - to <= 2 * AROUND; ) {
        to = next + 1;
        next = nextChange(lines, to);
      }
      to = Math.min(lines.size(), to + AROUND);
      hunk(lines, from, to, text);
      at = to;
    }
    return text.toString();
  }

  private static int nextChange(List<Line> lines, int from) {
    int at = from;
    while (at < lines.size() && lines.get(at).sign() == ' ') {
      at++;
    }
    return at;
  }

  private static void hunk(List<Line> lines, int from, int to, StringBuilder text) {
    text.append("@@ -")
        .append(range(lines, from, to, '+'))
        .append(" +")
        .append(range(lines, from, to, '-'))
        .append(" @@\n");
    lines.subList(from, to).forEach(l -> text.append(l.sign()).append(l.text()).append('\n'));
  }

  /** Of a side, which is that without the lines of {@code other}. */
  private static String range(List<Line> lines, int from, int to, char other) {
    long before = lines.subList(0, from).stream().filter(l -> l.sign() != other).count();
    long count = lines.subList(from, to).stream().filter(l -> l.sign() != other).count();
    return (count == 0 ? before : before + 1) + "," + count;
  }

  /** By the longest common subsequence: files of some hundred lines. */
  private static List<Line> lines(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(new Line(' ', before.get(i)));
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line('-', before.get(i)));
        i++;
      } else {
        lines.add(new Line('+', after.get(j)));
        j++;
      }
    }
    return lines;
  }
}
