package dev.sluice.release;

import dev.sluice.release.Effects.Item;
import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.References;
import dev.sluice.schema.Schema;
import dev.sluice.schema.Table;
import dev.sluice.schema.Trigger;
import dev.sluice.schema.View;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Effects on views, routines, triggers and what has no record of its own. */
final class ObjectEffects {

  private static final Pattern ON_COLUMN =
      Pattern.compile("(?is)^\\s*comment\\s+on\\s+column\\s+\\S*?\\.?(\"[^\"]+\"|\\w+)\\s+is\\b");

  private static final Pattern ON_PART =
      Pattern.compile(
          "(?is)^\\s*comment\\s+on\\s+(trigger|constraint)\\s+(\"[^\"]+\"|\\w+)\\s+on\\b");

  private ObjectEffects() {}

  static void view(Change.CreateView change, Touching t) {
    Schema before = t.before();
    View view = change.view();
    QualifiedName name =
        change.temporary() ? view.name().in(Schema.TEMPORARY) : before.place(view.name());
    boolean there = before.view(name).isPresent();
    if (change.ifNotExists() && there) {
      t.relation(name);
      return;
    }
    t.into(name);
    t.makes(Item.of(Item.Kind.RELATION, name), there);
    References references = view.query().references();
    if (view.materialized()) {
      t.evaluates(references);
    } else {
      t.query(references);
    }
  }

  static void refresh(Change.RefreshView change, Touching t) {
    QualifiedName view = t.relation(change.view());
    t.changes(Item.of(Item.Kind.ROWS, view));
    t.before().view(view).ifPresent(v -> t.evaluates(v.query().references()));
  }

  static void routine(Change.CreateRoutine change, Touching t) {
    QualifiedName name = t.before().place(change.routine().name());
    t.into(name);
    t.makes(
        Item.of(Item.Kind.ROUTINE, name),
        change.orReplace() && t.before().replacedBy(change.routine()).isPresent());
    // A body that is built at run time is run later, not now: what it touches orders nothing here.
    t.query(change.routine().definition().references());
  }

  static void trigger(Change.CreateTrigger change, Touching t) {
    Trigger trigger = change.trigger();
    QualifiedName table = t.relation(trigger.table());
    t.makes(
        Item.in(Item.Kind.TRIGGER, table, trigger.name()),
        change.orReplace() && t.before().trigger(table, trigger.name()).isPresent());
    trigger.function().ifPresent(f -> t.reads(Item.of(Item.Kind.ROUTINE, t.before().resolve(f))));
    t.query(trigger.definition().references());
    t.expression(trigger.definition(), table);
  }

  static void dropTrigger(Change.DropTrigger change, Touching t) {
    if (change.table().isPresent()) {
      QualifiedName table = t.relation(change.table().get());
      t.drops(Item.in(Item.Kind.TRIGGER, table, change.trigger()));
      return;
    }
    Schema before = t.before();
    List<QualifiedName> tables =
        before.tables().stream()
            .map(Table::name)
            .filter(n -> before.trigger(n, change.trigger()).isPresent())
            .toList();
    tables.forEach(n -> t.drops(Item.in(Item.Kind.TRIGGER, n, change.trigger())));
    if (tables.isEmpty()) {
      t.incomplete();
    }
  }

  static void create(Change.CreateObject change, Touching t) {
    Schema before = t.before();
    QualifiedName name =
        change.kind().scope() == ObjectKind.Scope.SCHEMA
            ? before.place(change.name())
            : change.name();
    if (change.kind().scope() == ObjectKind.Scope.SCHEMA) {
      t.into(name);
    }
    boolean there = before.other(change.kind(), change.on(), change.name()).isPresent();
    t.makes(
        item(change.kind(), name, change.on(), before),
        there && (change.orReplace() || change.ifNotExists()));
    t.query(change.definition().references());
    change.on().ifPresent(o -> t.expression(change.definition(), t.relation(o)));
  }

