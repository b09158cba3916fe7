package dev.sluice.release;

import dev.sluice.dialect.Dialect;
import dev.sluice.dialect.Engine;
import dev.sluice.schema.Change;
import dev.sluice.schema.Constraint;
import dev.sluice.schema.Constraint.Check;
import dev.sluice.schema.Constraint.ForeignKey;
import dev.sluice.schema.Index;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Routine;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.schema.ViewColumns;
import dev.sluice.sql.Name;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A name that is dropped and made again, judged as one change by comparing old and new. */
final class KindOfRedefinition {
  private KindOfRedefinition() {}

  /** The verdict for both statements; empty where each is judged by itself. */
  static Optional<Verdict> of(Placed dropped, Placed made, Dialect dialect) {
    Optional<Verdict> stopped = KindOfInterception.redefined(dropped, made, dialect);
    if (stopped.isPresent()) {
      return stopped;
    }
    Schema old = dropped.before();
    Engine engine = dialect.engine();
    return switch (made.change()) {
      case Change.CreateView c -> view(dropped, made, c, engine);
      case Change.CreateRoutine c -> Optional.of(routine(made, c, old, engine));
      case Change.CreateTrigger c -> Optional.of(trigger(dropped, made, c, engine));
      case Change.CreateObject c when c.kind() == ObjectKind.POLICY ->
          Optional.of(together(made, engine, "the old version runs under the new policy"));
      case Change.CreateObject c when c.kind() == ObjectKind.RULE ->
          Optional.of(
              together(made, engine, "the old version's statements are rewritten by the new rule"));
      case Change.AddConstraint c -> constraint(dropped, made, c, engine);
      case Change.CreateIndex c -> index(dropped, made, c, engine);
      default -> Optional.empty();
    };
  }

  private static Verdict together(Placed made, Engine engine, String what) {
    return Verdict.expand("dropped and made again in this release: " + manner(made, engine))
        .also(what);
  }

