package dev.sluice.schema;

import dev.sluice.schema.Schema.Domain;
import dev.sluice.schema.Schema.EnumType;
import dev.sluice.schema.Schema.Other;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** Views, sequences, types, routines, triggers and what has no record of its own. */
final class ObjectFolding {
  private ObjectFolding() {}

  static void view(Draft draft, Change.CreateView change) {
    Schema before = draft.schema();
    View view = change.view();
    QualifiedName name =
        change.temporary() ? view.name().in(Schema.TEMPORARY) : before.place(view.name());
    draft.temporaries |= change.temporary();
    if (!change.ifNotExists() || !draft.views.has(name)) {
      draft.views =
          draft.views.with(
              name,
              new View(
                  name,
                  view.columns(),
                  before.resolved(view.query()),
                  view.materialized(),
                  view.options()));
    }
  }

  static void sequence(Draft draft, Change.CreateSequence change) {
    Schema before = draft.schema();
    QualifiedName name = before.place(change.sequence());
    if (!change.ifNotExists() || before.other(ObjectKind.SEQUENCE, name).isEmpty()) {
      put(draft, name, owner(before, change.ownedBy()), change.options());
    }
  }

  static void sequence(Draft draft, Change.AlterSequence change) {
    Schema before = draft.schema();
    QualifiedName name = before.resolve(change.sequence());
    boolean freed =
        change.options().toUpperCase(Locale.ROOT).matches("(?s).*OWNED\\s+BY\\s+NONE.*");
    if (change.ownedBy().isPresent() || freed) {
      String options =
          before.other(ObjectKind.SEQUENCE, name).map(o -> o.definition().sql()).orElse("");
      put(draft, name, owner(before, change.ownedBy()), options);
    }
  }

  private static Optional<ColumnName> owner(Schema at, Optional<ColumnName> written) {
    return written.map(c -> new ColumnName(at.resolve(c.table()), c.column()));
  }

  private static void put(
      Draft draft, QualifiedName name, Optional<ColumnName> owner, String options) {
    draft.put(
        new Other(
            draft.schema().objectName(ObjectKind.SEQUENCE, Optional.empty(), name),
            owner.map(ColumnName::table),
            owner,
            Fragment.literal(options)));
    owner.ifPresent(c -> Serials.recognise(draft, c.table(), c.column()));
  }

  static void type(Draft draft, Change.CreateType change) {
    QualifiedName name = draft.schema().place(change.type());
    if (change.isEnum()) {
      draft.enums = draft.enums.plus(name, new EnumType(name, change.values()));
      draft.freshTypes = draft.freshTypes.plus(name);
    } else {
      draft.put(
          new Other(
              draft.schema().objectName(ObjectKind.TYPE, Optional.empty(), name),
              Optional.empty(),
              Optional.empty(),
              draft.schema().resolved(change.definition())));
    }
  }

  static void enumValue(Draft draft, Change.AddEnumValue change) {
    draft
        .schema()
        .enumType(change.type())
        .filter(e -> !e.values().contains(change.value()))
        .ifPresent(
            e -> {
              List<String> values = new ArrayList<>(e.values());
              values.add(place(values, change.position()), change.value());
              draft.enums = draft.enums.plus(e.name(), new EnumType(e.name(), values));
              PSet<String> added = draft.uncommitted.get(e.name());
              draft.uncommitted =
                  draft.uncommitted.plus(
                      e.name(),
                      (added == null ? HashTreePSet.<String>empty() : added).plus(change.value()));
            });
  }

  private static int place(List<String> values, String position) {
    int open = position.indexOf('\'');
    int close = position.lastIndexOf('\'');
    int at =
        open >= 0 && close > open
            ? values.indexOf(position.substring(open + 1, close).replace("''", "'"))
            : -1;
    if (at < 0) {
      return values.size();
    }
    return position.strip().toUpperCase(Locale.ROOT).startsWith("BEFORE") ? at : at + 1;
  }

  static void enumValue(Draft draft, Change.RenameEnumValue change) {
    draft
        .schema()
        .enumType(change.type())
        .ifPresent(
            e ->
                draft.enums =
                    draft.enums.plus(
                        e.name(),
                        new EnumType(
                            e.name(),
                            e.values().stream()
                                .map(v -> v.equals(change.value()) ? change.to() : v)
                                .toList())));
  }

  static void domain(Draft draft, Change.CreateDomain change) {
    QualifiedName name = draft.schema().place(change.domain());
    draft.domains =
        draft.domains.plus(
            name,
            new Domain(
                name,
                change.base(),
                change.constrained(),
                draft.schema().resolved(change.definition())));
  }

  static void routine(Draft draft, Routine routine) {
    QualifiedName name = draft.schema().place(routine.name());
    if (draft.conventions.routinesAreToldByTypes()) {
      PMap<String, Routine> hidden = draft.overloads.getOrDefault(name, HashTreePMap.empty());
      Routine last = draft.routines.get(name);
      if (last != null) {
        hidden = hidden.plus(last.types(), last);
      }
      draft.overloads = draft.overloads.plus(name, hidden.minus(routine.types()));
    }
    draft.routines =
        draft.routines.plus(
            name,
            new Routine(
                routine.kind(),
                name,
                routine.signature(),
                routine.language(),
                routine.volatility(),
                draft.schema().resolved(routine.definition())));
  }

  static void trigger(Draft draft, Trigger trigger) {
    Schema before = draft.schema();
    draft.put(
        new Trigger(
            trigger.name(),
            before.resolve(trigger.table()),
            trigger.timing(),
            trigger.function().map(before::resolve),
            before.resolved(trigger.definition()),
            trigger.constraint()));
  }

  static void dropTrigger(Draft draft, Change.DropTrigger change) {
    Schema before = draft.schema();
    if (change.table().isPresent()) {
      change.table().flatMap(t -> before.trigger(t, change.trigger())).ifPresent(draft::remove);
    } else {
      before.triggers.values().stream()
          .filter(t -> t.name().equals(change.trigger()))
          .filter(t -> t.table().schema().equals(Optional.of(before.defaultSchema())))
          .forEach(draft::remove);
    }
  }

  static void create(Draft draft, Change.CreateObject change) {
    Schema before = draft.schema();
    draft.put(
        new Other(
            before.objectName(change.kind(), change.on(), placed(before, change)),
            change.on().map(before::resolve),
            Optional.empty(),
            before.resolved(change.definition())));
  }

  private static QualifiedName placed(Schema at, Change.CreateObject change) {
    return change.kind().scope() == ObjectKind.Scope.SCHEMA
        ? at.place(change.name())
        : change.name();
  }

  static void alter(Draft draft, Change.AlterObject change) {
    if (change.kind() == ObjectKind.DOMAIN
        && change.text().toUpperCase(Locale.ROOT).matches("(?s)\\s*(ADD|SET\\s+NOT\\s+NULL).*")) {
      draft
          .schema()
          .domain(change.name())
          .ifPresent(
              d ->
                  draft.domains =
                      draft.domains.plus(
                          d.name(), new Domain(d.name(), d.base(), true, d.definition())));
    }
  }
}