  static void drop(Change.DropObject change, Touching t) {
    Schema before = t.before();
    t.drops(item(change.kind(), change.name(), change.on(), before));
    change.on().ifPresent(t::relation);
    QualifiedName name = before.resolve(change.name());
    switch (change.kind()) {
      case VIEW, MATERIALIZED_VIEW -> {
        if (change.cascade()) {
          before.viewsReading(name).forEach(v -> TableEffects.dropView(v, t));
        }
      }
      case FOREIGN_TABLE -> TableEffects.drop(name, change.cascade(), t);
      case SCHEMA -> schema(change.name().name(), t);
      case SEQUENCE ->
          before.other(ObjectKind.SEQUENCE, name).flatMap(Schema.Other::on).ifPresent(t::parts);
      case TYPE, DOMAIN -> {
        if (change.cascade()) {
          before.tables().forEach(table -> t.parts(table.name()));
        }
      }
      case FUNCTION,
          PROCEDURE,
          AGGREGATE,
          TRIGGER,
          EVENT_TRIGGER,
          EVENT,
          DATABASE,
          EXTENSION,
          POLICY,
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
          TABLESPACE -> {}
    }
  }

  private static void schema(Name schema, Touching t) {
    Schema before = t.before();
    Optional<Name> gone = Optional.of(schema);
    before.tables().stream()
        .filter(x -> x.name().schema().equals(gone))
        .forEach(x -> TableEffects.drop(x.name(), true, t));
    before.views().stream()
        .filter(v -> v.name().schema().equals(gone))
        .forEach(v -> TableEffects.dropView(v, t));
    before.routines().stream()
        .filter(r -> r.name().schema().equals(gone))
        .forEach(r -> t.drops(Item.of(Item.Kind.ROUTINE, r.name())));
  }

  /** The object as dependence sees it. */
  static Item item(ObjectKind kind, QualifiedName name, Optional<QualifiedName> on, Schema schema) {
    return switch (kind) {
      case VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE ->
          Item.of(Item.Kind.RELATION, schema.resolve(name));
      case FUNCTION, PROCEDURE, AGGREGATE -> Item.of(Item.Kind.ROUTINE, schema.resolve(name));
      case TYPE, DOMAIN, COLLATION -> Item.of(Item.Kind.TYPE, schema.resolve(name));
      case TRIGGER ->
          new Item(
              Item.Kind.TRIGGER,
              on.map(schema::resolve).orElse(name),
              on.map(ignored -> name.name()));
      case POLICY, RULE ->
          Item.in(
              Item.Kind.OTHER,
              on.map(schema::resolve).orElse(name),
              new Name(kind.word() + " " + name.name()));
      case EVENT, STATISTICS, CONVERSION, OPERATOR, OPERATOR_CLASS, OPERATOR_FAMILY, TEXT_SEARCH ->
          EffectsOf.other(kind, schema.resolve(name));
      case EVENT_TRIGGER,
          SCHEMA,
          DATABASE,
          EXTENSION,
          CAST,
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
          EffectsOf.other(kind, name);
    };
  }

  static void comment(QualifiedName on, String text, Touching t) {
    QualifiedName relation = t.relation(on);
    Matcher column = ON_COLUMN.matcher(text);
    if (column.find()) {
      t.columns(relation, List.of(named(column.group(1))));
    }
    Matcher part = ON_PART.matcher(text);
    if (part.find()) {
      Item.Kind kind =
          part.group(1).equalsIgnoreCase("trigger") ? Item.Kind.TRIGGER : Item.Kind.CONSTRAINT;
      t.reads(Item.in(kind, relation, named(part.group(2))));
    }
  }

  private static Name named(String written) {
    return new Name(
        written.startsWith("\"")
            ? written.substring(1, written.length() - 1)
            : written.toLowerCase(Locale.ROOT));
  }
}
