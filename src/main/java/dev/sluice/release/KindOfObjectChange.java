package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Views, sequences, types, routines, triggers and what has no change of its own. */
final class KindOfObjectChange {
  /** Words of statements in the body of an event. */
  private static final Pattern TAKES_AWAY =
      Pattern.compile("\\b(DELETE|TRUNCATE|DROP|UPDATE|ALTER|RENAME|REPLACE|CALL)\\b");

  /** In front of the body of an event. */
  private static final Pattern DO = Pattern.compile("\\bDO\\b");

  private KindOfObjectChange() {}

  static Verdict view(Change.CreateView change, Scene scene) {
    QualifiedName name = change.view().name();
    if (change.temporary()) {
      return Verdict.accompanies("temporary: only this session sees it");
    }
    boolean there = scene.before().view(name).isPresent();
    if (there && change.ifNotExists()) {
      return Verdict.nothing(name + " is there already: nothing happens");
    }
    if (there) {
      return scene.dialect().conventions().viewsHoldWhatTheyRead()
          ? replaced("reads the new query")
          : ReplacedView.verdict(change, scene);
    }
    return change.orReplace() && !scene.before().complete()
        ? Verdict.expand("replaces a view, where it is there already").also(replaces())
        : Verdict.expand("a new view");
  }

  private static String replaces() {
    return "no migration that was read shows whether it is; then the old version reads the new"
        + " query";
  }

  /** Of what both versions share by name. */
  static Verdict replaced(String does) {
    return Verdict.expand("replaced in one statement, its name stays")
        .also("the old version " + does);
  }

  static Verdict refresh() {
    return Verdict.optional("the same view, computed anew");
  }

  static Verdict createSequence(Change.CreateSequence change, Scene scene) {
    return change.ifNotExists() && scene.before().knows(change.sequence())
        ? Verdict.nothing(change.sequence() + " is there already: nothing happens")
        : Verdict.expand("a new sequence");
  }

  static Verdict alterSequence(Change.AlterSequence change, Scene scene) {
    return change.options().toUpperCase(Locale.ROOT).contains("RESTART")
        ? KindOfRowChange.nextNumber(change.sequence().toString(), scene)
        : Verdict.expand("how numbers are drawn, for both versions");
  }

  static Verdict addEnumValue() {
    return Verdict.expand("a value that the old version does not write")
        .also("the old version meets it once the new one writes it");
  }

  static Verdict renameEnumValue(Change.RenameEnumValue change) {
    return Verdict.rename(
        "the old version says '"
            + change.value()
            + "', the new one '"
            + change.to()
            + "', and both run at once");
  }

  static Verdict routine(Change.CreateRoutine change, Scene scene) {
    return change.orReplace() && scene.before().replacedBy(change.routine()).isPresent()
        ? KindOfInterception.code(change, scene).orElseGet(() -> replaced("runs the new body"))
        : Verdict.expand("a new routine");
  }

  static Verdict create(Change.CreateObject change, Scene scene) {
    boolean there = scene.before().other(change.kind(), change.on(), change.name()).isPresent();
    if (there && change.ifNotExists()) {
      return Verdict.nothing(change.name() + " is there already: nothing happens");
    }
    String text = change.definition().sql().toUpperCase(Locale.ROOT);
    return switch (change.kind()) {
      case POLICY ->
          text.matches("(?s)\\s*AS\\s+RESTRICTIVE\\b.*")
              ? Verdict.contract("a restrictive policy hides rows from the old version")
              : Verdict.expand("a policy that lets through more").also("for the old version too");
      case RULE -> KindOfInterception.rule(change, scene);
      case EVENT_TRIGGER ->
          Verdict.expand("a new event trigger").also("it fires for every later DDL of the release");
      case EVENT -> event(text, there && change.orReplace());
      case STATISTICS -> Verdict.optional("estimates only: no statement names it");
      case VIEW,
          MATERIALIZED_VIEW,
          SEQUENCE,
          FUNCTION,
          PROCEDURE,
          AGGREGATE,
          TRIGGER,
          TYPE,
          DOMAIN,
          SCHEMA,
          DATABASE,
          EXTENSION,
          COLLATION,
          CONVERSION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_TABLE,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          there && change.orReplace()
              ? replaced("uses the new one")
              : Verdict.expand("new: the old version does not know it");
    };
  }

