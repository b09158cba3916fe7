package dev.sluice.drift;

import dev.sluice.dialect.Dialect;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Schema.Domain;
import dev.sluice.schema.Schema.EnumType;
import dev.sluice.schema.Schema.Other;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands beside tables: whether it is there, and of types what they are. */
final class ObjectComparison {

  private static final Set<ObjectKind> ASKED_FOR =
      Set.of(
          ObjectKind.TYPE,
          ObjectKind.EVENT,
          ObjectKind.POLICY,
          ObjectKind.RULE,
          ObjectKind.FOREIGN_TABLE,
          ObjectKind.EXTENSION);

  private final Sides sides;
  private final Dialect dialect;
  private final Differences differences;

  ObjectComparison(Sides sides, Dialect dialect, Differences differences) {
    this.sides = sides;
    this.dialect = dialect;
    this.differences = differences;
  }

  void run() {
    views();
    enums();
    domains();
    routines();
    triggers();
    others();
  }

  private void views() {
    for (View view : sides.replayed.views()) {
      if (sides.counts(view.name()) && sides.found.view(view.name()).isEmpty()) {
        differences.missing(kind(view), differences.shown(view.name()), "");
      }
    }
    sides.found.views().stream()
        .filter(v -> sides.counts(v.name()) && sides.replayed.view(v.name()).isEmpty())
        .forEach(v -> differences.extra(kind(v), differences.shown(v.name()), ""));
  }

  private static String kind(View view) {
    return view.materialized() ? "materialized view" : "view";
  }

  private void enums() {
    for (EnumType made : sides.replayed.enumTypes()) {
      if (sides.counts(made.name())) {
        String name = differences.shown(made.name());
        sides
            .found
            .enumType(made.name())
            .ifPresentOrElse(
                there -> differences.compare("type", name, "values", values(made), values(there)),
                () -> differences.missing("type", name, values(made)));
      }
    }
    sides.found.enumTypes().stream()
        .filter(e -> sides.counts(e.name()) && sides.replayed.enumType(e.name()).isEmpty())
        .forEach(e -> differences.extra("type", differences.shown(e.name()), values(e)));
  }

  private static String values(EnumType type) {
    return "'" + String.join("', '", type.values()) + "'";
  }

  private void domains() {
    for (Domain made : sides.replayed.domains()) {
      if (sides.counts(made.name())) {
        String name = differences.shown(made.name());
        Optional<Domain> there = sides.found.domain(made.name());
        if (there.isEmpty()) {
          differences.missing("domain", name, made.base().text());
        } else if (!dialect.sameType(made.base(), there.get().base())) {
          differences.differs(
              "domain", name, "type", made.base().text(), there.get().base().text());
        }
      }
    }
    sides.found.domains().stream()
        .filter(d -> sides.counts(d.name()) && sides.replayed.domain(d.name()).isEmpty())
        .forEach(d -> differences.extra("domain", differences.shown(d.name()), d.base().text()));
  }

  private void routines() {
    sides.replayed.routines().stream()
        .filter(r -> r.kind() != ObjectKind.AGGREGATE)
        .filter(r -> sides.counts(r.name()) && sides.found.routine(r.name()).isEmpty())
        .forEach(r -> differences.missing(kind(r.kind()), differences.shown(r.name()), ""));
    sides.found.routines().stream()
        .filter(r -> sides.counts(r.name()) && sides.replayed.routine(r.name()).isEmpty())
        .forEach(r -> differences.extra(kind(r.kind()), differences.shown(r.name()), ""));
  }

  private void triggers() {
    for (Table made : sides.replayed.tables()) {
      if (sides.counts(made.name()) && sides.found.table(made.name()).isPresent()) {
        lacking(sides.replayed, sides.found, made.name())
            .forEach(n -> differences.missing("trigger", n, ""));
        lacking(sides.found, sides.replayed, made.name())
            .forEach(n -> differences.extra("trigger", n, ""));
      }
    }
  }

  private Stream<String> lacking(Schema one, Schema other, QualifiedName table) {
    List<Trigger> triggers = one.triggersOn(table);
    return triggers.stream()
        .filter(t -> other.trigger(table, t.name()).isEmpty())
        .map(t -> differences.shown(table, t.name()));
  }

  private void others() {
    for (Other made : sides.replayed.others()) {
      if (isCompared(made, sides.replayed) && absent(made, sides.found)) {
        differences.missing(kind(made.name().kind()), shown(made), "");
      }
    }
    for (Other there : sides.found.others()) {
      if (there.name().kind().scope() != ObjectKind.Scope.DATABASE
          && isCompared(there, sides.found)
          && absent(there, sides.replayed)) {
        differences.extra(kind(there.name().kind()), shown(there), "");
      }
    }
  }

  private static boolean absent(Other object, Schema other) {
    Schema.ObjectName name = object.name();
    return other.other(name.kind(), name.on(), name.name()).isEmpty();
  }

  /** Only kinds that the catalog is asked for; an identity's sequence belongs to its column. */
  private boolean isCompared(Other object, Schema in) {
    QualifiedName name = object.name().on().orElse(object.name().name());
    boolean counts =
        object.name().kind().scope() == ObjectKind.Scope.DATABASE || sides.counts(name);
    boolean asked =
        object.name().kind() == ObjectKind.SEQUENCE
            ? !isOfIdentity(object, in)
            : ASKED_FOR.contains(object.name().kind());
    return counts && asked;
  }

  private static boolean isOfIdentity(Other sequence, Schema in) {
    return sequence
        .owner()
        .flatMap(o -> in.column(o.table(), o.column()))
        .flatMap(c -> c.identity())
        .isPresent();
  }

  private String shown(Other object) {
    return object
        .name()
        .on()
        .map(t -> differences.shown(t, object.name().name().name()))
        .orElseGet(() -> differences.shown(object.name().name()));
  }

  private static String kind(ObjectKind kind) {
    return kind.sql().toLowerCase(Locale.ROOT);
  }
}
