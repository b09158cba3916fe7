package dev.sluice.dialect.mysql.server;

import dev.sluice.dialect.Answer;
import dev.sluice.dialect.mysql.reading.SqlMode;
import dev.sluice.dialect.mysql.writing.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Routines, triggers and events. MySQL shows their bodies without the marks that escaped quotes in
 * their literals: such a body may not be readable, and then counts as one that names anything.
 */
final class BodyTexts {

  /** Stands for a body that the login must not see; no reader understands it. */
  private static final String HIDDEN = "?";

  private final Found found;

  BodyTexts(Found found) {
    this.found = found;
  }

  List<String> all() {
    List<String> texts = new ArrayList<>();
    found.all(Question.ROUTINES).values().forEach(all -> all.forEach(r -> texts.add(routine(r))));
    found.all(Question.TRIGGERS).values().forEach(all -> all.forEach(t -> texts.add(trigger(t))));
    found.all(Question.EVENTS).values().forEach(all -> all.forEach(e -> texts.add(event(e))));
    return texts;
  }

  private String routine(Answer routine) {
    String kind = routine.text(1);
    return "CREATE "
        + kind
        + " "
        + found.place(routine.text(0))
        + " ("
        + found.of(Question.PARAMETERS, routine.text(0)).stream()
            .filter(p -> p.text(1).equals(kind))
            .map(p -> parameter(p, kind))
            .collect(Collectors.joining(", "))
        + ")"
        + (kind.equals("FUNCTION") ? " RETURNS " + routine.text(2) : "")
        + (routine.text(3).equals("YES") ? " DETERMINISTIC" : "")
        + " "
        + body(routine);
  }

  private static String parameter(Answer parameter, String kind) {
    return (kind.equals("PROCEDURE") ? parameter.text(2) + " " : "")
        + Found.quote(parameter.text(3))
        + " "
        + parameter.text(4);
  }

  /** As the modes mean it that it was made in. */
  private static String body(Answer object) {
    return object
        .optional(4)
        .filter(body -> !body.isBlank())
        .map(body -> SqlMode.of(object.text(5), "0").usual(body))
        .orElse(HIDDEN);
  }

  private String trigger(Answer trigger) {
    return "CREATE TRIGGER "
        + found.place(trigger.text(1))
        + " "
        + trigger.text(2)
        + " "
        + trigger.text(3).replace(",", " OR ")
        + " ON "
        + found.place(trigger.text(0))
        + " FOR EACH ROW "
        + body(trigger);
  }

  private String event(Answer event) {
    String when =
        event
            .optional(1)
            .map(at -> "AT " + Quoting.plainLiteral(at))
            .orElseGet(
                () ->
                    "EVERY "
                        + Quoting.plainLiteral(event.text(2).replace("'", ""))
                        + " "
                        + event.text(3).toUpperCase(Locale.ROOT));
    return "CREATE EVENT "
        + found.place(event.text(0))
        + " ON SCHEDULE "
        + when
        + " DO "
        + body(event);
  }
}
