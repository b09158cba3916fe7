package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import java.util.ArrayList;
import java.util.List;

/** Views. */
final class ViewTexts {

  private final Found found;

  ViewTexts(Found found) {
    this.found = found;
  }

  /**
   * @throws Problem where the login sees that a view is there, and not what it reads
   */
  List<String> all() {
    List<String> texts = new ArrayList<>();
    found.all(Question.VIEWS).values().forEach(rows -> texts.add(text(rows.getFirst())));
    return texts;
  }

  private String text(Answer view) {
    String query = view.text(1);
    if (query.isEmpty()) {
      throw new Problem(
          Reason.DATABASE,
          "view "
              + found.schema()
              + "."
              + view.text(0)
              + ": this login must not see what it reads, so whom a change breaks cannot be told\n"
              + "  fix: GRANT SHOW VIEW ON "
              + Found.quote(found.schema().text())
              + ".* TO it");
    }
    return "CREATE SQL SECURITY "
        + view.text(3)
        + " VIEW "
        + found.place(view.text(0))
        + " AS "
        + query
        + (view.text(2).equals("NONE") ? "" : " WITH " + view.text(2) + " CHECK OPTION");
  }
}
