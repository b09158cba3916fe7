package dev.sluice.plan;

import dev.sluice.schema.Impact;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A plan as a JSON tree. */
final class PlanToJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Fields of a step that explain it and decide nothing. */
  private static final List<String> EXPLAINING = List.of("title", "origin", "why", "estimate");

  private PlanToJson() {}

  static ObjectNode plan(Plan plan) {
    ObjectNode json = JSON.objectNode();
    json.put("formatVersion", Plan.FORMAT_VERSION);
    json.put("release", plan.release());
    json.put("fingerprint", plan.fingerprint());
    json.put("engine", plan.engine());
    json.put("engineVersion", plan.engineVersion());
    list(json, "migrations", plan.migrations(), PlanToJson::source);
    ObjectNode placeholders = json.putObject("placeholders");
    new TreeMap<>(plan.placeholders()).forEach(placeholders::put);
    texts(json, "debt", plan.debt());
    list(json, "steps", plan.steps(), PlanToJson::step);
    optional(json, "pointOfNoReturn", plan.pointOfNoReturn());
    list(json, "conflicts", plan.conflicts(), PlanToJson::conflict);
    list(json, "directivesNeeded", plan.directivesNeeded(), PlanToJson::directiveNeeded);
    list(json, "findings", plan.notes(), PlanToJson::note);
    return json;
  }

  /** Only what decides what runs. */
  static ObjectNode deciding(Plan plan) {
    ObjectNode json = plan(plan);
    json.remove(List.of("release", "fingerprint", "findings"));
    json.get("steps").forEach(step -> ((ObjectNode) step).remove(EXPLAINING));
    return json;
  }

  private static void source(ObjectNode json, Plan.Source source) {
    optional(json, "version", source.version());
    json.put("script", source.script());
    number(json, "checksum", source.checksum());
    json.put("kind", source.kind().id());
  }

  private static void step(ObjectNode json, Step step) {
    json.put("id", step.id());
    json.put("phase", step.phase().id());
    json.put("kind", step.kind().id());
    json.put("title", step.title());
    json.put("action", step.action().id());
    action(json, step.action());
    session(json.putObject("session"), step.session());
    texts(json, "dependsOn", step.dependsOn());
    optionalObject(json, "origin", step.origin(), PlanToJson::origin);
    json.put("why", step.why());
    impact(json.putObject("impact"), step.impact());
    json.put("window", step.window().id());
    optionalObject(json, "estimate", step.estimate(), PlanToJson::estimate);
    list(json, "conditions", step.conditions(), PlanToJson::condition);
    optionalObject(json, "doneWhen", step.doneWhen(), PlanToJson::condition);
    texts(json, "undo", step.undo());
    json.put("reversible", step.reversible().id());
  }

  /** {@code sql} and {@code transactional} stand in every step, so that all have one shape. */
  private static void action(ObjectNode json, Action action) {
    texts(json, "sql", action instanceof Action.Ddl ddl ? ddl.sql() : List.of());
    json.put("transactional", !(action instanceof Action.Ddl ddl) || ddl.transactional());
    switch (action) {
      case Action.Ddl ddl -> {}
      case Action.Backfill backfill -> {
        ObjectNode own = json.putObject("backfill");
        own.put("table", backfill.table());
        texts(own, "key", backfill.key());
        optional(own, "set", backfill.change());
        backfill
            .copy()
            .ifPresentOrElse(
                c -> {
                  ObjectNode copy = own.putObject("copy");
                  copy.put("into", c.into());
                  copy.put("row", c.row());
                  copy.put("then", c.then());
                },
                () -> own.putNull("copy"));
        own.put("where", backfill.where());
        own.put("once", backfill.once());
      }
      case Action.Verify verify -> {
        ObjectNode own = json.putObject("verify");
        list(own, "conditions", verify.conditions(), PlanToJson::condition);
        optional(own, "samples", verify.samples());
        own.put("patienceMillis", verify.patience().toMillis());
      }
      case Action.Deploy deploy -> {}
      case Action.RecordHistory history -> {
        ObjectNode own = json.putObject("history");
        optional(own, "version", history.version());
        own.put("description", history.description());
        own.put("type", history.type());
        own.put("script", history.script());
        number(own, "checksum", history.checksum());
      }
      case Action.Manual manual -> json.putObject("manual").put("reason", manual.reason());
    }
  }

  private static void session(ObjectNode json, Step.Session session) {
    optional(json, "searchPath", session.searchPath());
    optional(json, "role", session.role());
    texts(json, "parameters", session.parameters());
  }

  private static void origin(ObjectNode json, Step.Origin origin) {
    json.put("file", origin.file());
    json.put("line", origin.line());
    json.put("column", origin.column());
    json.put("sql", origin.sql());
  }

  private static void impact(ObjectNode json, Impact impact) {
    json.put("work", impact.work().name());
    optional(json, "algorithm", impact.algorithm().map(Enum::name));
    list(
        json,
        "locks",
        impact.locks(),
        (own, lock) -> {
          own.put("relation", qualified(lock.relation()));
          own.put("mode", lock.mode().text());
        });
    json.put("blocksReads", impact.blocksReads());
    json.put("blocksWrites", impact.blocksWrites());
    json.put("transactional", impact.transactional());
  }

  /** Quoted where a dot would be misread, so that it can be read back. */
  private static String qualified(QualifiedName name) {
    return name.schema().map(s -> part(s) + ".").orElse("") + part(name.name());
  }

  private static String part(Name name) {
    String text = name.text();
    return text.contains(".") || text.contains("\"")
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }

  private static void estimate(ObjectNode json, Step.Estimate estimate) {
    json.put("rows", estimate.rows());
    json.put("bytes", estimate.bytes());
    json.put("millis", estimate.millis());
  }

  private static void condition(ObjectNode json, Condition condition) {
    json.put("sql", condition.sql());
    json.put("expect", condition.expect());
  }

  private static void place(ObjectNode json, Plan.Place place) {
    json.put("file", place.file());
    json.put("line", place.line());
    json.put("column", place.column());
    json.put("sql", place.sql());
  }

  private static void conflict(ObjectNode json, Plan.Conflict conflict) {
    list(json, "statements", conflict.statements(), PlanToJson::place);
    json.put("why", conflict.why());
    texts(json, "waysOut", conflict.waysOut());
  }

  private static void directiveNeeded(ObjectNode json, Plan.DirectiveNeeded needed) {
    place(json, needed.place());
    json.put("why", needed.why());
    texts(json, "choices", needed.choices());
  }

  private static void note(ObjectNode json, Plan.Note note) {
    place(json, note.place());
    json.put("message", note.text());
  }

  private static <T> void list(
      ObjectNode json, String name, List<T> items, BiConsumer<ObjectNode, T> write) {
    ArrayNode array = json.putArray(name);
    items.forEach(item -> write.accept(array.addObject(), item));
  }

  private static void texts(ObjectNode json, String name, List<String> texts) {
    ArrayNode array = json.putArray(name);
    texts.forEach(array::add);
  }

  private static void optional(ObjectNode json, String name, Optional<String> text) {
    text.ifPresentOrElse(t -> json.put(name, t), () -> json.putNull(name));
  }

  private static void number(ObjectNode json, String name, Optional<Integer> number) {
    number.ifPresentOrElse(n -> json.put(name, n), () -> json.putNull(name));
  }

  private static <T> void optionalObject(
      ObjectNode json, String name, Optional<T> value, BiConsumer<ObjectNode, T> write) {
    value.ifPresentOrElse(v -> write.accept(json.putObject(name), v), () -> json.putNull(name));
  }
}
