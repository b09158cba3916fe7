package dev.sluice.rewrite;

import dev.sluice.plan.Step;
import dev.sluice.report.ImpactWords;
import dev.sluice.schema.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The text of one file. */
final class PartText {

  private final boolean mysql;
  private final StringBuilder text = new StringBuilder();

  private PartText(boolean mysql) {
    this.mysql = mysql;
  }

  /**
   * @param head what the file is, a comment of one line each
   * @param first statements at its beginning
   * @param comments the author's, before the pieces; one list for each, may be empty
   * @param last statements at its end
   * @param tail the author's behind everything
   */
  static String of(
      Part part,
      boolean mysql,
      List<String> head,
      List<String> first,
      List<List<String>> comments,
      List<String> last,
      List<String> tail) {
    PartText file = new PartText(mysql);
    head.forEach(file::comment);
    first.forEach(file::statement);
    List<String> session = List.of();
    for (int i = 0; i < part.pieces().size(); i++) {
      Piece piece = part.pieces().get(i);
      file.text.append('\n');
      comments.get(i).forEach(file::line);
      boolean begins = i == 0 || !part.pieces().get(i - 1).step().equals(piece.step());
      file.about(piece, begins);
      List<String> settings = piece.step().session().statements();
      settings.subList(session.size(), settings.size()).forEach(file::statement);
      session = settings;
      piece.statements().forEach(file::statement);
    }
    if (!last.isEmpty()) {
      file.text.append('\n');
      last.forEach(file::statement);
    }
    if (!tail.isEmpty()) {
      file.text.append('\n');
      tail.forEach(file::line);
    }
    return file.text.toString();
  }

  private void about(Piece piece, boolean begins) {
    Step step = piece.step();
    if (begins) {
      comment(
          step.origin().map(o -> "line " + o.line() + ": ").orElse("")
              + step.title()
              + ": "
              + step.why());
      if (!step.impact().equals(Impact.NONE)) {
        comment("lock: " + ImpactWords.of(step.impact()));
      }
    }
    piece.remarks().forEach(this::comment);
  }

  private void comment(String words) {
    line("-- " + words.replaceAll("\\s+", " "));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /**
   * Ended by a semicolon; on MySQL and MariaDB by another delimiter where one stands inside. Behind
   * a comment it would be one itself.
   */
  private void statement(String sql) {
    String bare = sql.strip().replaceFirst(";$", "");
    String lastLine = bare.substring(bare.lastIndexOf('\n') + 1);
    String end = lastLine.contains("--") || (mysql && lastLine.contains("#")) ? "\n" : "";
    if (mysql && bare.contains(";")) {
      String delimiter = "//";
      while (bare.contains(delimiter)) {
        delimiter += "/";
      }
      line("DELIMITER " + delimiter);
      line(bare + end + delimiter);
      line("DELIMITER ;");
    } else {
      line(bare + end + ";");
    }
  }

  /** A statement as the author wrote it, as comments. */
  static List<String> quoted(String sql) {
    return sql.lines()
        .map(l -> ("--   " + l).stripTrailing())
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
