package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Interception;
import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Triggers and rules: they meet what the old version writes as well. */
final class KindOfInterception {

  private static final String DECIDES =
      "its code refuses some writes or leaves them out: what the old version sends among them is"
          + " lost to it";

  private KindOfInterception() {}

  static Verdict trigger(Change.CreateTrigger change, Scene scene) {
    Trigger trigger = change.trigger();
    Optional<Trigger> before = scene.before().trigger(trigger.table(), trigger.name());
    Interception now = scene.dialect().interception(trigger, scene.before());
    Interception was =
        before
            .map(t -> scene.dialect().interception(t, scene.before()))
            .orElse(Interception.PASSES);
    if (stopsMore(was, now)) {
      return stops(now);
    }
    return noted(
        now,
        change.orReplace() && before.isPresent()
            ? KindOfObjectChange.replaced("fires the new trigger")
            : Verdict.expand("a new trigger")
                .also("it also fires for what the old version writes"));
  }

  /**
   * A trigger that fires until the old version is gone.
   *
   * @param dropped the statement that takes it away
   */
  record Leaving(Trigger trigger, Placed dropped) {}

  /** What is made meanwhile: a new trigger fires beside it, and a new body is run by it too. */
  static Verdict beside(List<Leaving> leaving, Change change, Scene scene, Verdict verdict) {
    return switch (change) {
      case Change.CreateTrigger c ->
          leaving.stream()
              .filter(l -> l.trigger().table().equals(scene.resolve(c.trigger().table())))
              .filter(l -> l.trigger().meets(c.trigger()))
              .findFirst()
              .map(
                  l ->
                      verdict.also(
                          l.trigger().name()
                              + ", which "
                              + l.dropped().statement().place()
                              + " drops, fires beside it until the old version is gone: what both"
                              + " do happens twice"))
              .orElse(verdict);
      case Change.CreateRoutine c when verdict.kind() == Kind.EXPAND ->
          leaving.stream()
              .filter(l -> calls(l.trigger(), c, scene))
              .findFirst()
              .map(
                  l ->
                      Verdict.replace(
                          "trigger "
                              + l.trigger().name()
                              + " of "
                              + l.trigger().table().name()
                              + ", which "
                              + l.dropped().statement().place()
                              + " drops, runs the new body until the old version is gone"))
              .orElse(verdict);
      default -> verdict;
    };
  }

  private static boolean calls(Trigger trigger, Change.CreateRoutine routine, Scene scene) {
    Schema before = scene.before();
    return before.routine(routine.routine().name()).isPresent()
        && trigger
            .function()
            .map(before::resolve)
            .equals(Optional.of(before.resolve(routine.routine().name())))
        && scene.dialect().interception(trigger, before) != Interception.REFUSES;
  }

  static Verdict rule(Change.CreateObject change, Scene scene) {
    Interception now = rule(change, scene.before(), scene.dialect());
    return now.stopsAll()
        ? stops(now)
        : noted(
            now,
            Verdict.expand("a new rule").also("it also rewrites statements of the old version"));
  }

  private static Interception rule(Change.CreateObject change, Schema before, Dialect dialect) {
    return before
        .after(change)
        .other(ObjectKind.RULE, change.on(), change.name())
        .map(r -> dialect.interception(r, before))
        .orElse(Interception.UNKNOWN);
  }

  static Verdict enable(Change.EnableTrigger change, Scene scene) {
    List<Interception> all = switched(change, scene);
    String what = change.kind() == ObjectKind.RULE ? "the rule" : "the trigger";
    if (change.enabled()) {
      return all.stream()
          .filter(i -> stopsMore(Interception.PASSES, i))
          .findFirst()
          .map(KindOfInterception::stops)
          .orElseGet(
              () ->
                  Verdict.expand(what + " fires again").also("it also fires for the old version"));
    }
    return !all.isEmpty() && all.stream().allMatch(i -> i == Interception.REFUSES)
        ? lifted()
        : Verdict.contract("the old version relies on " + what + " until it is gone");
  }

