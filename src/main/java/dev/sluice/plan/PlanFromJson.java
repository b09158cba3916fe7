package dev.sluice.plan;

import dev.sluice.dialect.Engine;
import dev.sluice.plan.PlanJson.UnreadablePlan;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.schema.Algorithm;
import dev.sluice.schema.Impact;
import dev.sluice.schema.LockMode;
import dev.sluice.schema.Work;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A plan from a JSON tree: the mirror of {@link PlanToJson}. */
final class PlanFromJson {

  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^.\"]+)");

  private final String engine;

  private PlanFromJson(String engine) {
    this.engine = engine;
  }

  static Plan plan(JsonFields json) {
    long format = json.number("formatVersion");
    if (format != Plan.FORMAT_VERSION) {
      throw new UnreadablePlan(
          "the plan has formatVersion "
              + format
              + "; this version of Sluice reads "
              + Plan.FORMAT_VERSION);
    }
    String engine = json.oneOf("engine", Arrays.stream(Engine.values()), Engine::id).id();
    PlanFromJson reader = new PlanFromJson(engine);
    Plan plan =
        new Plan(
            json.text("release"),
            json.text("fingerprint"),
            engine,
            json.text("engineVersion"),
            json.objects("migrations", PlanFromJson::source),
            json.textsByName("placeholders"),
            json.texts("debt"),
            json.objects("steps", reader::step),
            json.textOrNull("pointOfNoReturn"),
            json.objects("conflicts", PlanFromJson::conflict),
            json.objects("directivesNeeded", PlanFromJson::directiveNeeded),
            json.objects("findings", PlanFromJson::note));
    json.end();
    return plan;
  }

  private static Plan.Source source(JsonFields json) {
    return new Plan.Source(
        json.textOrNull("version"),
        json.text("script"),
        json.smallNumberOrNull("checksum"),
        json.oneOf("kind", Arrays.stream(Kind.values()), Kind::id));
  }

  private Step step(JsonFields json) {
    return new Step(
        json.text("id"),
        json.oneOf("phase", Arrays.stream(Phase.values()), Phase::id),
        json.oneOf("kind", Arrays.stream(Kind.values()), Kind::id),
        json.text("title"),
        action(json),
        json.object("session", PlanFromJson::session),
        json.texts("dependsOn"),
        json.objectOrNull("origin", PlanFromJson::origin),
        json.text("why"),
        json.object("impact", this::impact),
        json.oneOf("window", Arrays.stream(Window.values()), Window::id),
        json.objectOrNull("estimate", PlanFromJson::estimate),
        json.objects("conditions", PlanFromJson::condition),
        json.objectOrNull("doneWhen", PlanFromJson::condition),
        json.texts("undo"),
        json.oneOf("reversible", Arrays.stream(Reversible.values()), Reversible::id));
  }

  private static Action action(JsonFields json) {
    List<String> sql = json.texts("sql");
    boolean transactional = json.flag("transactional");
    String id = json.text("action");
    return switch (id) {
      case "ddl" -> new Action.Ddl(sql, transactional);
      case "backfill" ->
          json.object(
              "backfill",
              own ->
                  new Action.Backfill(
                      own.text("table"),
                      own.texts("key"),
                      own.textOrNull("set"),
                      own.objectOrNull(
                          "copy",
                          copy ->
                              new Action.Backfill.Copy(
                                  copy.text("into"), copy.text("row"), copy.text("then"))),
                      own.text("where"),
                      own.flag("once")));
      case "verify" ->
          json.object(
              "verify",
              own ->
                  new Action.Verify(
                      own.objects("conditions", PlanFromJson::condition),
                      own.textOrNull("samples"),
                      Duration.ofMillis(own.number("patienceMillis"))));
      case "deploy" -> new Action.Deploy();
      case "record-history" ->
          json.object(
              "history",
              own ->
                  new Action.RecordHistory(
                      own.textOrNull("version"),
                      own.text("description"),
                      own.text("type"),
                      own.text("script"),
                      own.smallNumberOrNull("checksum")));
      case "manual" -> json.object("manual", own -> new Action.Manual(own.text("reason")));
      default ->
          throw new UnreadablePlan(
              "action \""
                  + id
                  + "\" is unknown; it is ddl, backfill, verify, deploy,"
                  + " record-history or manual");
    };
  }

  private static Step.Session session(JsonFields json) {
    return new Step.Session(
        json.textOrNull("searchPath"), json.textOrNull("role"), json.texts("parameters"));
  }

  private static Step.Origin origin(JsonFields json) {
    return new Step.Origin(
        json.text("file"), json.smallNumber("line"), json.smallNumber("column"), json.text("sql"));
  }

  private Impact impact(JsonFields json) {
    Impact impact =
        new Impact(
            json.objects("locks", this::lock),
            json.oneOf("work", Arrays.stream(Work.values()), Work::name),
            json.oneOfOrNull("algorithm", Arrays.stream(Algorithm.values()), Algorithm::name),
            json.flag("transactional"));
    if (json.flag("blocksReads") != impact.blocksReads()
        || json.flag("blocksWrites") != impact.blocksWrites()) {
      throw new UnreadablePlan("an impact's locks contradict its blocksReads or blocksWrites");
    }
    return impact;
  }

  private Impact.Lock lock(JsonFields json) {
    return new Impact.Lock(
        qualified(json.text("relation")), json.oneOf("mode", lockModes(), LockMode::text));
  }

  /** PostgreSQL's EXCLUSIVE and MySQL's are two locks under one name. */
  private Stream<LockMode> lockModes() {
    boolean postgresql = engine.equals(Engine.POSTGRESQL.id());
    return Arrays.stream(LockMode.values())
        .filter(m -> m.name().startsWith("MYSQL_") != postgresql);
  }

  private static QualifiedName qualified(String text) {
    Matcher matcher = PART.matcher(text);
    List<Name> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length() && matcher.find(at) && matcher.start() == at && parts.size() < 2) {
      String quoted = matcher.group(1);
      parts.add(new Name(quoted == null ? matcher.group() : quoted.replace("\"\"", "\"")));
      at = matcher.end() < text.length() ? matcher.end() + 1 : matcher.end();
    }
    if (at < text.length() || parts.isEmpty()) {
      throw new UnreadablePlan("\"" + text + "\" is no name of a relation");
    }
    return parts.size() == 1
        ? new QualifiedName(Optional.empty(), parts.get(0))
        : new QualifiedName(Optional.of(parts.get(0)), parts.get(1));
  }

  private static Step.Estimate estimate(JsonFields json) {
    return new Step.Estimate(json.number("rows"), json.number("bytes"), json.number("millis"));
  }

  private static Condition condition(JsonFields json) {
    return new Condition(json.text("sql"), json.text("expect"));
  }

  private static Plan.Place place(JsonFields json) {
    return new Plan.Place(
        json.text("file"), json.smallNumber("line"), json.smallNumber("column"), json.text("sql"));
  }

  private static Plan.Conflict conflict(JsonFields json) {
    return new Plan.Conflict(
        json.objects("statements", PlanFromJson::place), json.text("why"), json.texts("waysOut"));
  }

  private static Plan.DirectiveNeeded directiveNeeded(JsonFields json) {
    return new Plan.DirectiveNeeded(place(json), json.text("why"), json.texts("choices"));
  }

  private static Plan.Note note(JsonFields json) {
    return new Plan.Note(place(json), json.text("message"));
  }
}
