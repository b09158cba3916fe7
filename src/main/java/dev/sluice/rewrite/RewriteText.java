package dev.sluice.rewrite;

import dev.sluice.release.Phase;
import dev.sluice.report.Words;
import dev.sluice.rewrite.Rewriting.NothingToSplit;
import dev.sluice.rewrite.Rewriting.PlainFile;
import dev.sluice.rewrite.Rewriting.Refused;
import dev.sluice.rewrite.Rewriting.Split;

/** What becomes of a migration, for who decides whether it may. */
public final class RewriteText {

  private RewriteText() {}

  /**
   * @param file the migration's, as messages show it
   */
  public static String of(String file, Rewriting rewriting) {
    return switch (rewriting) {
      case NothingToSplit none ->
          file
              + ": nothing to split: "
              + none.phase().map(RewriteText::when).orElse("it changes nothing")
              + "\n";
      case Refused refused -> refused(file, refused);
      case Split split -> split(file, split);
    };
  }

  private static String when(Phase phase) {
    return "all of it runs "
        + (phase == Phase.PRE_DEPLOY ? "before the deployment" : "when the old version is gone")
        + ", as it is written ("
        + phase.id()
        + ")";
  }

  private static String refused(String file, Refused refused) {
    return file
        + ": plain Flyway cannot do it; nothing is written\n"
        + String.join("\n", refused.reasons())
        + "\n";
  }

  private static String split(String file, Split split) {
    StringBuilder text = new StringBuilder();
    text.append(file)
        .append(": ")
        .append(Words.count(split.files().size(), "file"))
        .append(" for plain Flyway\n");
    for (PlainFile one : split.files()) {
      text.append("\n  ")
          .append(one.name())
          .append("  ")
          .append(one.phase().id())
          .append(one.transactional() ? "" : ", without a transaction")
          .append('\n');
      one.steps().forEach(step -> text.append("    ").append(step).append('\n'));
    }
    text.append("\nhow they run:\n");
    split
        .lastBefore()
        .ifPresentOrElse(
            v ->
                text.append("  before the deployment: flyway migrate -target=")
                    .append(v)
                    .append('\n'),
            () -> text.append("  before the deployment: none of them\n"));
    if (split.files().getLast().phase() == Phase.POST_DEPLOY) {
      text.append("  when the old version is gone: flyway migrate -target=")
          .append(split.files().getLast().version())
          .append('\n');
    }
    list(text, "what they need:", split.needs());
    list(text, "what sluice apply does, and plain Flyway does not:", split.lost());
    return text.toString();
  }

  private static void list(StringBuilder text, String head, Iterable<String> lines) {
    boolean first = true;
    for (String line : lines) {
      if (first) {
        text.append('\n').append(head).append('\n');
        first = false;
      }
      text.append("  - ").append(line).append('\n');
    }
  }
}