  /** A definition of MySQL's and MariaDB's commits by itself. */
  private static String manner(Placed made, Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> "replaced in one transaction";
      case MARIADB -> "replaced in one statement";
      case MYSQL ->
          made.change() instanceof Change.CreateView
              ? "replaced in one statement"
              : "by two statements, and in between nobody finds it";
    };
  }

  private static Verdict trigger(
      Placed dropped, Placed place, Change.CreateTrigger made, Engine engine) {
    Optional<Trigger> old =
        dropped.change() instanceof Change.DropTrigger drop
                && !drop.trigger().equals(made.trigger().name())
            ? drop.table().flatMap(t -> dropped.before().trigger(t, drop.trigger()))
            : Optional.empty();
    if (old.isEmpty()) {
      return together(place, engine, "the old version fires the new trigger");
    }
    String both = old.get().name() + " and " + made.trigger().name() + " do the same";
    return made.trigger().firesOnAllOf(old.get())
        ? Verdict.expand(both + ": one takes the place of the other in one transaction")
            .also("the old version fires the new trigger")
        : Verdict.unknown(
            both
                + ": side by side they do it twice, and "
                + made.trigger().name()
                + " alone leaves out what only "
                + old.get().name()
                + " fires on");
  }

  private static Optional<Verdict> view(
      Placed dropped, Placed place, Change.CreateView made, Engine engine) {
    Optional<View> old =
        switch (dropped.change()) {
          case Change.DropObject c -> dropped.before().view(c.name());
          case Change.DropTable c -> dropped.before().view(c.table());
          case Change.RenameTable ignored -> Optional.empty();
          default -> Optional.empty();
        };
    if (dropped.change() instanceof Change.RenameTable) {
      return Optional.of(
          Verdict.expand("the old name stays as a view on the renamed table")
              .also(Upserts.inView(engine)));
    }
    if (old.isEmpty()) {
      return dropped.change() instanceof Change.DropObject c && c.ifExists()
          ? Optional.of(
              together(
                  place,
                  engine,
                  "the view was never seen: if it is there, the old version reads the new one"))
          : Optional.of(
              Verdict.unknown(
                  "the view was never seen: whether the new one keeps its columns, no"
                      + " comparison tells"));
    }
    Optional<List<Name>> before = ViewColumns.of(old.get(), dropped.before());
    Optional<List<Name>> after = ViewColumns.of(made.view(), place.before());
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.of(
          Verdict.unknown(
              "whether the new view keeps the old one's columns could not be compared"));
    }
    List<String> lost =
        before.get().stream()
            .filter(c -> !after.get().contains(c))
            .map(Name::text)
            .sorted()
            .toList();
    if (lost.isEmpty()) {
      return Optional.of(
          together(place, engine, "it keeps all columns that the old version reads"));
    }
    String breaks =
        "the new view has no " + String.join(", ", lost) + ", which the old version reads";
    return Optional.of(
        Set.copyOf(before.get()).containsAll(after.get())
            ? Verdict.contract(breaks)
                .also("the new version finds all its columns in the old view until then")
            : Verdict.replace(breaks));
  }

  private static Verdict routine(
      Placed place, Change.CreateRoutine made, Schema old, Engine engine) {
    Optional<Routine> known = old.routine(made.routine().name());
    boolean sameArguments =
        known.map(r -> plain(r.signature()).equals(plain(made.routine().signature()))).orElse(true);
    return sameArguments
        ? together(place, engine, "the old version runs the new body")
        : Verdict.replace("its arguments change, and both versions call it at once");
  }

  private static String plain(String signature) {
    return signature.replaceAll("[\\s()]+", " ").strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Verdict> constraint(
      Placed dropped, Placed place, Change.AddConstraint made, Engine engine) {
    Schema old = dropped.before();
    if (!(dropped.change() instanceof Change.DropConstraint drop)) {
      return Optional.empty();
    }
    Optional<Constraint> before =
        old.table(drop.table()).flatMap(t -> t.constraint(drop.constraint()));
    if (before.isEmpty()) {
      return Optional.empty();
    }
    return switch (made.constraint()) {
      case Check now when before.get() instanceof Check was ->
          switch (CheckComparison.of(was.expression().sql(), now.expression().sql())) {
            case SAME -> Optional.of(Verdict.optional("the same CHECK, made again"));
            case WIDER ->
                Optional.of(
                    Verdict.expand("the CHECK gets wider: what the old version writes passes")
                        .also("the old version meets values that it does not know"));
            case NARROWER ->
                Optional.of(
                    Verdict.contract(
                        "the CHECK gets narrower: rows of the old version would be" + " refused"));
            case UNKNOWN -> Optional.empty();
          };
      case ForeignKey now
          when before.get() instanceof ForeignKey was && samePointing(was, now, old) ->
          Optional.of(
              Verdict.expand("the same foreign key with other actions: rows already keep it")
                  .also("the old version's deletes and updates of the parent do the new action"));
      case Constraint.Unique now
          when before.get() instanceof Constraint.Unique was
              && was.columns().equals(now.columns())
              && was.nullsDistinct() == now.nullsDistinct() ->
          Optional.of(Verdict.optional("the same unique constraint, made again"));
      case Constraint.PrimaryKey now
          when before.get() instanceof Constraint.PrimaryKey was
              && was.columns().equals(now.columns()) ->
          Optional.of(Verdict.optional("the same primary key, made again"));
      case Constraint.PrimaryKey now
          when before.get() instanceof Constraint.PrimaryKey was && isOne(dropped, place) ->
          Optional.of(
              KeyComparison.of(
                  "the primary key",
                  drop.table(),
                  was.columns(),
                  now.columns(),
                  false,
                  was.name().map(n -> old.resolve(drop.table()).withName(n)),
                  old,
                  engine));
      default -> Optional.empty();
    };
  }

  private static boolean samePointing(ForeignKey was, ForeignKey now, Schema schema) {
    return was.columns().equals(now.columns())
        && was.parent().equals(schema.resolve(now.parent()))
        && (now.parentColumns().isEmpty() || was.parentColumns().equals(now.parentColumns()));
  }

  /** Whether the server does both as one, so that there is never none of the two. */
  private static boolean isOne(Placed dropped, Placed made) {
    return dropped.statement().equals(made.statement());
  }

  private static Optional<Verdict> index(
      Placed dropped, Placed place, Change.CreateIndex made, Engine engine) {
    Schema old = dropped.before();
    if (!(dropped.change() instanceof Change.DropIndex drop)) {
      return Optional.empty();
    }
    Optional<Index> before =
        old.index(drop.index(), drop.table())
            .filter(i -> i.table().equals(old.resolve(made.index().table())));
    boolean wasUnique = before.map(Index::unique).orElse(false);
    if (before.isEmpty() || (made.index().unique() && !wasUnique)) {
      return Optional.empty();
    }
    String how =
        isOne(dropped, place)
            ? "the server does both as one: there is never none of the two"
            : "the index is built under another name, the names are swapped, then the old one"
                + " goes";
    if (wasUnique && made.index().unique()) {
      Optional<Verdict> compared = unique(drop, before.get(), made.index(), old, engine);
      return compared.map(v -> v.breaksOld() ? v : v.also(how));
    }
    Verdict verdict = Verdict.optional(how);
    return Optional.of(
        wasUnique
            ? Verdict.expand(how)
                .also("the new version writes duplicates that the old index refuses")
            : verdict);
  }

  /** Empty where keys are expressions or parts of columns, which nothing compares. */
  private static Optional<Verdict> unique(
      Change.DropIndex drop, Index was, Index is, Schema before, Engine engine) {
    boolean plain =
        Stream.of(was, is)
            .allMatch(
                i ->
                    i.predicate().isEmpty()
                        && i.columns().stream()
                            .allMatch(c -> c.column().isPresent() && c.modifiers().isEmpty()));
    if (!plain) {
      return was.columns().equals(is.columns()) && was.predicate().equals(is.predicate())
          ? Optional.of(Verdict.optional("the same key, made again"))
          : Optional.empty();
    }
    return Optional.of(
        KeyComparison.of(
            "the unique index",
            was.table(),
            KindOfConstraintChange.like(was).columns(),
            KindOfConstraintChange.like(is).columns(),
            true,
            Optional.of(before.resolve(drop.index())),
            before,
            engine));
  }
}
