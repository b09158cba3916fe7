package dev.sluice.recipes.general;

import dev.sluice.dialect.Writer.Sync;
import dev.sluice.plan.Proposal;
import dev.sluice.plan.Proposal.Undecided;
import dev.sluice.plan.Situation;
import dev.sluice.release.Kind;
import dev.sluice.release.Phase;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change.Update;
import dev.sluice.schema.Change.Update.Assignment;
import dev.sluice.schema.Column;
import dev.sluice.schema.ColumnName;
import dev.sluice.schema.Fragment;
import dev.sluice.schema.References;
import dev.sluice.schema.Table;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All UPDATEs of a release that fill one column from the same row, as one expression: what a row
 * would have in it if it had been there before the first of them.
 */
public final class Fills {

  private final Situation at;
  private final QualifiedName table;
  private final Name column;

  public Fills(Situation at, QualifiedName table, Name column) {
    this.at = at;
    this.table = table;
    this.column = column;
  }

  /** Whether the new values come from the row itself, and would be the same a second time. */
  public static boolean ofOwnRow(Update update) {
    Set<Name> assigned =
        update.assignments().stream().map(Assignment::column).collect(Collectors.toSet());
    return update.alias().isEmpty()
        && update.from().isEmpty()
        && update.references().complete()
        && update.references().relations().isEmpty()
        && update.assignments().stream().noneMatch(a -> names(a.value(), assigned));
  }

  /** The UPDATE of the table itself, where a view bears its name so far. */
  public static Update onTable(Situation at, Update update) {
    return new Update(
        at.beforehand(update.table()),
        update.alias(),
        update.assignments(),
        update.from(),
        update.where(),
        update.references());
  }

  /**
   * What is made of an UPDATE that fills from more than its own row, where nothing keeps it in
   * step; empty where a directive says when it runs.
   */
  public static Optional<Proposal> elsewhere(Situation at, Update update) {
    if (at.decisions().placed()) {
      return Optional.empty();
    }
    Optional<Undecided> asked =
        RunOnce.asked(at, update.table() + " is filled from more than its own row");
    return asked.isPresent()
        ? asked.map(u -> u)
        : Stream.of(new ChangeRowsInBatches(), new AsWritten())
            .flatMap(r -> r.plan(at).stream())
            .findFirst()
            .map(p -> RunOnce.noted(at, p));
  }

  /** Whether rows that leave the column out have a value in it without any trigger. */
  public static boolean hasDefault(Situation at, QualifiedName table, Name column) {
    return at.schema().column(table, column).flatMap(Column::defaultValue).isPresent();
  }

  /** {@code orders.a, orders.b}: what it fills. */
  public static String columns(Update update) {
    return update.assignments().stream()
        .map(a -> new ColumnName(update.table(), a.column()).toString())
        .collect(Collectors.joining(", "));
  }

  private static boolean names(Fragment expression, Set<Name> columns) {
    return expression.references().columns().stream()
        .anyMatch(c -> c.name().map(columns::contains).orElse(true));
  }

  /**
   * What fills rows that are written from now on.
   *
   * @param trigger its name
   */
  public Sync sync(Update first, Name trigger) {
    List<Update> all = new ArrayList<>(List.of(first));
    all.addAll(later());
    Set<Name> sources = new LinkedHashSet<>();
    String up = "";
    for (Update update : all) {
      Fragment value =
          update.assignments().stream()
              .filter(a -> a.column().equals(column))
              .map(Assignment::value)
              .findFirst()
              .orElseThrow();
      sources.addAll(named(value.references()));
      update.where().ifPresent(w -> sources.addAll(named(w.references())));
      sources.remove(column);
      up = up.isEmpty() ? start(value, update.where()) : then(up, sources, value, update.where());
    }
    return new Sync(trigger, table, sources.stream().sorted().toList(), column, up, "");
  }

  private List<Update> later() {
    return at.later().stream()
        .filter(s -> s.kind() == Kind.BACKFILL && s.phase().equals(Optional.of(Phase.PRE_DEPLOY)))
        .filter(s -> s.change() instanceof Update u && fills(u, s))
        .map(s -> WithoutAlias.of((Update) s.change(), at.dialect()))
        .toList();
  }

  private boolean fills(Update update, Subject subject) {
    return ofOwnRow(WithoutAlias.of(update, at.dialect()))
        && sameTable(update, subject)
        && update.assignments().stream().anyMatch(a -> a.column().equals(column));
  }

  private boolean sameTable(Update update, Subject subject) {
    Subject first = at.subject();
    return first.change() instanceof Update own
        && subject.before().resolve(update.table()).equals(first.before().resolve(own.table()));
  }

  /** WHERE it is not filled yet says nothing about the row. */
  private String start(Fragment value, Optional<Fragment> where) {
    return where
        .filter(w -> !named(w.references()).equals(Set.of(column)))
        .map(w -> either(w, value))
        .orElse(value.sql());
  }

  private String then(String up, Set<Name> sources, Fragment value, Optional<Fragment> where) {
    if (where.isEmpty()) {
      return value.sql();
    }
    List<String> row = new ArrayList<>(sources.stream().sorted().map(at.writer()::quote).toList());
    row.add("(" + up + ") AS " + at.writer().quote(column));
    return "(SELECT "
        + either(where.get(), value)
        + " FROM (SELECT "
        + String.join(", ", row)
        + ") AS sluice_row)";
  }

  private String either(Fragment where, Fragment value) {
    return "CASE WHEN "
        + where.sql()
        + " THEN "
        + value.sql()
        + " ELSE "
        + at.writer().quote(column)
        + " END";
  }

  /** The columns of the table that it names. */
  private Set<Name> named(References references) {
    return at.schema().table(table).map(Table::columns).orElse(List.of()).stream()
        .map(Column::name)
        .filter(
            n -> references.columns().stream().anyMatch(c -> c.name().map(n::equals).orElse(true)))
        .collect(Collectors.toSet());
  }
}
