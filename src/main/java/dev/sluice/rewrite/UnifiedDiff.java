package dev.sluice.rewrite;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of a text, as {@code patch} and {@code git apply} read it. */
final class UnifiedDiff {

  private static final int AROUND = 3;
  private static final String NOWHERE = "/dev/null";

  private UnifiedDiff() {}

  /** A file that was not there. */
  static String made(String file, String text) {
    return of(NOWHERE, "", "b/" + file, text);
  }

  /** A file with another text; nothing where it is the same. */
  static String changed(String file, String before, String after) {
    return of("a/" + file, before, "b/" + file, after);
  }

  /** A file that goes. */
  static String gone(String file, String text) {
    return of("a/" + file, text, NOWHERE, "");
  }

  private static String of(String from, String before, String to, String after) {
    List<String> old = before.lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
            from, to, old, DiffUtils.diff(old, after.lines().toList()), AROUND)
        .stream()
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