  private static List<Interception> switched(Change.EnableTrigger change, Scene scene) {
    Schema before = scene.before();
    Dialect dialect = scene.dialect();
    if (change.kind() == ObjectKind.RULE) {
      return change
          .name()
          .flatMap(
              n ->
                  before.other(
                      ObjectKind.RULE,
                      Optional.of(change.table()),
                      new QualifiedName(Optional.empty(), n)))
          .map(r -> dialect.interception(r, before))
          .stream()
          .toList();
    }
    return before.triggersOn(change.table()).stream()
        .filter(t -> change.name().map(t.name()::equals).orElse(true))
        .map(t -> dialect.interception(t, before))
        .toList();
  }

  static Verdict dropTrigger(Change.DropTrigger change, Scene scene) {
    boolean refused =
        dropped(change, scene.before())
            .map(t -> scene.dialect().interception(t, scene.before()))
            .filter(Interception.REFUSES::equals)
            .isPresent();
    return refused ? lifted() : KindOfObjectChange.drop("the trigger");
  }

  /** A new body of a function that triggers call; empty where it lets pass what it let pass. */
  static Optional<Verdict> code(Change.CreateRoutine change, Scene scene) {
    Schema before = scene.before();
    Schema after = before.after(change);
    Optional<QualifiedName> function = Optional.of(scene.resolve(change.routine().name()));
    List<Trigger> calling = new ArrayList<>();
    Stream.concat(
            before.tables().stream().map(Table::name), before.views().stream().map(View::name))
        .flatMap(r -> before.triggersOn(r).stream())
        .filter(t -> t.function().map(before::resolve).equals(function))
        .forEach(calling::add);
    return calling.stream()
        .flatMap(t -> stopping(t, before, t, after, scene.dialect()).stream())
        .findFirst();
  }

  /** One that is dropped and made again; empty where it lets pass what it let pass. */
  static Optional<Verdict> redefined(Placed dropped, Placed made, Dialect dialect) {
    if (made.change() instanceof Change.CreateTrigger now
        && dropped.change() instanceof Change.DropTrigger was) {
      return dropped(was, dropped.before())
          .flatMap(t -> stopping(t, dropped.before(), now.trigger(), made.before(), dialect));
    }
    if (made.change() instanceof Change.CreateObject now && now.kind() == ObjectKind.RULE) {
      Interception is = rule(now, made.before(), dialect);
      Interception was =
          dropped
              .before()
              .other(ObjectKind.RULE, now.on(), now.name())
              .map(r -> dialect.interception(r, dropped.before()))
              .orElse(Interception.UNKNOWN);
      return Optional.of(is).filter(i -> i.stopsAll() && i != was).map(KindOfInterception::stops);
    }
    return Optional.empty();
  }

  private static Optional<Verdict> stopping(
      Trigger was, Schema before, Trigger now, Schema after, Dialect dialect) {
    Interception is = dialect.interception(now, after);
    return stopsMore(dialect.interception(was, before), is)
        ? Optional.of(stops(is))
        : Optional.empty();
  }

  /** The trigger that goes; MySQL and MariaDB do not say of which table. */
  private static Optional<Trigger> dropped(Change.DropTrigger change, Schema before) {
    return change.table().isPresent()
        ? change.table().flatMap(t -> before.trigger(t, change.trigger()))
        : before.tables().stream()
            .flatMap(t -> before.trigger(t.name(), change.trigger()).stream())
            .findFirst();
  }

  /** Whether writes are stopped that came through before. What it decides on is not compared. */
  private static boolean stopsMore(Interception was, Interception is) {
    return is.stopsAll()
        ? was != is
        : is == Interception.DECIDES && was != Interception.DECIDES && !was.stopsAll();
  }

  private static Verdict noted(Interception interception, Verdict verdict) {
    return interception == Interception.DECIDES ? verdict.also(DECIDES) : verdict;
  }

  private static Verdict stops(Interception interception) {
    if (interception == Interception.DECIDES) {
      return Verdict.contract(DECIDES)
          .also("where it sends none of those, `sluice: phase pre-deploy` says so");
    }
    return Verdict.contract(
        switch (interception) {
          case REFUSES ->
              "it refuses every write that it meets, and the old version still sends them";
          case DROPS ->
              "what it meets is silently left out, and the old version still writes it: its rows"
                  + " are lost";
          case REDIRECTS ->
              "something else happens instead of what it meets, and the old version still sends it";
          case PASSES, DECIDES, UNKNOWN ->
              throw new IllegalArgumentException(interception + " lets writes pass");
        });
  }

  private static Verdict lifted() {
    return Verdict.expand("it refused every write that it met: the old version sends none of them");
  }
}
