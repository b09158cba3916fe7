package dev.sluice.dialect.mysql.reading;

import dev.sluice.dialect.mysql.reading.ConstantTexts.Assignment;
import dev.sluice.dialect.mysql.reading.ConstantTexts.Variables;
import dev.sluice.schema.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prepared statements. EXECUTE is a block of what the text says that was prepared in the same file
 * before it; where that is one of several constant texts, of all of them.
 */
final class Prepared {

  private Prepared() {}

  /** PREPARE and DEALLOCATE: what the session keeps. */
  static Change named(Cursor cursor) {
    boolean prepare = cursor.next().is("PREPARE");
    if (!prepare) {
      cursor.expect("PREPARE");
      return gone(cursor);
    }
    String name = cursor.plainName().text();
    cursor.expect("FROM");
    return new Change.SetParameter(parameter(name), List.of(cursor.rest()), false);
  }

  /** Behind DEALLOCATE PREPARE. */
  static Change gone(Cursor cursor) {
    String name = cursor.plainName().text();
    cursor.expectEnd();
    return new Change.SetParameter(parameter(name), List.of(), false);
  }

  private static String parameter(String name) {
    return "prepared " + name.toLowerCase(Locale.ROOT);
  }

  static Change.Block execute(Cursor cursor, Target target, String earlier) {
    cursor.expect("EXECUTE");
    Optional<Assignment> source;
    if (cursor.uses(Syntax.EXECUTE_IMMEDIATE, cursor.accept("IMMEDIATE"))) {
      int start = cursor.start();
      cursor.skipTo("USING", ";");
      source = Optional.of(new Assignment(cursor.since(start), in(earlier)));
    } else {
      source = prepared(cursor.plainName().text(), earlier);
    }
    cursor.rest();
    return source
        .map(assigned -> run(assigned, target))
        .orElseGet(() -> unknown("what it runs is prepared outside of its file"));
  }

  private static Change.Block unknown(String reason) {
    return new Change.Block(List.of(), List.of(reason));
  }

  /** What stands behind the last PREPARE of that name. */
  private static Optional<Assignment> prepared(String name, String earlier) {
    Cursor cursor = new Cursor(earlier);
    Optional<Assignment> last = Optional.empty();
    while (!cursor.isEnd()) {
      boolean here =
          cursor.is("PREPARE")
              && cursor.ahead(2).is("FROM")
              && cursor.ahead(1).text().replace("`", "").equalsIgnoreCase(name);
      cursor.next();
      if (here && !cursor.before().is("DEALLOCATE")) {
        cursor.next();
        cursor.next();
        int start = cursor.start();
        cursor.skipTo(";");
        last = Optional.of(new Assignment(cursor.since(start), in(earlier.substring(0, start))));
      }
    }
    return last;
  }

  private static Change.Block run(Assignment source, Target target) {
    Optional<List<String>> texts = ConstantTexts.of(source);
    if (texts.isEmpty()) {
      return unknown("EXECUTE runs SQL that is put together when it runs");
    }
    List<Change> changes = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String sql : texts.get()) {
      if (sql.contains("${")) {
        unknown.add("a placeholder stands in what EXECUTE runs");
        continue;
      }
      try {
        for (Change change : Statements.read(sql, target, new Manner(), "")) {
          if (!saysNothing(change)) {
            changes.add(change);
          }
        }
      } catch (Unreadable e) {
        unknown.add("in what EXECUTE runs, " + e.reason());
      }
    }
    return new Change.Block(changes, unknown);
  }

  /** The other branch is mostly {@code SELECT 1} or {@code DO 0}. */
  private static boolean saysNothing(Change change) {
    return switch (change) {
      case Change.NoEffect ignored -> true;
      case Change.Query query -> query.query().references().touchNothing();
      default -> false;
    };
  }

  private static Variables in(String earlier) {
    return variable -> assigned(variable, earlier);
  }

  /** What a variable of the user was last set to. */
  private static Optional<Assignment> assigned(String variable, String earlier) {
    Cursor cursor = new Cursor(earlier);
    Optional<Assignment> last = Optional.empty();
    while (!cursor.isEnd()) {
      boolean set = cursor.before().is("SET") || cursor.before().is(",");
      Token token = cursor.next();
      if (!token.text().equalsIgnoreCase(variable)) {
        continue;
      }
      boolean into = cursor.mark() > 1 && !set;
      cursor.accept(":");
      if (cursor.accept("=") && set) {
        int start = cursor.start();
        cursor.skipTo(";", ",");
        last =
            Optional.of(
                new Assignment(cursor.since(start), in(earlier.substring(0, token.start()))));
      } else if (into && (cursor.before().is("=") || isInto(cursor))) {
        // SELECT … INTO @v, SELECT @v := …: known when it runs.
        last = Optional.empty();
      }
    }
    return last;
  }

  private static boolean isInto(Cursor cursor) {
    int mark = cursor.mark();
    cursor.back(Math.max(mark - 2, 0));
    boolean into = cursor.token().is("INTO");
    cursor.back(mark);
    return into;
  }
}
