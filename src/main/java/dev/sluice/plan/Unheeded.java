package dev.sluice.plan;

import dev.sluice.migration.Directive;
import dev.sluice.migration.Directive.Target;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import dev.sluice.sql.Name;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A directive on a column that its statement neither adds nor drops: misspelt, or in front of the
 * wrong statement, it would do nothing, and nobody would know.
 */
final class Unheeded {

  private Unheeded() {}

  /**
   * Why nothing takes it; empty where something can.
   *
   * @param clauses of its statement
   */
  static Optional<Proposal.Undecided> of(Directive directive, List<Subject> clauses) {
    return switch (directive) {
      case Directive.Mapping mapping ->
          unless(clauses.stream().anyMatch(s -> adds(s, Optional.of(mapping.target()))), directive);
      case Directive.Fill fill ->
          unless(clauses.stream().anyMatch(s -> adds(s, fill.target())), directive);
      case Directive.Default value ->
          unless(
              clauses.stream().anyMatch(s -> drops(s.change(), s.before(), value.target())),
              directive);
      case Directive.Allow allow -> Optional.empty();
      case Directive.RunIn run -> Optional.empty();
    };
  }

  private static boolean adds(Subject subject, Optional<Target> target) {
    return subject.change() instanceof Change.AddColumn add
        && isMeant(target, add.table(), add.column().name(), subject.before());
  }

  private static boolean drops(Change change, Schema before, Optional<Target> target) {
    return switch (change) {
      case Change.DropColumn drop -> isMeant(target, drop.table(), drop.column(), before);
      case Change.Block block ->
          block.changes().stream().anyMatch(inside -> drops(inside, before, target));
      default -> false;
    };
  }

  private static boolean isMeant(
      Optional<Target> target, QualifiedName table, Name column, Schema schema) {
    return target
        .map(
            t ->
                t.column().equals(column)
                    && schema.resolve(t.table()).equals(schema.resolve(table)))
        .orElse(true);
  }

  private static Optional<Proposal.Undecided> unless(boolean heeded, Directive directive) {
    return heeded ? Optional.empty() : Optional.of(unheeded(directive));
  }

  private static Proposal.Undecided unheeded(Directive directive) {
    boolean added = !(directive instanceof Directive.Default);
    return new Proposal.Undecided(
        directive.place()
            + ": this directive is for a column that its statement "
            + (added ? "adds" : "drops")
            + ", and the statement "
            + (added ? "adds" : "drops")
            + " none that it names",
        List.of(
            "put it in front of the "
                + (added ? "ADD COLUMN" : "DROP COLUMN")
                + " of its column, with the table and the column as they are written there",
            "take it out"));
  }
}