  /** It runs by itself, under both versions: what its body takes away is gone for both. */
  private static Verdict event(String text, boolean replaces) {
    if (TAKES_AWAY.matcher(text).find()) {
      return Verdict.undecided(
              "the event runs by itself, and its body changes or removes what the old version reads")
          .also(Verdict.ASKS);
    }
    return replaces
        ? replaced("uses the new one")
        : Verdict.expand("new: the old version does not know it");
  }

  static Verdict alter(Change.AlterObject change) {
    String text = change.text().toUpperCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    return switch (change.kind()) {
      case EVENT -> DO.matcher(text).find() ? event(text, true) : property();
      case DOMAIN -> domain(text);
      case TYPE -> type(text);
      case POLICY ->
          Verdict.expand("the policy changes at once")
              .also("the old version runs under the new policy");
      case VIEW,
          MATERIALIZED_VIEW,
          SEQUENCE,
          FUNCTION,
          PROCEDURE,
          AGGREGATE,
          FOREIGN_TABLE,
          TRIGGER,
          EVENT_TRIGGER,
          SCHEMA,
          DATABASE,
          EXTENSION,
          RULE,
          STATISTICS,
          COLLATION,
          CONVERSION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          property();
    };
  }

  private static Verdict property() {
    return Verdict.expand("a property of it, its name stays").also("for the old version too");
  }

  private static Verdict domain(String text) {
    if (text.startsWith("ADD") || text.startsWith("SET NOT NULL")) {
      return Verdict.contract("values that the old version writes would be refused");
    }
    if (text.startsWith("DROP DEFAULT")) {
      return Verdict.contract("INSERTs of the old version count on the default");
    }
    return text.startsWith("VALIDATE")
        ? Verdict.optional("reads the rows that are there: new ones are held to it already")
        : Verdict.expand("what it allows, the old version does not write");
  }

  private static Verdict type(String text) {
    if (text.startsWith("DROP ATTRIBUTE")) {
      return Verdict.contract("the old version reads and writes the attribute until it is gone");
    }
    if (text.startsWith("ALTER ATTRIBUTE")) {
      return Verdict.replace("the old version reads and writes the attribute's old type");
    }
    return Verdict.expand("what the type has more, the old version does not know");
  }

  static Verdict drop(String what) {
    return Verdict.contract("the old version uses " + what + " until it is gone");
  }

  static Verdict rename(Change.RenameObject change) {
    return switch (change.kind()) {
      case TRIGGER, POLICY, RULE, STATISTICS, EVENT_TRIGGER, CONVERSION ->
          Verdict.optional("no statement names it");
      case VIEW,
          MATERIALIZED_VIEW,
          SEQUENCE,
          FUNCTION,
          PROCEDURE,
          AGGREGATE,
          EVENT,
          TYPE,
          DOMAIN,
          SCHEMA,
          DATABASE,
          EXTENSION,
          COLLATION,
          CAST,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          TEXT_SEARCH,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_TABLE,
          FOREIGN_DATA_WRAPPER,
          SERVER,
          USER_MAPPING,
          PUBLICATION,
          SUBSCRIPTION,
          ROLE,
          TABLESPACE ->
          renamed(change.name(), change.to());
    };
  }

  static Verdict move(Change.MoveObject change) {
    return renamed(change.name(), change.name().in(change.schema()));
  }

  private static Verdict renamed(QualifiedName from, Object to) {
    return Verdict.rename(
        "the old version says " + from + ", the new one " + to + ", and both run at once");
  }

  static Verdict grant(Change.Grant change) {
    return change.revoke()
        ? Verdict.contract("statements of the old version that rely on it would be refused")
        : Verdict.expand("more is allowed");
  }

  static Verdict owner() {
    return Verdict.expand("who owns it, its name stays")
        .also("a role that used it as its owner loses that");
  }

  /** The same for one of several routines of a name, by its arguments where they are written. */
  static boolean madeHere(
      ObjectKind kind,
      QualifiedName name,
      Optional<QualifiedName> on,
      String arguments,
      Scene scene) {
    return switch (kind) {
      case FUNCTION, PROCEDURE, AGGREGATE -> scene.made().routine(scene.resolve(name), arguments);
      default -> madeHere(kind, name, on, scene);
    };
  }

  /** Whether the object is one that the release itself made. */
  static boolean madeHere(
      ObjectKind kind, QualifiedName name, Optional<QualifiedName> on, Scene scene) {
    Item item = ObjectEffects.item(kind, name, on, scene.before());
    return item.kind() == Item.Kind.RELATION
        ? scene.made(name)
        : scene.made().item(item) || on.map(scene::made).orElse(false);
  }
}
